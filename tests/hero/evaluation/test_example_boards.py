from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kairo.hero.dto import AnglePartDTO, BrandMentionDTO
from kairo.hero.enums import AnglePartKind
from kairo.hero.evaluation import example_boards
from kairo.hero.evaluation.dataset import LabelledBoard
from kairo.hero.evaluation.runs import Run, run_board
from tests.hero.evaluation.folders import write_folder


def test_example_boards_show_angle_parts_and_brand_mentions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
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
