"""An engine that misbehaves loses its job or its candidates, and never puts an invalid opportunity on a board."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from kairo.core.models import Brand
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.enums import JobStatus, ReadyReason
from kairo.hero.generation.engine_answer import SynthesisFailed, SynthesisTimedOut
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.generation.replay import replay
from kairo.hero.generation.synthesizer import (
    BuiltInEngine,
    ForeignEngine,
    configured_engine,
    load_synthesizer,
)
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob
from kairo.hero.ports import SynthesisRequest, SynthesisResult
from tests import factories
from tests.hero import builders
from tests.hero.jobs.rows import age, kinds
from tests.hero.services import engines

pytestmark = pytest.mark.django_db(transaction=True)

BUILT_IN = "kairo.hero.engine.built_in.BuiltinSynthesizer"


def plug(settings: Settings, engine: type) -> None:
    settings.KAIRO_SYNTHESIZER = f"{engines.__name__}.{engine.__name__}"


def run_to_the_end(brand: Brand, *, attempts: int) -> OpportunitiesJob:
    """The brand's job after its last attempt."""
    job = factories.make_job(brand, status=JobStatus.PENDING, max_attempts=attempts)
    while not (job := OpportunitiesJob.objects.get(id=job.id)).finished_at:
        age(job.id, "available_at", seconds=1000)
        assert JobRunner().run_next() == job.id
    return job


def board_of(brand: Brand, *, attempts: int = 1) -> OpportunitiesBoard:
    job = run_to_the_end(brand, attempts=attempts)
    return OpportunitiesBoard.objects.get(job=job)


@pytest.fixture
def brand() -> Brand:
    brand = factories.make_brand()
    factories.make_posts(brand, 10)
    return brand


@pytest.fixture
def busy_brand() -> Brand:
    """One whose posts tell a story that the built-in engine finds."""
    brand = factories.make_brand()
    factories.make_story(brand)
    return brand


@pytest.mark.parametrize("broken", engines.BROKEN)
def test_broken_candidate_costs_itself_alone(broken: str, settings: Settings, brand: Brand) -> None:
    plug(settings, engines.Hostile)
    Brand.objects.filter(id=brand.id).update(positioning=broken)
    board = board_of(brand)
    assert (board.state, board.ready_reason) == ("ready", ReadyReason.GENERATED)
    dto = board.to_dto()
    assert [idea.concept_key for idea in dto.opportunities] == ["good"]
    assert len(dto.rejected_candidates) == 1
    assert dto.meta.notes == ()
    assert board.validate_referential_integrity() == (True, [])


