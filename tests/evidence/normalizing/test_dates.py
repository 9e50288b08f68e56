from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kairo.evidence.normalizing.dates import newest_datetime, parse_datetime, shift_to

NOW = datetime(2026, 3, 1, 9, 45, tzinfo=UTC)


def test_shift_is_whole_hours_and_never_beyond_now() -> None:
    described = datetime(2018, 11, 1, tzinfo=UTC)
    shift = shift_to(now=NOW, as_of=described)
    assert shift % timedelta(hours=1) == timedelta(0)
    assert timedelta(0) <= NOW - (described + shift) < timedelta(hours=1)


def test_shift_of_a_future_date_moves_back() -> None:
    described = NOW + timedelta(days=3, minutes=1)
    assert timedelta(0) <= NOW - (described + shift_to(now=NOW, as_of=described)) < timedelta(hours=1)


def test_newest_datetime_prefers_snapshots() -> None:
    records = [
        {"snapshot_at": "2018-11-01T00:00:00Z", "published_at": "2019-01-01T00:00:00Z"},
        {"snapshot_at": "2018-11-02T00:00:00+02:00", "published_at": "nonsense"},
        {"snapshot_at": 5},
        "no object",
    ]
    assert newest_datetime(records) == datetime(2018, 11, 1, 22, tzinfo=UTC)


def test_newest_datetime_falls_back_to_publication_dates() -> None:
    records = [{"published_at": "2018-10-01"}, {"published_at": "2018-10-03"}, {"published_at": "2018-10-02"}]
    assert newest_datetime(records) == datetime(2018, 10, 3, tzinfo=UTC)
    assert newest_datetime([{"published_at": None}, {}]) is None


@pytest.mark.parametrize("text", ["", "now", "2025-13-01", "0001-01-01T00:00+14:00", "2025-10-31T25:00:00Z"])
def test_parse_datetime_refuses_other_text(text: str) -> None:
    with pytest.raises(ValueError, match=r"outside|isoformat|must be in|hour|month"):
        parse_datetime(text)
