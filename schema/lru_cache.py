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

ENTRY_BYTES = 1000  # what an entry takes beside its own bytes: keys, objects, links


class ByteBoundedLRU(Generic[K, V]):
    """Things by key, in a bounded number of bytes; the least recently used are forgotten first. Safe to use from many
    threads."""

    def __init__(self, *, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._things: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: K) -> V | None:
        # No lock: keys are plain values, so each of the two is one step for other threads. What was dropped in between
        # is as good as never there.
        try:
            self._things.move_to_end(key)
            return self._things[key][0]
        except KeyError:
            return None

    def put(self, key: K, thing: V, *, size: int) -> None:
        """Keeps it in place of what was there, but not what is larger than all may be. `size` is its own, in bytes."""
        size += ENTRY_BYTES
        with self._lock:
            self._drop(key)
            if size > self._most_bytes:
                return
            self._things[key] = (thing, size)
            self.bytes += size
            while self.bytes > self._most_bytes:
                _, (_, forgotten) = self._things.popitem(last=False)
                self.bytes -= forgotten

    def drop(self, key: K) -> None:
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        with self._lock:
            self._things.clear()
            self.bytes = 0

    def _drop(self, key: K) -> None:
        if (found := self._things.pop(key, None)) is not None:
            self.bytes -= found[1]


class Memoized(Generic[P, V]):
    """A function that remembers its answers by its positional arguments, as functools.lru_cache does, but in a bounded
    number of bytes."""

    def __init__(self, ask: Callable[P, V], *, most_bytes: int, size: Callable[Concatenate[V, P], int]) -> None:
        self._ask = ask
        self._size = size
        self.memory: ByteBoundedLRU[tuple[Any, ...], tuple[V]] = ByteBoundedLRU(most_bytes=most_bytes)
        update_wrapper(self, ask)

    def __call__(self, *args: P.args, **named: P.kwargs) -> V:
        found = self.memory.get(args)
        if found is None:
            found = (self._ask(*args, **named),)
            texts = sum(getsizeof(part) for part in args if isinstance(part, str))
            self.memory.put(args, found, size=texts + self._size(found[0], *args, **named))
        return found[0]


def memoize(*, most_bytes: int, size: Callable[Concatenate[V, P], int]) -> Callable[[Callable[P, V]], Memoized[P, V]]:
    """`size` says how many bytes an answer takes, beside the texts it was asked with. Errors are not remembered."""
    return lambda ask: Memoized(ask, most_bytes=most_bytes, size=size)
