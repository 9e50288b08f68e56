import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from kairo.devstack.processes import identity, is_alive
from kairo.devstack.stopping import RUN_ID_VARIABLE, Process, kill_run, stop_in_stages, with_run_id

WAITING = "import signal, sys; print('ready', flush=True); signal.pause()"
IGNORING = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {WAITING}"


def started(code: str, *, run_id: str = "") -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, RUN_ID_VARIABLE: run_id},
    )
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    return child


def process_of(child: subprocess.Popen[str], *, grace_s: float) -> Process:
    return Process(
        name="child",
        pid=child.pid,
        identity=identity(child.pid),
        stop_signal=signal.SIGTERM,
        stage=0,
        grace_s=grace_s,
    )


def test_stop_in_stages_reports_the_process_that_exceeded_its_grace() -> None:
    polite, late = started(WAITING), started(IGNORING)
    killed: list[str] = []

    def collect() -> None:
        for child in (polite, late):
            child.poll()

    stop_in_stages(
        [process_of(polite, grace_s=30), process_of(late, grace_s=0.2)],
        collect=collect,
        on_killed=killed.append,
    )
    assert killed == ["child"]
    assert (polite.wait(), late.wait()) == (-signal.SIGTERM, -signal.SIGKILL)


def test_process_with_a_reused_id_is_not_running() -> None:
    child = started(WAITING)
    process = process_of(child, grace_s=1)
    assert process.is_running()
    child.kill()
    child.wait()
    assert not process.is_running()
    assert not replace(process, pid=os.getpid()).is_running()


def test_kill_run_kills_processes_of_this_run_id_alone(folder: Path) -> None:
    mine, other = started(WAITING, run_id=str(folder)), started(WAITING, run_id=f"{folder}-other")
    try:
        assert with_run_id(str(folder)) == [mine.pid]
        kill_run(str(folder))
        assert not is_alive(mine.pid)
        assert is_alive(other.pid)
    finally:
        for child in (mine, other):
            child.kill()
            child.wait()
