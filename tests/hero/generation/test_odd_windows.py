"""A generation from unusual posts ends in a board or in a gate's reason, never in an exception."""

from __future__ import annotations

import pytest

from kairo.hero.enums import GateCode, TodayBoardState
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.generation.replay import replay
from kairo.hero.models import OpportunitiesBoard
from tests import factories
from tests.hero.jobs.rows import pending
from tests.hero.services.evidence_rows import fill

pytestmark = pytest.mark.django_db(transaction=True)

_NOW = "now() - interval '1 minute'"
_RECENT = f"{_NOW} - n * interval '5 minutes'"
_TEXT = "'post ' || n || ' about bread, oven ' || n % 50 || ' and starter ' || n % 31"
_ONE_LONG = f"repeat({_TEXT}, CASE WHEN n = 1 THEN 3000 ELSE 1 END)"
_EMOJI = "repeat('🥒🔥👩‍🍳', n % 40 + 1)"
_NO_TAGS = "ARRAY[]::text[]"
_TAGS_OF_SIGNS = "ARRAY['', '#', '🥒', 'ـ', repeat('x', 300)]"
_RTL = "U&'\\202Eخبز العجين المخمر \\202C sourdough לחם שאור ' || n || U&' \\2066bread\\2069'"


def window(platform: str, author: str, *others: str) -> str:
    """What `fill` takes: published_at, stored_at, text and, where there are any, hashtags follow."""
    return ", ".join([platform, author, *others] if len(others) == 4 else [platform, author, *others, _NO_TAGS])


ODD = {
    "2,000 empty texts": (2_000, window("'instagram'", "'a' || n", _RECENT, "now()", "''")),
    "one text of 100 kB": (30, window("'instagram'", "'a' || n", _RECENT, "now()", _ONE_LONG)),
    "2,000 posts of one author": (2_000, window("'instagram'", "'one'", _RECENT, "now()", _TEXT)),
    "the same words by one author": (2_000, window("'instagram'", "'one'", _RECENT, "now()", "'the same words'")),
    "all in the same second": (500, window("'instagram'", "'a' || n % 90", _NOW, "now()", _TEXT)),
    "all undated": (500, window("'instagram'", "'a' || n % 90", "NULL::timestamptz", _NOW, _TEXT)),
    "all in the future": (500, window("'instagram'", "'a' || n", "now() + n * interval '1 hour'", "now()", _TEXT)),
    "emoji only": (500, window("'instagram'", "'🥒' || n", _RECENT, "now()", _EMOJI, _TAGS_OF_SIGNS)),
    "mixed right-to-left": (500, window("'instagram'", "'כותב' || n % 90", _RECENT, "now()", _RTL)),
    "no authors": (500, window("'instagram'", "''", _RECENT, "now()", _TEXT)),
}  # fmt: skip
"""Posts, and what makes them."""

EXPECTED: dict[str, set[GateCode]] = {
    "2,000 empty texts": {GateCode.INSUFFICIENT_TEXT_ITEMS},
    "2,000 posts of one author": {GateCode.INSUFFICIENT_AUTHOR_DIVERSITY},
    "the same words by one author": {
        GateCode.INSUFFICIENT_TEXT_LENGTH,
        GateCode.INSUFFICIENT_AUTHOR_DIVERSITY,
        GateCode.TOO_MANY_DUPLICATES,
    },
    "all undated": {GateCode.STALE_EVIDENCE},
    "all in the future": {
        GateCode.INSUFFICIENT_ITEMS,
        GateCode.INSUFFICIENT_TEXT_ITEMS,
        GateCode.MISSING_REQUIRED_PLATFORMS,
        GateCode.STALE_EVIDENCE,
    },
    "no authors": {GateCode.INSUFFICIENT_AUTHOR_DIVERSITY},
}
"""The gates that fail. Where none is named, there is a board."""


@pytest.mark.parametrize("odd", ODD)
def test_odd_window_ends_in_a_board_or_in_a_gates_reason(odd: str) -> None:
    brand = factories.make_brand()
    rows, select = ODD[odd]
    fill(brand.id, select, rows=rows)
    pending(brand)
    assert JobRunner().run_next()
    board = OpportunitiesBoard.objects.get(brand=brand)
    failed = {GateCode(code) for code in board.diagnostics_json.get("failed_gates", ())}
    assert failed == EXPECTED.get(odd, set())
    assert board.state == (TodayBoardState.INSUFFICIENT_EVIDENCE if failed else TodayBoardState.READY)
    assert replay(board_id=board.id).identical
