from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Self
from uuid import UUID

from kairo.core.errors import BrokenReference
from kairo.hero.dto import EvidencePreviewDTO, OpportunityDTO, TodayBoardDTO
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
        self._ideas = tuple(ideas)
        self._brand_keys = brand_keys
        self._holder = holder
        self._previews = {post.id: post for idea in self._ideas for post in idea.evidence}
        self._previews |= {post.id: post for post in posts}
        self._items: dict[UUID, EvidenceItem] = {}

    @classmethod
    def of_board(cls, board: TodayBoardDTO) -> Self:
        """The posts that a board's ideas and brand mentions name. Those of mentions are all at hand."""
        provided_fields = (post for mention in board.brand_mentions for post in mention.posts)
        return cls(
            board.opportunities,
            brand_keys={board.brand.id},
            holder=f"Board {board.board_id}",
            posts=(*board.counted, *provided_fields),
        )

    def items(self, ids: Iterable[UUID]) -> list[EvidenceItem]:
        """
        Raises:
            BrokenReference: a post is gone. Never a hole in the list.
        """
        ids = tuple(ids)
        if any(id_ not in self._previews for id_ in ids):
            self._read_the_rest()
        if gone := tuple(str(id_) for id_ in ids if id_ not in self._previews):
            raise BrokenReference(holder=self._holder, missing_ids=gone)
        return [self._items.get(id_) or self._made(id_) for id_ in ids]

    def _made(self, id_: UUID) -> EvidenceItem:
        item = self._items[id_] = EvidenceItem.from_dto(self._previews[id_])
        return item

    def _read_the_rest(self) -> None:
        counted: set[UUID] = set().union(*(idea.counted_ids() for idea in self._ideas))
        self._previews |= evidence_service.previews_of_brands(
            brand_ids=self._brand_keys, ids=counted - self._previews.keys()
        )
