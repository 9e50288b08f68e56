"""Decisions change what the board shows, at once and after the next generation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from kairo.core.enums import DecisionKind
from kairo.core.errors import Invalid, NotFound
from kairo.core.models import Brand, Opportunity, OpportunityDecision
from kairo.core.services.access import Caller
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.dto import TodayBoardDTO
from kairo.hero.enums import JobStatus
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.models import BoardSnapshot, OpportunitiesBoard
from kairo.hero.services.today_service import get_today_board
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def engine(settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = "tests.hero.services.engines.Scripted"


@pytest.fixture
def brand() -> Brand:
    brand = factories.make_brand()
    factories.make_posts(brand, 10)
    return brand


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def generate(brand: Brand, *concepts: str) -> None:
    """Without concepts, those of the last time; the first time alpha, bravo and charlie."""
    if concepts:
        Brand.objects.filter(id=brand.id).update(positioning=" ".join(concepts))
    factories.make_job(brand, status=JobStatus.PENDING)
    assert JobRunner().run_next()


def concepts(board: TodayBoardDTO) -> list[str]:
    return [idea.concept_key for idea in board.opportunities]


def idea(brand: Brand, concept: str) -> UUID:
    return Opportunity.objects.get(brand=brand, concept_key=concept).id


def today(caller: Caller, brand: Brand) -> TodayBoardDTO:
    return get_today_board(caller=caller, brand_id=brand.id)


def test_pinned_opportunity_comes_first(brand: Brand, caller: Caller) -> None:
    generate(brand)
    assert concepts(today(caller, brand)) == ["alpha", "bravo", "charlie"]
    state = opportunity_decisions.pin(caller=caller, opportunity_id=idea(brand, "charlie"))
    assert state is not None
    assert state.kind == DecisionKind.PINNED
    board = today(caller, brand)
    assert concepts(board) == ["charlie", "alpha", "bravo"]
    assert [shown.decision is not None for shown in board.opportunities] == [True, False, False]


def test_pinned_opportunity_stays_when_the_engine_omits_it(brand: Brand, caller: Caller) -> None:
    generate(brand)
    before = today(caller, brand).opportunities[1]
    opportunity_decisions.pin(caller=caller, opportunity_id=before.id)
    generate(brand, "delta", "echo")
    board = today(caller, brand)
    assert concepts(board) == ["bravo", "delta", "echo"]
    assert replace(board.opportunities[0], decision=None, change=None) == replace(before, change=None)
    assert OpportunitiesBoard.objects.latest("created_at").validate_referential_integrity() == (True, [])


def test_pinned_opportunity_replaces_the_last_one_of_a_full_board(brand: Brand, caller: Caller) -> None:
    generate(brand, "alpha")
    opportunity_decisions.pin(caller=caller, opportunity_id=idea(brand, "alpha"))
    names = "bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo"
    more = "sierra tango uniform victor whiskey xray yankee zulu"
    generate(brand, *names.split(), *more.split())
    shown = concepts(today(caller, brand))
    assert len(shown) == 24
    assert shown[:2] == ["alpha", "bravo"]
    assert "yankee" not in shown


def test_ignored_opportunity_is_rejected_by_later_generations(brand: Brand, caller: Caller) -> None:
    generate(brand)
    opportunity_decisions.ignore(caller=caller, opportunity_id=idea(brand, "alpha"), reason="We did this last week.")
    assert concepts(today(caller, brand)) == ["bravo", "charlie"]
    generate(brand)
    board = today(caller, brand)
    assert concepts(board) == ["bravo", "charlie"]
    assert [(r.title, r.code) for r in board.rejected_candidates] == [("A loaf named alpha", "decided_ignored")]


def test_ignored_opportunities_leave_a_ready_board_with_its_reason(brand: Brand, caller: Caller) -> None:
    generate(brand, "alpha")
    opportunity_decisions.ignore(caller=caller, opportunity_id=idea(brand, "alpha"))
    board = today(caller, brand)
    assert (board.state, board.meta.ready_reason, board.opportunities) == ("ready", "generated", ())
    assert board.meta.opportunity_count == 0
    generate(brand)
    assert today(caller, brand).meta.ready_reason == "no_valid_candidates"


def test_snoozed_opportunity_shows_again_in_time_though_snapshot_hides_it(brand: Brand, caller: Caller) -> None:
    generate(brand)
    until = timezone.now() + timedelta(seconds=1.5)
    opportunity_decisions.snooze(caller=caller, opportunity_id=idea(brand, "bravo"), until=until)
    while timezone.now() < until - timedelta(seconds=0.2):
        assert concepts(today(caller, brand)) == ["alpha", "charlie"]
    while timezone.now() <= until:
        pass
    board = today(caller, brand)
    assert concepts(board) == ["alpha", "bravo", "charlie"]
    assert not board.meta.cache_hit  # the snapshot ended with the snooze


def test_undo_reverts_the_last_decision(brand: Brand, caller: Caller) -> None:
    generate(brand)
    for verb in (opportunity_decisions.pin, opportunity_decisions.ignore):
        verb(caller=caller, opportunity_id=idea(brand, "charlie"))
        assert opportunity_decisions.undo(caller=caller, opportunity_id=idea(brand, "charlie")) is None
        assert concepts(today(caller, brand)) == ["alpha", "bravo", "charlie"]


def test_repeated_decision_adds_no_row(brand: Brand, caller: Caller) -> None:
    generate(brand)
    alpha = idea(brand, "alpha")
    opportunity_decisions.undo(caller=caller, opportunity_id=alpha)
    assert not OpportunityDecision.objects.exists()
    first = opportunity_decisions.pin(caller=caller, opportunity_id=alpha)
    assert opportunity_decisions.pin(caller=caller, opportunity_id=alpha) == first
    assert OpportunityDecision.objects.get().decided_by_id == caller.token_id


def test_decision_log_and_last_board_reach_the_engine(brand: Brand, caller: Caller) -> None:
    generate(brand)
    opportunity_decisions.pin(caller=caller, opportunity_id=idea(brand, "bravo"))
    opportunity_decisions.ignore(caller=caller, opportunity_id=idea(brand, "alpha"))
    opportunity_decisions.undo(caller=caller, opportunity_id=idea(brand, "alpha"))
    generate(brand)
    diagnostics = OpportunitiesBoard.objects.latest("created_at").diagnostics_json
    assert diagnostics["decisions"] == ["bravo pinned", "alpha ignored", "alpha undone"]
    assert diagnostics["previous"] == ["alpha", "bravo", "charlie"]


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (timezone.now() - timedelta(days=1), "future"),
        (timezone.now() + timedelta(days=400), "at most"),
        (timezone.now().replace(tzinfo=None) + timedelta(days=1), "time zone"),
    ],
)
def test_snooze_with_an_unusable_end_is_invalid(brand: Brand, caller: Caller, until: object, why: str) -> None:
    generate(brand)
    with pytest.raises(Invalid, match=why) as caught:
        opportunity_decisions.snooze(caller=caller, opportunity_id=idea(brand, "alpha"), until=until)  # type: ignore[arg-type]  # parametrized
    assert caught.value.field == "until"
    assert not OpportunityDecision.objects.exists()


def test_ignore_with_a_long_reason_is_invalid(brand: Brand, caller: Caller) -> None:
    generate(brand)
    with pytest.raises(Invalid) as caught:
        opportunity_decisions.ignore(caller=caller, opportunity_id=idea(brand, "alpha"), reason="x" * 501)
    assert caught.value.field == "reason"


def test_decision_on_another_tenants_opportunity_is_not_found(brand: Brand, caller: Caller) -> None:
    generate(brand)
    stranger = factories.make_caller(factories.make_tenant())
    for opportunity_id in (idea(brand, "alpha"), uuid4()):
        with pytest.raises(NotFound, match="Opportunity not found"):
            opportunity_decisions.pin(caller=stranger, opportunity_id=opportunity_id)
    assert not OpportunityDecision.objects.exists()


def test_decisions_add_no_statement_to_a_read(
    brand: Brand, caller: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    generate(brand)
    opportunity_decisions.pin(caller=caller, opportunity_id=idea(brand, "charlie"))
    with django_assert_num_queries(1):
        assert today(caller, brand).meta.cache_hit
    BoardSnapshot.objects.all().delete()
    with django_assert_num_queries(3):
        assert not today(caller, brand).meta.cache_hit
