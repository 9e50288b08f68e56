"""Stored boards in every state."""

from __future__ import annotations

from dataclasses import replace

from kairo.core.models import Brand, Tenant
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


def ready(tenant: Tenant) -> Brand:
    brand = factories.make_brand(tenant)
    outcome = an_outcome(brand, ideas=4)
    job = factories.make_job(brand)
    store_boards([GeneratedBoard(brand_id=brand.id, job_id=job.id, attempt=1, outcome=outcome)])
    caller = factories.make_caller(tenant)
    opportunity = brand.opportunities.order_by("id")[0]
    opportunity_decisions.pin(caller=caller, opportunity_id=opportunity.id)
    return brand


def ready_without_snapshot(tenant: Tenant) -> Brand:
    brand = ready(tenant)
    BoardSnapshot.objects.filter(brand=brand).delete()
    return brand


def ready_with_mentions_only(tenant: Tenant) -> Brand:
    brand = factories.make_brand(tenant)
    outcome = replace(an_outcome(brand, ideas=0), ready_reason=ReadyReason.NO_VALID_CANDIDATES)
    job = factories.make_job(brand)
    store_boards([GeneratedBoard(brand_id=brand.id, job_id=job.id, attempt=1, outcome=outcome)])
    return brand


def ready_with_deleted_mention(tenant: Tenant) -> Brand:
    brand = ready(tenant)
    evidence_id = BoardContent.from_json(brand.boards.get().content).brand_mentions[0].evidence_ids[0]
    (result,) = delete_evidence(caller=factories.make_caller(tenant), ids=[evidence_id])
    assert result.outcome == DeleteOutcome.DELETED
    return brand


def generating(tenant: Tenant) -> Brand:
    brand = ready(tenant)
    factories.make_job(brand, status=JobStatus.RUNNING)
    return brand


def generating_first(tenant: Tenant) -> Brand:
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


MAKERS = [
    ready,
    ready_without_snapshot,
    ready_with_mentions_only,
    ready_with_deleted_mention,
    generating,
    generating_first,
    not_generated_yet,
    insufficient,
    failed,
]
