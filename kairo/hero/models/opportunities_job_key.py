from __future__ import annotations

from django.db import models

from kairo.core.models import Brand
from kairo.hero.models.opportunities_job import OpportunitiesJob
from kairo.jobs.job import JobKey, job_key_constraint


class OpportunitiesJobKey(JobKey):
    """An idempotency key that was answered with another request's generation job."""

    job = models.ForeignKey(OpportunitiesJob, on_delete=models.CASCADE, related_name="keys")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [job_key_constraint("job")]
