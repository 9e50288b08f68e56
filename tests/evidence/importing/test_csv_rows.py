from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kairo.core.models import Brand
from kairo.evidence.models import NormalizedEvidenceItem
from tests.evidence.importing.commands import (
    rejected_rows,
    run_command,
)

pytestmark = pytest.mark.django_db


CSV_ROWS = [
    "platform,externalId,published_at,text_primary,hasTranscript,text_secondary,Hashtags,views,metrics.likes,more",
    'tiktok,1,2025-10-31T10:00:00Z,"Keep ""the"" brine, please\nand the lid",true,Do not pour,#Pickle #brine,900,,x',
    "tiktok,2,,,,,,many,-1,",
    "orkut,3,,,,,,,,",
    "tiktok,4,,,maybe,,,,,",
    "tiktok,5,,,,,,,,,,,too many",
]


@pytest.mark.parametrize(
    ("delimiter", "start", "encoded"),
    [(",", "", "utf-8"), (",", "\ufeff", "utf-8"), (";", "", "utf-8"), ("\t", "", "utf-8")],
    ids=["comma", "byte order mark", "semicolon", "tab"],
)
def test_csv_is_read_by_its_header(brand: Brand, tmp_path: Path, delimiter: str, start: str, encoded: str) -> None:
    rows = list(csv.reader(io.StringIO("\n".join(CSV_ROWS))))
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    file = tmp_path / "posts.csv"
    file.write_bytes((start + text.getvalue()).encode(encoded))
    out, err, _ = run_command(file)
    assert "5 read, 2 created, 0 updated, 0 unchanged, 0 duplicate, 3 rejected" in out
    first, second = NormalizedEvidenceItem.objects.order_by("external_id")
    assert (first.text_primary, first.has_transcript) == ('Keep "the" brine, please\nand the lid', True)
    assert (first.hashtags, first.views, first.likes) == (["pickle", "brine"], 900, None)
    assert first.published_at == datetime(2025, 10, 31, 10, tzinfo=UTC)
    assert (second.views, second.likes) == (None, None)
    assert "metrics.views is unknown: 'many' is not a count; metrics.likes is unknown: -1 is not a count" in err
    assert [(row["line"], row["code"]) for row in rejected_rows(file)] == [
        (5, "unknown_platform"),
        (6, "wrong_type"),
        (7, "not_csv"),
    ]


def test_csv_row_that_is_not_utf8_is_rejected_alone(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_bytes("platform,external_id,title\ntiktok,1,café\n".encode() + b"tiktok,2,caf\xe9\ntiktok,3,x\n")
    run_command(file)
    assert [(row["line"], row["code"]) for row in rejected_rows(file)] == [(3, "not_utf8")]
    assert NormalizedEvidenceItem.objects.get(external_id="1").title == "café"
    assert NormalizedEvidenceItem.objects.count() == 2
