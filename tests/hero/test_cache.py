"""On a real Redis: what is put comes back, what is dropped does not, not even from a slow reader."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache as django_cache
from pytest_django import Settings

from kairo.core.enums import Channel, CreatedVia, OpportunityType, Platform
from kairo.hero import cache
from kairo.hero.dto import (
    BrandSnapshotDTO,
    EvidencePreviewDTO,
    MetricsDTO,
    NamedRefDTO,
    OpportunityDTO,
    TodayBoardDTO,
)
from kairo.hero.enums import ReadyReason, TodayBoardState
from kairo.hero.models.board_content import board_meta


def a_board(brand_id: UUID) -> TodayBoardDTO:
    post = uuid4()
    idea = OpportunityDTO(
        id=uuid4(),
        concept_key="pickle brine",
        title="Pickle brine, twice",
        angle="Use the brine again.",
        why_now="4 authors in 3 days.",
        type=OpportunityType.TREND,
        primary_channel=Channel.TIKTOK,
        suggested_channels=(Channel.INSTAGRAM,),
        score=71,
        score_parts=(),
        claims=(),
        evidence_ids=(post,),
        persona=NamedRefDTO(id=uuid4(), name="Köchin"),
        pillar=None,
        created_via=CreatedVia.AI_SUGGESTED,
        created_at=datetime(2025, 11, 1, tzinfo=UTC),
        evidence=(
            EvidencePreviewDTO(
                id=post,
                platform=Platform.TIKTOK,
                url="https://t.example/1",
                author="a",
                snippet="…",
                has_transcript=True,
                published_at=None,
                metrics=MetricsDTO(views=2**40),
            ),
        ),
    )
    return TodayBoardDTO(
        board_id=uuid4(),
        brand=BrandSnapshotDTO(id=brand_id, tenant_id=uuid4(), slug="b", name="B", channels=(Channel.TIKTOK,)),
        as_of=datetime(2025, 11, 1, tzinfo=UTC),
        meta=board_meta(
            state=TodayBoardState.READY,
            ready_reason=ReadyReason.GENERATED,
            generated_at=datetime(2025, 11, 1, tzinfo=UTC),
            opportunities=(idea,),
        ),
        opportunities=(idea,),
    )


def test_what_is_put_comes_back_equal() -> None:
    board = a_board(uuid4())
    cache.put(board, epoch=cache.get(board.brand.id).epoch)
    assert cache.get(board.brand.id).board == board


def test_the_key_is_the_published_one_and_expires(settings: Settings) -> None:
    settings.OPPORTUNITIES_CACHE_TTL_S = 1
    board = a_board(uuid4())
    cache.put(board, epoch=cache.get(board.brand.id).epoch)
    assert django_cache.get(f"today_board:v2:{board.brand.id}")
    time.sleep(1.1)
    assert cache.get(board.brand.id).board is None


def test_a_dropped_board_is_gone() -> None:
    board = a_board(uuid4())
    cache.put(board, epoch=cache.get(board.brand.id).epoch)
    assert cache.drop(board.brand.id)
    assert django_cache.get(f"today_board:v2:{board.brand.id}") is None
    assert cache.get(board.brand.id).board is None


def test_a_slow_reader_cannot_put_back_what_was_dropped_meanwhile() -> None:
    board = a_board(uuid4())
    read_under = cache.get(board.brand.id).epoch
    assert cache.drop(board.brand.id)
    cache.put(board, epoch=read_under)
    assert cache.get(board.brand.id).board is None


def test_a_flushed_redis_loses_nothing_and_serves_nothing_old() -> None:
    board = a_board(uuid4())
    epoch = cache.get(board.brand.id).epoch
    django_cache.clear()
    cache.put(board, epoch=epoch)
    assert cache.get(board.brand.id).board is None


@pytest.mark.parametrize("junk", [b"", b"{}", b"not json", b'{"epoch": 1}', b"\xff"])
def test_a_value_of_another_release_is_as_good_as_absent(junk: bytes) -> None:
    brand_id = uuid4()
    assert cache.get(brand_id).board is None
    django_cache.set(cache.key(brand_id), junk)
    assert cache.get(brand_id).board is None


@pytest.fixture
def frozen_redis(settings: Settings) -> Iterator[None]:
    """A Redis port that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        settings.REDIS_URL = url
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": url}}
        yield


@pytest.mark.usefixtures("frozen_redis")
def test_a_frozen_redis_costs_little_time_and_no_error() -> None:
    board = a_board(uuid4())
    began = time.monotonic()
    lookup = cache.get(board.brand.id)
    assert (lookup.board, lookup.epoch) == (None, None)
    cache.put(board, epoch=lookup.epoch)
    assert cache.drop(board.brand.id) is False
    assert time.monotonic() - began < 4  # half a second each; redis-py by itself waits for five


def test_without_redis_there_is_no_cache_and_nothing_to_drop(settings: Settings) -> None:
    settings.REDIS_URL = ""
    board = a_board(uuid4())
    cache.put(board, epoch=cache.get(board.brand.id).epoch)
    assert cache.get(board.brand.id).board is None
    assert cache.drop(board.brand.id)
