from __future__ import annotations

from pathlib import Path

import pytest

from kairo.core.models import Brand, Tenant
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.evaluation import reproducibility
from kairo.hero.evaluation.labelled_folder import UnreadableFolder, read_folder
from kairo.hero.evaluation.runs import run_inputs
from kairo.hero.evaluation.stored_boards import StoredBoard, gather_boards
from tests.hero.evaluation.folders import BRAND, ROWS, TEXTS, write_folder


def _stored(folder: Path) -> StoredBoard:
    (stored,) = gather_boards(read_folder(write_folder(folder)))
    return stored


@pytest.mark.django_db(transaction=True)
def test_stored_boards_are_gathered_from_the_database_and_leave_nothing_in_it(tmp_path: Path) -> None:
    stored = _stored(tmp_path)
    assert (stored.read, stored.rejected) == (len(ROWS), 0)
    assert stored.board.brand.name == BRAND["name"]
    assert len(stored.board.posts) == len(stored.board.evidence) == len(ROWS)
    assert stored.inputs.evidence == stored.board.evidence
    assert not Tenant.objects.exists()
    assert not Brand.objects.exists()
    assert not NormalizedEvidenceItem.objects.exists()


@pytest.mark.django_db
def test_stored_boards_keep_each_post_its_label(tmp_path: Path) -> None:
    board = _stored(tmp_path).board
    kinds = {item.external_id: board.labels[item.id].topic for item in board.evidence}
    assert kinds == {f"post-{number}": topic or None for number, (topic, _, _, _) in enumerate(TEXTS)}


@pytest.mark.django_db
def test_stored_boards_are_the_same_whenever_they_are_made(tmp_path: Path) -> None:
    """Dates stay as the files have them: a board does not depend on the day it is measured on."""
    first, second = _stored(tmp_path), _stored(tmp_path)
    assert [item.published_at for item in first.board.evidence] == [item.published_at for item in second.board.evidence]
    assert first.board.as_of == first.inputs.as_of == second.board.as_of


@pytest.mark.django_db
def test_stored_boards_count_what_an_import_rejects(tmp_path: Path) -> None:
    write_folder(tmp_path, rows=[*ROWS, {**ROWS[0], "external_id": "bad", "published_at": "no date"}])
    (stored,) = gather_boards(read_folder(tmp_path))
    assert (stored.read, stored.rejected) == (len(ROWS) + 1, 1)


@pytest.mark.django_db
def test_stored_boards_name_the_brand_that_cannot_be_imported(tmp_path: Path) -> None:
    write_folder(tmp_path)
    text = (tmp_path / "brands.json").read_text(encoding="utf-8").replace('"instagram", "youtube"', '"telegraph"')
    (tmp_path / "brands.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFolder, match=r"plane-shop.*telegraph"):
        gather_boards(read_folder(tmp_path))


@pytest.mark.django_db
def test_run_of_stored_board_passes_gates_engine_and_review_and_is_reproducible(tmp_path: Path) -> None:
    stored = _stored(tmp_path)
    run = run_inputs(stored.board, stored.inputs)
    assert run.failed_gates == ()
    assert run.kept
    (measure,) = reproducibility.measures([run])
    assert (measure.value, measure.passed) == ("5 of 5", True)


@pytest.mark.django_db
def test_run_of_too_few_posts_names_the_gate_and_has_no_idea(tmp_path: Path) -> None:
    stored = _stored(tmp_path)
    run = run_inputs(stored.board, stored.inputs).again(evidence=stored.board.evidence[:5])
    assert run.failed_gates[0] == "insufficient_items"
    assert run.kept == ()
