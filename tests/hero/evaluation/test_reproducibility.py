from __future__ import annotations

from dataclasses import replace

from kairo.hero.evaluation.reproducibility import fingerprint, measures
from kairo.hero.evaluation.runs import run_board
from tests.hero.evaluation.test_runs import BOARD, POSTS


def test_reproducibility_counts_shuffles_with_equal_bytes() -> None:
    (measure,) = measures([run_board(BOARD)])
    assert (measure.value, measure.passed) == ("2 of 2", True)


def test_reproducibility_fingerprint_depends_on_the_evidence() -> None:
    other = replace(BOARD, evidence=POSTS[1:])
    assert fingerprint([run_board(BOARD)]) == fingerprint([run_board(BOARD)])
    assert fingerprint([run_board(BOARD)]) != fingerprint([run_board(other)])
