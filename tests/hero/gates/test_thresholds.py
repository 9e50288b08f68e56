from __future__ import annotations

from kairo.hero.enums import ScorePartName
from kairo.hero.gates import thresholds as t


def test_threshold_score_maxima_add_up_to_the_maximum_score() -> None:
    assert list(t.SCORE_MAXIMA) == list(ScorePartName)
    assert sum(t.SCORE_MAXIMA.values()) == t.MAX_SCORE


def test_threshold_windows_and_caps_contain_each_other() -> None:
    assert t.FRESHNESS_WINDOW <= t.BURST_WINDOW < t.EVIDENCE_WINDOW
    assert t.MIN_EVIDENCE_ITEMS < t.RECENT_CAP < t.EVIDENCE_CAP


def test_threshold_exemptions_need_more_items_than_the_gates_themselves() -> None:
    assert min(t.ENOUGH_CONTENT_ITEMS, t.ENOUGH_DISTINCT_ITEMS) > t.MIN_EVIDENCE_ITEMS
