"""`python -m kairo.devstack COMMAND`: what ./dev runs once .venv is there."""

import os
import sys
from collections.abc import Sequence

from kairo.devstack import options
from kairo.devstack.checkout import COMMAND, IS_CHECKOUT, ROOT
from kairo.devstack.errors import DevstackError, Interrupted, sentence_for
from kairo.devstack.reset import reset_local_state
from kairo.devstack.run_tests import run_tests, run_with_servers
from kairo.devstack.running_stack import adopt_running_stack
from kairo.devstack.up import up

CHECKOUT_COMMANDS = ("up", "test", "servers", "setup")  # they read the Procfile, the lock files or the tests


def main(arguments: Sequence[str]) -> int:
    """Returns the exit code; an expected error prints one sentence to stderr."""
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
    if wanted.command in CHECKOUT_COMMANDS and not IS_CHECKOUT:
        raise DevstackError(
            f"`kairo {wanted.command}` runs in a checkout of Kairo, and this is an installed package: "
            "clone the repository and type ./dev up."
        )
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
            return 0  # setup: bootstrap has installed the packages by now


def manage(arguments: Sequence[str]) -> int:
    """manage.py on the running stack, in the caller's own folder: its arguments may be file names."""
    if not adopt_running_stack(os.environ):
        raise DevstackError(f"No stack runs here: start it with {COMMAND} up, or set DATABASE_URL.")
    os.execv(sys.executable, [sys.executable, str(ROOT / "manage.py"), *arguments])  # noqa: S606 - ours


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
