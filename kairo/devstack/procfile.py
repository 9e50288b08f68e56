"""Reads the commands of the Procfile, so that `up` runs what a platform runs."""

import shlex
import sys
from pathlib import Path

from kairo.devstack.checkout import ROOT


def procfile_commands(path: Path = ROOT / "Procfile") -> dict[str, list[str]]:
    """Returns each process type with its arguments; `python` becomes this interpreter."""
    commands = {}
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, command = line.partition(":")
        words = shlex.split(command)
        commands[name.strip()] = [sys.executable if word == "python" else word for word in words]
    return commands
