from __future__ import annotations

from kairo.hero.enums import RejectionCode
from kairo.hero.evaluation.dataset import LabelledBoard
from kairo.hero.evaluation.runs import run_board
from tests.hero.builders import AS_OF, brand, post

POSTS = tuple(
    post(f"saw-{number}", f"{opening} pull saw repair", author=f"maker.{number}", hours_ago=20 + 30 * number)
    for number, opening in enumerate(["Sharpen a", "My first", "Clean your", "Why I love a", "Never lend a", "Two"])
)
BOARD = LabelledBoard(brand=brand(), as_of=AS_OF, evidence=POSTS, labels={}, synthetic=frozenset())


def test_run_of_a_board_has_reviewed_candidates_and_repeats_equally() -> None:
    run = run_board(BOARD)
    assert run.kept
    assert run.rejected == ()
    assert run.again().answer == run.answer


def test_run_of_a_board_with_another_brand_or_other_evidence() -> None:
    run = run_board(BOARD)
    tabooed = run.again(brand=brand(taboos=("pull saw",)))
    assert tabooed.kept == ()
    assert RejectionCode.TABOO in {entry.code for entry in tabooed.dropped}
    assert run.again(evidence=POSTS[:1]).kept == ()
