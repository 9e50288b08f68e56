from __future__ import annotations

import pytest
from django.db.models import Model

from kairo.evidence.models import IngestionJob
from kairo.hero.models import OpportunitiesJob

RULES = {
    "one_active_per_brand",
    "idempotency_key_unique",
    "status_known",
    "trigger_known",
    "stage_known",
    "error_code_known",
    "running_iff_leased",
    "finished_iff_finished_at",
    "failed_has_error_code",
    "percent_in_range",
    "max_attempts_positive",
}


@pytest.mark.parametrize(("model", "prefix"), [(OpportunitiesJob, "job"), (IngestionJob, "ingestion")])
def test_job_models_have_the_same_rules_under_names_of_their_own(model: type[Model], prefix: str) -> None:
    names = {constraint.name for constraint in model._meta.constraints}
    assert names == {f"{prefix}_{rule}" for rule in RULES}


@pytest.mark.parametrize("model", [OpportunitiesJob, IngestionJob])
def test_run_order_is_stored_in_the_column_that_older_releases_write(model: type[Model]) -> None:
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    assert columns["run_order_at"] == "turn_at"
