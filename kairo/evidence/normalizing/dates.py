"""Moments in evidence: reading them, and moving them so that a recorded file looks recorded now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

_STEP = timedelta(hours=1)


def parse_datetime(text: str) -> tuple[datetime, bool]:
    """An ISO 8601 date or moment in UTC, and whether its zone had to be assumed (UTC) because it names none.

    Raises:
        ValueError: it is not ISO 8601, or lies outside the years 1 to 9999.
    """
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC), True
    try:
        return moment.astimezone(UTC), False
    except OverflowError:
        raise ValueError("the moment lies outside the years 1 to 9999") from None


def shift_to(*, now: datetime, described: datetime) -> timedelta:
    """How far to move dates so that the moment a file describes becomes now.

    Rounded down to whole hours: one distance for every date keeps order and distances, nothing lands in the
    future, and the same file read again within the hour gives the same dates.
    """
    return (now - described) // _STEP * _STEP


def newest_datetime(records: Iterable[object]) -> datetime | None:
    """The moment records describe: the newest snapshot_at, else the newest published_at, else None."""
    newest: dict[str, datetime] = {}
    for record in records:
        if not isinstance(record, Mapping):
            continue
        for field in ("snapshot_at", "published_at"):
            moment = _moment_or_none(record.get(field))
            if moment and (field not in newest or moment > newest[field]):
                newest[field] = moment
    return newest.get("snapshot_at") or newest.get("published_at")


def _moment_or_none(value: object) -> datetime | None:
    try:
        return parse_datetime(value)[0] if isinstance(value, str) else None
    except ValueError:
        return None
