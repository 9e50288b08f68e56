"""An engine that misbehaves costs its job, or its candidates, and never puts a bad idea on a board."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from kairo.core.enums import Channel, JobStatus, ReadyReason
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.ports import CandidateDTO, SynthesisRequest, SynthesisResult
from kairo.hero.services.job_runner import JobRunner
from kairo.hero.services.synthesizer import load_synthesizer
from tests import factories
from tests.hero.services.test_decisions import a_candidate

pytestmark = pytest.mark.django_db(transaction=True)

released = threading.Event()


class Hanging:
    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        released.wait(30)
        return SynthesisResult(candidates=())


class Raising:
    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        raise KeyError("secret detail of the engine")


class Exiting:
    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        raise SystemExit(3)


class AnsweringNonsense:
    def synthesize(self, request: SynthesisRequest) -> Any:
        return ["an idea"]


class Unstorable:
    """Its account of itself is no JSON."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return SynthesisResult(candidates=(), diagnostics={"engine": object()})


class Null:
    """Its account of itself holds what Postgres does not take."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return SynthesisResult(candidates=(), notes=("before\x00after",))


class Hostile:
    """Proposes one good idea among whatever the test breaks."""

    broken: Callable[[CandidateDTO], Any]

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        good, other = (a_candidate(name, request, score=70) for name in ("good", "other"))
        return SynthesisResult(candidates=(type(self).broken(other), good))


@pytest.fixture(autouse=True)
def quickly(settings: Settings) -> None:
    settings.JOB_MAX_ATTEMPTS = 1


def board_of(engine: type, settings: Settings) -> OpportunitiesBoard:
    settings.KAIRO_SYNTHESIZER = f"{__name__}.{engine.__name__}"
    brand = factories.make_brand()
    factories.make_posts(brand, 10)
    factories.make_job(brand, status=JobStatus.PENDING, max_attempts=1)
    assert JobRunner().run_next()
    return OpportunitiesBoard.objects.get(brand=brand)


def test_one_that_hangs_is_abandoned(settings: Settings) -> None:
    settings.SYNTHESIS_TIME_LIMIT_S = 0.2
    began = time.monotonic()
    try:
        board = board_of(Hanging, settings)
    finally:
        released.set()
    assert (board.state, board.error_code) == ("error", "synthesis_timeout")
    assert time.monotonic() - began < 20  # it hangs for thirty


@pytest.mark.parametrize("engine", [Raising, Exiting, AnsweringNonsense, Unstorable, Null])
def test_one_that_fails_ends_in_an_error_board(engine: type, settings: Settings) -> None:
    board = board_of(engine, settings)
    assert (board.state, board.error_code) == ("error", "synthesis_failed")
    assert "secret detail" not in board.remediation


@pytest.mark.parametrize(
    "broken",
    [
        lambda idea: replace(idea, evidence_ids=(uuid4(),)),
        lambda idea: replace(idea, evidence_ids=()),
        lambda idea: replace(idea, title="\x00" * 9),
        lambda idea: replace(idea, title="x" * 100_000),
        lambda idea: replace(idea, concept_key="good"),
        lambda idea: replace(idea, why_now="Always relevant, timeless even."),
        lambda idea: replace(idea, primary_channel=Channel.NEWSLETTER),
        lambda idea: replace(idea, suggested_channels=("fax",)),
        lambda idea: replace(idea, type="viral"),
        lambda idea: replace(idea, persona_id=uuid4()),
        lambda idea: replace(idea, pillar_id=uuid4()),
        lambda idea: replace(idea, score_parts=()),
        lambda idea: replace(idea, score_parts=tuple(replace(part, points=math.nan) for part in idea.score_parts)),
        lambda idea: replace(idea, score_parts=tuple(replace(part, points=99) for part in idea.score_parts)),
        lambda idea: replace(idea, concept_key=["no", "text"]),
        lambda idea: replace(idea, claims="all true"),
        lambda idea: None,
        lambda idea: "an idea",
    ],
)
def test_a_broken_candidate_costs_itself_alone(broken: Callable[[CandidateDTO], Any], settings: Settings) -> None:
    Hostile.broken = staticmethod(broken)
    board = board_of(Hostile, settings)
    assert (board.state, board.ready_reason) == ("ready", ReadyReason.GENERATED)
    dto = board.to_dto()
    assert [idea.concept_key for idea in dto.opportunities] == ["good"]
    assert len(dto.rejected_candidates) == 1
    assert board.validate_referential_integrity() == (True, [])


class Unbuildable:
    def __init__(self) -> None:
        raise ValueError("a key is missing\nor two")


class Asynchronous:
    async def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return SynthesisResult(candidates=())


class OfAnotherShape:
    def synthesize(self, brand: object, posts: object) -> SynthesisResult:
        return SynthesisResult(candidates=())


@pytest.mark.parametrize(
    "path",
    [
        "nowhere.at.all",
        "kairo.hero.ports.nothing",
        "builtins.dict",
        "no dots",
        *(f"{__name__}.{engine.__name__}" for engine in (Unbuildable, Asynchronous, OfAnotherShape)),
    ],
)
def test_a_path_that_leads_to_no_engine_is_a_clear_error(path: str, settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = path
    with pytest.raises(ImproperlyConfigured, match="KAIRO_SYNTHESIZER") as refused:
        load_synthesizer()
    assert "\n" not in str(refused.value)
