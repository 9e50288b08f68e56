"""Measures whether boards are equal, byte for byte, with another order of posts, time zone and process."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Sequence

import msgspec
from django.conf import ENVIRONMENT_VARIABLE, settings

from kairo.hero.engine.run_key import canonical
from kairo.hero.evaluation.result import Measure, all_of
from kairo.hero.evaluation.runs import Run, run_inputs, unlabelled
from kairo.hero.generation.inputs import Inputs

_ENVIRONMENTS = (("UTC", "0"), ("Asia/Kathmandu", "1"), ("America/St_Johns", "4242"))
_LIMIT_S = 300


def measures(runs: Sequence[Run]) -> list[Measure]:
    """The number of repetitions with equal bytes: two shuffles in this process, and three other processes."""
    expected = fingerprint(runs)
    same = [fingerprint([_shuffled(run, seed) for run in runs]) == expected for seed in (1, 2)]
    inputs = [run.inputs for run in runs if run.inputs is not None]
    expected_elsewhere = fingerprint([run for run in runs if run.inputs is not None])
    if inputs:
        same += [_fingerprint_in_process(inputs, zone, seed) == expected_elsewhere for zone, seed in _ENVIRONMENTS]
    return [all_of("reproducibility", sum(same), len(same))]


def fingerprint(runs: Sequence[Run]) -> str:
    """A hash of the results of all runs."""
    return _hash([run.answer for run in runs])


def fingerprint_of_inputs(inputs: bytes) -> str:
    """The fingerprint of runs with these inputs, which are JSON."""
    return _hash(
        [run_inputs(unlabelled(board), board).answer for board in msgspec.json.decode(inputs, type=list[Inputs])]
    )


def _hash(answers: Sequence[object]) -> str:
    return hashlib.sha256("\n".join(map(canonical, answers)).encode()).hexdigest()


def _shuffled(run: Run, seed: int) -> Run:
    evidence = list(run.board.evidence)
    random.Random(seed).shuffle(evidence)  # noqa: S311  a fixed shuffle, nothing secret
    return run.again(evidence=evidence)


def _fingerprint_in_process(inputs: Sequence[Inputs], zone: str, seed: str) -> str:
    """The fingerprint that a new process computes."""
    environment = {
        **os.environ,
        "TZ": zone,
        "PYTHONHASHSEED": seed,
        ENVIRONMENT_VARIABLE: settings.SETTINGS_MODULE,
    }
    completed = subprocess.run(  # noqa: S603  this interpreter and module
        [sys.executable, "-m", f"{__package__}.fingerprint"],
        input=msgspec.json.encode(inputs),
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        timeout=_LIMIT_S,
        check=True,
    )
    return completed.stdout.decode().strip()
