from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kairo.hero.evaluation.dataset import Label
from kairo.hero.evaluation.kinds import Kind
from kairo.hero.evaluation.labelled_folder import (
    UnreadableFolder,
    described_moment,
    has_labelled_boards,
    read_folder,
)
from tests.hero.evaluation.folders import LABELS, ROWS, write_folder


def test_folder_gives_each_line_its_label_by_external_id(tmp_path: Path) -> None:
    (source,) = read_folder(write_folder(tmp_path))
    assert source.slug == "plane-shop"
    assert source.posts_file == tmp_path / "plane-shop.jsonl"
    assert source.labels_by_line[1] == Label(topic="pull saw", kind=Kind.BURST)
    assert len(source.labels_by_line) == len(LABELS)


def test_folder_gives_labels_by_id_under_the_other_names_of_files_and_kinds(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "id": "ev_1"}, {**ROWS[1], "id": "ev_2"}]
    labels = {"ev_1": {"topic": "oil", "kind": "ever2"}, "ev_2": {"topic": "", "kind": "bg"}}
    write_folder(tmp_path, rows=rows, labels={"note": "x", "labels": labels})
    (tmp_path / "plane-shop.jsonl").rename(tmp_path / "demo-plane-shop.jsonl")
    (tmp_path / "labels.json").rename(tmp_path / "labels-demo.json")
    (source,) = read_folder(tmp_path)
    assert source.labels_by_line == {
        1: Label(topic="oil", kind=Kind.EVERGREEN),
        2: Label(topic=None, kind=Kind.BACKGROUND),
    }


def test_folder_counts_lines_as_an_import_does(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    posts = folder / "plane-shop.jsonl"
    posts.write_text("\n" + posts.read_text(encoding="utf-8"), encoding="utf-8")
    assert min(read_folder(folder)[0].labels_by_line) == 2


def test_folder_without_labels_or_brands_holds_no_labelled_board(tmp_path: Path) -> None:
    assert not has_labelled_boards(tmp_path)
    assert has_labelled_boards(write_folder(tmp_path))
    (tmp_path / "labels.json").unlink()
    assert not has_labelled_boards(tmp_path)


def test_folder_leaves_out_brands_without_posts(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    content = json.loads((folder / "brands.json").read_text(encoding="utf-8"))
    content["brands"].append({"slug": "no-posts", "name": "No posts"})
    (folder / "brands.json").write_text(json.dumps(content), encoding="utf-8")
    assert [source.slug for source in read_folder(folder)] == ["plane-shop"]


@pytest.mark.parametrize(
    ("declared", "of_brand", "expected"),
    [
        ("2026-03-10T09:30:00Z", None, datetime(2026, 3, 10, 9, 30, tzinfo=UTC)),
        ("2026-03-10T09:30:00Z", "2026-03-11T00:00:00Z", datetime(2026, 3, 11, tzinfo=UTC)),
        (None, None, datetime(2026, 3, 9, 18, tzinfo=UTC)),
    ],
)
def test_folder_takes_the_moment_of_the_brand_then_of_the_file_then_of_the_posts(
    tmp_path: Path, declared: str | None, of_brand: str | None, expected: datetime
) -> None:
    (source,) = read_folder(write_folder(tmp_path, as_of=declared, as_of_of_brand=of_brand))
    assert source.as_of == expected


def test_described_moment_is_the_snapshot_or_the_next_quarter_of_a_day_after_the_newest_post() -> None:
    assert described_moment([]) is None
    assert described_moment([{"published_at": "2026-11-30T01:12:00Z"}]) == datetime(2026, 11, 30, 6, tzinfo=UTC)
    assert described_moment([{"published_at": "2026-11-30T06:00:00Z"}]) == datetime(2026, 11, 30, 6, tzinfo=UTC)
    assert described_moment([{"published_at": "2026-11-29T22:48:00Z"}]) == datetime(2026, 11, 30, tzinfo=UTC)
    both = {"published_at": "2026-11-30T01:12:00Z", "snapshot_at": "2026-11-30T02:00:00Z"}
    assert described_moment([both]) == datetime(2026, 11, 30, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"labels": {"post-0": {"topic": "x", "kind": "brust"}}}, "'brust' is no kind of label"),
        ({"labels": {"post-0": {"topic": "x"}}}, "kind"),
        ({"labels": {"post-99": {"topic": "x", "kind": "burst"}}}, "post-99"),
        ({"rows": [{**ROWS[0], "published_at": None}], "labels": {}, "as_of": None}, "as_of"),
    ],
)
def test_folder_that_cannot_be_used_says_why(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(UnreadableFolder, match=said):
        read_folder(write_folder(tmp_path, **changes))


def test_folder_with_broken_json_says_which_file(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "plane-shop.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableFolder, match=r"plane-shop\.jsonl"):
        read_folder(folder)
    (folder / "labels.json").write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableFolder, match=r"labels\.json"):
        read_folder(folder)
