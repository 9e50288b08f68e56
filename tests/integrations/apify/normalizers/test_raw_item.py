from __future__ import annotations

import pytest

from kairo.evidence.enums import RecordErrorCode
from kairo.integrations.apify.normalizers.raw_item import (
    count,
    hashtags,
    nested,
    objects,
    reference,
    reported_error,
    text,
    timestamp,
)


def test_nested_reads_objects_and_dotted_names() -> None:
    assert nested({"a": {"b": 1}}, "a", "b") == nested({"a.b": 1}, "a", "b") == 1
    assert nested({"a": [1]}, "a", "b") is None
    assert nested("text", "a") is None


def test_text_and_reference_skip_values_that_are_blank_or_of_another_type() -> None:
    assert text(None, 7, " ", "words") == "words"
    assert reference(None, True, " ", 17) == "17"
    assert reference(-1, "") == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [(7, 7), ("1,234", 1_234), (7.0, 7), (-1, None), (7.5, None), ("many", None), (True, None), (None, None)],
)
def test_count_is_a_whole_number_that_is_not_negative(value: object, expected: int | None) -> None:
    assert count(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_700_000_000, "2023-11-14T22:13:20Z"),
        (1_700_000_000_000, "2023-11-14T22:13:20Z"),
        ("2023-11-14T22:13:20", "2023-11-14T22:13:20Z"),
        ("3d", None),
        (0, None),
    ],
)
def test_timestamp_reads_unix_times_and_iso_8601(value: object, expected: str | None) -> None:
    assert timestamp(None, value) == expected


def test_hashtags_come_from_the_list_or_else_from_the_texts() -> None:
    assert hashtags(["a", {"name": "b"}, 7, "#"], "#c") == ["a", "b"]
    assert hashtags(None, "so #good, #1 & a#b") == ["good"]


def test_objects_of_a_list_or_a_single_one() -> None:
    assert list(objects([{"a": 1}, "text"])) == list(objects({"a": 1})) == [{"a": 1}]


def test_reported_error_joins_the_actors_words() -> None:
    error = reported_error({"error": "not_found", "errorDescription": "It is\ngone"})
    assert error is not None
    assert (error.code, error.reason) == (RecordErrorCode.SCRAPER_ERROR, "the scraper reports: not_found: It is gone")
    assert reported_error({"error": ""}) is None
