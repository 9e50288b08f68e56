from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from kairo.core.errors import BrokenReference
from kairo.hero.dto import EvidencePreviewDTO, OpportunityDTO
from kairo.hero.services import evidence_service
from schema.types.evidence_item import EvidenceItem


class NamedEvidence:
    """The posts that some ideas name, each turned into its GraphQL object once.

    Ideas bring their posts with them. Score parts and claims may count others as well; those are read when one
    is first asked for, all of these ideas' in one SQL statement, but for `posts`, which were read along with the
    ideas. `holder` is who names them, for an error.
    """

    def __init__(
        self,
        ideas: Iterable[OpportunityDTO],
        *,
        brand_keys: Collection[UUID],
        holder: str,
        posts: Iterable[EvidencePreviewDTO] = (),
    ) -> None:
        self._brand_keys = brand_keys
        self._holder = holder
        self._items = {post.id: EvidenceItem.from_dto(post) for post in posts}
        self._counted: set[UUID] = set()
        for idea in ideas:
            self._items.update(
                (post.id, EvidenceItem.from_dto(post)) for post in idea.evidence if post.id not in self._items
            )
            self._counted |= idea.counted_ids()

    def items(self, ids: Iterable[UUID]) -> list[EvidenceItem]:
        """
        Raises:
            BrokenReference: a post is gone. Never a hole in the list.
        """
        ids = tuple(ids)
        if any(id_ not in self._items for id_ in ids):
            self._read_the_rest()
        if gone := tuple(str(id_) for id_ in ids if id_ not in self._items):
            raise BrokenReference(holder=self._holder, missing_ids=gone)
        return [self._items[id_] for id_ in ids]

    def _read_the_rest(self) -> None:
        missing = self._counted - self._items.keys()
        found = evidence_service.previews_of_brands(brand_ids=self._brand_keys, ids=missing)
        self._items.update((id_, EvidenceItem.from_dto(post)) for id_, post in found.items())
