from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.evidence.normalizing.raw_payload import MAX_RAW_BYTES, bounded

TEXTS = st.text(st.characters(codec=None, exclude_categories=()))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


def test_bounded_keeps_a_small_payload() -> None:
    payload: dict[str, object] = {
        "id": "1",
        "likesCount": -1,
        "musicInfo": {"artist": None},
        "videoDuration": 20.5,
        "tags": ["a"],
    }
    assert bounded(payload) == payload


@pytest.mark.parametrize("payload", [None, [], "text", 5])
def test_bounded_of_anything_but_an_object_is_none(payload: object) -> None:
    assert bounded(payload) is None


def test_bounded_drops_the_largest_fields_and_names_them() -> None:
    kept = bounded({"id": "1", "comments": ["x" * 9_000], "images": "y" * 6_000, "caption": "ü" * 3_000})
    assert kept == {"id": "1", "caption": "ü" * 3_000, "images": "y" * 6_000, "_dropped": ["comments"]}


def test_bounded_drops_deep_fields_and_huge_numbers() -> None:
    deep: object = 1
    for _ in range(50_000):
        deep = [deep]
    assert bounded({"deep": deep, "n": [float("nan"), 10**5_000], "t": "a\x00\ud800"}) == {
        "deep": None, "n": [None, None], "t": "a?", "_dropped": ["deep"],
    }  # fmt: skip


def test_bounded_counts_many_dropped_fields() -> None:
    kept = bounded({f"field {number}": "z" * 10_000 for number in range(50)})
    assert kept is not None
    assert len(kept) == 2
    assert kept["_dropped"][-1] == "and 40 more"  # type: ignore[index]  # a list, here


@settings(deadline=None)  # a busy machine is no failure
@given(st.dictionaries(TEXTS, VALUES | st.just("w" * 7_000), max_size=30))
def test_bounded_of_any_payload_is_small_and_storable(payload: dict[str, object]) -> None:
    text = json.dumps(bounded(payload), ensure_ascii=False, allow_nan=False)
    assert len(text.encode()) <= MAX_RAW_BYTES
