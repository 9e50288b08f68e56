"""Whether a board is the same, byte for byte, in another order, time zone and process."""

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

_PLACES = (("UTC", "0"), ("Asia/Kathmandu", "1"), ("America/St_Johns", "4242"))
_LIMIT_S = 300


def measures(runs: Sequence[Run]) -> list[Measure]:
    """How many of the repetitions give the same bytes: two shuffles here, three processes elsewhere."""
    expected = fingerprint(runs)
    same = [fingerprint([_shuffled(run, seed) for run in runs]) == expected for seed in (1, 2)]
    inputs = [run.inputs for run in runs if run.inputs is not None]
    expected_elsewhere = fingerprint([run for run in runs if run.inputs is not None])
    if inputs:
        same += [_elsewhere(inputs, zone, seed) == expected_elsewhere for zone, seed in _PLACES]
    return [all_of("reproducibility", sum(same), len(same))]


def fingerprint(runs: Sequence[Run]) -> str:
    """A hash over everything that was answered."""
    return _hash([run.answer for run in runs])


def fingerprint_of_inputs(inputs: bytes) -> str:
    """The fingerprint that runs of these inputs, as JSON, come to."""
    return _hash([run_inputs(unlabelled(one), one).answer for one in msgspec.json.decode(inputs, type=list[Inputs])])


def _hash(answers: Sequence[object]) -> str:
    return hashlib.sha256("\n".join(map(canonical, answers)).encode()).hexdigest()


def _shuffled(run: Run, seed: int) -> Run:
    evidence = list(run.board.evidence)
    random.Random(seed).shuffle(evidence)  # noqa: S311  a fixed shuffle, nothing secret
    return run.again(evidence=evidence)


def _elsewhere(inputs: Sequence[Inputs], zone: str, seed: str) -> str:
    """The fingerprint that a fresh process comes to."""
    environment = {
        **os.environ,
        "TZ": zone,
        "PYTHONHASHSEED": seed,
        ENVIRONMENT_VARIABLE: settings.SETTINGS_MODULE,
    }
    done = subprocess.run(  # noqa: S603  our own interpreter and module
        [sys.executable, "-m", f"{__package__}.fingerprint"],
        input=msgspec.json.encode(inputs),
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        timeout=_LIMIT_S,
        check=True,
    )
    return done.stdout.decode().strip()
