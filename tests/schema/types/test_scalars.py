from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from graphql import GraphQLError, GraphQLScalarType

from schema.schema import schema


def scalar(name: str) -> GraphQLScalarType:
    found = schema._schema.type_map[name]
    assert isinstance(found, GraphQLScalarType)
    return found


@pytest.mark.parametrize("value", [0, -1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63)])
def test_long_is_a_64_bit_integer(value: int) -> None:
    assert scalar("Long").serialize(value) == value
    assert scalar("Long").parse_value(value) == value


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, 1.5, 1.0, "1", True, None, [1]])
def test_long_rejects_other_values(value: object) -> None:
    with pytest.raises(GraphQLError):
        scalar("Long").serialize(value)
    with pytest.raises(GraphQLError):
        scalar("Long").parse_value(value)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC), "2026-01-31T23:59:59Z"),
        (datetime(2026, 1, 31, 23, 59, 59, 120_000, tzinfo=UTC), "2026-01-31T23:59:59.120000Z"),
        (datetime(2026, 1, 31, 23, 0, tzinfo=timezone(timedelta(hours=-5))), "2026-02-01T04:00:00Z"),
    ],
)
def test_datetime_is_serialized_in_utc(moment: datetime, shown: str) -> None:
    assert scalar("DateTime").serialize(moment) == shown
    assert scalar("DateTime").parse_value(shown) == moment


@pytest.mark.parametrize("text", ["2026-01-31T23:59:59", "2026-01-31", "yesterday", "", "\0", 1, None, "9" * 1000])
def test_datetime_without_offset_is_rejected(text: object) -> None:
    with pytest.raises(GraphQLError, match="DateTime must"):
        scalar("DateTime").parse_value(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "1899-12-31T23:59:59Z", "3000-01-01T00:00:00+14:00"])
def test_datetime_outside_1900_to_2999_is_rejected(text: str) -> None:
    with pytest.raises(GraphQLError, match="1900 to 2999"):
        scalar("DateTime").parse_value(text)
    with pytest.raises(GraphQLError, match="1900 to 2999"):
        scalar("Date").parse_value(text[:10])


def test_date_is_a_calendar_day() -> None:
    assert scalar("Date").serialize(date(2026, 1, 31)) == "2026-01-31"
    assert scalar("Date").parse_value("2026-01-31") == date(2026, 1, 31)
    for text in ("2026-02-30", "31.01.2026", "", 1, None):
        with pytest.raises(GraphQLError, match="Date must"):
            scalar("Date").parse_value(text)
