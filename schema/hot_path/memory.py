from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

ENTRY_BYTES = 1000  # what an entry takes beside its own bytes: keys, objects, links


class BoundedMemory(Generic[K, V]):
    """Things by key, in a bounded number of bytes; the least recently used are forgotten first."""

    def __init__(self, *, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._things: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: K) -> V | None:
        found = self._things.get(key)
        if found is None:
            return None
        self._things.move_to_end(key)
        return found[0]

    def put(self, key: K, thing: V, *, size: int) -> None:
        """Keeps it in place of what was there, but not what is larger than all may be. `size` is its own, in bytes."""
        self.drop(key)
        size += ENTRY_BYTES
        if size > self._most_bytes:
            return
        self._things[key] = (thing, size)
        self.bytes += size
        while self.bytes > self._most_bytes:
            _, (_, forgotten) = self._things.popitem(last=False)
            self.bytes -= forgotten

    def drop(self, key: K) -> None:
        if (found := self._things.pop(key, None)) is not None:
            self.bytes -= found[1]

    def clear(self) -> None:
        self._things.clear()
        self.bytes = 0
