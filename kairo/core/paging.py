"""Keyset paging: a page is found by where the last one ended, so its cost does not grow with its number."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from kairo.core.errors import Invalid

MOST = 100
T = TypeVar("T")
Row = TypeVar("Row", bound=Model)
_LONGEST_CURSOR = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Page(Generic[T]):
    """Some of a list, newest first, each with the cursor that continues after it."""

    items: tuple[tuple[str, T], ...]
    has_next: bool

    def map(self, change: Callable[[tuple[T, ...]], tuple[Any, ...]]) -> Page[Any]:
        """The same page of other things, made from all its items at once."""
        changed = change(tuple(item for _, item in self.items))
        cursors = (cursor for cursor, _ in self.items)
        return Page(items=tuple(zip(cursors, changed, strict=True)), has_next=self.has_next)


def newest_first(rows: QuerySet[Row], *, first: int, after: str | None) -> Page[Row]:
    """Up to `first` rows by creation, newest first, after that cursor: one SQL statement.

    Raises:
        Invalid: `first` is not 1 to 100, or `after` is not a cursor that was given out.
    """
    if not 1 <= first <= MOST:
        raise Invalid(f"`first` must be from 1 to {MOST}.", field="first")
    if after is not None:
        created_at, id_ = _position(after)
        rows = rows.filter(Q(created_at__lt=created_at) | Q(created_at=created_at, id__lt=id_))
    found = list(rows.order_by("-created_at", "-id")[: first + 1])
    return Page(
        items=tuple((_cursor(row.created_at, row.pk), row) for row in found[:first]),  # type: ignore[attr-defined]  # a Record
        has_next=len(found) > first,
    )


def _cursor(created_at: datetime, id_: UUID) -> str:
    return urlsafe_b64encode(f"{created_at.isoformat()}|{id_}".encode()).decode()


def _position(cursor: str) -> tuple[datetime, UUID]:
    try:
        if len(cursor) > _LONGEST_CURSOR:
            raise ValueError
        moment, _, id_ = urlsafe_b64decode(cursor.encode("ascii")).decode("ascii").partition("|")
        position = datetime.fromisoformat(moment), UUID(id_)
        if position[0].tzinfo is None:
            raise ValueError
    except (ValueError, UnicodeError, binascii.Error):
        raise Invalid("`after` is not a cursor of this list.", field="after") from None
    return position
