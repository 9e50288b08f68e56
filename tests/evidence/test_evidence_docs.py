"""What docs/evidence.md shows works as pasted, and what it lists is what there is."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from kairo.core.enums import ContentType, EvidenceFault, Platform
from kairo.evidence.models import NormalizedEvidenceItem
from schema.ids import global_id
from schema.schema import schema
from tests.factories import make_brand, make_tenant
from tests.schema.api import Api

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evidence.md").read_text()


def block(language: str, *, title: str) -> str:
    """The first block of code in this language under a heading."""
    found = re.search(rf"^```{language}\n(.*?)^```$", section(title), re.MULTILINE | re.DOTALL)
    assert found, (language, title)
    return found[1]


def section(title: str) -> str:
    return re.split(r"^## ", PAGE.split(f"## {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("format_", "rows"), [("jsonl", 2), ("csv", 1), ("json", 2)])
def test_each_format_is_imported_as_it_is_shown(tmp_path: Path, format_: str, rows: int) -> None:
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
def test_the_mutation_is_taken_as_it_is_shown() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    variables = json.loads(block("json", title="By GraphQL"))
    variables["input"]["brandId"] = global_id("Brand", brand.id)
    answer = api.data(block("graphql", title="By GraphQL"), **variables)["ingestEvidence"]
    assert (answer["created"], answer["outcomes"][0]["notes"]) == (1, [])


def test_every_field_and_no_other_is_listed() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", section("The fields of a post"), re.MULTILINE)
    shown = schema._schema.type_map["EvidenceItemInput"]
    assert [re.sub(r"_(\w)", lambda found: found[1].upper(), name) for name in listed] == list(shown.fields)  # type: ignore[attr-defined]  # an input


def test_every_platform_content_type_and_code_is_listed() -> None:
    fields = section("The fields of a post")
    assert all(f"`{value}`" in fields for value in (*Platform.values, *ContentType.values))
    listed = re.findall(r"`([A-Z_0-9]+)`", section("Why a record is rejected"))
    assert set(listed) == set(EvidenceFault.names)
