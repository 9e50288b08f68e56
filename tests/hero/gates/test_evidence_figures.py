from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kairo.core.enums import Channel, ContentType, Platform
from kairo.hero.gates import thresholds as t
from kairo.hero.gates.evidence_figures import evidence_shortfall
from kairo.hero.gates.evidence_gates import evaluate_gates
from tests.hero.builders import AS_OF, brand, plain_evidence, post
from tests.hero.gates.evidence import with_first


def test_evidence_shortfall_counts_items_platforms_and_transcripts() -> None:
    channels = brand(channels=(Channel.TIKTOK, Channel.NEWSLETTER))
    items = [
        replace(item, platform=Platform.LINKEDIN) for item in with_first(3, plain_evidence(5), has_transcript=False)
    ]
    items.append(replace(items[0], content_type=ContentType.TEXT_POST, has_transcript=False))
    shortfall = evidence_shortfall(items, brand=channels)
    assert (shortfall.found_items, shortfall.required_items) == (6, t.MIN_EVIDENCE_ITEMS)
    assert shortfall.found_platforms == (Platform.LINKEDIN,)
    assert shortfall.required_platforms == shortfall.missing_platforms == (Platform.TIKTOK, Platform.WEB)
    assert shortfall.transcript_coverage == pytest.approx(0.4)
    assert shortfall.min_transcript_coverage == t.MIN_TRANSCRIPT_COVERAGE
    assert evidence_shortfall([replace(items[0], platform=Platform.TIKTOK)], brand=channels).missing_platforms == ()


def test_evidence_summary_counts_items_authors_and_platforms() -> None:
    items = [*plain_evidence(3), post("undated", "no date", hours_ago=None, platform=Platform.TIKTOK)]
    summary = evaluate_gates(items, as_of=AS_OF).summary
    assert (summary.items, summary.authors) == (4, 4)
    assert summary.platforms == ((Platform.INSTAGRAM, 3), (Platform.TIKTOK, 1))
    assert summary.newest_published_at == AS_OF - timedelta(hours=20)
    assert summary.oldest_published_at == AS_OF - timedelta(hours=22)
