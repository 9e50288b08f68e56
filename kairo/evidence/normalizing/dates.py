"""Parses the dates of evidence, and computes the shift that makes a recorded file look current."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

_STEP = timedelta(hours=1)


def parse_datetime(text: str) -> tuple[datetime, bool]:
    """Parses an ISO 8601 date or datetime; returns it in UTC, and whether UTC was assumed for a missing zone.

    Raises:
        ValueError: it is not ISO 8601, or is outside the years 1 to 9999.
    """
    value = datetime.fromisoformat(text.strip())
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC), True
    try:
        return value.astimezone(UTC), False
    except OverflowError:
        raise ValueError("the date is outside the years 1 to 9999") from None


def shift_to(*, now: datetime, as_of: datetime) -> timedelta:
    """Returns the shift that moves `as_of` to now.

    Rounded down to whole hours, so that no date moves into the future and a second import within the hour gives the
    same dates.
    """
    return (now - as_of) // _STEP * _STEP


def newest_datetime(records: Iterable[object]) -> datetime | None:
    """Returns the newest snapshot_at, else the newest published_at, else None. Invalid dates are ignored."""
    newest: dict[str, datetime] = {}
    for record in records:
        if not isinstance(record, Mapping):
            continue
        for field in ("snapshot_at", "published_at"):
            value = _datetime_or_none(record.get(field))
            if value and (field not in newest or value > newest[field]):
                newest[field] = value
    return newest.get("snapshot_at") or newest.get("published_at")


def _datetime_or_none(value: object) -> datetime | None:
    try:
        return parse_datetime(value)[0] if isinstance(value, str) else None
    except ValueError:
        return None
