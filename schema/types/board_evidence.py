from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kairo.core.errors import BrokenReference
from kairo.hero.dto import TodayBoardDTO
from kairo.hero.services import evidence_service
from schema.types.evidence_item import EvidenceItem


class BoardEvidence:
    """The posts that a board's ideas name, each turned into its GraphQL object once.

    Ideas bring their posts with them. Score parts and claims may count others as well; those are read when one
    is first asked for, all of the board in one SQL statement.
    """

    def __init__(self, board: TodayBoardDTO) -> None:
        self._board = board
        self._items: dict[UUID, EvidenceItem] = {}
        self._counted: set[UUID] = set()
        for idea in board.opportunities:
            self._items.update(
                (post.id, EvidenceItem.from_dto(post)) for post in idea.evidence if post.id not in self._items
            )
            self._counted.update(*(part.evidence_ids for part in idea.score_parts))
            self._counted.update(*(claim.evidence_ids for claim in idea.claims))

    def items(self, ids: Iterable[UUID]) -> list[EvidenceItem]:
        """
        Raises:
            BrokenReference: a post is gone. Never a hole in the list.
        """
        ids = tuple(ids)
        if any(id_ not in self._items for id_ in ids):
            self._read_the_rest()
        if gone := tuple(str(id_) for id_ in ids if id_ not in self._items):
            raise BrokenReference(board_id=str(self._board.board_id), missing_ids=gone)
        return [self._items[id_] for id_ in ids]

    def _read_the_rest(self) -> None:
        missing = self._counted - self._items.keys()
        found = evidence_service.previews(brand_id=self._board.brand.id, ids=missing)
        self._items.update((id_, EvidenceItem.from_dto(post)) for id_, post in found.items())
