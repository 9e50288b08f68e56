"""The command's tests use the same brand as those of the importing package."""

from tests.evidence.importing.conftest import brand

__all__ = ["brand"]
