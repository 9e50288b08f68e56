from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from kairo.core.errors import ConnectionTaken, Invalid, KairoError, NameTaken, SlugTaken

_MEANING: dict[str, Callable[[], KairoError]] = {
    "brand_slug_unique_in_tenant": SlugTaken,
    "pillar_name_unique_in_brand": lambda: NameTaken(noun="content pillar"),
    "persona_name_unique_in_brand": lambda: NameTaken(noun="persona"),
    "campaign_name_unique_in_brand": lambda: NameTaken(noun="campaign"),
    "source_connection_unique_in_brand": ConnectionTaken,
    "campaign_ends_after_it_starts": lambda: Invalid("A campaign's last day is not before its first.", field="ends"),
}


@contextmanager
def translate_integrity_errors() -> Iterator[None]:
    """What the database refuses by a named constraint is raised as the error that says so.

    Put it around the transaction, not into it: only the database knows, without a race, what is taken.
    """
    try:
        yield
    except IntegrityError as error:
        diagnostics = getattr(error.__cause__, "diag", None)
        meaning = _MEANING.get(getattr(diagnostics, "constraint_name", None) or "")
        if meaning is None:
            raise
        raise meaning() from error
