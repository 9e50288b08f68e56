from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

PAGE = Path(__file__).parents[4] / "docs" / "examples" / "boards.md"


def test_example_boards_page_is_up_to_date() -> None:
    call_command("example_boards", check=True)


@pytest.mark.parametrize(
    "name",
    [
        "Saltmoss Kitchen",
        "Ferrovolt Strength",
        "Ledgerloom",
        "Quillstack",
        "Nightbarrow Games",
        "Laubgrün",
        "Harbor Pine Credit Union",
        "Torrefazione Bruma",
    ],
)
def test_example_boards_page_has_every_brand(name: str) -> None:
    _, _, board = PAGE.read_text(encoding="utf-8").partition(f"\n## {name}\n")
    board = board.partition("\n## ")[0]
    assert "### 1. " in board
    assert "### Dropped" in board
    assert "### Pillars" in board


def test_example_boards_check_fails_on_another_page(tmp_path: Path, settings: Settings) -> None:
    for name in ("kairo", "tests"):
        (tmp_path / name).symlink_to(settings.BASE_DIR / name)
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("example_boards", check=True)
    call_command("example_boards", stdout=StringIO())
    call_command("example_boards", check=True)
    assert (tmp_path / "docs" / "examples" / "boards.md").read_bytes() == PAGE.read_bytes()
