"""A sentence in the forms that a count needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Plural:
    """A sentence for one and for more, each with its slots.

    `few` is for languages such as Polish: numbers that end in 2, 3 or 4, but not in 12, 13 or 14. `none_as_one` is
    for languages such as French, which put 0 in the singular.
    """

    one: str
    many: str
    few: str = ""
    none_as_one: bool = False

    def template(self, count: int) -> str:
        if count == 1 or (count == 0 and self.none_as_one):
            return self.one
        if self.few and count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14}:
            return self.few
        return self.many
