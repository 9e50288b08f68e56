"""A board is generated from the platforms on which its brand publishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kairo.core.enums import Channel, ContentType, Platform
from kairo.core.models import Brand, ContentPillar, Persona
from kairo.hero.decisions.opportunity_decisions import ActiveDecisions
from kairo.hero.enums import GateCode, JobStage, JobStatus, ReadyReason, TodayBoardState
from kairo.hero.generation.inputs import Inputs
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.generation.make_board import make_outcome
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.ports import SynthesisRequest, SynthesisResult
from tests import factories
from tests.hero import builders
from tests.hero.jobs.rows import pending

_FRESH = [
    "{0} changed how our {1} works, here is the checklist we kept",
    "Nobody told us {0} would save the {1} a whole day",
    "{0}: three mistakes we made with the {1} before it helped",
    "We tried {0} for the {1} and went back twice",
    "Why {0} belongs in every {1} this quarter",
]
_EARLIER = [
    "A quiet week for the {1}, and what we read meanwhile",
    "The {1} of a small team needs fewer meetings",
    "What the {1} taught us about deadlines",
    "Old habits in the {1} that still pay",
    "A letter to everybody who runs the {1} alone",
    "How long should the {1} take?",
    "The {1} on a Friday afternoon",
    "Numbers we no longer track in the {1}",
    "Two people, one {1}, no drama",
]


def make_brand(channels: list[Channel], *, topic: str, theme: str) -> Brand:
    brand = factories.make_brand(channels=channels, context=False)
    ContentPillar.objects.create(brand=brand, name=theme.title(), keywords=[theme, topic])
    Persona.objects.create(brand=brand, name="Reader", keywords=[theme])
    return brand


def store_posts(brand: Brand, platforms: list[tuple[Platform, ContentType]], *, topic: str, theme: str) -> None:
    """Five authors take up the topic within two days; nine spoke of the theme in the weeks before."""
    now = timezone.now()
    ages = [*(timedelta(hours=9 * n + 2) for n in range(5)), *(timedelta(days=8 + 2 * n) for n in range(9))]
    for n, (text, age) in enumerate(zip([*_FRESH, *_EARLIER], ages, strict=True)):
        platform, type_ = platforms[n % len(platforms)]
        plain: dict[str, Any] = {"text_secondary": "", "has_transcript": False, "hashtags": [], "views": None}
        factories.make_post(
            brand,
            platform=platform,
            content_type=type_,
            text_primary=text.format(topic, theme),
            published_at=now - age,
            **plain,
        )


def generate(brand: Brand) -> OpportunitiesBoard:
    pending(brand)
    assert JobRunner().run_next()
    return OpportunitiesBoard.objects.get(brand=brand)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("channels", "platforms"),
    [
        pytest.param([Channel.LINKEDIN], [(Platform.LINKEDIN, ContentType.TEXT_POST)], id="linkedin alone"),
        pytest.param([Channel.NEWSLETTER], [(Platform.WEB, ContentType.WEB_PAGE)], id="feeds for a newsletter"),
        pytest.param([], [(Platform.WEB, ContentType.WEB_PAGE)], id="feeds without channels"),
        pytest.param(
            [Channel.X, Channel.YOUTUBE],
            [
                (Platform.X, ContentType.TEXT_POST),
                (Platform.YOUTUBE, ContentType.VIDEO),
                (Platform.X, ContentType.POST),
            ],
            id="games studio on x and youtube",
        ),
    ],
)
def test_make_board_uses_the_platforms_of_the_brands_channels(
    channels: list[Channel], platforms: list[tuple[Platform, ContentType]]
) -> None:
    topic, theme = "invoice matching", "month end close"
    brand = make_brand(channels, topic=topic, theme=theme)
    store_posts(brand, platforms, topic=topic, theme=theme)
    board = generate(brand)
    assert (board.state, board.ready_reason) == (TodayBoardState.READY, ReadyReason.GENERATED), board.remediation
    ideas = board.to_dto().opportunities
    assert any("invoice matching" in idea.title.lower() for idea in ideas)
    if channels:
        assert {idea.primary_channel for idea in ideas} <= set(channels)


@pytest.mark.django_db(transaction=True)
def test_make_board_names_the_platforms_without_posts() -> None:
    brand = make_brand([Channel.LINKEDIN, Channel.X], topic="invoice matching", theme="month end close")
    store_posts(brand, [(Platform.WEB, ContentType.WEB_PAGE)], topic="invoice matching", theme="month end close")
    board = generate(brand)
    assert board.state == TodayBoardState.INSUFFICIENT_EVIDENCE
    assert "Add posts from LinkedIn or X." in board.remediation
    shortfall = board.to_dto().evidence_shortfall
    assert shortfall is not None
    assert shortfall.missing_platforms == (Platform.LINKEDIN, Platform.X)


class NoCandidates:
    """An engine that proposes nothing and records the requests."""

    def __init__(self) -> None:
        self.requests: list[SynthesisRequest] = []

    def run(self, request: SynthesisRequest, *, check: Callable[[], None]) -> SynthesisResult:
        check()
        self.requests.append(request)
        return SynthesisResult(candidates=(), engine="none", engine_version="1", run_key="k")


def inputs(*, posts: int = 8, **brand_fields: Any) -> Inputs:
    return Inputs(
        as_of=builders.AS_OF,
        brand=builders.brand(channels=(Channel.INSTAGRAM,), **brand_fields),
        evidence=tuple(builders.plain_evidence(posts)),
        counts=None,
        standing=ActiveDecisions(pinned=(), ignored_concepts=(), log=()),
        previous=(),
        previous_board_id=None,
    )


def test_make_outcome_without_enough_evidence_runs_no_engine() -> None:
    engine = NoCandidates()
    outcome = make_outcome(inputs(posts=3), engine=engine)
    assert (outcome.state, outcome.ready_reason) == (TodayBoardState.INSUFFICIENT_EVIDENCE, None)
    assert outcome.job_status == JobStatus.INSUFFICIENT_EVIDENCE
    assert outcome.remediation
    assert GateCode.INSUFFICIENT_ITEMS in outcome.diagnostics["failed_gates"]
    assert engine.requests == []


def test_make_outcome_of_a_brand_without_parts_runs_no_engine() -> None:
    engine = NoCandidates()
    outcome = make_outcome(inputs(pillars=(), personas=()), engine=engine)
    assert (outcome.state, outcome.ready_reason) == (TodayBoardState.READY, ReadyReason.EMPTY_BRAND_CONTEXT)
    assert engine.requests == []


def test_make_outcome_reports_each_stage_and_stores_the_engines_name() -> None:
    engine, stages = NoCandidates(), list[JobStage]()
    outcome = make_outcome(inputs(), engine=engine, report=stages.append)
    assert stages == [JobStage.GATING, JobStage.SYNTHESIZING, JobStage.SYNTHESIZING]
    assert (outcome.job_status, outcome.ready_reason) == (JobStatus.SUCCEEDED, ReadyReason.NO_VALID_CANDIDATES)
    assert (outcome.content.engine, outcome.content.engine_version) == ("none", "1")
    assert outcome.diagnostics["run_key"] == "k"
    assert [request.as_of for request in engine.requests] == [builders.AS_OF]


def test_make_outcome_is_stopped_by_a_report_that_raises() -> None:
    class Cancelled(Exception):
        pass

    def cancel(stage: JobStage) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        make_outcome(inputs(), engine=NoCandidates(), report=cancel)


def test_make_outcome_keeps_a_pinned_opportunity_that_the_engine_omits() -> None:
    pinned = builders.opportunity("loaf")
    standing = ActiveDecisions(pinned=(pinned,), ignored_concepts=(), log=())
    outcome = make_outcome(replace(inputs(), standing=standing), engine=NoCandidates())
    assert (outcome.carried, outcome.ready_reason) == ((pinned,), ReadyReason.GENERATED)
