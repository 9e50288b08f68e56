import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kairo.devstack.checkout import ROOT, LocalState
from kairo.devstack.errors import DevstackError, DidNotStart, DiskFull, Interrupted
from kairo.devstack.locking import is_locked
from kairo.devstack.orphans import stop_orphans
from kairo.devstack.processes import is_alive
from kairo.devstack.stopping import with_run_id
from kairo.devstack.supervisor import Supervisor, environment

# Counts the SIGTERMs it gets, and takes half a second to leave after the first.
COUNTING = """
import pathlib, signal, sys, time
heard = []
signal.signal(signal.SIGTERM, lambda *_: heard.append(1))
print("ready", flush=True)
while not heard:
    time.sleep(0.01)
time.sleep(0.5)
pathlib.Path(sys.argv[1]).write_text(str(len(heard)))
"""
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
)
# Writes down when it left.
STAMPING = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("ready", flush=True)
try:
    time.sleep(600)
finally:
    time.sleep(0.2)
    pathlib.Path(sys.argv[1]).write_text(str(time.monotonic()))
"""
FILLING = "import pathlib; pathlib.Path('/dev/full').write_text('x')"
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"


def wait_until(condition: Callable[[], object], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def start(supervisor: Supervisor, folder: Path, code: str, *words: str, stage: int = 0, grace_s: float = 10) -> int:
    log = folder / f"{len(supervisor.children)}.log"
    argv = [sys.executable, "-c", code, *words]
    child = supervisor.start("child", argv, log=log, extra={}, stage=stage, grace_s=grace_s)
    wait_until(lambda: "ready" in log.read_text() or "ready" not in code)
    return child.process.pid


def test_stop_sends_each_process_one_signal(folder: Path) -> None:
    with Supervisor(run_id=folder) as supervisor:
        pid = start(supervisor, folder, COUNTING, str(folder / "count"))
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(Interrupted, match="SIGTERM"):
            supervisor.pause(5)
    assert (folder / "count").read_text() == "1"
    assert not is_alive(pid)


def test_stages_stop_one_after_another(folder: Path) -> None:
    with Supervisor(run_id=folder) as supervisor:
        start(supervisor, folder, STAMPING, str(folder / "server"), stage=2)
        start(supervisor, folder, STAMPING, str(folder / "client"), stage=0)
    assert float((folder / "server").read_text()) - float((folder / "client").read_text()) >= 0.2


def test_process_that_ignores_sigterm_is_killed_with_its_children(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Supervisor(run_id=folder) as supervisor:
        start(supervisor, folder, STUBBORN, grace_s=0.3)
        start(supervisor, folder, PARENT)
        wait_until(lambda: len(with_run_id(str(folder))) == 3)
    assert with_run_id(str(folder)) == []
    assert "child did not stop in time and was killed" in capsys.readouterr().out


def test_watch_reports_a_death_with_the_end_of_its_log(supervisor: Supervisor, folder: Path) -> None:
    code = "print('\\n'.join(f'line {n}' for n in range(100))); raise SystemExit(7)"
    start(supervisor, folder, code)
    with pytest.raises(DidNotStart, match=r"child exited with code 7\.") as death:
        wait_until(supervisor.watch)
    assert "line 99" in str(death.value)
    assert "line 50\n" not in str(death.value)


def test_run_returns_output_or_raises_the_reason(supervisor: Supervisor, folder: Path) -> None:
    with (folder / "answer").open("w+b") as answer:
        argv = [sys.executable, "-c", "import sys; print('out'); print('err', file=sys.stderr)"]
        supervisor.run("asking", argv, log=folder / "log", extra={}, answer_to=answer)
    assert (folder / "answer").read_text() == "out\n"
    assert (folder / "log").read_text() == "err\n"
    with pytest.raises(DevstackError, match="asking exited with code 3"):
        supervisor.run("asking", [sys.executable, "-c", "raise SystemExit(3)"], log=folder / "log", extra={})
    if Path("/dev/full").exists():
        with pytest.raises(DiskFull):
            supervisor.run("asking", [sys.executable, "-c", FILLING], log=folder / "full.log", extra={})


SUPERVISING = """
import sys, time
from pathlib import Path
from kairo.devstack.locking import try_lock
from kairo.devstack.supervisor import Supervisor
folder = Path(sys.argv[1])
lock = try_lock(folder / "up.lock")
with Supervisor(run_id=folder, pid_file=folder / "processes.json", lock=lock) as supervisor:
    supervisor.remove_at_end(folder / "throwaway")
    for code in sys.argv[2:]:
        log = folder / "child.log"
        supervisor.start("child", [sys.executable, "-c", code], log=log, extra={}, stage=0, grace_s=1)
    print("started", supervisor._watchdog.pid, flush=True)
    time.sleep(600)
"""


def supervise_elsewhere(folder: Path, *codes: str) -> tuple[subprocess.Popen[str], int]:
    """A supervisor in a process of its own, and its watchdog's id."""
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISING, str(folder), *codes],
        stdout=subprocess.PIPE,
        text=True,
        env=environment({}),
        cwd=ROOT,
    )
    assert process.stdout
    started, watchdog = process.stdout.readline().split()
    assert started == "started"
    return process, int(watchdog)


def test_watchdog_stops_everything_after_kill_9(folder: Path) -> None:
    (folder / "throwaway").mkdir()
    process, watchdog = supervise_elsewhere(folder, STUBBORN, PARENT)
    wait_until(lambda: len(with_run_id(str(folder))) == 3)
    process.kill()
    process.wait()
    assert is_locked(folder / "up.lock"), "a new run must wait until the old one's processes are gone"
    wait_until(lambda: not is_locked(folder / "up.lock"))
    assert with_run_id(str(folder)) == []
    assert not (folder / "throwaway").exists()
    wait_until(lambda: not is_alive(watchdog))


def test_watchdog_stops_workers_of_a_killed_master(folder: Path) -> None:
    process, watchdog = supervise_elsewhere(folder, PARENT)
    wait_until(lambda: len(with_run_id(str(folder))) == 2)
    (master,) = [pid for pid in with_run_id(str(folder)) if os.getpgid(pid) == pid]
    os.kill(master, signal.SIGKILL)
    process.kill()
    process.wait()
    wait_until(lambda: not is_alive(watchdog))
    assert with_run_id(str(folder)) == []


def test_next_run_stops_orphans_after_the_watchdog_was_killed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    process, watchdog = supervise_elsewhere(folder, STUBBORN, PARENT)
    wait_until(lambda: len(with_run_id(str(folder))) == 3)
    os.kill(watchdog, signal.SIGKILL)
    process.kill()
    process.wait()
    wait_until(lambda: not is_alive(watchdog))
    time.sleep(0.3)
    assert len(with_run_id(str(folder))) == 3
    stop_orphans(LocalState(folder))
    assert with_run_id(str(folder)) == []
    assert "stopping what it left" in capsys.readouterr().out


def test_orphans_do_not_include_another_process_with_a_recorded_id(folder: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    entry = {"name": "web", "pid": stranger.pid, "identity": "another boot/1/1", "stop_signal": 9, "stage": 0}
    (folder / "processes.json").write_text(json.dumps([{**entry, "grace_s": 0.1}]))
    stop_orphans(LocalState(folder))
    assert is_alive(stranger.pid)
    stranger.communicate(b"\n")
