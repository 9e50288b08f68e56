from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

from kairo.core.enums import TokenScope
from kairo.core.errors import BrokenReference, Unauthenticated
from kairo.core.services.access import Caller
from kairo.db.tenant_scope import tenant_scope
from kairo.hero.services.board_lookup import Rows, VersionedBoard, versioned_board, versioned_board_from_rows
from schema.board_cache.board_query import BoardQuery
from schema.board_cache.connections import DATABASE_TIMEOUT_S, DatabaseTimeout
from schema.board_cache.metrics import CacheMetrics
from schema.board_cache.rendering import ResponseBody, render
from schema.board_cache.revalidation import Revalidator
from schema.board_cache.tokens import CachedToken, CacheKey
from schema.lru_cache import ByteBoundedLRU

T = TypeVar("T")

RENDER_TIMEOUT_S = 1.2 * DATABASE_TIMEOUT_S  # for all statements of one miss together


@dataclass(frozen=True, slots=True)
class Entry:
    """A cached body, current while the brand's revision is `revision` and before `valid_until`, in epoch seconds."""

    body: ResponseBody
    revision: int
    valid_until: float | None


class Hit(NamedTuple):
    """A current body, and the caller that the database authenticated for it."""

    body: ResponseBody
    caller: Caller


class InThread(Protocol):
    """Runs what blocks in another thread, and returns or raises what it does."""

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]: ...


class ResponseCache:
    """Response bodies by query, tenant and scopes. Each is served only after the database confirms it."""

    def __init__(
        self, *, revalidator: Revalidator, load_by: Rows, in_thread: InThread, max_bytes: int, metrics: CacheMetrics
    ) -> None:
        self._revalidator = revalidator
        self._load_by = load_by
        self._in_thread = in_thread
        self._entries: ByteBoundedLRU[CacheKey, Entry] = ByteBoundedLRU(max_bytes=max_bytes)
        self._renders: dict[CacheKey, asyncio.Future[None]] = {}
        self._metrics = metrics

    @property
    def bytes(self) -> int:
        return self._entries.bytes

    def clear(self) -> None:
        self._entries.clear()

    async def get_or_render(self, query: BoardQuery, *, token: CachedToken) -> Hit | None:
        """Returns the cached body if it is current, else renders the board; None where the operation must be executed.

        Raises:
            Unauthenticated: the token is not valid.
            DatabaseTimeout: the database did not answer in time.
            OperationalError: a connection was lost, or the database refused a statement.
        """
        if hit := await self._get(query, token, token.cache_key(query)):
            return hit
        try:
            async with asyncio.timeout(RENDER_TIMEOUT_S):
                return await self._render_once(query, token)
        except TimeoutError as error:
            raise DatabaseTimeout("several statements took too long together") from error

    async def _render_once(self, query: BoardQuery, token: CachedToken) -> Hit | None:
        """Renders the board, or waits for the render of the same key by another request."""
        has_waited = False
        while True:
            key = token.cache_key(query)
            # The other request's result may be older than this request, so it is revalidated like any entry. Some
            # results are not cached: after one wait each request renders its own.
            pending = self._renders.get(key) if key and not has_waited else None
            if pending is None:
                return await self._render(query, token, key)
            has_waited = True
            await asyncio.wait([pending])
            if hit := await self._get(query, token, token.cache_key(query)):
                return hit

    async def _get(self, query: BoardQuery, token: CachedToken, key: CacheKey | None) -> Hit | None:
        entry = self._entries.get(key) if key else None
        if entry is None or key is None:
            return None
        validity = await self._revalidator.validate(token.hash, query.brand_text)
        if validity is None:
            return None
        token.caller = validity.caller
        if token.cache_key(query) != key or validity.revision != entry.revision:
            return None
        if entry.valid_until is not None and validity.now >= entry.valid_until:
            return None
        self._metrics.hits += 1
        return Hit(entry.body, validity.caller)

    async def _render(self, query: BoardQuery, token: CachedToken, key: CacheKey | None) -> Hit | None:
        self._metrics.misses += 1
        done = asyncio.get_running_loop().create_future()
        if key:
            self._renders[key] = done
        try:
            lookup = await versioned_board(self._load_by, token_hash=token.hash, brand_id=query.brand_id)
            if lookup is None:
                raise Unauthenticated("The API token is not valid.")
            if lookup.revision is None or not lookup.caller.may(TokenScope.READ):
                return None
            # Shielded, because a thread cannot be stopped and cancellation would wait for it.
            board = lookup.board or await asyncio.shield(self._load_rows(query, lookup.caller))
            if board is None:
                return None
            if query.is_compiled:
                rendered = render(query, board)
            else:
                rendered = await self._in_thread(partial(render, query, board))
            if rendered is None:
                return None
            token.caller = lookup.caller
            if rendered.is_cacheable and (current_key := token.cache_key(query)):
                entry = Entry(rendered.body, board.revision, board.valid_until)
                self._entries.put(current_key, entry, size=len(rendered.body.content))
            return Hit(rendered.body, lookup.caller)
        finally:
            done.set_result(None)
            if key:
                self._renders.pop(key, None)

    async def _load_rows(self, query: BoardQuery, caller: Caller) -> VersionedBoard | None:
        try:
            return await self._in_thread(partial(_load_rows, caller, query))
        except BrokenReference:
            return None


def _load_rows(caller: Caller, query: BoardQuery) -> VersionedBoard | None:
    with tenant_scope(caller.tenant_id):
        return versioned_board_from_rows(caller=caller, brand_id=query.brand_id)
