from __future__ import annotations

from kairo.hero.evaluation.robustness import kendall_tau


def test_kendall_tau_compares_common_elements() -> None:
    assert kendall_tau(["a", "b", "c"], ["a", "b", "c"]) == 1
    assert kendall_tau(["a", "b", "c"], ["c", "b", "a"]) == -1
    assert kendall_tau(["a", "x", "b"], ["b", "y", "a"]) == -1
    assert kendall_tau(["a"], ["a"]) == 1
