from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from kairo.core.errors import ConnectionTaken, Invalid, KairoError, NameTaken, SlugTaken

_ERRORS: dict[str, Callable[[], KairoError]] = {
    "brand_slug_unique_in_tenant": SlugTaken,
    "pillar_name_unique_in_brand": lambda: NameTaken(noun="content pillar"),
    "persona_name_unique_in_brand": lambda: NameTaken(noun="persona"),
    "campaign_name_unique_in_brand": lambda: NameTaken(noun="campaign"),
    "source_connection_unique_in_brand": ConnectionTaken,
    "campaign_ends_after_it_starts": lambda: Invalid("A campaign's last day is not before its first.", field="ends"),
}


@contextmanager
def translate_integrity_errors() -> Iterator[None]:
    """Raises the domain error for a violated constraint of `_ERRORS`.

    Use it around the transaction, not inside. Checking before the INSERT instead would race with other transactions.
    """
    try:
        yield
    except IntegrityError as error:
        diagnostics = getattr(error.__cause__, "diag", None)
        domain_error = _ERRORS.get(getattr(diagnostics, "constraint_name", None) or "")
        if domain_error is None:
            raise
        raise domain_error() from error
