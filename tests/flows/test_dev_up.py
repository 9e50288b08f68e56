"""./dev up as a newcomer meets it: in a checkout of its own, through the terminal, with real kills."""

import json
import os
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kairo.devstack.account import drop_shared_home
from kairo.devstack.checkout import ROOT, LocalState
from kairo.devstack.ports import LOOPBACK, free_port
from kairo.devstack.stopping import with_run_id

OURS = ("DATABASE_URL", "REDIS_URL", "KAIRO_SECRET_KEY", "KAIRO_ENV", "PORT", "KAIRO_DEMO_TOKEN", "KAIRO_STACK")
SETTLED = "Ctrl-C stops everything"


@dataclass(frozen=True)
class Checkout:
    """A copy of the code with a .kairo of its own."""

    root: Path

    @property
    def state(self) -> LocalState:
        return LocalState(self.root / ".kairo")

    def environment(self, **extra: str) -> dict[str, str]:
        bare = {name: value for name, value in os.environ.items() if name not in OURS}
        return {**bare, "PYTHONPATH": str(self.root), **extra}

    def dev(self, *arguments: str, **extra: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "kairo.devstack", *arguments],
            cwd=self.root,
            env=self.environment(**extra),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def ends(self, *arguments: str, **extra: str) -> tuple[int, str]:
        process = self.dev(*arguments, **extra)
        said, _ = process.communicate(timeout=180)
        return process.returncode, said

    def leftovers(self) -> list[int]:
        return with_run_id(str(self.state.folder))


@pytest.fixture(scope="module")
def checkout() -> Iterator[Checkout]:
    """In a folder that any account may enter, with a blank and an accent in its path."""
    above = Path(tempfile.mkdtemp(prefix="kairo-flow-", dir="/var/tmp" if os.geteuid() == 0 else None))
    above.chmod(0o755)
    root = above / "a checkøut"
    shutil.copytree(
        ROOT,
        root,
        ignore=shutil.ignore_patterns(
            ".git", ".venv", ".kairo", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__", "node_modules"
        ),
    )
    made = Checkout(root.resolve())
    yield made
    for pid in made.leftovers():
        os.kill(pid, signal.SIGKILL)
    if made.state.folder.exists():
        drop_shared_home(made.state)
    shutil.rmtree(above)


def wait_until_up(process: subprocess.Popen[str]) -> str:
    """What it said until it was up."""
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if SETTLED in line:
            return said
    pytest.fail(f"./dev up ended by itself:\n{said}")