class TestLastAttempt:
    def test_foreign_engine_that_fails_leaves_the_built_in_ones_board(
        self, settings: Settings, busy_brand: Brand, caplog: pytest.LogCaptureFixture
    ) -> None:
        plug(settings, engines.Raising)
        job = run_to_the_end(busy_brand, attempts=2)
        board = OpportunitiesBoard.objects.get(job=job)
        remark = "BUILT_IN_ENGINE: The engine failed: KeyError. The built-in engine made this board instead."
        assert (job.status, job.error_code, board.state, board.attempt) == ("succeeded", None, "ready", 2)
        assert board.content["engine"] == "kairo-builtin"
        assert board.content["notes"][0] == remark
        assert board.opportunity_ids, "the built-in engine has ideas about these posts"
        assert kinds(job.id)[-4:] == ["claimed", "retried", "claimed", "succeeded"]
        assert job.events.latest("id").detail == remark
        assert "secret" not in str(board.content) + str(board.diagnostics_json)
        assert [line for line in caplog.messages if line.startswith("the built-in engine makes this board, because")]

    def test_earlier_attempt_that_fails_is_tried_again(self, settings: Settings, brand: Brand) -> None:
        plug(settings, engines.Raising)
        job = factories.make_job(brand, status=JobStatus.PENDING, max_attempts=2)
        assert JobRunner().run_next() == job.id
        assert kinds(job.id)[-1] == "retried"
        assert not OpportunitiesBoard.objects.exists()

    def test_timeout_is_named_in_the_note(self, settings: Settings, brand: Brand) -> None:
        plug(settings, engines.GivingUp)
        settings.SYNTHESIS_TIME_LIMIT_S = 7
        note, *others = board_of(brand).content["notes"]
        assert note.startswith("BUILT_IN_ENGINE: The engine did not answer within 7 s.")
        assert not [other for other in others if other.startswith("BUILT_IN_ENGINE")]

    def test_engine_that_never_answers_leaves_time_for_the_built_in_one(
        self, settings: Settings, brand: Brand, tmp_path: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Though the engine alone was granted more time than the whole job."""
        monkeypatch.setenv(engines.EVENTS, str(tmp_path))
        plug(settings, engines.Sleeping)
        settings.SYNTHESIS_TIME_LIMIT_S, settings.JOB_TIME_LIMIT_S = 600, 15
        board = board_of(brand)
        assert (board.state, board.content["engine"]) == ("ready", "kairo-builtin")

    def test_replay_of_its_board_is_identical_and_runs_no_foreign_engine(
        self, settings: Settings, busy_brand: Brand
    ) -> None:
        plug(settings, engines.Raising)
        board = board_of(busy_brand)
        assert replay(board_id=board.id).difference == ()
        settings.KAIRO_SYNTHESIZER = ""
        assert replay(board_id=board.id).difference == ()

    def test_built_in_engine_that_fails_ends_in_an_error_board(self, settings: Settings, busy_brand: Brand) -> None:
        settings.KAIRO_SYNTHESIZER = BUILT_IN
        settings.SYNTHESIS_TIME_LIMIT_S = 0
        board = board_of(busy_brand)
        assert (board.state, board.error_code) == ("error", "synthesis_timeout")

    def test_path_without_an_engine_ends_in_an_error_board(self, settings: Settings, brand: Brand) -> None:
        settings.KAIRO_SYNTHESIZER = "no.such.engine"
        board = board_of(brand)
        assert (board.state, board.error_code) == ("error", "internal")


class TestConfigured:
    @pytest.mark.parametrize("path", [BUILT_IN, "kairo.hero.synthesis.BuiltinSynthesizer"])
    def test_built_in_engine_runs_in_the_callers_thread(self, settings: Settings, path: str) -> None:
        settings.KAIRO_SYNTHESIZER = path
        assert configured_engine() == BuiltInEngine()

    def test_any_other_engine_runs_elsewhere(self, settings: Settings) -> None:
        plug(settings, engines.Obliging)
        assert isinstance(configured_engine(), ForeignEngine)

    def test_empty_setting_is_no_engine(self, settings: Settings) -> None:
        settings.KAIRO_SYNTHESIZER = ""
        assert configured_engine() is None


class TestBuiltIn:
    request = SynthesisRequest(
        as_of=builders.AS_OF, brand=builders.brand(), evidence=tuple(builders.plain_evidence(40))
    )

    def run(self, request: SynthesisRequest) -> SynthesisResult:
        return BuiltInEngine().run(request, check=lambda: None)

    def test_answer_is_the_engines_own(self) -> None:
        assert self.run(self.request) == BuiltinSynthesizer().synthesize(self.request)

    def test_limit_decides_whether_there_is_an_answer_and_not_which(self) -> None:
        assert self.run(replace(self.request, time_limit_s=1000)) == self.run(self.request)
        with pytest.raises(SynthesisTimedOut, match="did not answer within 0 s"):
            self.run(replace(self.request, time_limit_s=0))

    def test_error_is_a_failure(self) -> None:
        with pytest.raises(SynthesisFailed, match="The engine failed: "):
            self.run(replace(self.request, evidence=(None,)))  # type: ignore[arg-type]  # that is the point


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
def test_engine_path_without_an_engine_is_a_clear_error(path: str, settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = path
    with pytest.raises(ImproperlyConfigured, match="KAIRO_SYNTHESIZER") as refused:
        load_synthesizer()
    assert "\n" not in str(refused.value)
