"""The guard tests of the seed document, by its names. Each protects an invariant that was once broken."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from kairo.core.models import Brand
from kairo.hero.boards.brand_snapshot import to_summary
from kairo.hero.dto import TodayBoardDTO, TodayBoardMetaDTO, invariant_violation
from kairo.hero.enums import GenerationErrorCode, JobStatus, ReadyReason, TodayBoardState
from kairo.hero.gates.thresholds import MIN_EVIDENCE_ITEMS
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.jobs.queue import release_stale_jobs
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob
from kairo.hero.ports import SynthesisRequest, SynthesisResult
from kairo.hero.services.today_service import get_today_board
from tests import factories

HERO = Path(__file__).parent.parent / "kairo" / "hero"


class NothingToSay:
    """An engine that finds no idea in anything."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return SynthesisResult(candidates=(), engine="nothing-to-say")


def generate(brand: Brand) -> TodayBoardDTO:
    """The board that a worker makes of the brand's evidence, as its tenant reads it."""
    factories.make_job(brand, status=JobStatus.PENDING)
    assert JobRunner().run_next()
    return get_today_board(caller=factories.make_caller(brand.tenant), brand_id=brand.id)


@pytest.mark.django_db(transaction=True)
class TestReadyReason:
    def test_ready_with_empty_opportunities_has_reason(self, settings: Settings) -> None:
        settings.KAIRO_SYNTHESIZER = f"{__name__}.NothingToSay"
        brand = factories.make_brand()
        factories.make_posts(brand, 12)
        result = generate(brand)
        assert result.meta.state == TodayBoardState.READY
        assert result.opportunities == ()
        assert result.meta.ready_reason == ReadyReason.NO_VALID_CANDIDATES

    def test_pr1_sets_gates_only_no_synthesis_reason(self, settings: Settings) -> None:
        settings.KAIRO_SYNTHESIZER = ""
        brand = factories.make_brand()
        factories.make_posts(brand, 12)
        result = generate(brand)
        assert result.meta.state == TodayBoardState.READY
        assert result.meta.ready_reason == ReadyReason.GATES_ONLY_NO_SYNTHESIS

    def test_a_brand_without_context_says_so(self) -> None:
        brand = factories.make_brand(context=False)
        factories.make_posts(brand, 12)
        assert generate(brand).meta.ready_reason == ReadyReason.EMPTY_BRAND_CONTEXT


@pytest.mark.django_db
class TestReferentialIntegrity:
    def test_empty_opportunity_ids_is_valid(self) -> None:
        board = factories.make_ready_board(factories.make_brand(), [])
        assert board.validate_referential_integrity() == (True, [])

    def test_valid_opportunity_ids_passes_integrity_check(self) -> None:
        brand = factories.make_brand()
        board = factories.make_ready_board(brand, [factories.make_opportunity(brand) for _ in range(3)])
        assert board.validate_referential_integrity() == (True, [])


@pytest.mark.django_db(transaction=True)
def test_invalid_opportunity_ids_fails_integrity_check() -> None:
    brand, stranger = factories.make_brand(), factories.make_brand()
    good, foreign = factories.make_opportunity(brand), factories.make_opportunity(stranger)
    fake_id = str(uuid4())
    # Not saved: the database would refuse to commit it.
    board = OpportunitiesBoard(
        brand=brand, state=TodayBoardState.READY, opportunity_ids=[str(good.id), fake_id, str(foreign.id)]
    )
    is_valid, missing = board.validate_referential_integrity()
    assert is_valid is False
    assert missing == [fake_id, str(foreign.id)]


