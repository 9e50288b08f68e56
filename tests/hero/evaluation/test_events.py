"""Events in a month of headlines: a thousand posts and more, one author each, titles only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kairo.hero.evaluation.dataset import Label
from kairo.hero.evaluation.kinds import Kind
from kairo.hero.evaluation.labelled_folder import LabelledSource
from kairo.hero.evaluation.result import mean
from kairo.hero.evaluation.runs import Run, run_inputs
from kairo.hero.evaluation.stored_boards import gather_boards
from kairo.hero.ports import CandidateDTO
from tests.hero.evaluation.headlines import AS_OF, BRAND, make_month

MIN_EVENTS = 3
MIN_PRECISION = 0.9
MIN_POSTS = 3


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_events_are_found_among_a_thousand_headlines(tmp_path: Path, seed: int) -> None:
    run = _board_of_month(tmp_path, seed)
    assert len(run.board.posts) > 1_000
    assert run.failed_gates == ()
    best = {event: _best(run, event) for event in ("outage", "vulnerability", "acquisition", "model")}
    found = {event: precision for event, precision in best.items() if precision >= MIN_PRECISION}
    assert len(found) >= MIN_EVENTS, best
    assert mean([_share(run, idea, event) for idea in run.kept if (event := _event_of(run, idea))]) >= MIN_PRECISION


def test_events_of_headlines_are_equal_for_a_seed() -> None:
    month = make_month(1)
    assert month == make_month(1)
    assert month.posts != make_month(2).posts
    assert len(month.posts) > 1_000
    assert len({post["author_ref"] for post in month.posts}) == len(month.posts)
    assert len(month.events) == 4
    assert all(12 <= len(ids) <= 40 for ids in month.events.values())


def _board_of_month(folder: Path, seed: int) -> Run:
    """What the product makes of the month, stored and gathered as a job does."""
    month = make_month(seed)
    posts = folder / "posts.jsonl"
    posts.write_text("\n".join(map(json.dumps, month.posts)), encoding="utf-8")
    labels = {
        line: Label(topic=event, kind=Kind.BURST)
        for line, post in enumerate(month.posts, start=1)
        for event, ids in month.events.items()
        if post["external_id"] in ids
    }
    source = LabelledSource(slug=BRAND["slug"], profile=BRAND, posts_file=posts, labels_by_line=labels, as_of=AS_OF)
    (stored,) = gather_boards([source])
    return run_inputs(stored.board, stored.inputs)


def _share(run: Run, idea: CandidateDTO, event: str) -> float:
    topics = [run.board.labels[post].topic if post in run.board.labels else None for post in idea.evidence_ids]
    return topics.count(event) / len(topics)


def _event_of(run: Run, idea: CandidateDTO) -> str | None:
    """The event that at least half of an idea's posts are about."""
    events = {label.topic for label in run.board.labels.values()}
    return next((event for event in sorted(filter(None, events)) if _share(run, idea, event) >= 0.5), None)


def _best(run: Run, event: str) -> float:
    """The highest share of the event's posts in an idea that has three of them."""
    shares = [
        _share(run, idea, event) for idea in run.kept if _share(run, idea, event) * len(idea.evidence_ids) >= MIN_POSTS
    ]
    return max(shares, default=0.0)
