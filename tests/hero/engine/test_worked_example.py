"""The worked example in docs/engine.md, computed again from the demo's posts."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.engine.claims import why_unproven
from kairo.hero.enums import ScorePartName
from kairo.hero.evaluation.dataset import read_brand, read_item, read_rows
from kairo.hero.ports import CandidateDTO, SynthesisRequest

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "kairo" / "demo"
PAGE = re.sub(r"\s+", " ", (ROOT / "docs" / "engine.md").read_text(encoding="utf-8").replace("> ", ""))


def request() -> SynthesisRequest:
    content = json.loads((DEMO / "brands.json").read_text(encoding="utf-8"))
    (raw,) = [one for one in content["brands"] if one["slug"] == "ferrovolt-strength"]
    for kind in ("pillars", "personas"):
        raw[kind] = [{"id": f"{kind}:{part['name']}", **part} for part in raw[kind]]
    evidence = tuple(read_item(row) for row in read_rows(DEMO / "evidence" / "ferrovolt-strength.jsonl"))
    return SynthesisRequest(as_of=datetime.fromisoformat(content["as_of"]), brand=read_brand(raw), evidence=evidence)


@pytest.fixture(scope="module")
def idea() -> CandidateDTO:
    return BuiltinSynthesizer().synthesize(request()).candidates[0]


def test_worked_example_has_title_score_and_why_now_of_the_page(idea: CandidateDTO) -> None:
    assert f"**{idea.title}** ({idea.score})" in PAGE
    assert idea.why_now in PAGE


def test_worked_example_parts_add_up_as_the_page_says(idea: CandidateDTO) -> None:
    for part in idea.score_parts:
        assert f"*{ScorePartName(part.part).value} {part.points}* = {part.rule}" in PAGE
    assert " + ".join(str(part.points) for part in idea.score_parts) + f" = {idea.score}." in PAGE


def test_worked_example_claims_are_the_pages_and_are_proven(idea: CandidateDTO) -> None:
    asked = request()
    evidence = {item.id: item for item in asked.evidence}
    for claim in idea.claims:
        assert why_unproven(claim, evidence=evidence, as_of=asked.as_of, brand=asked.brand) is None
        assert f"`{claim.metric}` = {claim.value}" in PAGE
    assert f"over {idea.claims[0].window}" in PAGE
    views = sorted(str(evidence[found].metrics.views) for found in idea.claims[1].evidence_ids)
    addends = re.search(r"`views` = 2650100 = ([\d, +]+)\.", PAGE)
    assert addends is not None
    assert sorted(number.replace(",", "") for number in addends.group(1).split(" + ")) == views
