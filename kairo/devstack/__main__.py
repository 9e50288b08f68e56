"""`python -m kairo.devstack COMMAND`: what ./dev runs once .venv is there."""

import os
import sys
from collections.abc import Sequence

from kairo.devstack import options
from kairo.devstack.checkout import ROOT
from kairo.devstack.errors import DevstackError, Interrupted, sentence_for
from kairo.devstack.reset import reset_local_state
from kairo.devstack.run_tests import run_tests, run_with_servers
from kairo.devstack.running_stack import adopt_running_stack
from kairo.devstack.up import up


def main(arguments: Sequence[str]) -> int:
    """The exit code; what goes wrong is said in one sentence on stderr."""
    wanted = options.parse(arguments)
    try:
        return run(wanted)
    except (DevstackError, Interrupted) as error:
        sys.stderr.write(f"kairo: {error}\n")
    except OSError as error:
        if (sentence := sentence_for(error)) is None:
            raise
        sys.stderr.write(f"kairo: {sentence}\n")
    return 1


def run(wanted: options.Options) -> int:
    match wanted.command:
        case "up":
            return up(wanted)
        case "test":
            return run_tests(wanted.rest)
        case "servers":
            return run_with_servers(wanted.rest)
        case "reset":
            return reset_local_state()
        case "manage":
            return manage(wanted.rest)
        case _:
            return 0  # setup: the packages are what was asked for, and they are here


def manage(arguments: Sequence[str]) -> int:
    """manage.py on the running stack, in the caller's own folder: its arguments may be file names."""
    if not adopt_running_stack(os.environ):
        raise DevstackError("No stack runs here: start it with ./dev up, or set DATABASE_URL.")
    os.execv(sys.executable, [sys.executable, str(ROOT / "manage.py"), *arguments])  # noqa: S606 - ours


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
