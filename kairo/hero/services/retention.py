"""What workers prune by themselves, once a day, as the command `prune` does by default."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings

from kairo.evidence.importing.usage import recount
from kairo.hero.jobs.pruning import prune
from kairo.hero.services.evidence_retention import prune_evidence

logger = logging.getLogger(__name__)

INTERVAL_S = 86_400.0
DAYS = 90
KEEP_BOARDS = 30  # of a brand
BATCH = 500


def prune_by_settings() -> None:
    """Deletes what is past its retention, and a tenant's oldest boards above its quota; counts its posts anew."""
    done = prune(
        older_than=timedelta(days=DAYS),
        keep_boards=KEEP_BOARDS,
        batch=BATCH,
        keep_of_tenant=settings.QUOTAS["kept_boards"],
    )
    post_days = settings.EVIDENCE_RETENTION_DAYS
    posts = prune_evidence(older_than=timedelta(days=post_days), batch=BATCH) if post_days else 0
    recount()
    logger.info("pruned %d boards, %d jobs and %d posts", done.boards, done.jobs, posts)
