from __future__ import annotations

from kairo.hero.boards.part_names import part_names, with_current_names
from kairo.hero.dto import NamedRefDTO, PillarCoverageDTO, TodayBoardDTO, TodayBoardMetaDTO
from kairo.hero.enums import ReadyReason, TodayBoardState
from tests.hero.builders import AS_OF, an_id, brand, opportunity

PERSONA = NamedRefDTO(id=an_id("persona"), name="Home baker")
PILLAR = NamedRefDTO(id=an_id("pillar"), name="Sourdough")


def a_board() -> TodayBoardDTO:
    """A board whose metadata, coverage and one of two opportunities refer to `PERSONA` and `PILLAR`."""
    coverage = PillarCoverageDTO(pillar=PILLAR, items=3, authors=2, needed_authors=3, opportunities=1, reason="")
    return TodayBoardDTO(
        board_id=an_id("board"),
        brand=brand(),
        as_of=AS_OF,
        meta=TodayBoardMetaDTO(
            state=TodayBoardState.READY,
            ready_reason=ReadyReason.GENERATED,
            dominant_persona=PERSONA,
            dominant_pillar=PILLAR,
            opportunity_count=2,
        ),
        opportunities=(opportunity("loaf", persona=PERSONA, pillar=PILLAR), opportunity("rye")),
        coverage=(coverage,),
    )


def test_part_names_are_by_id() -> None:
    assert part_names([{"id": str(PERSONA.id), "name": "Night baker"}]) == {PERSONA.id: "Night baker"}


def test_current_names_replace_the_stored_ones_everywhere() -> None:
    board = with_current_names(a_board(), {PERSONA.id: "Night baker", PILLAR.id: "Rye"})
    first, second = board.opportunities
    for persona in (board.meta.dominant_persona, first.persona):
        assert persona == NamedRefDTO(id=PERSONA.id, name="Night baker")
    for pillar in (board.meta.dominant_pillar, first.pillar, board.coverage[0].pillar):
        assert pillar == NamedRefDTO(id=PILLAR.id, name="Rye")
    assert (second.persona, second.pillar) == (None, None)


def test_current_names_leave_a_deleted_part_its_stored_name() -> None:
    assert with_current_names(a_board(), {}) == a_board()
