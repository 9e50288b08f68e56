from __future__ import annotations

from django.db import models

from kairo.hero.models.opportunities_job import OpportunitiesJob
from kairo.jobs.job import JobEvent, job_event_constraint, job_event_index


class OpportunitiesJobEvent(JobEvent):
    """One step in a generation job's life."""

    job = models.ForeignKey(OpportunitiesJob, on_delete=models.CASCADE, related_name="events", db_index=False)

    class Meta:
        constraints = [job_event_constraint("job")]
        indexes = [job_event_index("job")]
