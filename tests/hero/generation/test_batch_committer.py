from __future__ import annotations

import ctypes
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection

from kairo.core.models import Brand
from kairo.hero.dto import BrandSnapshotDTO
from kairo.hero.enums import ReadyReason, TodayBoardState
from kairo.hero.generation.batch_committer import BatchCommitter
from kairo.hero.generation.make_board import GenerationOutcome
from kairo.hero.jobs.heartbeat import RunningAttempt
from kairo.hero.jobs.queue import Ending
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob
from kairo.hero.models.board_content import BoardContent
from tests.hero.jobs.rows import board, claimed, row

pytestmark = pytest.mark.django_db(transaction=True)


class Told:
    """What became of each attempt, by job id: its ending, or the name of what went wrong."""

    def __init__(self) -> None:
        self.of: dict[object, str] = {}
        self.storer = BatchCommitter(ended=self.ended, failed=self.failed)

    def ended(self, held: RunningAttempt, ending: Ending) -> None:
        self.of[held.lease.job_id] = ending.value

    def failed(self, held: RunningAttempt, error: BaseException) -> None:
        self.of[held.lease.job_id] = type(error).__name__


def made(held: RunningAttempt) -> GenerationOutcome:
    brand = Brand.objects.get(id=held.lease.brand_id)
    return GenerationOutcome(
        state=TodayBoardState.READY,
        ready_reason=ReadyReason.GATES_ONLY_NO_SYNTHESIS,
        as_of=datetime.now(tz=UTC),
        content=BoardContent(),
        brand=BrandSnapshotDTO(id=brand.id, tenant_id=brand.tenant_id, slug=brand.slug, name=brand.name),
    )


def transaction_of(held: RunningAttempt) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM hero_opportunitiesboard WHERE job_id = %s", [held.lease.job_id])
        return int(cursor.fetchone()[0])


def test_what_comes_while_one_is_being_stored_is_stored_together_next() -> None:
    told = Told()
    attempts = [RunningAttempt(claimed()) for _ in range(6)]
    outcomes = [made(held) for held in attempts]
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE hero_opportunitiesboard IN SHARE MODE")
        for held, outcome in zip(attempts, outcomes, strict=True):
            told.storer.put(held, outcome)
        time.sleep(0.3)
        assert not told.of
        cursor.execute("COMMIT")
    told.storer.wait()

    assert told.of == {held.lease.job_id: "stored" for held in attempts}
    assert all(row(held.lease.job_id).status == "succeeded" and board(held.lease.job_id) for held in attempts)
    assert len({transaction_of(held) for held in attempts}) <= 2, "each had one of its own"


def test_one_that_cannot_be_stored_or_was_lost_is_nobody_elses_harm() -> None:
    told = Told()
    good, refused, lost, also_good = attempts = [RunningAttempt(claimed()) for _ in range(4)]
    OpportunitiesJob.objects.filter(id=lost.lease.job_id).update(lease_token="00000000-0000-0000-0000-000000000001")
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE hero_opportunitiesboard IN SHARE MODE")
        for held in attempts:
            outcome = made(held)
            told.storer.put(held, replace(outcome, ready_reason=None) if held is refused else outcome)
        cursor.execute("COMMIT")
    told.storer.wait()

    assert told.of == {
        good.lease.job_id: "stored",
        refused.lease.job_id: "IntegrityError",
        lost.lease.job_id: "fenced",
        also_good.lease.job_id: "stored",
    }
    assert OpportunitiesBoard.objects.count() == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_died_is_replaced() -> None:
    told = Told()
    first, second = RunningAttempt(claimed()), RunningAttempt(claimed())
    told.storer.put(first, made(first))
    told.storer.wait()
    thread = told.storer._thread
    assert thread
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(SystemExit))

    # Interrupted as soon as it does something: what it was told to wait for is let go all the same.
    told.storer.wait()
    thread.join(10)
    assert not thread.is_alive()
    told.storer.put(second, made(second))
    told.storer.wait()

    assert told.of[second.lease.job_id] == "stored"
    assert threading.current_thread() is not told.storer._thread
