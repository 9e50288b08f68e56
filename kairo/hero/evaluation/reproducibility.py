"""Whether a board is the same, byte for byte, in another order, time zone and process."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kairo.hero.evaluation.dataset import read_boards
from kairo.hero.evaluation.result import Measure, all_of
from kairo.hero.evaluation.runs import Run, run_board
from kairo.hero.synthesis.run_key import canonical

_PLACES = (("UTC", "0"), ("Asia/Kathmandu", "1"), ("America/St_Johns", "4242"))
_LIMIT_S = 120


def measures(directory: Path, runs: Sequence[Run]) -> list[Measure]:
    """How many of the repetitions give the same bytes: two shuffles here, three processes elsewhere."""
    expected = fingerprint(runs)
    same = [fingerprint([_shuffled(run, seed) for run in runs]) == expected for seed in (1, 2)]
    same += [_elsewhere(directory, zone, seed) == expected for zone, seed in _PLACES]
    return [all_of("reproducibility", sum(same), len(same))]


def fingerprint(runs: Sequence[Run]) -> str:
    """A hash over everything the engine answered."""
    return hashlib.sha256("\n".join(canonical(run.result) for run in runs).encode()).hexdigest()


def _shuffled(run: Run, seed: int) -> Run:
    evidence = list(run.board.evidence)
    random.Random(seed).shuffle(evidence)  # noqa: S311  a fixed shuffle, nothing secret
    return run_board(run.board, evidence=evidence)


def _elsewhere(directory: Path, zone: str, seed: str) -> str:
    """The fingerprint that a fresh process comes to."""
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
    done = subprocess.run(  # noqa: S603  our own interpreter and module
        [sys.executable, "-m", __name__, str(directory)],
        env=environment, capture_output=True, text=True, timeout=_LIMIT_S, check=True,
    )  # fmt: skip
    return done.stdout.strip()


if __name__ == "__main__":
    print(fingerprint([run_board(board) for board in read_boards(Path(sys.argv[1]))]))  # noqa: T201  its answer
