from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

PAGE = Path(__file__).parents[3] / "docs" / "examples" / "boards.md"


def test_the_page_says_what_the_engine_says() -> None:
    call_command("example_boards", check=True)


def test_every_demo_brand_has_its_ideas_on_it() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in ("Saltmoss Kitchen", "Ferrovolt Strength", "Ledgerloom", "Quillstack", "Nightbarrow Games"):
        _, _, board = page.partition(f"\n## {name}\n")
        assert "### 1. " in board.partition("\n## ")[0]


def test_another_page_is_noticed(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "kairo").symlink_to(settings.BASE_DIR / "kairo")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("example_boards", check=True)
    call_command("example_boards", stdout=StringIO())
    call_command("example_boards", check=True)
    assert (tmp_path / "docs" / "examples" / "boards.md").read_bytes() == PAGE.read_bytes()
