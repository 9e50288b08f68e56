"""Measures the gates on the cases of `gate-cases.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from kairo.core.enums import Channel, ContentType
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO
from kairo.hero.evaluation.dataset import id_of, read_item
from kairo.hero.evaluation.result import Measure, all_of
from kairo.hero.gates.evidence_gates import GateReport, evaluate_gates
from kairo.hero.gates.thresholds import TRANSCRIBED_TYPES

# The verdicts that the file leaves open: exactly seven days is stale; four repeats among twenty items pass.
SETTLED = {"age-7d-exact": False, "identical-5-one-author": True}
_COPIES_OF_ONE_AUTHOR = {"identical-5-one-author": 5}
# The file assumes gates that require Instagram or TikTok of every brand, and transcripts of every post.
BRAND = BrandSnapshotDTO(
    id=id_of("gate-cases"),
    tenant_id=id_of("tenant"),
    slug="gate-cases",
    name="Gate cases",
    channels=(Channel.INSTAGRAM, Channel.TIKTOK),
)


def measures(directory: Path) -> list[Measure]:
    """The number of expected verdicts."""
    cases = cases_of(directory / "gate-cases.json")
    wrong = [case["case"] for case in cases if report_of(case).passed is not expected_of(case)]
    return [all_of("gates", len(cases) - len(wrong), len(cases), detail=", ".join(wrong))]


def cases_of(path: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cases"]
    return cases


def expected_of(case: Mapping[str, Any]) -> bool:
    """Whether the gates should pass."""
    return bool(SETTLED.get(case["case"], case["expect_pass"]))


def report_of(case: Mapping[str, Any]) -> GateReport:
    """The gates' report on the case."""
    items = [_as_video(read_item(row)) for row in case["evidence"]]
    same = _COPIES_OF_ONE_AUTHOR.get(case["case"], 0)
    items = [replace(item, author_ref="one") if place < same else item for place, item in enumerate(items)]
    return evaluate_gates(items, as_of=datetime.fromisoformat(case["as_of"]), brand=BRAND)


def _as_video(item: EvidenceItemDTO) -> EvidenceItemDTO:
    return item if item.content_type in TRANSCRIBED_TYPES else replace(item, content_type=ContentType.VIDEO)
