"""Measures whether topics, without a brand, find known events among a month of videos of eleven countries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from kairo.hero.engine import tokenized_posts
from kairo.hero.engine.baseline import counts_of
from kairo.hero.engine.topic_search import find_topics
from kairo.hero.engine.topics import Topic, TopicSearch
from kairo.hero.engine.window_days import window_days
from kairo.hero.evaluation.dataset import id_of, read_item, read_rows
from kairo.hero.evaluation.result import Measure, all_of, at_least, mean

EVENTS_FILE = "known-events-youtube-2018-11.json"
EVIDENCE_FILE = "evidence-youtube-2018.jsonl"
WANTED = ("apple october event", "diwali", "brazil election", "halloween")
MIN_EVENTS = 3
MIN_BURST_AUTHORS = 3
MIN_PRECISION = 0.9


def measures(directory: Path) -> list[Measure]:
    """The recall of the WANTED events by topics of MIN_BURST_AUTHORS authors or more, and their purity."""
    known = json.loads((directory / EVENTS_FILE).read_text(encoding="utf-8"))
    events = {event["event"]: frozenset(map(id_of, event["evidence_ids"])) for event in known["events"]}
    items = [read_item(row) for row in read_rows(directory / EVIDENCE_FILE)]
    as_of = datetime.fromisoformat(known["as_of"])
    topics: list[Topic] = []

    def keep(topic: Topic) -> bool:
        topics.append(topic)
        return False

    board = TopicSearch(
        posts=tokenized_posts.tokenize_posts(items),
        keywords=frozenset(),
        long_keywords=frozenset(),
        trade=frozenset(),
        fits=lambda found: True,
        days=window_days(items, counts_of(items, as_of=as_of), as_of=as_of),
        as_of=as_of,
    )
    find_topics(board, accept=keep)
    best = {event: _best(topics, events, event) for event in WANTED if event in events}
    found = [event for event, precision in best.items() if precision >= MIN_PRECISION]
    return [
        all_of("event recall", len(found), len(best), needed=min(MIN_EVENTS, len(best)), detail=", ".join(found)),
        at_least("event precision", mean([best[event] for event in found]), MIN_PRECISION),
    ]


def _best(topics: list[Topic], events: Mapping[str, frozenset[UUID]], event: str) -> float:
    """The purity of the topic with most posts of the event among those of MIN_PRECISION, or the highest purity."""
    purities = []
    for topic in topics:
        ids = {member.id for member in topic.members}
        hits = len(ids & events[event])
        if topic.authors >= MIN_BURST_AUTHORS and hits >= MIN_BURST_AUTHORS:
            purity = hits / len(ids)
            purities.append((purity >= MIN_PRECISION, hits, purity))
    return max(purities)[2] if purities else 0.0
