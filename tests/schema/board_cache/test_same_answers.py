"""What the hot path answers is what the ordinary path answers: body, status and headers, whatever is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from pytest_django import Settings

from kairo.core.models import Brand, Tenant
from kairo.hero import cache
from kairo.hero.boards import snapshot
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.dto import EvidenceShortfallDTO, GateFailureDTO
from kairo.hero.enums import DeleteOutcome, JobStatus, ReadyReason, TodayBoardState
from kairo.hero.generation.board_store import GeneratedBoard, store_boards
from kairo.hero.models import BoardSnapshot, OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent
from kairo.hero.services.evidence_deletion import delete_evidence
from tests import factories
from tests.hero.boards.test_snapshot import an_outcome
from tests.schema.api import GRAPHQL, TODAY_BOARD, Api
from tests.schema.board_cache.documents import Documents
from tests.schema.door import Door

pytestmark = pytest.mark.django_db

_TIMES = re.compile(rb'"\d{4}-\d\d-\d\dT[^"]*Z"')
_REQUEST_IDS = re.compile(rb'"requestId":"[^"]*"')


def ready(tenant: Tenant) -> Brand:
    brand = factories.make_brand(tenant)
    outcome = an_outcome(brand, ideas=4)
    job = factories.make_job(brand)
    store_boards([GeneratedBoard(brand_id=brand.id, job_id=job.id, attempt=1, outcome=outcome)])
    caller = factories.make_caller(tenant)
    first = brand.opportunities.order_by("id")[0]
    opportunity_decisions.pin(caller=caller, opportunity_id=first.id)
    return brand


def ready_without_snapshot(tenant: Tenant) -> Brand:
    brand = ready(tenant)
    BoardSnapshot.objects.filter(brand=brand).delete()
    return brand


def ready_with_mentions_alone(tenant: Tenant) -> Brand:
    brand = factories.make_brand(tenant)
    outcome = replace(an_outcome(brand, ideas=0), ready_reason=ReadyReason.NO_VALID_CANDIDATES)
    job = factories.make_job(brand)
    store_boards([GeneratedBoard(brand_id=brand.id, job_id=job.id, attempt=1, outcome=outcome)])
    return brand


def ready_after_a_mentioned_post_was_deleted(tenant: Tenant) -> Brand:
    brand = ready(tenant)
    post = BoardContent.from_json(brand.boards.get().content).brand_mentions[0].evidence_ids[0]
    deleted = delete_evidence(caller=factories.make_caller(tenant), ids=[post])
    assert [each.outcome for each in deleted] == [DeleteOutcome.DELETED]
    return brand


def generating(tenant: Tenant) -> Brand:
    brand = ready(tenant)
    factories.make_job(brand, status=JobStatus.RUNNING)
    return brand


def generating_the_first(tenant: Tenant) -> Brand:
    brand = factories.make_brand(tenant)
    factories.make_job(brand, status=JobStatus.PENDING)
    return brand


def not_generated_yet(tenant: Tenant) -> Brand:
    return factories.make_brand(tenant)


def insufficient(tenant: Tenant) -> Brand:
    brand = factories.make_brand(tenant)
    failure = GateFailureDTO(code="insufficient_items", found="3", needed="8", sentence="Too few.")  # type: ignore[arg-type]  # as stored
    shortfall = EvidenceShortfallDTO(
        required_items=8,
        found_items=3,
        required_platforms=(),
        found_platforms=(),
        missing_platforms=(),
        transcript_coverage=0.5,
        min_transcript_coverage=0.3,
        failures=(failure,),
    )
    OpportunitiesBoard.objects.create(
        brand=brand,
        state=TodayBoardState.INSUFFICIENT_EVIDENCE,
        remediation="Add posts.",
        content=BoardContent(evidence_shortfall=shortfall).to_json(),
    )
    snapshot.refresh(brand_id=brand.id)
    return brand


def failed(tenant: Tenant) -> Brand:
    brand = factories.make_brand(tenant)
    OpportunitiesBoard.objects.create(
        brand=brand, state=TodayBoardState.ERROR, remediation="Try again.", error_code="internal"
    )
    return brand


def told(response: HttpResponse, *, derived: bool) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers, without what every answer has of its own."""
    headers = {name.lower(): value for name, value in response.items()}
    headers.pop("x-request-id")
    body = _REQUEST_IDS.sub(b'"requestId":""', response.content)
    if derived:  # the time of reading, whatever it is called
        body = _TIMES.sub(b'"T"', body)
        headers.pop("content-length", None)
    return response.status_code, body, headers


