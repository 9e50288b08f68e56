from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from kairo.core.ids import new_id
from kairo.core.models import Brand, ContentPillar
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.enums import JobStatus, TodayBoardState
from kairo.hero.gates.thresholds import EVIDENCE_CAP
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.generation.replay import replay
from kairo.hero.models import OpportunitiesBoard
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

MOST_BYTES = 300_000
_TOPICS = {
    "Sourdough": ["sourdough starter", "cold proof", "rye loaf", "oven spring"],
    "Pickles": ["pickle brine", "fermented garlic", "salt ratio", "crunchy cucumber"],
    "Leftovers": ["stale bread", "carrot tops", "bone broth", "freezer soup"],
    "Tools": ["cast iron", "bench scraper", "bread knife", "steam oven"],
}
_SAYINGS = [
    "why my {} failed on Monday and what changed on Friday",
    "three ways to rescue {} before guests arrive",
    "what nobody says about {} in a small kitchen",
    "how do you keep {} going through winter?",
    "{}: the mistake that cost me a whole afternoon",
    "before and after: {} with half of the work",
]


def make_large_brand() -> Brand:
    """2,000 posts by 400 authors in 29 days, on sixteen topics of four pillars, one of which has just broken out."""
    brand = factories.make_brand(name="Large kitchen")
    for rank, (name, words) in enumerate(_TOPICS.items()):
        ContentPillar.objects.create(brand=brand, name=f"{name} at home", keywords=words, rank=rank + 1)
    now = timezone.now()
    phrases = [phrase for words in _TOPICS.values() for phrase in words]
    rows = []
    for n in range(2_000):
        phrase = "pickle brine" if n < 150 else phrases[n * 7 % len(phrases)]
        saying = _SAYINGS[n * 11 % len(_SAYINGS)].format(phrase)
        detail = f"batch {n % 97} of {n % 53}, {n % 31} minutes, table {n}"
        rows.append(
            NormalizedEvidenceItem(
                id=new_id(),
                brand=brand,
                platform="instagram" if n % 3 else "tiktok",
                content_type="reel",
                external_id=f"post-{n}",
                canonical_url=f"https://posts.example/{n}",
                published_at=now - timedelta(minutes=20 * n + 5),
                author_ref=f"author.{n * 13 % 400}",
                text_primary=f"{saying}, {detail}. {'A long caption follows. ' * 20}",
                text_secondary=f"Spoken words about {phrase} " * 40,
                has_transcript=True,
                hashtags=[phrase.replace(" ", "")],
                views=1_000 + n,
                likes=n,
            )
        )
    NormalizedEvidenceItem.objects.bulk_create(rows)
    return brand


def weights(board: OpportunitiesBoard) -> dict[str, tuple[int, int]]:
    """Bytes of each column as stored, and as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM hero_opportunitiesboard LIMIT 0")
        columns = [column.name for column in cursor.description]
        sizes = ", ".join(f"coalesce(pg_column_size({name}), 0), octet_length({name}::text)" for name in columns)
        cursor.execute(f"SELECT {sizes} FROM hero_opportunitiesboard WHERE id = %s", [board.id])
        row = cursor.fetchone()
    return {name: (row[2 * n], row[2 * n + 1] or 0) for n, name in enumerate(columns)}


def test_board_size_with_2_000_posts_is_below_300_kb(settings: Settings) -> None:
    settings.SYNTHESIS_TIME_LIMIT_S = 110  # its weight is measured, not its speed
    brand = make_large_brand()
    factories.make_job(brand, status=JobStatus.PENDING)
    assert JobRunner().run_next()
    board = OpportunitiesBoard.objects.get(brand=brand)
    made = board.to_dto()
    assert (made.state, made.evidence_summary and made.evidence_summary.items) == (TodayBoardState.READY, EVIDENCE_CAP)
    assert len(made.opportunities) >= 4
    by_column = weights(board)
    stored, text = (sum(sizes) for sizes in zip(*by_column.values(), strict=True))
    assert stored < MOST_BYTES, by_column
    assert text < MOST_BYTES, by_column
    # The posts are kept by id and hash, 32 characters each, whatever they say.
    assert by_column["inputs"][1] < 40 * EVIDENCE_CAP
    assert replay(board_id=board.id).identical
