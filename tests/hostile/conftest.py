from tests.evidence.conftest import vendor

__all__ = ["vendor"]
