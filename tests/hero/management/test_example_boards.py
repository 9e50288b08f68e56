from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from kairo.hero.dto import AnglePartDTO, BrandMentionDTO
from kairo.hero.enums import AnglePartKind
from kairo.hero.evaluation import example_boards
from kairo.hero.evaluation.dataset import LabelledBoard
from kairo.hero.evaluation.runs import Run, run_board
from tests.hero.evaluation.folders import write_folder

PAGE = Path(__file__).parents[3] / "docs" / "examples" / "boards.md"


def test_the_page_says_what_the_engine_says() -> None:
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
def test_every_brand_has_its_ideas_and_what_was_dropped_on_it(name: str) -> None:
    _, _, board = PAGE.read_text(encoding="utf-8").partition(f"\n## {name}\n")
    board = board.partition("\n## ")[0]
    assert "### 1. " in board
    assert "### Dropped" in board
    assert "### Pillars" in board


def test_page_shows_angle_parts_and_brand_mentions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_folder(tmp_path)
    (idea,) = [one.evidence_ids for one in _run(tmp_path).kept[:1]]

    def with_more(board: LabelledBoard) -> Run:
        run = run_board(board)
        part = AnglePartDTO(kind=AnglePartKind.HOOK, text="Open with a hook.", evidence_ids=idea[:1])
        mention = BrandMentionDTO(phrase="rusty planes", authors=2, window="../..", evidence_ids=idea[:2])
        kept = (replace(run.kept[0], angle_parts=(part,)), *run.kept[1:])
        return replace(run, kept=kept, mentions=(mention,), notes=("NO_BASELINE: since Monday.",))

    monkeypatch.setattr(example_boards, "run_board", with_more)
    page = example_boards.example_page([tmp_path])
    author = next(item.author_ref for item in _run(tmp_path).board.evidence if item.id == idea[0])
    assert f"- hook: Open with a hook. (shown by {author})" in page
    assert "### Brand mentions\n\n**rusty planes** · 2 authors" in page
    assert "- NO_BASELINE: since Monday." in page


def _run(folder: Path) -> Run:
    (example,) = example_boards.read_examples(folder)
    return run_board(
        LabelledBoard(
            brand=example.brand, as_of=example.as_of, evidence=example.evidence, labels={}, synthetic=frozenset()
        )
    )


def test_another_page_is_noticed(tmp_path: Path, settings: Settings) -> None:
    for name in ("kairo", "tests"):
        (tmp_path / name).symlink_to(settings.BASE_DIR / name)
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("example_boards", check=True)
    call_command("example_boards", stdout=StringIO())
    call_command("example_boards", check=True)
    assert (tmp_path / "docs" / "examples" / "boards.md").read_bytes() == PAGE.read_bytes()