def wait_until(condition: Callable[[], object], *, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def paste(line: str) -> Any:
    """The answer to a curl line; where there is no curl, to the request that it spells."""
    if shutil.which("curl"):
        return json.loads(subprocess.run(line, shell=True, capture_output=True, check=True, timeout=60).stdout)
    words = shlex.split(line)
    headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
    request = urllib.request.Request(words[2], words[words.index("-d") + 1].encode(), headers)
    return json.load(urllib.request.urlopen(request, timeout=60))


def curl_line(said: str) -> str:
    (line,) = [line for line in said.splitlines() if line.startswith("curl ")]
    return line


def test_up_refuses_a_taken_port(checkout: Checkout) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        code, said = checkout.ends("up", "--port", str(port))
    assert code == 1
    assert said == f"kairo: Port {port} is taken by another program: choose another with ./dev up --port N.\n"
    assert checkout.leftovers() == []


def test_manage_without_a_stack_says_how_to_get_one(checkout: Checkout) -> None:
    assert checkout.ends("manage", "check") == (
        1,
        "kairo: No stack runs here: start it with ./dev up, or set DATABASE_URL.\n",
    )


def test_up_serves_a_ready_board_and_recovers_from_kills(checkout: Checkout) -> None:
    port = str(free_port())

    # The first time, from nothing.
    first = checkout.dev("up", "--port", port)
    said = wait_until_up(first)
    board = paste(curl_line(said))["data"]["todayBoard"]
    assert board["state"] == "READY"
    assert len(board["opportunities"]) > 0
    services_file = checkout.state.folder / "services.json"
    services = json.loads(services_file.read_text())
    assert stat.S_IMODE(services_file.stat().st_mode) == 0o600
    assert services["api_url"] == f"http://127.0.0.1:{port}/graphql"
    for fact in ("api_url", "demo_token", "demo_brand_id"):
        assert services[fact] in said

    # manage.py in another terminal works on the running stack.
    other_terminal = subprocess.run(
        [sys.executable, checkout.root / "manage.py", "migrate", "--check"],
        cwd="/",
        env=checkout.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert other_terminal.returncode == 0, other_terminal.stderr

    # A second one, and a reset, say that there is one and touch nothing.
    code, refusal = checkout.ends("up", "--port", port)
    assert (code, refusal) == (
        1,
        f"kairo: ./dev up is already running here (process {first.pid}) at {services['api_url']}; "
        "nothing was touched.\n",
    )
    assert checkout.ends("reset")[0] == 1
    assert paste(curl_line(said))["data"]["todayBoard"]["state"] == "READY"

    # Ctrl-C.
    first.send_signal(signal.SIGINT)
    rest, _ = first.communicate(timeout=180)
    assert first.returncode == 0
    assert "all stopped" in rest
    assert "was killed" not in rest
    assert checkout.leftovers() == []
    assert not services_file.exists()
    worker_log = (checkout.state.logs / "worker.log").read_text()
    assert "Killing worker process" not in worker_log, "dramatiq got a second signal"

    # Again: the same token, the same data. Then everything is killed at once.
    second = checkout.dev("up", "--port", port)
    again = wait_until_up(second)
    assert curl_line(again) == curl_line(said)
    assert paste(curl_line(again))["data"]["todayBoard"] == board
    os.kill(second.pid, signal.SIGSTOP)  # so that it sees nothing of what dies first
    for pid in checkout.leftovers():
        os.kill(pid, signal.SIGKILL)
    second.kill()
    second.communicate()

    # After that, without any Redis. Then the supervisor alone is killed.
    third = checkout.dev("up", "--port", port, REDIS_URL="")
    without_redis = wait_until_up(third)
    assert "jobs are run by `manage.py opportunities_worker`" in without_redis
    assert json.loads(services_file.read_text())["redis_url"] is None
    assert paste(curl_line(said))["data"]["todayBoard"]["state"] == "READY"
    assert regenerated(services)["opportunities"] != []
    third.kill()
    third.communicate()
    wait_until(lambda: not checkout.leftovers())
    wait_until(lambda: not socket_answers(int(port)))

    # Reset drops all of it.
    code, _ = checkout.ends("reset")
    assert code == 0
    assert not checkout.state.folder.exists()


def test_up_ends_when_a_process_dies_and_shows_its_log(checkout: Checkout) -> None:
    process = checkout.dev("up", "--no-demo", "--port", str(free_port()))
    said = wait_until_up(process)
    assert "demo" not in said.replace("--no-demo", "")
    services = json.loads((checkout.state.folder / "services.json").read_text())
    assert (services["demo_token"], services["demo_brand_id"]) == (None, None)
    pid_file = json.loads((checkout.state.folder / "processes.json").read_text())
    (worker,) = [entry["pid"] for entry in pid_file if entry["name"] == "worker"]
    wait_until((checkout.state.logs / "worker.log").read_text)
    os.kill(worker, signal.SIGKILL)
    rest, _ = process.communicate(timeout=180)
    assert process.returncode == 1
    assert "kairo: worker was killed by SIGKILL.\n--- the end of " in rest
    assert checkout.leftovers() == []


@pytest.mark.slow
def test_up_waits_for_a_slow_worker_and_starts_with_a_board_that_is_not_ready(checkout: Checkout) -> None:
    # A worker that has not booted yet.
    first = checkout.dev("up", "--port", str(free_port()))
    worker = started(checkout, "worker")
    os.kill(worker, signal.SIGSTOP)
    said = ""
    assert first.stdout
    while "demo board" not in said:
        line = first.stdout.readline()
        assert line, f"./dev up ended by itself:\n{said}"
        said += line
    assert "demo board … waiting for the worker to boot" in said
    os.kill(worker, signal.SIGCONT)
    said += wait_until_up(first)
    assert "demo board: READY" in said

    # An error board, of a brand that gets no new ones.
    brand_id = json.loads((checkout.state.folder / "services.json").read_text())["demo_brand_id"]
    spoil = f"""
from django.utils import timezone
from kairo.core.models import Brand
from kairo.hero.models import OpportunitiesBoard
Brand.objects.filter(id="{brand_id}").update(archived_at=timezone.now())
OpportunitiesBoard.objects.create(
    brand_id="{brand_id}", state="error", remediation="Try it again.", error_code="internal"
)
"""
    code, refusal = checkout.ends("manage", "shell", "-c", spoil)
    assert code == 0, refusal
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=180)
    second = checkout.dev("up", "--port", str(free_port()))
    again = wait_until_up(second)
    assert "demo board: ERROR: Try it again. No new board was started: The brand is archived." in again
    regenerate, shown = [line for line in again.splitlines() if line.startswith("curl ")]
    assert paste(shown)["data"]["todayBoard"]["state"] == "ERROR"
    assert paste(regenerate)["data"]["regenerateTodayBoard"]["__typename"] == "ConflictProblem"
    second.send_signal(signal.SIGINT)
    second.communicate(timeout=180)
    assert second.returncode == 0
    assert checkout.ends("reset")[0] == 0


def started(checkout: Checkout, name: str) -> int:
    """The process of this name, as soon as it has been started."""
    pid_file = checkout.state.folder / "processes.json"

    def found() -> list[int]:
        processes = json.loads(pid_file.read_text()) if pid_file.exists() else []
        return [process["pid"] for process in processes if process["name"] == name]

    wait_until(found)
    return found()[0]


def regenerated(services: dict[str, Any]) -> Any:
    """The demo brand's board after a new generation by whoever runs the jobs."""

    def ask(query: str) -> Any:
        body = {"query": query, "variables": {"b": services["demo_brand_id"]}}
        request = urllib.request.Request(
            services["api_url"],
            json.dumps(body).encode(),
            {"Authorization": f"Bearer {services['demo_token']}", "Content-Type": "application/json"},
        )
        return json.load(urllib.request.urlopen(request, timeout=60))["data"]

    generated = "query($b: ID!) { todayBoard(brandId: $b) { state opportunities { id } meta { generatedAt } } }"
    before = ask(generated)["todayBoard"]["meta"]["generatedAt"]
    ask("mutation($b: ID!) { regenerateTodayBoard(input: {brandId: $b}) { __typename } }")
    boards: list[Any] = []

    def is_new() -> bool:
        boards.append(ask(generated)["todayBoard"])
        return bool(boards[-1]["state"] == "READY" and boards[-1]["meta"]["generatedAt"] != before)

    wait_until(is_new)
    return boards[-1]


def socket_answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0
