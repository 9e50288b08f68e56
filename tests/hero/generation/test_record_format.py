from __future__ import annotations

import json
from dataclasses import replace

import msgspec
import pytest

from kairo.core.enums import Platform
from kairo.hero.dto import DayCountDTO, PhraseCountDTO, WindowCountsDTO
from kairo.hero.engine.baseline import counts_of
from kairo.hero.generation.record_format import (
    PackedCounts,
    fingerprint,
    pack_counts,
    pack_evidence,
    unpack_counts,
    unpack_evidence,
)
from tests.hero.builders import AS_OF, plain_evidence, post


def kept(counts: WindowCountsDTO) -> WindowCountsDTO:
    """As it is read from the database."""
    return unpack_counts(msgspec.convert(json.loads(msgspec.json.encode(pack_counts(counts))), PackedCounts))


def test_record_of_counts_is_equal_after_reading() -> None:
    plain = counts_of([*plain_evidence(9), post("undated", "", hours_ago=None)], as_of=AS_OF)
    phrases = tuple(
        PhraseCountDTO(key=key, age_days=age, posts=age + 2, authors=1)
        for key in ("pickle brine", "100% rye: a, b", "漬物", "pickle brine")
        for age in (0, 7, 29)
    )
    for counts in (plain, replace(plain, phrases=phrases), WindowCountsDTO(posts=0, authors=0)):
        assert kept(counts) == counts


def test_record_of_evidence_has_ids_and_beginnings_of_fingerprints() -> None:
    items = plain_evidence(5)
    packed = pack_evidence(items)
    assert [id_ for id_, _ in unpack_evidence(packed)] == [item.id for item in items]
    assert all(
        fingerprint(item).startswith(hash_) and len(hash_) == 16
        for item, (_, hash_) in zip(items, unpack_evidence(packed), strict=True)
    )
    assert list(unpack_evidence(pack_evidence([]))) == []
    with pytest.raises(ValueError, match="incomplete"):
        list(unpack_evidence(packed[:-4]))


def test_fingerprint_depends_on_every_field_of_a_post() -> None:
    item = plain_evidence(1)[0]
    changed = [
        replace(item, text_primary="other"),
        replace(item, hashtags=("other",)),
        replace(item, published_at=None),
        replace(item, metrics=replace(item.metrics, likes=7)),
    ]
    assert len({fingerprint(each) for each in [item, *changed]}) == 5


def test_record_of_a_full_window_is_short() -> None:
    counts = WindowCountsDTO(
        posts=100_000,
        authors=9_000,
        days=tuple(
            DayCountDTO(age_days=age, platform=platform, posts=1_234, authors=567)
            for age in range(30)
            for platform in Platform
        ),
        phrases=tuple(
            PhraseCountDTO(key=f"a phrase {n}", age_days=age, posts=123, authors=45)
            for n in range(200)
            for age in range(30)
        ),
    )
    assert len(pack_evidence([plain_evidence(1)[0]] * 2_000)) == 64_000
    assert len(msgspec.json.encode(pack_counts(counts))) < 80_000
