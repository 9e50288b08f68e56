"""The domain's enums in GraphQL: the names of their members, in upper case, with the descriptions they declare."""

from __future__ import annotations

from types import ModuleType

import strawberry

from kairo.core import enums as core_enums
from kairo.core.choices import DescribedChoices
from kairo.evidence import enums as evidence_enums
from kairo.hero import enums as hero_enums

# Released under another name than the class has.
_RELEASED_NAMES = {"RecordErrorCode": "EvidenceFault"}


def _declared_in(module: ModuleType) -> list[type[DescribedChoices]]:
    classes = [value for value in vars(module).values() if isinstance(value, type)]
    return [value for value in classes if issubclass(value, DescribedChoices) and value is not DescribedChoices]


ENUMS = [choices for module in (core_enums, evidence_enums, hero_enums) for choices in _declared_in(module)]


def expose_enums() -> None:
    """Makes every enum known to Strawberry, described by its docstring."""
    for choices in ENUMS:
        name = _RELEASED_NAMES.get(choices.__name__, choices.__name__)
        exposed = strawberry.enum(choices, name=name, description=choices.__doc__)
        for value in exposed.__strawberry_definition__.values:  # type: ignore[attr-defined]  # set by strawberry.enum
            value.description = choices[value.name].description
