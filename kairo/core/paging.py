"""Keyset pagination: a cursor is the position of a row, so a page costs the same however far it is."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet

from kairo.core.errors import Invalid
from kairo.db.query_plans import with_custom_plan

MAX_PAGE_SIZE = 100
S = TypeVar("S")
T = TypeVar("T")
Row = TypeVar("Row", bound=Model)
_MAX_CURSOR_LENGTH = 200
_MAX_DIGITS = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class Page(Generic[T]):
    """Items in order, each with the cursor of its position."""

    items: tuple[tuple[str, T], ...]
    has_next: bool

    def map(self, convert: Callable[[tuple[T, ...]], Iterable[S]]) -> Page[S]:
        """Converts all items in one call, and keeps their cursors."""
        converted = convert(tuple(item for _, item in self.items))
        cursors = (cursor for cursor, _ in self.items)
        return Page(items=tuple(zip(cursors, converted, strict=True)), has_next=self.has_next)


def parse_time(text: str) -> datetime:
    """The time in a cursor."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError("the time has no UTC offset")
    return value


def parse_integer(text: str) -> int:
    """The integer in a cursor, small enough for any column."""
    if len(text) > _MAX_DIGITS:
        raise ValueError("the integer is too large for a column")
    return int(text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """The order of a list: by one column, then by id; nulls last.

    `parse` converts a cursor's text to the column's value, and raises ValueError for any other text.
    """

    column: str
    parse: Callable[[str], Any]
    descending: bool = True
    ids_descending: bool = True
    nullable: bool = False

    def sorted(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        column = F(self.column)
        last = True if self.nullable else None
        primary = column.desc(nulls_last=last) if self.descending else column.asc(nulls_last=last)
        return rows.order_by(primary, "-id" if self.ids_descending else "id")

    def after(self, rows: QuerySet[Row], cursor: str) -> QuerySet[Row]:
        """The rows after the cursor's position.

        Raises:
            Invalid: it is not a cursor of this order.
        """
        value, id_ = self._position(cursor)
        next_ids = Q(**{f"id__{'lt' if self.ids_descending else 'gt'}": id_})
        if value is None:
            return rows.filter(next_ids, **{f"{self.column}__isnull": True})
        lookup = "lt" if self.descending else "gt"
        later_rows = Q(**{f"{self.column}__{lookup}": value}) | (next_ids & Q(**{self.column: value}))
        if self.nullable:
            return rows.filter(later_rows | Q(**{f"{self.column}__isnull": True}))
        # Redundant, but a range condition that an index scan can start from.
        return rows.filter(later_rows, **{f"{self.column}__{lookup}e": value})

    def cursor(self, row: Model) -> str:
        value = getattr(row, self.column)
        text = value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value)
        return urlsafe_b64encode(f"{self._name}|{text}|{row.pk}".encode()).decode()

    @property
    def _name(self) -> str:
        """Identifies the order in its cursors, so that a cursor of another order is refused."""
        return f"{'-' if self.descending else ''}{self.column}"

    def _position(self, cursor: str) -> tuple[Any, UUID]:
        try:
            if len(cursor) > _MAX_CURSOR_LENGTH:
                raise ValueError
            decoded = urlsafe_b64decode(cursor.encode("ascii"))
            name, text, id_ = decoded.decode("ascii").split("|")
            if name != self._name or (not text and not self.nullable) or urlsafe_b64encode(decoded).decode() != cursor:
                raise ValueError
            return (self.parse(text) if text else None), UUID(id_)
        except (ValueError, UnicodeError, binascii.Error):
            raise Invalid("`after` is not a cursor of this list.", field="after") from None


NEWEST_FIRST = Order(column="created_at", parse=parse_time)


def page_of(rows: QuerySet[Row], *, order: Order, first: int, after: str | None) -> Page[Row]:
    """Fetches up to `first` rows in this order after the cursor: one SQL statement.

    Raises:
        Invalid: `first` is not 1 to 100, or `after` is not a cursor of this order.
    """
    if not 1 <= first <= MAX_PAGE_SIZE:
        raise Invalid(f"`first` must be from 1 to {MAX_PAGE_SIZE}.", field="first")
    if after is not None:
        rows = order.after(rows, after)
    fetched = with_custom_plan(order.sorted(rows)[: first + 1])
    return Page(items=tuple((order.cursor(row), row) for row in fetched[:first]), has_next=len(fetched) > first)


def newest_first(rows: QuerySet[Row], *, first: int, after: str | None) -> Page[Row]:
    """`page_of` in the order of creation, newest first."""
    return page_of(rows, order=NEWEST_FIRST, first=first, after=after)
