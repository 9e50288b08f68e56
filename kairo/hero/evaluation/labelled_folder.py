"""Reads a folder of labelled boards: brands.json, a file of posts for each brand, and the labels."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kairo.evidence.normalizing.dates import parse_datetime
from kairo.hero.evaluation.dataset import Label
from kairo.hero.evaluation.kinds import read_kind

BRANDS_FILE = "brands.json"
LABELS_FILES = ("labels.json", "labels-demo.json")
_MARK = timedelta(hours=6)
_Row = Mapping[str, Any]


class UnreadableFolder(ValueError):
    """A folder of labelled boards is invalid; the message names the file and the fault."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledSource:
    """One brand of a folder: its profile, its file of posts, and the label of each line of that file."""

    slug: str
    profile: _Row
    posts_file: Path
    labels_by_line: Mapping[int, Label]
    as_of: datetime


def has_labelled_boards(directory: Path) -> bool:
    """Whether the folder contains brands and labels."""
    return (directory / BRANDS_FILE).is_file() and any((directory / name).is_file() for name in LABELS_FILES)


def read_folder(directory: Path) -> list[LabelledSource]:
    """The labelled boards of a folder, in the order of its brands; a brand without a file of posts is left out.

    Raises:
        UnreadableFolder: a file is not JSON, a label has an unknown kind or names an unknown post, or a board has
            neither `as_of` nor a dated post.
    """
    content = _json(directory / BRANDS_FILE)
    entries: list[_Row] = content["brands"] if isinstance(content, dict) else content
    labels = _labels(next(directory / name for name in LABELS_FILES if (directory / name).is_file()))
    files = {entry["slug"]: file for entry in entries if (file := _posts_file(directory, entry["slug"]))}
    rows = {slug: _rows_by_line(file) for slug, file in files.items()}
    every = [row for by_line in rows.values() for row in by_line.values()]
    _refuse_unknown(labels, every, directory)
    whole = content.get("as_of") if isinstance(content, dict) else None
    return [
        LabelledSource(
            slug=entry["slug"],
            profile=entry,
            posts_file=files[entry["slug"]],
            labels_by_line={
                line: label
                for line, row in rows[entry["slug"]].items()
                if (label := labels.get(str(row.get("id"))) or labels.get(str(row.get("external_id"))))
            },
            as_of=_as_of(entry.get("as_of") or whole, every, directory),
        )
        for entry in entries
        if entry["slug"] in files
    ]


def described_moment(rows: Sequence[_Row]) -> datetime | None:
    """The time at which posts were gathered; None without dates.

    Their newest snapshot_at, otherwise the next 0:00, 6:00, 12:00 or 18:00 UTC after the newest published_at.
    """
    for field, mark in (("snapshot_at", timedelta(0)), ("published_at", _MARK)):
        moments = [parse_datetime(row[field])[0] for row in rows if row.get(field)]
        if moments:
            return _next_mark(max(moments)) if mark else max(moments)
    return None


def _next_mark(moment: datetime) -> datetime:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + -((midnight - moment) // _MARK) * _MARK


def _as_of(declared: object, rows: Sequence[_Row], directory: Path) -> datetime:
    if isinstance(declared, str):
        return parse_datetime(declared)[0]
    found = described_moment(rows)
    if found is None:
        raise UnreadableFolder(f"{directory / BRANDS_FILE} has no as_of, and no post has a date.")
    return found


def _labels(path: Path) -> dict[str, Label]:
    """Labels by the id or external_id of their post; a file has them under "labels" or at the top level."""
    content = _json(path)
    found = {}
    for reference, entry in content.get("labels", content).items():
        try:
            found[reference] = Label(topic=entry.get("topic") or None, kind=read_kind(entry["kind"]))
        except (KeyError, ValueError) as error:
            raise UnreadableFolder(f"{path}: {reference}: {error}.") from None
    return found


def _refuse_unknown(labels: Mapping[str, Label], rows: Sequence[_Row], directory: Path) -> None:
    known = {str(row.get(name)) for row in rows for name in ("id", "external_id")}
    if unknown := [reference for reference in labels if reference not in known]:
        raise UnreadableFolder(f"{directory}: no post has the label {unknown[0]} ({len(unknown)} such labels).")


def _posts_file(directory: Path, slug: str) -> Path | None:
    return next((path for name in (slug, f"demo-{slug}") if (path := directory / f"{name}.jsonl").is_file()), None)


def _rows_by_line(path: Path) -> dict[int, _Row]:
    lines = path.read_text(encoding="utf-8").split("\n")
    try:
        return {number: json.loads(line) for number, line in enumerate(lines, start=1) if line.strip()}
    except ValueError as error:
        raise UnreadableFolder(f"{path} is not JSON lines: {error}.") from None


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnreadableFolder(f"{path} is not JSON: {error}.") from None
