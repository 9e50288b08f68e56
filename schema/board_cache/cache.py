from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import NamedTuple

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.conf import settings
from django.db import close_old_connections, connection

from kairo.core.enums import TokenScope
from kairo.core.errors import BrokenReference
from kairo.core.services.access import Caller
from kairo.db.tenant_scope import tenant_scope
from kairo.hero.services.board_lookup import Rows, VersionedBoard, versioned_board, versioned_board_from_rows
from schema.board_cache.board_query import BoardQuery
from schema.board_cache.connections import WAIT_S, TooLate
from schema.board_cache.metrics import CacheMetrics
from schema.board_cache.rendering import Answer, execute
from schema.board_cache.revalidation import Revalidator
from schema.board_cache.tokens import Key, Token
from schema.lru_cache import ByteBoundedLRU

LONGEST_S = 1.2 * WAIT_S  # for all that it takes to make an answer


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer, true while the brand's revision is this one and before `valid_until`, in seconds since the epoch."""

    answer: Answer
    revision: int
    valid_until: float | None


class Hit(NamedTuple):
    """An answer that is true, and to whom it is given."""

    answer: Answer
    caller: Caller


class ResponseCache:
    """Answers that are held, each given out only after the database has said that it is true."""

    def __init__(self, *, check_by: Rows, load_by: Rows, most_bytes: int, tally: CacheMetrics) -> None:
        self._checks = Revalidator(check_by, joined=settings.KAIRO_HOT_PATH_JOINED)
        self._load_by = load_by
        self._held: ByteBoundedLRU[Key, Entry] = ByteBoundedLRU(most_bytes=most_bytes)
        self._under_way: dict[Key, asyncio.Future[None]] = {}
        self._tally = tally

    @property
    def bytes(self) -> int:
        return self._held.bytes

    def clear(self) -> None:
        self._held.clear()

    async def to(self, asked: BoardQuery, *, token: Token) -> Hit | None:
        """The answer; None where the ordinary path has to give it.

        Raises whatever a connection raises.
        """
        if given := await self._still_true(asked, token, token.key(asked)):
            return given
        try:
            async with asyncio.timeout(LONGEST_S):
                return await self._made_by_whoever_was_first(asked, token)
        except TimeoutError as error:
            raise TooLate("several statements took too long together") from error

    async def _made_by_whoever_was_first(self, asked: BoardQuery, token: Token) -> Hit | None:
        waited = False
        while True:
            key = token.key(asked)
            # Others ask the same: one of them makes it. What is made by then may be older than this request, so it
            # is checked as any other. Some answers are not held: nobody waits for those twice.
            under_way = self._under_way.get(key) if key and not waited else None
            if under_way is None:
                return await self._made(asked, token, key)
            waited = True
            await asyncio.wait([under_way])
            if given := await self._still_true(asked, token, token.key(asked)):
                return given

    async def _still_true(self, asked: BoardQuery, token: Token, key: Key | None) -> Hit | None:
        held = self._held.get(key) if key else None
        if held is None or key is None:
            return None
        truth = await self._checks.ask(token.hash, asked.brand_text)
        if truth is None:
            return None
        token.caller = truth.caller
        if token.key(asked) != key or truth.revision != held.revision:
            return None
        if held.valid_until is not None and truth.now >= held.valid_until:
            return None
        self._tally.hits += 1
        return Hit(held.answer, truth.caller)

    async def _made(self, asked: BoardQuery, token: Token, key: Key | None) -> Hit | None:
        self._tally.misses += 1
        ended = asyncio.get_running_loop().create_future()
        if key:
            self._under_way[key] = ended
        try:
            seen = await versioned_board(self._load_by, token_hash=token.hash, brand_id=asked.brand_id)
            if seen is None or seen.revision is None or not seen.caller.may(TokenScope.READ):
                return None
            # Shielded: a thread cannot be stopped, and who leaves its context waits for it.
            live = seen.board or await asyncio.shield(self._from_rows(asked, seen.caller, seen.revision))
            made = execute(asked, live) if live else None
            if live is None or made is None:
                return None
            token.caller = seen.caller
            if made.later is not None and (key_now := token.key(asked)):
                held = Entry(made.later, live.revision, live.valid_until)
                self._held.put(key_now, held, size=len(made.later.content))
            return Hit(made.now, seen.caller)
        finally:
            ended.set_result(None)
            if key:
                self._under_way.pop(key, None)

    async def _from_rows(self, asked: BoardQuery, caller: Caller, revision: int) -> VersionedBoard | None:
        try:
            async with ThreadSensitiveContext():
                return await sync_to_async(_read)(caller, asked, revision)
        except BrokenReference:
            return None


def _read(caller: Caller, asked: BoardQuery, revision: int) -> VersionedBoard | None:
    try:
        with tenant_scope(caller.tenant_id):
            return versioned_board_from_rows(caller=caller, brand_id=asked.brand_id, revision=revision)
    finally:
        # This thread has had its only request: whatever it keeps is lost to the pool.
        if not connection.in_atomic_block:
            close_old_connections()
