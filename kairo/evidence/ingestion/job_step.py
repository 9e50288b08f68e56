from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from kairo.core.enums import Platform
from kairo.core.ids import new_id
from kairo.core.renamed_paths import current_path
from kairo.evidence.enums import IngestionStage, SourceKind, SourceRunStatus
from kairo.evidence.ingestion.run_results import database_now
from kairo.evidence.models import SourceConnection, SourceRun
from kairo.evidence.ports import SourceError, SourceRequest
from kairo.jobs.heartbeat import RunningAttempt
from kairo.jobs.lease import Lease

LOOKBACK = timedelta(days=30)  # boards use no older posts


@dataclass(kw_only=True)
class JobStep:
    """One step of an ingestion job: its lease, and the source runs that the job has by now."""

    attempt: RunningAttempt
    stop_when_enough: bool
    percent: int = 0
    has_enough_evidence: bool = False
    _runs: dict[tuple[UUID, str], SourceRun] = field(init=False)

    def __post_init__(self) -> None:
        rows = SourceRun.objects.filter(job_id=self.lease.job_id)
        self._runs = {(row.connection_id, row.stage): row for row in rows}

    @property
    def lease(self) -> Lease:
        return self.attempt.lease

    def run_for(self, connection: SourceConnection, *, stage: str) -> SourceRun | None:
        return self._runs.get((connection.id, stage))

    def create_run(self, connection: SourceConnection, *, stage: str, estimated_usd: Decimal = Decimal(0)) -> SourceRun:
        run = SourceRun.objects.create(
            id=new_id(),
            brand_id=self.lease.brand_id,
            job_id=self.lease.job_id,
            connection_id=connection.id,
            source=connection.source,
            platform=connection.platform,
            kind=connection.kind,
            identifier=connection.identifier,
            stage=stage,
            estimated_usd=estimated_usd,
        )
        self._runs[connection.id, stage] = run
        return run

    def request_for(self, row: SourceConnection | SourceRun) -> SourceRequest:
        now = self.lease.claimed_at
        return SourceRequest(
            platform=Platform(row.platform),
            kind=SourceKind(row.kind),
            identifier=row.identifier,
            since=now - LOOKBACK,
            as_of=now,
        )

    def heartbeat(self, stage: IngestionStage) -> None:
        """Renews the lease before a call that may take long.

        Raises:
            LeaseLost, JobCancelled: the step must stop.
        """
        self.attempt.renew(stage.value, self.percent)

    def will_retry(self, error: SourceError) -> bool:
        return error.retryable and self.lease.attempt < self.lease.max_attempts

    def should_stop(self) -> bool:
        """Returns whether the runs so far brought enough evidence. The first run is always made."""
        has_succeeded = any(run.status == SourceRunStatus.SUCCEEDED for run in self._runs.values())
        if self.stop_when_enough and has_succeeded and settings.KAIRO_EVIDENCE_ENOUGH:
            is_enough: Callable[..., bool] = import_string(current_path(settings.KAIRO_EVIDENCE_ENOUGH))
            self.has_enough_evidence = is_enough(brand_id=self.lease.brand_id, as_of=database_now())
        return self.has_enough_evidence
