"""A program that waits to be let go."""

from __future__ import annotations

import subprocess
import sys


def begun(*words: str) -> subprocess.Popen[bytes]:
    """Has these words on its command line, and ends with a line on its input.

    It has surely begun: the kernel shows a program's words a moment after its parent may go on.
    """
    program = [sys.executable, "-c", "print(flush=True); input()", *words]
    process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    return process
