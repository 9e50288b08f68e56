"""A tenant may have so much and no more: the error says which quota and how much, and no race passes it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import Settings

from kairo.core.models import Brand
from kairo.core.services import brand_changes
from kairo.core.services.quotas import QuotaExceeded
from kairo.evidence.importing.ingest_records import ingest
from kairo.evidence.models import EvidenceUsage, NormalizedEvidenceItem
from tests import factories
from tests.evidence.records import numbered
from tests.evidence.sources import record
from tests.schema.api import REGENERATE, Api

pytestmark = pytest.mark.django_db(transaction=True)

CREATE_BRAND = (
    "mutation($i: CreateBrandInput!) { createBrand(input: $i) { __typename ... on Problem { code message } } }"
)
INGEST = (
    "mutation($i: IngestEvidenceInput!) { ingestEvidence(input: $i) { __typename ... on Problem { code message } } }"
)
CREATE_SOURCE = (
    "mutation($i: CreateSourceConnectionInput!) { createSourceConnection(input: $i)"
    " { __typename ... on Problem { code message } } }"
)


@pytest.fixture
def quota(settings: Settings) -> Callable[..., None]:
    def set_(**limits: int) -> None:
        settings.QUOTAS = {**settings.QUOTAS, **limits}

    return set_


def post(number: int, text: str = "Loaf") -> dict[str, Any]:
    return {"platform": "INSTAGRAM", "contentType": "POST", "externalId": f"p{number}", "textPrimary": text}


def test_brand_above_the_quota_is_refused(quota: Callable[..., None]) -> None:
    quota(brands=2)
    api = Api()
    answers = [api.data(CREATE_BRAND, i={"slug": f"b{n}", "name": "B"})["createBrand"] for n in range(3)]
    assert [answer["__typename"] for answer in answers] == ["BrandSaved", "BrandSaved", "ConflictProblem"]
    assert answers[-1]["code"] == "QUOTA_EXCEEDED"
    assert answers[-1]["message"].startswith("The quota of this tenant is 2 brands; this would make 3. ")
    assert Api().data(CREATE_BRAND, i={"slug": "b", "name": "B"})["createBrand"]["__typename"] == "BrandSaved"


def test_source_above_the_quota_is_refused(quota: Callable[..., None], vendor: object) -> None:
    quota(sources=1)
    api = Api()
    for slug, expected in (("a", "SourceConnectionSaved"), ("b", "ConflictProblem")):
        brand = factories.make_brand(api.tenant, slug=slug)
        data = {"brandId": str(brand.id), "platform": "INSTAGRAM", "kind": "PROFILE", "identifier": "nike"}
        assert api.data(CREATE_SOURCE, i=data)["createSourceConnection"]["__typename"] == expected


def test_job_above_the_quota_is_refused_and_an_existing_one_returned(quota: Callable[..., None]) -> None:
    quota(waiting_jobs=1)
    api = Api()
    first, second = factories.make_brand(api.tenant), factories.make_brand(api.tenant)

    def ask(brand: Brand) -> Any:
        query = REGENERATE.replace("... on Problem { message }", "... on Problem { message code }")
        return api.data(query, i={"brandId": str(brand.id)})["regenerateTodayBoard"]

    assert ask(first)["__typename"] == "RegenerateTodayBoardSuccess"
    assert ask(second)["__typename"] == "ConflictProblem"
    assert ask(first)["__typename"] == "GenerationAlreadyRequested"


def test_posts_above_the_quota_are_refused_and_room_is_made_by_deleting(quota: Callable[..., None]) -> None:
    quota(stored_posts=3)
    api = Api()
    brand = factories.make_brand(api.tenant)

    def send(*items: dict[str, Any]) -> Any:
        return api.data(INGEST, i={"brandId": str(brand.id), "items": list(items)})["ingestEvidence"]

    assert send(post(1), post(2))["__typename"] == "EvidenceIngested"
    refused = send(post(3), post(4))
    assert refused["code"] == "QUOTA_EXCEEDED"
    assert "3 stored posts; this would make 4" in refused["message"]
    assert NormalizedEvidenceItem.objects.count() == 2
    assert send(post(1, "Other words"), post(3))["__typename"] == "EvidenceIngested"
    ids = [str(NormalizedEvidenceItem.objects.get(external_id="p1").id)]
    delete = "mutation($i: DeleteEvidenceInput!) { deleteEvidence(input: $i) { __typename } }"
    api.data(delete, i={"ids": ids})
    assert send(post(5))["__typename"] == "EvidenceIngested"
    assert EvidenceUsage.objects.get().posts == 3


def test_bytes_of_a_day_above_the_quota_are_refused(quota: Callable[..., None]) -> None:
    quota(ingested_bytes_per_day=1_000)
    api = Api()
    brand = factories.make_brand(api.tenant)
    send = {"brandId": str(brand.id), "items": [post(1, "x" * 600)]}
    assert api.data(INGEST, i=send)["ingestEvidence"]["__typename"] == "EvidenceIngested"
    assert api.data(INGEST, i=send)["ingestEvidence"]["code"] == "QUOTA_EXCEEDED"
    EvidenceUsage.objects.update(day="2000-01-01")
    assert api.data(INGEST, i=send)["ingestEvidence"]["__typename"] == "EvidenceIngested"


def at_once(*works: Callable[[], object]) -> list[bool]:
    """Runs all at the same moment, each in a thread; returns which of them a quota refused."""
    barrier, refused = Barrier(len(works)), [False] * len(works)

    def run(index: int, work: Callable[[], object]) -> None:
        try:
            barrier.wait()
            work()
        except QuotaExceeded:
            refused[index] = True
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=entry) for entry in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_brands_made_at_once_do_not_pass_the_quota(quota: Callable[..., None]) -> None:
    quota(brands=3)
    caller = factories.make_caller(factories.make_tenant())

    def create(number: int) -> Callable[[], object]:
        return lambda: brand_changes.create_brand(caller=caller, values={"slug": f"b{number}", "name": "B"})

    assert sum(at_once(*(create(number) for number in range(8)))) == 5
    assert Brand.objects.count() == 3


def test_posts_of_two_brands_stored_at_once_do_not_pass_the_quota(quota: Callable[..., None]) -> None:
    quota(stored_posts=50)
    tenant = factories.make_tenant()
    brands = [factories.make_brand(tenant) for _ in range(4)]

    def store(brand: Brand) -> Callable[[], object]:
        return lambda: ingest(brand_id=brand.id, records=numbered(*(record(n) for n in range(20))), now=timezone.now())

    assert sum(at_once(*(store(brand) for brand in brands))) == 2
    assert NormalizedEvidenceItem.objects.count() == EvidenceUsage.objects.get().posts == 40
