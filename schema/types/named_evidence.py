from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Self
from uuid import UUID

from kairo.core.errors import BrokenReference
from kairo.hero.dto import EvidencePreviewDTO, OpportunityDTO, TodayBoardDTO
from kairo.hero.services import evidence_service
from schema.types.evidence_item import EvidenceItem


class NamedEvidence:
    """The posts that some opportunities name, each converted to its GraphQL object once.

    The DTOs of the opportunities contain their own posts. Score parts and claims may count other posts too: those in
    `posts` are already read, the rest are read when a field first needs one, in one SQL statement for all of these
    opportunities. `holder` names the object with the references, for an error.
    """

    def __init__(
        self,
        opportunities: Iterable[OpportunityDTO],
        *,
        brand_keys: Collection[UUID],
        holder: str,
        posts: Iterable[EvidencePreviewDTO] = (),
    ) -> None:
        self._opportunities = tuple(opportunities)
        self._brand_keys = brand_keys
        self._holder = holder
        self._previews = {post.id: post for opportunity in self._opportunities for post in opportunity.evidence}
        self._previews |= {post.id: post for post in posts}
        self._items: dict[UUID, EvidenceItem] = {}

    @classmethod
    def of_board(cls, board: TodayBoardDTO) -> Self:
        """The posts that a board's opportunities and brand mentions name; the DTO contains all posts of mentions."""
        mentioned = (post for mention in board.brand_mentions for post in mention.posts)
        return cls(
            board.opportunities,
            brand_keys={board.brand.id},
            holder=f"Board {board.board_id}",
            posts=(*board.counted, *mentioned),
        )

    def items(self, ids: Iterable[UUID]) -> list[EvidenceItem]:
        """
        Raises:
            BrokenReference: a post no longer exists. The list never omits one.
        """
        ids = tuple(ids)
        if any(id_ not in self._previews for id_ in ids):
            self._read_counted()
        if missing := tuple(str(id_) for id_ in ids if id_ not in self._previews):
            raise BrokenReference(holder=self._holder, missing_ids=missing)
        return [self._items.get(id_) or self._convert(id_) for id_ in ids]

    def _convert(self, id_: UUID) -> EvidenceItem:
        item = self._items[id_] = EvidenceItem.from_dto(self._previews[id_])
        return item

    def _read_counted(self) -> None:
        counted: set[UUID] = set().union(*(opportunity.counted_ids() for opportunity in self._opportunities))
        self._previews |= evidence_service.previews_of_brands(
            brand_ids=self._brand_keys, ids=counted - self._previews.keys()
        )
