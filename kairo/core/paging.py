"""Keyset paging: a page is found by where the last one ended, so its cost does not grow with its number."""

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

MOST = 100
S = TypeVar("S")
T = TypeVar("T")
Row = TypeVar("Row", bound=Model)
_LONGEST_CURSOR = 200
_MOST_DIGITS = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class Page(Generic[T]):
    """Some of a list in its order, each with the cursor that continues after it."""

    items: tuple[tuple[str, T], ...]
    has_next: bool

    def map(self, change: Callable[[tuple[T, ...]], Iterable[S]]) -> Page[S]:
        """The same page of other things, made from all its items at once."""
        changed = change(tuple(item for _, item in self.items))
        cursors = (cursor for cursor, _ in self.items)
        return Page(items=tuple(zip(cursors, changed, strict=True)), has_next=self.has_next)


def moment(text: str) -> datetime:
    """A cursor's time."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError("a time without its offset")
    return value


def number(text: str) -> int:
    """A cursor's number, small enough for any column."""
    if len(text) > _MOST_DIGITS:
        raise ValueError("a number that no column holds")
    return int(text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A list's order: by one column, rows that are equal in it by id. Rows without a value come last.

    `read` is the column's value from the text of a cursor and raises ValueError where that is none.
    """

    column: str
    read: Callable[[str], Any]
    descending: bool = True
    ids_descending: bool = True
    nullable: bool = False

    def sorted(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        column = F(self.column)
        last = True if self.nullable else None
        first_by = column.desc(nulls_last=last) if self.descending else column.asc(nulls_last=last)
        return rows.order_by(first_by, "-id" if self.ids_descending else "id")

    def after(self, rows: QuerySet[Row], cursor: str) -> QuerySet[Row]:
        """The rows that come after the cursor's.

        Raises:
            Invalid: it is not a cursor of a list in this order.
        """
        value, id_ = self._position(cursor)
        further = Q(**{f"id__{'lt' if self.ids_descending else 'gt'}": id_})
        if value is None:
            return rows.filter(further, **{f"{self.column}__isnull": True})
        side = "lt" if self.descending else "gt"
        beyond = Q(**{f"{self.column}__{side}": value}) | (further & Q(**{self.column: value}))
        if self.nullable:
            return rows.filter(beyond | Q(**{f"{self.column}__isnull": True}))
        # Implied by the rest, and what an index can start from.
        return rows.filter(beyond, **{f"{self.column}__{side}e": value})

    def cursor(self, row: Model) -> str:
        value = getattr(row, self.column)
        text = value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value)
        return urlsafe_b64encode(f"{self._name}|{text}|{row.pk}".encode()).decode()

    @property
    def _name(self) -> str:
        """What keeps a cursor of one order from being taken for one of another."""
        return f"{'-' if self.descending else ''}{self.column}"

    def _position(self, cursor: str) -> tuple[Any, UUID]:
        try:
            if len(cursor) > _LONGEST_CURSOR:
                raise ValueError
            whole = urlsafe_b64decode(cursor.encode("ascii"))
            name, text, id_ = whole.decode("ascii").split("|")
            if name != self._name or (not text and not self.nullable) or urlsafe_b64encode(whole).decode() != cursor:
                raise ValueError
            return (self.read(text) if text else None), UUID(id_)
        except (ValueError, UnicodeError, binascii.Error):
            raise Invalid("`after` is not a cursor of this list.", field="after") from None


NEWEST_FIRST = Order(column="created_at", read=moment)


def page_of(rows: QuerySet[Row], *, order: Order, first: int, after: str | None) -> Page[Row]:
    """Up to `first` rows in this order, after that cursor: one SQL statement.

    Raises:
        Invalid: `first` is not 1 to 100, or `after` is not a cursor that was given out for this order.
    """
    if not 1 <= first <= MOST:
        raise Invalid(f"`first` must be from 1 to {MOST}.", field="first")
    if after is not None:
        rows = order.after(rows, after)
    found = with_custom_plan(order.sorted(rows)[: first + 1])
    return Page(items=tuple((order.cursor(row), row) for row in found[:first]), has_next=len(found) > first)


def newest_first(rows: QuerySet[Row], *, first: int, after: str | None) -> Page[Row]:
    """`page_of` by creation, newest first."""
    return page_of(rows, order=NEWEST_FIRST, first=first, after=after)
