from __future__ import annotations

import pytest

from kairo.hero.evaluation.result import Measure, all_of, at_least, at_most, below


@pytest.mark.parametrize(
    ("measure", "passed"),
    [
        (at_least("", 0.8, 0.8), True),
        (at_least("", 0.79, 0.8), False),
        (below("", 0.3, 0.3), False),
        (at_most("", 1, 1), True),
        (at_most("", 1.01, 1), False),
        (all_of("", 4, 5), False),
        (all_of("", 17, 19, needed=17), True),
    ],
)
def test_measure_passes_on_the_right_side_of_its_bar(measure: Measure, passed: bool) -> None:
    assert measure.passed is passed
