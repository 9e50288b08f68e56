"""Aborts external runs whose job has ended, and settles their costs in the ledger."""

from __future__ import annotations

import logging

from kairo.db.outside_calls import outside_call
from kairo.db.sql import fetch
from kairo.evidence.ingestion.run_results import finish_orphan, settle
from kairo.evidence.ingestion.sources import load_sources
from kairo.evidence.models import SourceRun
from kairo.evidence.ports import RunHandle, RunStatus, SourceError, StagedSource

logger = logging.getLogger(__name__)

_BATCH = 10  # runs per call: each needs up to three external calls


def settle_orphaned_runs() -> int:
    """Polls the runs whose job has ended and whose cost is unknown; returns how many were settled.

    Safe to call concurrently: a run is polled at most once a minute, and less often as it ages.
    """
    sources = {source.name: source for source in load_sources() if isinstance(source, StagedSource)}
    if not sources:
        return 0
    settled = 0
    for row in fetch(_CLAIM_ORPHANS, {"sources": list(sources), "limit": _BATCH}):
        run = SourceRun.objects.get(id=row["id"])
        try:
            settled += _settle_orphan(sources[run.source], run)
        except SourceError as error:
            logger.warning("%s run %s cannot be settled yet: %s", run.source, run.run_id, error)
    return settled


def _settle_orphan(source: StagedSource, run: SourceRun) -> bool:
    handle = RunHandle(run_id=run.run_id, dataset_id=run.dataset_id)
    with outside_call():
        state = source.poll(handle)
        if state.status is RunStatus.RUNNING:
            source.abort(handle)
            state = source.poll(handle)
    if state.status is RunStatus.RUNNING:
        return False
    finish_orphan(run, state.status)
    if state.cost_usd is None:
        return False
    settle(run, state.cost_usd)
    return True


_CLAIM_ORPHANS = """
WITH orphans AS MATERIALIZED (
    SELECT r.id FROM evidence_sourcerun r JOIN evidence_ingestionjob j ON j.id = r.job_id
    WHERE r.run_id <> '' AND (r.actual_usd IS NULL OR r.finished_at IS NULL) AND j.finished_at IS NOT NULL
      AND r.source = ANY (%(sources)s::text[])
      AND coalesce(r.checked_at, '-infinity')
          < clock_timestamp() - greatest(interval '1 minute', (clock_timestamp() - r.created_at) / 2)
    ORDER BY r.checked_at NULLS FIRST, r.id LIMIT %(limit)s FOR UPDATE OF r SKIP LOCKED
)
UPDATE evidence_sourcerun r SET checked_at = clock_timestamp() FROM orphans WHERE r.id = orphans.id
RETURNING r.id
"""
