"""`./dev test`: starts throw-away servers, runs pytest in the foreground and returns its exit code."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kairo.devstack.checkout import ROOT
from kairo.devstack.servers import throwaway_servers
from kairo.devstack.supervisor import environment

EXTRA_WORKERS = 2  # more processes than cores: many tests wait for other processes
FAULTS = "--faults"
WHOLE_SUITE_OPTIONS = {FAULTS, "-q", "-v"}  # options that select no tests
MAX_WORKERS = 4  # the tests keep eight databases of Redis: one for each share, one for each share's processes


def run_tests(arguments: Sequence[str]) -> int:
    """Runs pytest with these arguments on throw-away servers; the exit code of the first run that failed."""
    runs = pytest_runs(arguments, cores=os.cpu_count() or 1)
    codes = [run_with_servers([sys.executable, "-m", "pytest", *run]) for run in runs]
    return next((code for code in codes if code), 0)


def pytest_runs(arguments: Sequence[str], *, cores: int) -> list[list[str]]:
    """The arguments of pytest, run by run.

    Everything is shared out over the cores; a choice of tests runs in one process, in order. The slow tests run in one
    process afterwards: they keep clocks of real processes, which would slow each other down.
    """
    if not WHOLE_SUITE_OPTIONS.issuperset(arguments):
        return [list(arguments)]
    # By scope, so that the tests of a class go on sharing their processes, and in the order of tests/conftest.py.
    shares = ["-n", str(min(cores + EXTRA_WORKERS, MAX_WORKERS)), "--dist", "loadscope", "--no-loadscope-reorder"]
    slow = [[*arguments, "-m", "slow"]] if FAULTS in arguments else []
    return [[*(option for option in arguments if option != FAULTS), *shares], *slow]


def run_with_servers(command: Sequence[str]) -> int:
    """Runs the command in the foreground with the servers' URLs in its environment; returns its exit code."""
    with throwaway_servers() as servers:
        extra = {
            **servers.as_environment(),
            "DJANGO_SETTINGS_MODULE": "kairo.settings",
            "KAIRO_ENV": "test",
            "KAIRO_SECRET_KEY": secrets.token_urlsafe(48),
            # Tests act from up to fifty threads at once; on a busy machine a smaller pool times out.
            "KAIRO_DATABASE_POOL_MAX_SIZE": "50",
        }
        if os.environ.get("PYTHONDONTWRITEBYTECODE"):
            # The tests start hundreds of processes, and compiling is half of a start: keep the files, in the venv.
            extra |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(sys.prefix) / "pycache")}
        with subprocess.Popen(command, cwd=ROOT, env=environment(extra)) as process:  # noqa: S603 - the caller's
            handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to the command as well
            signal.signal(signal.SIGTERM, lambda *_: process.terminate())
            code = process.wait()
            for number, handler in handlers.items():
                signal.signal(number, handler)
    return code if code >= 0 else 128 - code
