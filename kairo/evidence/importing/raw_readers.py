"""Loads the readers of scrapers' raw items that KAIRO_RAW_READERS names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from kairo.evidence.record_errors import RejectedRecord

# Turns a scraper's item (any JSON) into an evidence record with the item as `raw`, or into a rejection. Returns None
# for an item whose shape it does not know. Raises nothing, and makes no network call.
RawReader = Callable[[object], Mapping[str, object] | RejectedRecord | None]


def load_raw_readers() -> tuple[RawReader, ...]:
    """Returns the readers of KAIRO_RAW_READERS, in its order.

    Raises:
        ImproperlyConfigured: a path cannot be imported or is not callable.
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


def read_record(item: object, *, readers: tuple[RawReader, ...]) -> object | RejectedRecord:
    """Returns the result of the first reader that knows the item's shape; else the item itself."""
    results = (reader(item) for reader in readers)
    return next((result for result in results if result is not None), item)