def imported_by(folder: Path) -> Iterator[tuple[str, str]]:
    """Each module name that the folder's files import, with the file; strings handed to importers included."""
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.py"))
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                yield from ((str(file), alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((str(file), f"{node.module or ''}.{alias.name}") for alias in node.names)
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {
                "import_module",
                "import_string",
                "__import__",
            }:
                yield from (
                    (str(file), str(part.value))
                    for argument in node.args
                    for part in ast.walk(argument)
                    if isinstance(part, ast.Constant)
                )


VENDORS = ("apify", "kairo.integrations")
MODELS = ("kairo.llm", "kairo.integrations.llm", "openai", "anthropic", "langchain", "litellm", "transformers")


def offences(folder: Path, words: tuple[str, ...]) -> list[str]:
    return [f"{file}: {name}" for file, name in imported_by(folder) if any(word in name.lower() for word in words)]


def test_no_apify_imports_in_hero_engine() -> None:
    assert offences(HERO, VENDORS) == []


def test_no_llm_imports_in_generate_task() -> None:
    assert offences(HERO / "tasks" / "generate.py", MODELS) == []
    assert offences(HERO, MODELS) == []


@pytest.mark.parametrize(
    "line",
    [
        "import apify_client",
        "from kairo.integrations.apify import client",
        "from kairo import integrations as apify",
        "import_module('apify_client')",
        "importlib.import_module(f'kairo.integrations.{x}')",
    ],
)
def test_the_import_guards_see_what_they_guard_against(tmp_path: Path, line: str) -> None:
    (tmp_path / "sneaky.py").write_text(f"def later():\n    {line}\n")
    assert offences(tmp_path, VENDORS)


@pytest.mark.django_db(transaction=True)
class TestReadingEnqueuesOnlyTheFirstRun:
    @pytest.fixture
    def brand(self) -> Brand:
        brand = factories.make_brand()
        factories.make_posts(brand, MIN_EVIDENCE_ITEMS)
        return brand

    def read(self, brand: Brand) -> TodayBoardDTO:
        return get_today_board(caller=factories.make_caller(brand.tenant), brand_id=brand.id)

    @pytest.mark.parametrize("status", [JobStatus.RUNNING, JobStatus.PENDING])
    def test_get_does_not_enqueue_when_job_running(self, brand: Brand, status: JobStatus) -> None:
        job = factories.make_job(brand, status=status)
        assert self.read(brand).state == TodayBoardState.GENERATING
        assert list(OpportunitiesJob.objects.all()) == [job]

    @pytest.mark.parametrize("state", TodayBoardState.stored())
    def test_get_does_not_enqueue_when_board_exists(self, brand: Brand, state: str) -> None:
        if state == TodayBoardState.READY:
            factories.make_ready_board(brand, [])
        else:
            OpportunitiesBoard.objects.create(brand=brand, state=state)
        assert self.read(brand).state == state
        assert not OpportunitiesJob.objects.exists()

    def test_get_first_run_enqueue_only_with_sufficient_evidence(self, brand: Brand) -> None:
        thin = factories.make_brand()
        factories.make_posts(thin, MIN_EVIDENCE_ITEMS - 1)
        assert self.read(thin).state == TodayBoardState.NOT_GENERATED_YET
        assert not OpportunitiesJob.objects.exists()
        assert self.read(brand).state == TodayBoardState.GENERATING
        assert OpportunitiesJob.objects.get().brand_id == brand.id


class TestBoardInvariant:
    @pytest.mark.django_db
    def test_board_dto_enforces_ready_reason_invariant(self) -> None:
        brand = to_summary(factories.make_brand())
        with pytest.raises(ValueError, match="needs a ready_reason"):
            TodayBoardDTO(
                board_id=uuid4(),
                brand=brand,
                as_of=timezone.now(),
                meta=TodayBoardMetaDTO(state=TodayBoardState.READY, ready_reason=None),
            )

    def test_invariant_violation_detectable(self) -> None:
        def ready(reason: ReadyReason | None) -> TodayBoardMetaDTO:
            return TodayBoardMetaDTO(state=TodayBoardState.READY, ready_reason=reason)

        assert invariant_violation(ready(None), opportunities=0)
        assert invariant_violation(ready("because"), opportunities=0)  # type: ignore[arg-type]  # that is the point
        for reason in ReadyReason:
            assert invariant_violation(ready(reason), opportunities=0) is None
        for state in set(TodayBoardState) - {TodayBoardState.READY}:
            odd = TodayBoardMetaDTO(state=state, ready_reason=ReadyReason.GENERATED)
            assert invariant_violation(odd, opportunities=0)


@pytest.mark.django_db(transaction=True)
class TestStuckJobs:
    def stuck_job(self, brand: Brand, *, attempts: int) -> OpportunitiesJob:
        """Locked a quarter of an hour ago by a worker that still renews its lease."""
        long_ago = timezone.now() - timedelta(minutes=15)
        return factories.make_job(
            brand,
            status=JobStatus.RUNNING,
            attempts=attempts,
            locked_by="worker-7",
            locked_at=long_ago,
            started_at=long_ago,
        )

    def test_mark_stuck_job_as_error(self) -> None:
        job = self.stuck_job(factories.make_brand(), attempts=3)
        assert release_stale_jobs() == 1
        job.refresh_from_db()
        assert job.status == JobStatus.FAILED
        assert job.error_code == GenerationErrorCode.STUCK_JOB_TIMEOUT

    def test_stuck_job_creates_error_board(self) -> None:
        brand = factories.make_brand()
        job = self.stuck_job(brand, attempts=3)
        release_stale_jobs()
        board = OpportunitiesBoard.objects.get()
        assert board.state == TodayBoardState.ERROR
        assert board.job_id == job.id
        assert board.remediation.startswith("Generation job failed after maximum retries")
        assert board.diagnostics_json == {
            "error": "stuck_job_timeout",
            "job_id": str(job.id),
            "attempts": 3,
            "last_worker": "worker-7",
        }
        result = get_today_board(caller=factories.make_caller(brand.tenant), brand_id=brand.id)
        assert result.state == TodayBoardState.ERROR
        assert result.error_code == GenerationErrorCode.STUCK_JOB_TIMEOUT

    def test_a_stuck_job_with_attempts_left_is_tried_again(self) -> None:
        job = self.stuck_job(factories.make_brand(), attempts=1)
        release_stale_jobs()
        job.refresh_from_db()
        assert job.status == JobStatus.PENDING
        assert not OpportunitiesBoard.objects.exists()