MAKERS = [
    ready,
    ready_without_snapshot,
    ready_with_mentions_alone,
    ready_after_a_mentioned_post_was_deleted,
    generating,
    generating_the_first,
    not_generated_yet,
    insufficient,
    failed,
]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("outside", [False, True])
def test_random_documents(make: Callable[[Tenant], Brand], outside: bool) -> None:
    tenant = factories.make_tenant()
    brand, secret = make(tenant), factories.make_secret(tenant)
    ordinary = Api(tenant=tenant, secret=secret, door=Door(hot=False))
    served_hot = 0
    derived = make in {generating, generating_the_first, not_generated_yet}

    @hypothesis(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(random=st.randoms(use_true_random=False), accept=st.sampled_from([GRAPHQL, "application/json", "*/*"]))
    def same(random: Random, accept: str) -> None:
        nonlocal served_hot
        hot = Api(tenant=tenant, secret=secret, door=Door(hot=True))  # which has seen no document before
        body = Documents(random, outside=outside).request(str(brand.id))
        for is_first in (True, False):
            if is_first:
                cache.drop(brand.id)
            given_hot = hot.post(body, Accept=accept)
            served_hot += not hot.door.bypassed
            if is_first:
                cache.drop(brand.id)
            assert told(given_hot, derived=derived) == told(ordinary.post(body, Accept=accept), derived=derived)

    same()
    if make != not_generated_yet and not outside:
        assert served_hot >= 2


@pytest.mark.parametrize("skipped", [False, True])
def test_the_second_reading_in_one_document_is_from_a_copy(skipped: bool) -> None:
    tenant = factories.make_tenant()
    brand, secret = ready(tenant), factories.make_secret(tenant)
    query = """query ($b: ID!, $no: Boolean!) {
      z: todayBoard(brandId: $b) @skip(if: $no) { id }
      a: todayBoard(brandId: $b) { meta { cacheHit } } b: todayBoard(brandId: $b) { meta { hit: cacheHit } } }"""
    answers = []
    for hot in (True, False):
        cache.drop(brand.id)
        api = Api(tenant=tenant, secret=secret, door=Door(hot=hot))
        answers.append([api.data(query, b=str(brand.id), no=skipped) for _ in range(2)])
        assert not api.door.bypassed
    assert answers[0] == answers[1]
    first = answers[0][0]
    assert (first["a"]["meta"]["cacheHit"], first["b"]["meta"]["hit"]) == (not skipped, True)


def test_the_readmes_document_by_every_look(settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    tenant = factories.make_tenant()
    brand, secret = ready(tenant), factories.make_secret(tenant)
    hot = Api(tenant=tenant, secret=secret, door=Door(hot=True))
    ordinary = Api(tenant=tenant, secret=secret, door=Door(hot=False))
    body = {"query": TODAY_BOARD, "variables": {"b": str(brand.id)}}
    hot.post(body)
    ordinary.post(body)
    for headers in (
        {},
        {"Accept": GRAPHQL},
        {"Origin": "https://app.example"},
        {"Origin": "https://evil.example"},
        {"Host": "evil.example"},
        {"Content-Type": "application/json; charset=utf-8"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic x"},
        {"X-Request-ID": "harmless-1"},
        {"X-Request-ID": "<harmful>"},
    ):
        mine, theirs = hot.post(body, **headers), ordinary.post(body, **headers)
        assert told(mine, derived=False) == told(theirs, derived=False), headers
        if "harmless-1" in headers.values():
            assert mine["X-Request-ID"] == "harmless-1"
    assert len(json.loads(hot.post(body).content)["data"]["todayBoard"]["opportunities"]) == 4
    assert not hot.door.bypassed
