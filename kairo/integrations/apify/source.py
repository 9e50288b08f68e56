"""The Apify adapter: starts runs by recipe, and turns their items into records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from django.conf import settings

from kairo.core.enums import Platform
from kairo.evidence.enums import IngestionErrorCode, SourceKind
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
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify import identifiers
from kairo.integrations.apify.client import call, start
from kairo.integrations.apify.normalizers.index import to_record
from kairo.integrations.apify.recipes import RECIPES, RUN_TIMEOUT_S, Step

if TYPE_CHECKING:
    from apify_client.types import WebhooksList

PAGE_ITEMS = 100

_STATUS = {
    "READY": RunStatus.RUNNING,
    "RUNNING": RunStatus.RUNNING,
    "TIMING-OUT": RunStatus.RUNNING,
    "ABORTING": RunStatus.RUNNING,
    "SUCCEEDED": RunStatus.SUCCEEDED,
    "FAILED": RunStatus.FAILED,
    "ABORTED": RunStatus.ABORTED,
    "TIMED-OUT": RunStatus.TIMED_OUT,
}
_END_EVENTS = ("ACTOR.RUN.SUCCEEDED", "ACTOR.RUN.FAILED", "ACTOR.RUN.ABORTED", "ACTOR.RUN.TIMED_OUT")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """A page of a dataset with `total` items. It is incomplete where it has fewer items than its header says."""

    items: Sequence[object]
    total: int
    is_complete: bool


class ApifySource:
    """Implements `kairo.evidence.ports.StagedSource`. Starts no run unless APIFY_ENABLED is true and a token is set."""

    name = "apify"

    def offers(self) -> Collection[tuple[Platform, SourceKind]]:
        return identifiers.OFFERS

    def normalize_identifier(self, *, platform: Platform, kind: SourceKind, value: str) -> str:
        return identifiers.normalize_identifier(platform=platform, kind=kind, value=value)

    def check(self, request: SourceRequest) -> None:
        """Has Apify validate the first actor's input: free of charge, with a token that may run the actor."""
        _require_enabled()
        step = RECIPES[request.platform][0]
        run_input = step.input(request, (), step.max_items)
        call(lambda apify: apify.actor(step.actor).validate_input(run_input))

    def caps(self) -> SpendCaps:
        return SpendCaps(
            per_job_usd=settings.APIFY_PER_REGENERATE_CAP_USD,
            per_day_usd=settings.APIFY_DAILY_SPEND_CAP_USD,
            total_usd=settings.APIFY_BUDGET_TOTAL_USD,
        )

    def stages(self, request: SourceRequest) -> tuple[Stage, ...]:
        return tuple(step.stage for step in RECIPES[request.platform])

    def start(
        self,
        request: SourceRequest,
        *,
        stage: Stage,
        followups: tuple[str, ...],
        max_cost_usd: Decimal,
        webhook_url: str,
    ) -> RunHandle:
        _require_enabled()
        step = _step(request, stage)
        max_items = min(stage.max_items, request.max_items or stage.max_items)
        run_input = step.input(request, followups[:max_items], max_items)
        webhooks = [{"event_types": list(_END_EVENTS), "request_url": webhook_url}] if webhook_url else None
        run_id = start(
            lambda apify: (
                apify.actor(step.actor)
                .start(
                    run_input=run_input,
                    max_items=max_items,
                    max_total_charge_usd=max_cost_usd,
                    run_timeout=timedelta(seconds=RUN_TIMEOUT_S),
                    webhooks=cast("WebhooksList | None", webhooks),
                )
                .id
            )
        )
        return RunHandle(run_id=run_id)

    def poll(self, handle: RunHandle) -> RunState:
        run = call(lambda apify: apify.run(handle.run_id).get())
        if run is None:
            raise SourceError(IngestionErrorCode.NOT_FOUND, "Apify does not know the run")
        status = _STATUS.get(run.status)
        if status is None:
            raise SourceError(IngestionErrorCode.INVALID_ANSWER, "the run has an undocumented status", retryable=True)
        cost = Decimal(str(run.usage_total_usd)) if run.usage_total_usd is not None else None
        return RunState(status=status, dataset_id=run.default_dataset_id, cost_usd=cost)

    def collect(self, request: SourceRequest, *, stage: Stage, handle: RunHandle) -> Iterator[SourceItem]:
        step = _step(request, stage)
        offset = total = 0
        while offset == 0 or offset < total:
            page = _page(handle.dataset_id, offset)
            for item in page.items:
                yield _to_source_item(item, step)
            offset, total = offset + len(page.items), page.total
            if not page.is_complete or (not page.items and offset < total):
                detail = f"{offset} of {total} items were received"
                raise SourceError(IngestionErrorCode.INCOMPLETE_ANSWER, detail, retryable=True)
            if not page.items:
                return

    def abort(self, handle: RunHandle) -> None:
        call(lambda apify: apify.run(handle.run_id).abort())


def _page(dataset_id: str, offset: int) -> _Page:
    page = call(lambda apify: apify.dataset(dataset_id).list_items(offset=offset, limit=PAGE_ITEMS))
    return _Page(items=page.items, total=page.total, is_complete=page.count <= len(page.items))


def _to_source_item(item: object, step: Step) -> SourceItem:
    record = to_record(item, actor=step.actor)
    if isinstance(record, RejectedRecord) or not isinstance(item, Mapping):
        return SourceItem(content=record, raw=item)
    return SourceItem(content={**record, "raw": item}, raw=item, followup=step.followup(item))


def _step(request: SourceRequest, stage: Stage) -> Step:
    return next(step for step in RECIPES[request.platform] if step.name == stage.name)


def _require_enabled() -> None:
    if not settings.APIFY_ENABLED:
        raise SourceError(IngestionErrorCode.SOURCE_NOT_AVAILABLE, "APIFY_ENABLED is not true")
