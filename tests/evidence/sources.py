"""Fake sources that implement the port in memory, and factories of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kairo.core.enums import Platform
from kairo.core.models import Brand
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.models import IngestionJob, SourceConnection, SourceRun
from kairo.evidence.ports import (
    RunHandle,
    RunState,
    RunStatus,
    SourceError,
    SourceItem,
    SourceRequest,
    SpendCaps,
    Stage,
)


def record(number: int, **facts: Any) -> dict[str, Any]:
    """An evidence record."""
    return {"platform": "instagram", "external_id": f"p{number}", "text_primary": f"Loaf number {number}", **facts}


def found(*numbers: int) -> list[SourceItem]:
    """The items of a run: posts of these numbers, each with a followup."""
    return [SourceItem(content=record(number), followup=f"https://instagram.example/p/{number}/") for number in numbers]


class Feed:
    """An immediate source. Returns or raises its `answers` in order, the last one repeatedly."""

    name = "feed"
    answers: list[list[SourceItem] | SourceError] = []
    requests: list[str] = []

    def offers(self) -> Collection[tuple[Platform, SourceKind]]:
        return [(Platform.WEB, SourceKind.FEED)]

    def normalize_identifier(self, *, platform: Platform, kind: SourceKind, value: str) -> str:
        if " " in value:
            raise SourceError(IngestionErrorCode.INVALID_IDENTIFIER, "an address has no spaces")
        return value.lower()

    def check(self, request: SourceRequest) -> None:
        if request.identifier.endswith("/gone"):
            raise SourceError(IngestionErrorCode.NOT_FOUND, "there is nothing")

    def fetch(self, request: SourceRequest) -> Iterator[SourceItem]:
        self.requests.append(request.identifier)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, SourceError):
            raise answer
        yield from answer


@dataclass
class Vendor:
    """The state of a fake vendor: what its runs return or raise, and the calls that it received."""

    stages: tuple[Stage, ...] = (Stage(name="posts", max_items=20, estimate_usd=Decimal("0.05")),)
    caps: SpendCaps = SpendCaps(  # noqa: RUF009  frozen
        per_job_usd=Decimal("0.25"), per_day_usd=Decimal("0.50"), total_usd=Decimal(5)
    )
    state: RunState = RunState(status=RunStatus.SUCCEEDED, dataset_id="d", cost_usd=Decimal("0.03"))  # noqa: RUF009
    items: list[SourceItem] = field(default_factory=lambda: found(1, 2, 3))
    faults: dict[str, list[SourceError]] = field(default_factory=dict)
    calls: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def record_call(self, verb: str, about: str, followups: tuple[str, ...] = ()) -> None:
        self.calls.append((verb, about, followups))
        if self.faults.get(verb):
            raise self.faults[verb].pop(0)

    def count(self, verb: str) -> int:
        return sum(call[0] == verb for call in self.calls)


class Scraper:
    """A staged source. Its instances share `vendor`."""

    name = "scraper"
    vendor = Vendor()

    def offers(self) -> Collection[tuple[Platform, SourceKind]]:
        return [(Platform.INSTAGRAM, SourceKind.PROFILE), (Platform.TIKTOK, SourceKind.PROFILE)]

    def normalize_identifier(self, *, platform: Platform, kind: SourceKind, value: str) -> str:
        name = value.removeprefix("@").lower()
        if not name.isalnum():
            raise SourceError(IngestionErrorCode.INVALID_IDENTIFIER, "a name has letters and digits")
        return name

    def check(self, request: SourceRequest) -> None:
        self.vendor.record_call("check", request.identifier)

    def caps(self) -> SpendCaps:
        return self.vendor.caps

    def stages(self, request: SourceRequest) -> tuple[Stage, ...]:
        return self.vendor.stages

    def start(
        self,
        request: SourceRequest,
        *,
        stage: Stage,
        followups: tuple[str, ...],
        max_cost_usd: Decimal,
        webhook_url: str,
    ) -> RunHandle:
        self.vendor.record_call("start", f"{stage.name} {request.identifier}", followups)
        return RunHandle(run_id=f"run-{len(self.vendor.calls)}")

    def poll(self, handle: RunHandle) -> RunState:
        self.vendor.record_call("poll", handle.run_id)
        return self.vendor.state

    def collect(self, request: SourceRequest, *, stage: Stage, handle: RunHandle) -> Iterable[SourceItem]:
        self.vendor.record_call("collect", f"{stage.name} {handle.dataset_id}")
        yield from self.vendor.items
        self.vendor.record_call("collected", stage.name)

    def abort(self, handle: RunHandle) -> None:
        self.vendor.record_call("abort", handle.run_id)
        self.vendor.state = RunState(status=RunStatus.ABORTED, cost_usd=Decimal("0.01"))


PATHS = [f"{__name__}.Feed", f"{__name__}.Scraper"]


def make_connection(brand: Brand, **facts: Any) -> SourceConnection:
    """By default a profile on Instagram that the scraper reads."""
    shape = {"source": "scraper", "platform": "instagram", "kind": "profile", "identifier": "nike"}
    return SourceConnection.objects.create(brand=brand, **{**shape, **facts})


def make_ingestion_job(brand: Brand, **facts: Any) -> IngestionJob:
    """By default a pending job."""
    now = timezone.now()
    shape = {"trigger": "user", "connection_ids": [], "deadline_at": now + timedelta(minutes=15)}
    return IngestionJob.objects.create(brand=brand, **{**shape, **facts})


def make_run(job: IngestionJob, connection: SourceConnection, **facts: Any) -> SourceRun:
    """By default a run that succeeded."""
    named = {name: getattr(connection, name) for name in ("source", "platform", "kind", "identifier")}
    shape = {"stage": "posts", "status": "succeeded", "finished_at": timezone.now()}
    ids = {"brand_id": job.brand_id, "job": job, "connection_id": connection.id}
    return SourceRun.objects.create(**{**named, **ids, **shape, **facts})


def make_feed(brand: Brand, **facts: Any) -> SourceConnection:
    shape = {"source": "feed", "platform": "web", "kind": "feed", "identifier": "https://blog.example/feed"}
    return make_connection(brand, **{**shape, **facts})
