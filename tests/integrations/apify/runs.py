"""Starts and collects runs of the Apify source at the fake vendor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from kairo.core.enums import Platform
from kairo.evidence.enums import SourceKind
from kairo.evidence.ports import RunHandle, SourceItem, SourceRequest
from kairo.integrations.apify.source import ApifySource

AS_OF = datetime(2026, 3, 10, 9, tzinfo=UTC)


NIKE = SourceRequest(
    platform=Platform.INSTAGRAM,
    kind=SourceKind.PROFILE,
    identifier="nike",
    as_of=AS_OF,
    since=AS_OF - timedelta(days=30),
)


SOURCE = ApifySource()


def post(number: int, **facts: Any) -> dict[str, Any]:
    """A reel in the shape of apify/instagram-scraper."""
    return {
        "id": str(number),
        "type": "Video",
        "shortCode": f"C{number}",
        "caption": f"Loaf number {number}",
        "url": f"https://www.instagram.com/reel/C{number}/",
        "videoPlayCount": 5_000,
        "timestamp": "2026-03-09T08:00:00.000Z",
        "ownerUsername": "nike",
        **facts,
    }


def start(
    request: SourceRequest = NIKE, *, number: int = 0, followups: tuple[str, ...] = (), hook: str = ""
) -> RunHandle:
    stage = SOURCE.stages(request)[number]
    handle = SOURCE.start(request, stage=stage, followups=followups, max_cost_usd=stage.estimate_usd, webhook_url=hook)
    state = SOURCE.poll(handle)
    return RunHandle(run_id=handle.run_id, dataset_id=state.dataset_id)


def collected(handle: RunHandle, request: SourceRequest = NIKE) -> list[SourceItem]:
    return list(SOURCE.collect(request, stage=SOURCE.stages(request)[0], handle=handle))
