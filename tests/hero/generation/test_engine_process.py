"""An engine of any make runs in a process of its own. Whatever it does there, it leaves nothing at work."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kairo.core.enums import OpportunityType
from kairo.hero.dto import NamedRefDTO, WindowCountsDTO
from kairo.hero.generation import engine_process
from kairo.hero.generation.engine_answer import SynthesisFailed, SynthesisTimedOut
from kairo.hero.generation.engine_process import EnginePool
from kairo.hero.ports import DecisionDTO, SynthesisRequest, SynthesisResult
from kairo.observability.logs import bound
from tests.hero import builders
from tests.hero.services import engines

REQUEST = SynthesisRequest(
    as_of=builders.AS_OF, brand=builders.brand(), evidence=tuple(builders.plain_evidence()), time_limit_s=30.0
)


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EnginePool]:
    monkeypatch.setenv(engines.EVENTS, str(tmp_path))
    made = EnginePool()
    yield made
    made.end_idle()


def ask(pool: EnginePool, engine: type, request: SynthesisRequest = REQUEST) -> SynthesisResult:
    return pool.run(request, path=f"{engines.__name__}.{engine.__name__}", until=math.inf, check=lambda: None)


def stat(pid: int | str) -> list[str]:
    """State, parent and the rest, or nothing where there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def children() -> set[int]:
    """Processes that this one has started, dead ones that it has not waited for included."""
    pids = [entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return {int(pid) for pid in pids if stat(pid)[1:2] == [str(os.getpid())]}


def is_running(pid: int) -> bool:
    return not {"", "Z", "X"} & {"".join(stat(pid)[:1])}


def eventually(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


@pytest.fixture
def leaves_nothing(pool: EnginePool, tmp_path: Path) -> Iterator[None]:
    """Fails the test where a thread, a child process or a grandchild is left, or the next request is not answered."""
    threads, processes = set(threading.enumerate()), children()
    yield
    assert set(threading.enumerate()) <= threads
    assert children() == processes
    grandchild = tmp_path / "child"
    if grandchild.exists():
        eventually(lambda: not is_running(int(grandchild.read_text())), "the engine's own child lives on")
    assert ask(pool, engines.Obliging).engine == "obliging"


@pytest.mark.usefixtures("leaves_nothing")
class TestFailures:
    @pytest.mark.parametrize(
        "engine",
        [engines.Sleeping, engines.Looping, engines.Receiving, engines.HoldingTheInterpreter, engines.Spawning],
    )
    def test_engine_without_answer_is_killed_at_its_limit(self, pool: EnginePool, engine: type, tmp_path: Path) -> None:
        begun = tmp_path / "begun"
        for limit_s in (0.2, 1, 5, 25):  # a busy machine may need longer to begin
            with pytest.raises(SynthesisTimedOut, match=f"did not answer within {limit_s:g} s"):
                ask(pool, engine, replace(REQUEST, time_limit_s=limit_s))
            if begun.exists():
                break
        assert not is_running(int(begun.read_text()))

    @pytest.mark.parametrize(
        ("engine", "why"),
        [
            (engines.Raising, "The engine failed: KeyError."),
            (engines.Interrupting, "The engine failed: KeyboardInterrupt."),
            (engines.Exiting, "The engine failed: SystemExit."),
            (engines.LeavingThreads, "The engine failed: RuntimeError."),
            (engines.Leaving, "The engine's process ended with exit status 3."),
            (engines.Crashing, "The engine's process ended with SIGSEGV."),
            (engines.LeavingWhenBuilt, "The engine's process ended with exit status 4."),
            (engines.AnsweringNonsense, "The engine answered with list, not a SynthesisResult."),
            (engines.WithoutCandidates, "The engine's candidates cannot be read: TypeError."),
            (engines.Verbose, r"The engine's answer has 50,000,\d\d\d bytes, of which at most 16,777,216 are taken."),
            (engines.Boasting, "sent no answer: 1,000,000,000,000,000 bytes, of which at most 16,777,216 are taken."),
            (engines.Forging, r"sent no answer: os\.system is no part of an answer\."),
            (engines.Unstorable, "account of its answer cannot be stored"),
            (engines.Null, "NUL character"),
        ],
    )
    def test_failing_engine_is_a_failure_with_its_reason(self, pool: EnginePool, engine: type, why: str) -> None:
        with pytest.raises(SynthesisFailed, match=why) as failed:
            ask(pool, engine)
        assert not isinstance(failed.value, SynthesisTimedOut)
        assert "secret" not in str(failed.value)

    def test_forged_reply_runs_nothing(self, pool: EnginePool, tmp_path: Path) -> None:
        with pytest.raises(SynthesisFailed):
            ask(pool, engines.Forging)
        assert not (tmp_path / "harmed").exists()

    def test_trickling_reply_does_not_extend_the_limit(self, pool: EnginePool) -> None:
        with pytest.raises(SynthesisTimedOut):
            ask(pool, engines.Trickling, replace(REQUEST, time_limit_s=1))

    def test_deadline_of_the_engine_itself_is_a_timeout(self, pool: EnginePool) -> None:
        with pytest.raises(SynthesisTimedOut):
            ask(pool, engines.GivingUp)

    def test_start_that_hangs_ends_in_a_timeout(self, pool: EnginePool, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as shortly:
            shortly.setattr(engine_process, "START_LIMIT_S", 1)
            with pytest.raises(SynthesisTimedOut, match="did not start in time"):
                ask(pool, engines.Unstartable)

    def test_start_and_answer_end_with_what_the_job_has_left(self, pool: EnginePool) -> None:
        path = f"{engines.__name__}.Sleeping"
        with pytest.raises(SynthesisTimedOut):
            pool.run(REQUEST, path=path, until=time.monotonic() + 1, check=lambda: None)

    def test_caller_that_gives_up_kills_the_engine(self, pool: EnginePool, tmp_path: Path) -> None:
        class GivenUp(BaseException):
            pass

        def check() -> None:
            if (tmp_path / "begun").exists():
                raise GivenUp

        with pytest.raises(GivenUp):
            pool.run(REQUEST, path=f"{engines.__name__}.Looping", until=math.inf, check=check)
        assert not is_running(int((tmp_path / "begun").read_text()))

    def test_path_without_an_engine_is_the_settings_fault(self, pool: EnginePool) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"KAIRO_SYNTHESIZER names 'nowhere\.at\.all', which cannot"):
            pool.run(REQUEST, path="nowhere.at.all", until=math.inf, check=lambda: None)


def test_request_arrives_as_it_was_sent(pool: EnginePool) -> None:
    request = replace(
        REQUEST,
        brand=builders.brand(campaigns=(builders.campaign("Spring", "2026-03-01", "2026-04-01", "garden"),)),
        decisions=(
            DecisionDTO(concept_key="loaf", kind="pinned", at=builders.AS_OF, opportunity_type=OpportunityType.TREND),
        ),
        previous=(builders.opportunity(pillar=NamedRefDTO(id=builders.an_id("pillar"), name="Bread")),),
        counts=WindowCountsDTO(posts=9, authors=3, oldest_published_at=builders.AS_OF),
    )
    assert ask(pool, engines.Echoing, request).diagnostics == {"request": repr(request)}


def test_process_is_kept_for_the_next_request(pool: EnginePool) -> None:
    first, second = (ask(pool, engines.Obliging).diagnostics for _ in range(2))
    assert second == {"pid": first["pid"], "asked": 2}
    assert first["pid"] != os.getpid()


def test_engine_answers_within_the_workers_grace(pool: EnginePool) -> None:
    assert ask(pool, engines.Signalled) == engines.NOTHING


def test_idle_process_that_died_is_replaced(pool: EnginePool) -> None:
    first = ask(pool, engines.Obliging).diagnostics["pid"]
    assert isinstance(first, int)
    os.kill(first, signal.SIGKILL)
    eventually(lambda: not is_running(first), "it was killed")
    assert ask(pool, engines.Obliging).diagnostics["asked"] == 1


def test_process_of_another_engine_is_ended(pool: EnginePool) -> None:
    before = children()
    ask(pool, engines.Obliging)
    ask(pool, engines.Talking)
    assert len(children() - before) == 1


def test_threads_that_ask_together_have_a_process_each(pool: EnginePool) -> None:
    """And no more than that, however often they ask."""
    before, pids = children(), []

    def asking() -> None:
        pids.extend([ask(pool, engines.Obliging).diagnostics["pid"] for _ in range(3)])

    threads = [threading.Thread(target=asking) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 9
    assert len(children() - before) == len(set(pids)) <= 3


def test_output_and_logs_reach_standard_error(pool: EnginePool, capfd: pytest.CaptureFixture[str]) -> None:
    with bound(job_id="job-7", attempt=2):
        assert ask(pool, engines.Talking) == engines.NOTHING
    shown = capfd.readouterr()
    assert shown.out == ""
    for how in ("printed", "echoed", "written"):
        assert f"\n{how} by the engine\n" in "\n" + shown.err
    (logged,) = [line for line in shown.err.splitlines() if "logged by the engine" in line]
    assert "job_id=job-7" in logged
    assert "attempt=2" in logged


def test_traceback_of_the_engine_is_logged(pool: EnginePool, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SynthesisFailed), bound(job_id="job-8"):
        ask(pool, engines.Raising)
    logged = capfd.readouterr().err
    assert "secret detail of the engine" in logged
    assert "job_id=job-8" in logged


def test_forked_process_keeps_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its copies would keep the engine alive after the worker's death."""
    pool = engine_process.pool
    pid = ask(pool, engines.Obliging).diagnostics["pid"]
    assert isinstance(pid, int)
    read, write = os.pipe()
    if (forked := os.fork()) == 0:
        os.read(read, 1)
        os._exit(0)
    try:
        for process in pool._idle:
            process.close()  # what the death of this process would do
        eventually(lambda: not is_running(pid), "the fork holds the engine")
    finally:
        os.write(write, b"x")
        os.waitpid(forked, 0)
        pool.end_idle()


_WORKER = """
import math, os, signal, sys
import django
django.setup()
from kairo.hero.generation.engine_process import pool
from tests.hero.generation.test_engine_process import REQUEST
pool.run(REQUEST, path="tests.hero.services.engines." + sys.argv[1], until=math.inf, check=lambda: None)
"""


@pytest.mark.parametrize("engine", ["Looping", "HoldingTheInterpreter", "Spawning", "Unstartable"])
def test_engine_ends_with_a_worker_that_is_killed(engine: str, tmp_path: Path) -> None:
    environment = {**os.environ, engines.EVENTS: str(tmp_path), "DJANGO_SETTINGS_MODULE": "kairo.settings"}
    worker = subprocess.Popen([sys.executable, "-c", _WORKER, engine], env=environment)
    begun = tmp_path / ("building" if engine == "Unstartable" else "begun")
    eventually(begun.exists, "the engine did not begin")
    pids = [int((tmp_path / name).read_text()) for name in (begun.name, "child") if (tmp_path / name).exists()]
    assert all(is_running(pid) for pid in pids)
    worker.kill()
    worker.wait()
    for pid in pids:
        eventually(lambda pid=pid: not is_running(pid), "it outlived its worker")  # type: ignore[misc]  # bound early


def test_thread_ends_the_group_where_the_kernel_cannot() -> None:
    code = "import os; from kairo.hero.generation.engine_host import _kill_group_at_end_of as f; f(int(os.sys.argv[1]))"
    read, write = os.pipe()
    child = subprocess.Popen([sys.executable, "-c", code, str(read)], pass_fds=(read,), start_new_session=True)
    os.close(read)
    assert child.poll() is None
    os.close(write)
    assert child.wait(60) == -signal.SIGKILL
