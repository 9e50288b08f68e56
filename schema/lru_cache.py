"""Least-recently-used caches bounded in bytes: one entry may be a thousand times larger than another."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from sys import getsizeof
from threading import Lock
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
P = ParamSpec("P")

ENTRY_BYTES = 1000  # overhead of an entry: key, tuple, links


class ByteBoundedLRU(Generic[K, V]):
    """A thread-safe mapping of at most `max_bytes`; evicts the least recently used entries first."""

    def __init__(self, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: K) -> bool:
        return key in self._entries

    def get(self, key: K) -> V | None:
        # No lock: keys are plain values, so each of the two steps is atomic. An entry that another thread drops in
        # between is a miss.
        try:
            self._entries.move_to_end(key)
            return self._entries[key][0]
        except KeyError:
            return None

    def put(self, key: K, value: V, *, size: int) -> None:
        """Stores or replaces the entry. `size` is the value's in bytes; one larger than `max_bytes` is not stored."""
        size += ENTRY_BYTES
        with self._lock:
            self._drop(key)
            if size > self._max_bytes:
                return
            self._entries[key] = (value, size)
            self.bytes += size
            while self.bytes > self._max_bytes:
                _, (_, evicted_size) = self._entries.popitem(last=False)
                self.bytes -= evicted_size

    def drop(self, key: K) -> None:
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.bytes = 0

    def _drop(self, key: K) -> None:
        if (entry := self._entries.pop(key, None)) is not None:
            self.bytes -= entry[1]


class Memoized(Generic[P, V]):
    """A function that caches its results by its positional arguments, as `functools.lru_cache` does, in bounded
    bytes."""

    def __init__(self, function: Callable[P, V], *, max_bytes: int, size: Callable[Concatenate[V, P], int]) -> None:
        self._function = function
        self._size = size
        self.cache: ByteBoundedLRU[tuple[Any, ...], tuple[V]] = ByteBoundedLRU(max_bytes=max_bytes)
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> V:
        entry = self.cache.get(args)
        if entry is None:
            entry = (self._function(*args, **kwargs),)
            texts = sum(getsizeof(argument) for argument in args if isinstance(argument, str))
            self.cache.put(args, entry, size=texts + self._size(entry[0], *args, **kwargs))
        return entry[0]

    def is_cached(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether a call with these arguments would return at once."""
        return args in self.cache


def memoize(*, max_bytes: int, size: Callable[Concatenate[V, P], int]) -> Callable[[Callable[P, V]], Memoized[P, V]]:
    """Caches a function's results, not its exceptions. `size` returns a result's bytes, without its string
    arguments."""
    return lambda function: Memoized(function, max_bytes=max_bytes, size=size)
