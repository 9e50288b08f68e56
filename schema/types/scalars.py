"""The custom scalars, each with the URL of its specification."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

Long = NewType("Long", int)

_LONG_MIN, _LONG_MAX = -(2**63), 2**63 - 1
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def _long(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not _LONG_MIN <= value <= _LONG_MAX:
        raise GraphQLError("Long must be a whole number of 64 bits.")
    return value


def _date_out(value: date) -> str:
    return value.isoformat()


def _date_in(value: object) -> date:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        raise GraphQLError("Date must look like 2026-01-31.") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise GraphQLError(f"Date must lie in the years {_FIRST_YEAR} to {_LAST_YEAR}.")
    return day


def _datetime_out(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _datetime_in(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise GraphQLError("DateTime must look like 2026-01-31T23:59:59Z.") from None
    if moment.tzinfo is None:
        raise GraphQLError("DateTime must say its offset from UTC, such as Z or +02:00.")
    # Within these years no arithmetic on it, here or in the database, leaves the calendar.
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise GraphQLError(f"DateTime must lie in the years {_FIRST_YEAR} to {_LAST_YEAR}.")
    return moment.astimezone(UTC)


SCALARS: dict[object, ScalarDefinition] = {
    Long: strawberry.scalar(
        name="Long",
        description="A whole number of 64 bits, as a JSON number. Above 2^53 JavaScript's numbers lose digits.",
        specified_by_url="https://ibm.github.io/graphql-specs/custom-scalars/long.html",
        serialize=_long,
        parse_value=_long,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment in UTC, such as 2026-01-31T23:59:59Z. Input may have any offset, and must have one.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        serialize=_datetime_out,
        parse_value=_datetime_in,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day of the calendar, such as 2026-01-31.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        serialize=_date_out,
        parse_value=_date_in,
    ),
}
