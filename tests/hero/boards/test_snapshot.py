"""A current snapshot shows the same board as the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.core.enums import Channel, DecisionKind, JobTrigger, OpportunityType, Platform
from kairo.core.models import Brand, Opportunity, OpportunityDecision
from kairo.core.services.access import Caller
from kairo.hero.boards import brand_snapshot, rendering, snapshot
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.dto import AnglePartDTO, ClaimDTO, EvidenceSummaryDTO, ScorePartDTO, TodayBoardDTO
from kairo.hero.enums import AnglePartKind, JobStatus, ReadyReason, ScorePartName, TodayBoardState
from kairo.hero.generation.board_store import GeneratedBoard, store_boards
from kairo.hero.generation.make_board import GenerationOutcome
from kairo.hero.jobs import queue
from kairo.hero.models import BoardRevision, BoardSnapshot, OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent
from kairo.hero.ports import CandidateDTO
from kairo.hero.services.today_service import get_today_board, regenerate_today_board
from tests import factories
from tests.hero.jobs.rows import claimed, pending

pytestmark = pytest.mark.django_db(transaction=True)

IDEAS = 24


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def an_outcome(brand: Brand, *, ideas: int = IDEAS) -> GenerationOutcome:
    """Opportunities with three posts each, another post that only claims cite, and two brand mentions."""
    posts = factories.make_posts(brand, 8)
    counted = factories.make_post(brand).id
    candidates = tuple(
        CandidateDTO(
            concept_key=f"concept-{n}",
            title=f"A loaf of number {n}",
            angle="Bake it on camera in one shot.",
            angle_parts=(
                AnglePartDTO(
                    kind=AnglePartKind.TASK, text="Bake it on camera in one shot.", evidence_ids=(counted, posts[0].id)
                ),
            ),
            why_now="8 posts in the last 3 days.",
            type=OpportunityType.TREND,
            primary_channel=Channel.INSTAGRAM,
            suggested_channels=(),
            score_parts=(
                ScorePartDTO(
                    part=ScorePartName.RELEVANCE, points=20, max=30, rule="r", sentence="s", evidence_ids=(counted,)
                ),
            ),
            claims=(
                ClaimDTO(text="8 posts", metric="posts", value="8", window="", evidence_ids=(counted,), phrase="loaf"),
            ),
            evidence_ids=tuple(post.id for post in posts[:3]),
        )
        for n in range(ideas)
    )
    return GenerationOutcome(
        state=TodayBoardState.READY,
        ready_reason=ReadyReason.GENERATED,
        as_of=timezone.now(),
        content=BoardContent(
            evidence_summary=EvidenceSummaryDTO(
                items=9,
                authors=9,
                platforms=((Platform.INSTAGRAM, 9),),
                transcript_coverage=1.0,
                newest_published_at=None,
                oldest_published_at=None,
            ),
            brand_mentions=(factories.a_mention(posts[3:6]), factories.a_mention(posts[6:], phrase="loaf")),
        ),
        brand=brand_snapshot.to_summary(brand),
        candidates=candidates,
    )


def complete_job(brand: Brand, outcome: GenerationOutcome) -> None:
    """Completes a job of the brand with this outcome."""
    lease = claimed(pending(brand))
    made = GeneratedBoard(brand_id=brand.id, job_id=lease.job_id, attempt=1, outcome=outcome)
    queue.complete(ends={lease: JobStatus.SUCCEEDED}, store=lambda _: store_boards([made]))


def snapshot_board(brand: Brand) -> TodayBoardDTO | None:
    """The board of the current snapshot; None without one."""
    row = BoardSnapshot.objects.filter(brand_id=brand.id, version=snapshot.VERSION).first()
    current = BoardRevision.objects.get(brand_id=brand.id).board_revision
    if row is None or row.board_revision != current or (row.valid_until and row.valid_until <= timezone.now()):
        return None
    brand.refresh_from_db()
    rendered = snapshot.read(bytes(row.content), brand=brand_snapshot.to_summary(brand), names={}, changes_at=None)
    if rendered is None:
        return None
    assert rendered.board.meta.cache_hit
    return replace(rendered.board, meta=replace(rendered.board.meta, cache_hit=False))


def from_rows(brand: Brand) -> TodayBoardDTO:
    newest = OpportunitiesBoard.objects.filter(brand=brand).order_by("-created_at", "-id")[0]
    now = timezone.now()
    return rendering.render_board(
        newest, brand=brand_snapshot.to_summary(brand), now=now, include_score_evidence=True
    ).board


def statements(captured: CaptureQueriesContext) -> list[str]:
    sql: list[str] = [query["sql"] for query in captured.captured_queries]
    return [text for text in sql if text not in {"BEGIN", "COMMIT"}]


def test_snapshot_is_written_when_a_job_completes(brand: Brand, caller: Caller) -> None:
    complete_job(brand, an_outcome(brand))
    board = snapshot_board(brand)
    assert board == from_rows(brand)
    assert board is not None
    assert len(board.opportunities) == IDEAS
    assert len(board.counted) == 1
    assert [len(mention.posts) for mention in board.brand_mentions] == [3, 2]
    today = get_today_board(caller=caller, brand_id=brand.id)
    assert today.meta.cache_hit
    assert replace(today, meta=board.meta) == board


def test_regeneration_takes_at_most_five_statements(brand: Brand, caller: Caller) -> None:
    with CaptureQueriesContext(connection) as captured:
        regenerate_today_board(caller=caller, brand_id=brand.id)
    assert len(statements(captured)) <= 4  # the fifth authenticates the caller


@pytest.mark.parametrize("kind", ["pin", "snooze", "ignore", "undo"])
def test_snapshot_is_refreshed_by_a_decision(brand: Brand, caller: Caller, kind: str) -> None:
    complete_job(brand, an_outcome(brand, ideas=3))
    idea = Opportunity.objects.filter(brand=brand).order_by("id")[0]
    opportunity_decisions.pin(caller=caller, opportunity_id=idea.id)
    more: dict[str, Any] = {"until": timezone.now() + timedelta(hours=1)} if kind == "snooze" else {}
    getattr(opportunity_decisions, kind)(caller=caller, opportunity_id=idea.id, **more)
    assert snapshot_board(brand) == from_rows(brand)


def test_snapshot_is_valid_until_the_first_snooze_ends(brand: Brand, caller: Caller) -> None:
    complete_job(brand, an_outcome(brand, ideas=3))
    first, second = Opportunity.objects.filter(brand=brand)[:2]
    soon = timezone.now() + timedelta(hours=1)
    opportunity_decisions.snooze(caller=caller, opportunity_id=first.id, until=soon + timedelta(hours=1))
    opportunity_decisions.snooze(caller=caller, opportunity_id=second.id, until=soon)
    assert BoardSnapshot.objects.get(brand=brand).valid_until == soon


def test_snapshot_expires_with_a_snooze_that_ended_during_the_generation(brand: Brand) -> None:
    outcome = an_outcome(brand, ideas=2)
    complete_job(brand, outcome)
    idea = Opportunity.objects.filter(brand=brand)[0]
    past = datetime.now(UTC) - timedelta(seconds=5)
    OpportunityDecision.objects.create(opportunity=idea, kind=DecisionKind.SNOOZED, until=past)
    complete_job(brand, replace(outcome, as_of=past - timedelta(seconds=5)))
    assert snapshot_board(brand) is None


@pytest.fixture
def _read_before(brand: Brand) -> Iterator[None]:
    complete_job(brand, an_outcome(brand, ideas=2))
    assert snapshot_board(brand)
    yield
    assert snapshot_board(brand) is None


@pytest.mark.usefixtures("_read_before")
class TestSnapshotIsOutdated:
    def test_snapshot_is_outdated_by_a_changed_post(self, brand: Brand) -> None:
        brand.evidence_items.update(views=7)

    def test_snapshot_is_outdated_by_a_decision_written_without_a_signal(self, brand: Brand) -> None:
        OpportunityDecision.objects.create(
            opportunity=Opportunity.objects.filter(brand=brand)[0], kind=DecisionKind.PINNED
        )

    def test_snapshot_is_outdated_by_another_board(self, brand: Brand) -> None:
        factories.make_ready_board(brand, [])

    def test_snapshot_is_outdated_by_another_version(self, brand: Brand) -> None:
        BoardSnapshot.objects.update(version=snapshot.VERSION + 1)

    def test_snapshot_is_outdated_by_corrupt_content(self, brand: Brand) -> None:
        BoardSnapshot.objects.update(content=b"\x81\xa1a")


def test_snapshot_stays_current_when_the_brand_is_renamed_or_a_job_is_enqueued(brand: Brand) -> None:
    complete_job(brand, an_outcome(brand, ideas=2))
    Brand.objects.filter(id=brand.id).update(name="Another name")
    queue.enqueue(brand_id=brand.id, trigger=JobTrigger.USER, priority=10)
    board = snapshot_board(brand)
    assert board is not None
    assert board.brand.name == "Another name"
    assert board == from_rows(brand)


def test_snapshot_is_deleted_with_its_brand(brand: Brand) -> None:
    complete_job(brand, an_outcome(brand, ideas=2))
    brand.delete()
    assert not BoardSnapshot.objects.exists()
