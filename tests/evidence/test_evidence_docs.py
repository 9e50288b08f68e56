"""The examples of docs/evidence.md work as pasted, and its lists are complete."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from kairo.core.enums import ContentType, Platform
from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.enums import GateCode
from kairo.hero.gates import thresholds as t
from schema.ids import global_id
from schema.schema import schema
from tests.factories import make_brand, make_tenant
from tests.schema.api import Api

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evidence.md").read_text()


def block(language: str, *, title: str) -> str:
    """Returns the first block of code in this language under a heading."""
    found = re.search(rf"^```{language}\n(.*?)^```$", section(title), re.MULTILINE | re.DOTALL)
    assert found, (language, title)
    return found[1]


def section(title: str) -> str:
    return re.split(r"^## ", PAGE.split(f"## {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("format_", "rows"), [("jsonl", 2), ("csv", 1), ("json", 2)])
def test_docs_formats_can_be_imported(tmp_path: Path, format_: str, rows: int) -> None:
    make_brand(make_tenant("acme"), slug="brine")
    file = tmp_path / f"posts.{format_}"
    file.write_text(block(format_, title="From files"))
    out, err = StringIO(), StringIO()
    call_command("import_evidence", str(file), "--tenant", "acme", "--brand", "brine", stdout=out, stderr=err)
    assert (f"{rows} read, {rows} created" in out.getvalue(), err.getvalue()) == (True, "")
    if format_ != "json":
        post = NormalizedEvidenceItem.objects.get(external_id="7001")
        assert (post.views, post.likes, post.has_transcript) == (900, 90, True)
        assert "picklebrine" in post.hashtags


@pytest.mark.django_db
def test_docs_mutation_can_be_executed() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    variables = json.loads(block("json", title="By GraphQL"))
    variables["input"]["brandId"] = global_id("Brand", brand.id)
    answer = api.data(block("graphql", title="By GraphQL"), **variables)["ingestEvidence"]
    assert (answer["created"], answer["outcomes"][0]["notes"]) == (1, [])


def test_docs_list_every_field() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", section("The fields of a post"), re.MULTILINE)
    shown = schema._schema.type_map["EvidenceItemInput"]
    assert [re.sub(r"_(\w)", lambda found: found[1].upper(), name) for name in listed] == list(shown.fields)  # type: ignore[attr-defined]  # an input


def test_docs_list_every_platform_content_type_and_code() -> None:
    fields = section("The fields of a post")
    assert all(f"`{value}`" in fields for value in (*Platform.values, *ContentType.values))
    listed = re.findall(r"`([A-Z_0-9]+)`", section("Why a record is rejected"))
    assert set(listed) == set(RecordErrorCode.names)


def test_docs_list_every_gate_with_its_numbers() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", section("Is it enough?"), re.MULTILINE))
    numbers = {
        GateCode.INSUFFICIENT_ITEMS: [t.MIN_EVIDENCE_ITEMS],
        GateCode.INSUFFICIENT_TEXT_ITEMS: [t.MIN_TEXT_ITEMS],
        GateCode.MISSING_REQUIRED_PLATFORMS: [],
        GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE: [round(t.MIN_TRANSCRIPT_COVERAGE * 100)],
        GateCode.STALE_EVIDENCE: [t.FRESHNESS_WINDOW.days],
        GateCode.INSUFFICIENT_TEXT_LENGTH: [t.MIN_LONG_TEXT_ITEMS, t.LONG_TEXT_CHARS],
        GateCode.INSUFFICIENT_AUTHOR_DIVERSITY: [t.MIN_AUTHORS],
        GateCode.INSUFFICIENT_URL_DIVERSITY: [t.MIN_DISTINCT_URLS],
        GateCode.TOO_MANY_DUPLICATES: [round(t.MAX_DUPLICATE_SHARE * 100), t.ENOUGH_DISTINCT_ITEMS],
        GateCode.INSUFFICIENT_CONTENT: [round(t.MIN_CONTENT_SHARE * 100), t.ENOUGH_CONTENT_ITEMS],
    }
    assert list(rows) == [code.name for code in GateCode]
    assert {name: [int(found) for found in re.findall(r"\d+", text)] for name, text in rows.items()} == {
        code.name: expected for code, expected in numbers.items()
    }
    assert all(f"`{type_.name}`" in rows["INSUFFICIENT_TRANSCRIPT_COVERAGE"] for type_ in t.TRANSCRIBED_TYPES)
    window = section("Is it enough?").replace(",", "")
    assert all(f"{number}" in window for number in (t.EVIDENCE_CAP, t.RECENT_CAP, t.EVIDENCE_WINDOW.days))
