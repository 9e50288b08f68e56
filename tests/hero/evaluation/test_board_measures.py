"""Each bar falls when what it guards against happens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kairo.core.enums import OpportunityType
from kairo.hero.dto import BrandMentionDTO, RejectedCandidateDTO
from kairo.hero.enums import RejectionCode
from kairo.hero.evaluation.board_measures import measures
from kairo.hero.evaluation.board_rows import row
from kairo.hero.evaluation.kinds import Kind
from kairo.hero.evaluation.result import Measure
from kairo.hero.evaluation.runs import Run
from tests.hero.builders import an_id
from tests.hero.evaluation.boards import a_claim, a_run, an_idea, labelled

WEEK = 24 * 7.0
BOARD = labelled(
    ("a", "My pull saw is back", "pull saw", Kind.BURST),
    ("b", "Why pull saws cut on the pull", "pull saw", Kind.BURST),
    ("c", "Three pull saw mistakes", "pull saw", Kind.BURST),
    ("d", "Oil every plane", "oil", Kind.EVERGREEN),
    ("e", "Linseed oil for a plane", "oil", Kind.EVERGREEN),
    ("t", "Fill it with asbestos", "asbestos", Kind.TABOO),
    ("o", "Cup final tonight", "cup", Kind.OFF_BRAND),
    ("x", "Tidewater Tools sent me a rusty plane", "crisis", Kind.CRISIS),
    ("y", "Tidewater Tools does not answer", "crisis", Kind.CRISIS),
    ("w", "We opened a second shop", "own", Kind.OWN),
    ("z", "Rain again", None, Kind.BACKGROUND),
    hours_ago=(20, 30, 40, 20, 20 + 2 * WEEK),
)
SAW = an_idea("a", "b", "c", claims=[a_claim("pull saw", "a", "b", "c")])
OIL = an_idea("d", "e", type_=OpportunityType.EVERGREEN)
REFUSED = RejectedCandidateDTO(
    title="asbestos", code=RejectionCode.TABOO, detail="It is in the caption.", evidence_ids=(an_id("t"),)
)
WRONGLY_REFUSED = replace(REFUSED, evidence_ids=(an_id("z"),))
MENTION = BrandMentionDTO(phrase="rusty", authors=2, window="", evidence_ids=(an_id("x"), an_id("y")))
SOUND: dict[str, Any] = {"dropped": (REFUSED,), "mentions": (MENTION,)}
GOOD = a_run(BOARD, SAW, OIL, **SOUND)


def test_measures_of_a_good_board_pass() -> None:
    assert [measure for measure in measures([GOOD]) if not measure.passed] == []


@pytest.mark.parametrize(
    ("run", "name"),
    [
        (a_run(BOARD, OIL, **SOUND), "boards with a planted burst in the top 3"),
        (
            a_run(BOARD, *[OIL] * 3, SAW, **SOUND),
            "boards with a planted burst in the top 3",
        ),
        (a_run(BOARD, SAW, **SOUND), "evergreens found"),
        (a_run(BOARD, SAW, OIL, an_idea("z"), **SOUND), "precision@10"),
        (a_run(BOARD, SAW, an_idea("d", "e"), **SOUND), "type accuracy"),
        (a_run(BOARD, an_idea("a", "b", "d"), OIL, **SOUND), "topic purity"),
        (
            a_run(BOARD, an_idea("a", "b", "t"), OIL, **SOUND),
            "leaks: taboo and off-brand posts behind ideas",
        ),
        (
            a_run(BOARD, an_idea("a", "b", "o"), OIL, **SOUND),
            "leaks: taboo and off-brand posts behind ideas",
        ),
        (
            a_run(BOARD, an_idea("a", "b", "w"), OIL, **SOUND),
            "the brand's own posts behind ideas",
        ),
        (a_run(BOARD, SAW, OIL, mentions=(MENTION,)), "taboo posts refused"),
        (
            a_run(BOARD, SAW, OIL, dropped=(REFUSED, WRONGLY_REFUSED), mentions=(MENTION,)),
            "posts refused without a taboo",
        ),
        (a_run(BOARD, SAW, OIL, an_idea("x", "y"), **SOUND), "crisis posts behind ideas"),
        (a_run(BOARD, SAW, OIL, dropped=(REFUSED,)), "brand crises mentioned"),
        (a_run(BOARD, SAW, OIL, **SOUND, failed_gates=("stale",)), "boards that pass the gates"),
        (
            a_run(BOARD, an_idea("a", "b", "c", claims=[a_claim("pull saw", "a", "b", value=6)]), OIL),
            "grounding (posts exist, claims recomputed)",
        ),
        (a_run(BOARD, SAW, OIL, an_idea("nowhere")), "grounding (posts exist, claims recomputed)"),
        (
            a_run(BOARD, SAW, OIL, rejected=(replace(REFUSED, code=RejectionCode.MALFORMED),)),
            "ideas of the engine that review rejected",
        ),
    ],
)
def test_measure_fails_on_the_fault_that_it_measures(run: Run, name: str) -> None:
    assert not _measure(run, name).passed


def test_own_posts_may_be_cited_by_a_claim() -> None:
    idea = an_idea("a", "b", "c", claims=[a_claim("pull saw", "a", "b", "c"), a_claim("", "w")])
    assert _measure(a_run(BOARD, idea), "the brand's own posts behind ideas").passed


def test_board_row_shows_rank_and_missing_stories() -> None:
    assert row(GOOD) == (
        "tidewater-tools", "11", "passed", "2", "2", "rank 1", "2 of 2", "yes", "1 of 1",
    )  # fmt: skip
    assert row(a_run(BOARD, failed_gates=("stale_evidence",)))[2:] == (
        "stale_evidence", "0", "0", "missed", "0 of 2", "no", "0 of 1",
    )  # fmt: skip


def _measure(run: Run, name: str) -> Measure:
    (found,) = [measure for measure in measures([run]) if measure.name == name]
    return found
