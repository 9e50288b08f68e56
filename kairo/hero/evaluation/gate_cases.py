"""The gates on the cases of `gate-cases.json`, the open ones as settled."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kairo.hero.evaluation.dataset import read_item
from kairo.hero.evaluation.result import Measure, all_of
from kairo.hero.gates import evaluate_gates

# The verdicts that the file leaves open: exactly seven days is stale; four repeats among twenty items pass.
SETTLED = {"age-7d-exact": False, "identical-5-one-author": True}
_COPIES_OF_ONE_AUTHOR = {"identical-5-one-author": 5}


def measures(directory: Path) -> list[Measure]:
    """How many verdicts are as expected."""
    cases = json.loads((directory / "gate-cases.json").read_text(encoding="utf-8"))["cases"]
    wrong = []
    for case in cases:
        items = [read_item(row) for row in case["evidence"]]
        same = _COPIES_OF_ONE_AUTHOR.get(case["case"], 0)
        items = [replace(item, author_ref="one") if place < same else item for place, item in enumerate(items)]
        expected = SETTLED.get(case["case"], case["expect_pass"])
        if evaluate_gates(items, as_of=datetime.fromisoformat(case["as_of"])).passed is not expected:
            wrong.append(case["case"])
    return [all_of("gates", len(cases) - len(wrong), len(cases), detail=", ".join(wrong))]
