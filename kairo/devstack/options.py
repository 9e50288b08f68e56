"""The command line of ./dev. Standard library only: it runs before anything is installed."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from kairo.devstack.checkout import COMMAND, STATE

DEFAULT_PORT = 8000
HELP = f"""\
Runs Kairo on this machine; Python 3.11 or newer is all it needs.

  {COMMAND} up [--port N] [--no-demo]   run everything: PostgreSQL, Valkey, API, worker, demo brands
  {COMMAND} test [pytest args]          run the tests on throw-away servers
  {COMMAND} manage ARGS...              run manage.py against the running stack
  {COMMAND} reset                       drop the local database, queue, logs and secrets
  {COMMAND} setup [--dev]               only make .venv (up and test do it themselves)

`up` listens on 127.0.0.1:{DEFAULT_PORT}, or on PORT where that is set, and keeps its state in {STATE}.
`up` uses the servers that DATABASE_URL and REDIS_URL name, where they are set, and starts none. An empty
REDIS_URL means no Redis: `manage.py opportunities_worker` runs the jobs.
`test` uses throw-away servers, or those of KAIRO_TEST_DATABASE_URL and KAIRO_TEST_REDIS_URL. It leaves out
slow tests (add --faults) and tests that need Node.js 20 (add --clients).
KAIRO_NO_UV=1 makes .venv with venv and pip even where uv is installed.
"""


@dataclass(frozen=True, kw_only=True)
class Options:
    command: str
    rest: tuple[str, ...] = ()  # passed on to pytest or manage.py
    port: int | None = None  # None: PORT, or the default
    demo: bool = True
    dev_packages: bool = False


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535; this is {text!r}")
    return int(text)


def parse(arguments: Sequence[str]) -> Options:
    """Parses the arguments; prints help or an error and raises SystemExit where there is nothing to run."""
    if arguments and arguments[0] in ("test", "manage", "servers"):
        return Options(command=arguments[0], rest=tuple(arguments[1:]))
    parser = argparse.ArgumentParser(prog=COMMAND, add_help=False, usage=f"{COMMAND} COMMAND (see {COMMAND} --help)")
    parser.add_argument("-h", "--help", action="store_true")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    up = commands.add_parser("up", prog=f"{COMMAND} up", description="Run everything until Ctrl-C.")
    up.add_argument("--port", type=port_number, help=f"where the API listens (default {DEFAULT_PORT})")
    up.add_argument("--no-demo", action="store_true", help="bring no demo brands, token or board")
    commands.add_parser("reset", prog=f"{COMMAND} reset", description="Drop the local state.")
    setup = commands.add_parser("setup", prog=f"{COMMAND} setup", description="Make .venv and nothing else.")
    setup.add_argument("--dev", action="store_true", help="with the tools for tests, lint and types")
    found = parser.parse_args(arguments)
    if found.help or not found.command:
        (sys.stdout if found.help else sys.stderr).write(HELP)
        sys.exit(0 if found.help else 2)
    return Options(
        command=found.command,
        port=getattr(found, "port", None),
        demo=not getattr(found, "no_demo", False),
        dev_packages=getattr(found, "dev", False),
    )
