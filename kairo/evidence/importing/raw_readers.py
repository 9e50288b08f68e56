"""Finds the readers of scrapers' own items that the settings name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from kairo.evidence.record_errors import RejectedRecord

# A record of the documented schema, made of an item as a scraper gave it (which may be any JSON at all) and with that
# item in it as `raw`; or why it can be none; or None for an item of a shape that the reader does not know. It raises
# nothing and asks nobody.
RawReader = Callable[[object], Mapping[str, object] | RejectedRecord | None]


def load_raw_readers() -> tuple[RawReader, ...]:
    """The readers of KAIRO_RAW_READERS, in its order.

    Raises:
        ImproperlyConfigured: a path leads to nothing that can be called.
    """
    readers = []
    for path in settings.KAIRO_RAW_READERS:
        try:
            reader = import_string(path)
        except ImportError as error:
            raise ImproperlyConfigured(f"KAIRO_RAW_READERS names {path!r}, which cannot be used: {error}") from error
        if not callable(reader):
            raise ImproperlyConfigured(f"KAIRO_RAW_READERS names {path!r}, which is no function.")
        readers.append(reader)
    return tuple(readers)


def record_in(item: object, *, readers: tuple[RawReader, ...]) -> object | RejectedRecord:
    """What the first reader that knows the item makes of it; the item itself where none does."""
    answers = (reader(item) for reader in readers)
    return next((answer for answer in answers if answer is not None), item)
