"""The command line of ./dev. Standard library only: it is read before anything is installed."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

DEFAULT_PORT = 8000
HELP = f"""\
Kairo on this machine; Python 3.11 or newer is all it needs.

  ./dev up [--port N] [--no-demo]   run everything: PostgreSQL, Valkey, API, worker, demo brands
  ./dev test [pytest args]          run the tests on throw-away servers
  ./dev manage ARGS...              run manage.py against the running stack
  ./dev reset                       drop the local database, queue, logs and secrets
  ./dev setup [--dev]               only make .venv (up and test do it themselves)

`up` listens on 127.0.0.1:{DEFAULT_PORT}, or on PORT where that is set, and keeps its state in .kairo/.
DATABASE_URL and REDIS_URL, where set, name servers of yours: `up` uses them and starts none. An empty
REDIS_URL means no Redis at all: jobs are then run by `manage.py opportunities_worker`.
`test` always uses throw-away servers; KAIRO_TEST_DATABASE_URL and KAIRO_TEST_REDIS_URL name others. It leaves out
what is slow (add --faults) and what needs Node.js 20 (add --clients).
KAIRO_NO_UV=1 makes .venv with venv and pip even where uv is installed.
"""


@dataclass(frozen=True, kw_only=True)
class Options:
    command: str
    rest: tuple[str, ...] = ()  # what goes on to pytest or manage.py as it is
    port: int | None = None  # None: PORT, or the default
    demo: bool = True
    dev_packages: bool = False


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535; this is {text!r}")
    return int(text)


def parse(arguments: Sequence[str]) -> Options:
    """Prints help or a complaint and leaves by SystemExit where there is nothing to run."""
    if arguments and arguments[0] in ("test", "manage", "servers"):
        return Options(command=arguments[0], rest=tuple(arguments[1:]))
    parser = argparse.ArgumentParser(prog="./dev", add_help=False, usage="./dev COMMAND (see ./dev --help)")
    parser.add_argument("-h", "--help", action="store_true")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    up = commands.add_parser("up", prog="./dev up", description="Run everything until Ctrl-C.")
    up.add_argument("--port", type=port_number, help=f"where the API listens (default {DEFAULT_PORT})")
    up.add_argument("--no-demo", action="store_true", help="bring no demo brands, token or board")
    commands.add_parser("reset", prog="./dev reset", description="Drop the local state of this checkout.")
    setup = commands.add_parser("setup", prog="./dev setup", description="Make .venv and nothing else.")
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
