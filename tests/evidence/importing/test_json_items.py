from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kairo.core.models import Brand
from kairo.evidence.models import NormalizedEvidenceItem
from tests.evidence.importing.commands import (
    rejected_rows,
    run_command,
)
from tests.evidence.records import a_record

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("whole", [lambda items: items, lambda items: {"items": items}], ids=["list", "items"])
def test_json_list_and_items_object_are_read(brand: Brand, tmp_path: Path, whole: Any, indent: int | None) -> None:
    file = tmp_path / "dataset.json"
    items = [a_record(external_id="1", metrics={"views": 12.0}), a_record(external_id="2", platform="orkut"), 7]
    file.write_text(json.dumps(whole(items), indent=indent))
    assert "3 read, 1 created, 0 updated, 0 unchanged, 0 duplicate, 2 rejected" in run_command(file)[0]
    assert [(row["line"], row["code"], row["row"]) for row in rejected_rows(file)] == [
        (2, "unknown_platform", items[1]),
        (3, "not_an_object", 7),
    ]
    assert NormalizedEvidenceItem.objects.get().views == 12


def test_json_that_is_cut_off_is_read_up_to_there(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "dataset.json"
    file.write_text(json.dumps([a_record(external_id="1"), a_record(external_id="2")])[:-40])
    assert "2 read, 1 created" in run_command(file)[0]
    assert [(row["line"], row["code"]) for row in rejected_rows(file)] == [(2, "not_json")]
