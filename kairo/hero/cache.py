"""Ready boards kept in Redis: a copy whose loss loses nothing.

A value carries the epoch it was read under, and dropping a board starts a new epoch. So a slow reader that
puts back a board from before the drop puts back something nobody will take for current: an epoch's name is random.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from uuid import UUID

import msgspec
from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from kairo.hero.dto import TodayBoardDTO

logger = logging.getLogger(__name__)

_EPOCH_OUTLIVES_VALUE_S = 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Lookup:
    """What the cache knows: the board, if it is current, and the epoch to put a fresh one under.

    `epoch` is None when Redis does not answer; nothing is put then.
    """

    board: TodayBoardDTO | None
    epoch: str | None


def key(brand_id: UUID) -> str:
    return f"today_board:v2:{brand_id}"


def _epoch_key(brand_id: UUID) -> str:
    return f"{key(brand_id)}:epoch"


def get(brand_id: UUID) -> Lookup:
    """One round trip on a hit. Never raises."""
    if not settings.REDIS_URL:
        return Lookup(board=None, epoch=None)
    value_key, epoch_key = key(brand_id), _epoch_key(brand_id)
    try:
        found = cache.get_many([value_key, epoch_key])
        epoch = found.get(epoch_key)
        if epoch is None:
            cache.add(epoch_key, token_hex(8), _epoch_ttl())
            return Lookup(board=None, epoch=cache.get(epoch_key))
    except RedisError as error:
        logger.warning("board cache not read: %s", type(error).__name__, extra={"brand_id": str(brand_id)})
        return Lookup(board=None, epoch=None)
    return Lookup(board=_decode(found.get(value_key), epoch=epoch), epoch=epoch)


def put(board: TodayBoardDTO, *, epoch: str | None, for_at_most: timedelta | None = None) -> None:
    """Keeps a ready board that was read after `epoch` was looked up. Never raises.

    `for_at_most` is the time until the board shows something else without anybody writing anything.
    """
    if epoch is None:
        return
    value = msgspec.json.encode({"epoch": epoch, "board": board})
    try:
        cache.set(key(board.brand.id), value, _lifetime_s(for_at_most))
    except RedisError as error:
        logger.warning("board not cached: %s", type(error).__name__, extra={"brand_id": str(board.brand.id)})


def drop(*brand_ids: UUID) -> bool:
    """Whether the brands' cached boards are certainly gone: False when Redis did not say so. Never raises."""
    if not settings.REDIS_URL:
        return True
    try:
        cache.delete_many([name for brand_id in brand_ids for name in (_epoch_key(brand_id), key(brand_id))])
    except RedisError as error:
        for brand_id in brand_ids:
            logger.warning("board cache not dropped: %s", type(error).__name__, extra={"brand_id": str(brand_id)})
        return False
    return True


class _Entry(msgspec.Struct):
    epoch: str
    board: TodayBoardDTO


def _decode(value: bytes | None, *, epoch: str) -> TodayBoardDTO | None:
    if value is None:
        return None
    try:
        entry = msgspec.json.decode(value, type=_Entry)
    except (msgspec.DecodeError, ValueError, TypeError) as error:
        # Written by another release: as good as absent.
        logger.info("cached board not readable: %s", error)
        return None
    return entry.board if entry.epoch == epoch else None


def _lifetime_s(for_at_most: timedelta | None) -> float:
    """Whole seconds, as Redis is told them, rounded down: 0 keeps nothing."""
    longest: float = settings.OPPORTUNITIES_CACHE_TTL_S
    return longest if for_at_most is None else min(longest, int(for_at_most.total_seconds()))


def _epoch_ttl() -> float:
    return settings.OPPORTUNITIES_CACHE_TTL_S + _EPOCH_OUTLIVES_VALUE_S
