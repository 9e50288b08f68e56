from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kairo.core.models import Brand, Tenant
from tests.hero.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db

BRINE = {"slug": "brine", "name": "Brine"}
BREAD = {"slug": "bread", "name": "Bread"}


def run(content: bytes | object, tmp_path: Path, *options: str) -> tuple[str, str, str]:
    """The command's stdout, stderr and error message, "" on success."""
    file = tmp_path / "brands.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_brands", str(file), *options, stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""


@pytest.mark.parametrize("content", [{"brands": [BRINE], "note": "n"}, [BRINE], BRINE], ids=["object", "list", "one"])
def test_file_may_have_three_forms(content: object, tmp_path: Path) -> None:
    assert run(content, tmp_path) == ("demo: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected\n", "", "")
    assert run(content, tmp_path)[0] == "demo: 1 read, 0 created, 0 updated, 1 unchanged, 0 rejected\n"


def test_tenant_is_created_once(tmp_path: Path) -> None:
    run(BRINE, tmp_path)
    run([BRINE, BREAD], tmp_path)
    run(BRINE, tmp_path, "--tenant", "acme-foods")
    assert dict(Tenant.objects.values_list("slug", "name")) == {"demo": "Demo", "acme-foods": "Acme Foods"}
    assert Brand.objects.filter(tenant__slug="acme-foods").count() == 1


def test_invalid_brand_is_reported_and_the_others_are_stored(tmp_path: Path) -> None:
    out, err, error = run(
        [BRINE, {**BREAD, "channels": ["myspace"]}, 7, BRINE, {"slug": "jam", "name": "Jam"}], tmp_path
    )
    assert out == "demo: 5 read, 2 created, 0 updated, 0 unchanged, 3 rejected\n"
    assert err.splitlines() == [
        "brand 2 (bread): channels: myspace unknown; allowed are linkedin, x, youtube, instagram, tiktok, newsletter",
        "brand 3: brand must be an object; it is a number",
        "brand 4 (brine): slug brine appears twice; the first one counts",
    ]
    assert error == "3 of 5 brands were rejected."
    assert set(Brand.objects.values_list("slug", flat=True)) == {"brine", "jam"}


def test_dropped_parts_are_printed(tmp_path: Path) -> None:
    run({**BRINE, "pillars": [{"name": "Old"}], "personas": [{"name": "Cook"}]}, tmp_path)
    out, _, _ = run({**BRINE, "pillars": [], "personas": []}, tmp_path)
    assert out.splitlines() == [
        "brand 1 (brine): pillars switched off: Old",
        "brand 1 (brine): personas removed: Cook",
        "demo: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected",
    ]


def test_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    assert run(b"\xef\xbb\xbf" + json.dumps(BRINE).encode(), tmp_path)[2] == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{oops", "is not JSON"),
        (b"", "is not JSON"),
        (b'{"name": "\xff"}', "is not UTF-8"),
        (b"[" * 100_000, "is not JSON"),
        (b'"text"', "must hold"),
        (b'{"brands": {}}', "must hold"),
    ],
)
def test_invalid_file_is_one_error_and_creates_nothing(content: bytes, message: str, tmp_path: Path) -> None:
    out, err, error = run(content, tmp_path)
    assert (out, err) == ("", "")
    assert message in error
    assert not Tenant.objects.exists()


def test_missing_file_and_invalid_tenant_are_errors(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_brands", str(tmp_path / "none.json"))
    assert "slug" in run(BRINE, tmp_path, "--tenant", "a b")[2]


@needs_shared_data
def test_recorded_brands_are_imported(tmp_path: Path) -> None:
    assert run((SHARED_DATA / "brands.json").read_bytes(), tmp_path)[0].startswith("demo: 5 read, 5 created")
