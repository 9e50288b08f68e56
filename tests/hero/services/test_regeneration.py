from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import Settings

from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.evidence.models import IngestionJob
from kairo.hero.enums import JobStatus
from kairo.hero.models import OpportunitiesJob
from kairo.hero.services.regeneration import regenerate_with_fresh_evidence
from tests import factories
from tests.evidence.sources import PATHS, make_connection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sources(settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = PATHS


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand(context=False)


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def test_regeneration_waits_for_the_ingestion_of_its_sources(brand: Brand, caller: Caller) -> None:
    make_connection(brand)
    regeneration = regenerate_with_fresh_evidence(caller=caller, brand_id=brand.id)
    assert regeneration.generation.created
    assert regeneration.refresh_conflict is None
    assert regeneration.ingestion_id == IngestionJob.objects.get(brand=brand).id
    assert OpportunitiesJob.objects.get(brand=brand).available_at > timezone.now()


def test_regeneration_is_due_at_once_without_sources(brand: Brand, caller: Caller) -> None:
    regeneration = regenerate_with_fresh_evidence(caller=caller, brand_id=brand.id)
    assert regeneration.generation.created
    assert regeneration.refresh_conflict is not None
    assert regeneration.ingestion_id is None
    assert OpportunitiesJob.objects.get(brand=brand).available_at <= timezone.now()


def test_regeneration_reads_no_source_while_a_job_is_active(brand: Brand, caller: Caller) -> None:
    make_connection(brand)
    active = factories.make_job(brand, status=JobStatus.RUNNING)
    regeneration = regenerate_with_fresh_evidence(caller=caller, brand_id=brand.id)
    assert (regeneration.generation.job.id, regeneration.generation.created) == (active.id, False)
    assert regeneration.ingestion_id is None
    assert not IngestionJob.objects.exists()
