"""Measures which labelled stories boards contain: planted bursts, evergreens, taboo posts and brand crises."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from uuid import UUID

from kairo.core.enums import OpportunityType
from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.idea_types import MIN_COMPETITOR_POSTS, MIN_EVERGREEN_SPREAD
from kairo.hero.enums import RejectionCode
from kairo.hero.evaluation.aboutness import Story, share_a_word, stories_of, story_of
from kairo.hero.evaluation.kinds import PLANTED, SHARING_WORDS, TYPES_OF_KIND, Kind
from kairo.hero.evaluation.result import Measure, all_of, at_least, at_most, counted, listed, mean
from kairo.hero.evaluation.runs import Run

TOP = 3
MIN_IDEAS = 4
MIN_EVERGREENS_FOUND = 6 / 7
MIN_TABOOS_REFUSED = 0.9
_ONE_AUTHOR_KINDS = frozenset({Kind.CAMPAIGN, Kind.CAMPAIGN_BURST, Kind.COMPETITIVE})


def story_measures(runs: Sequence[Run]) -> list[Measure]:
    """The measures of bursts, evergreens, opportunities per board, taboo posts and brand mentions."""
    return [
        _planted(runs),
        _found(runs, "planted stories found, at any rank", PLANTED),
        _found(runs, "paraphrased stories found", frozenset({Kind.PARAPHRASED})),
        _evergreens(runs),
        _ideas_a_board(runs),
        *_taboos(runs),
        *_crises(runs),
    ]


def planted_rank(run: Run) -> int | None:
    """The rank, from 1, of the first candidate about a planted story with a type of such a story; None without one."""
    for rank, candidate in enumerate(run.kept, start=1):
        story = story_of(run.board, candidate)
        if story and story.kind in PLANTED and candidate.type in TYPES_OF_KIND[story.kind]:
            return rank
    return None


def has_planted(run: Run) -> bool:
    """Whether a planted story of several authors is labelled on the board."""
    return bool(_findable(run, PLANTED))


def found_topics(run: Run) -> set[str]:
    """The labelled topics of the board's candidates."""
    return {story.topic for candidate in run.kept if (story := story_of(run.board, candidate))}


def findable_topics(run: Run) -> set[str]:
    """The labelled topics whose posts share words and have enough authors."""
    return {story.topic for story in _findable(run, SHARING_WORDS)}


def crisis_posts(run: Run) -> dict[str, set[UUID]]:
    """The posts of each labelled crisis of the brand, by topic."""
    found: dict[str, set[UUID]] = {}
    for post, label in run.board.labels.items():
        if label.kind == Kind.CRISIS:
            found.setdefault(str(label.topic), set()).add(post)
    return found


def is_mentioned(run: Run, posts: set[UUID]) -> bool:
    """Whether a brand mention of the board cites at least half of these posts."""
    return any(2 * len(posts & set(mention.evidence_ids)) >= len(posts) for mention in run.mentions)


def refused_posts(run: Run) -> set[UUID]:
    """The posts that were rejected for a taboo. A candidate rejected for its own words cites several posts."""
    return {
        one.evidence_ids[0] for one in run.dropped if one.code == RejectionCode.TABOO and len(one.evidence_ids) == 1
    }


def posts_of_kind(run: Run, kind: Kind) -> set[UUID]:
    """The board's posts of this kind."""
    return {post for post, label in run.board.labels.items() if label.kind == kind}


def _planted(runs: Sequence[Run]) -> Measure:
    relevant = [run for run in runs if has_planted(run)]
    missed = [run.board.brand.slug for run in relevant if (planted_rank(run) or TOP + 1) > TOP]
    return all_of(
        f"boards with a planted burst in the top {TOP}",
        len(relevant) - len(missed),
        len(relevant),
        detail=_without(missed),
    )


def _found(runs: Sequence[Run], name: str, kinds: Collection[str]) -> Measure:
    topics = [(run, story.topic) for run in runs for story in _findable(run, kinds)]
    missed = [f"{run.board.brand.slug} {topic}" for run, topic in topics if topic not in found_topics(run)]
    return counted(name, len(topics) - len(missed), len(topics), detail=_without(missed))


def _evergreens(runs: Sequence[Run]) -> Measure:
    found = _found(runs, "evergreens found", frozenset({Kind.EVERGREEN}))
    total = sum(len(_findable(run, frozenset({Kind.EVERGREEN}))) for run in runs)
    right = int(found.value.split()[0])
    needed = math.ceil(MIN_EVERGREENS_FOUND * total - 1e-9)
    return all_of(found.name, right, total, needed=needed, detail=found.detail)


def _ideas_a_board(runs: Sequence[Run]) -> Measure:
    counts = {run.board.brand.slug: len(run.kept) for run in runs if len(findable_topics(run)) >= MIN_IDEAS}
    few = [f"{slug} {candidates}" for slug, candidates in counts.items() if candidates < MIN_IDEAS]
    detail = f"mean {mean([float(candidates) for candidates in counts.values()]):.1f}" + (
        f"; {listed(few)}" if few else ""
    )
    return all_of(
        f"boards with {MIN_IDEAS} ideas, of those with {MIN_IDEAS} topics",
        len(counts) - len(few),
        len(counts),
        detail=detail,
    )


def _taboos(runs: Sequence[Run]) -> list[Measure]:
    labelled = [(run, post) for run in runs for post in sorted(posts_of_kind(run, Kind.TABOO))]
    refused = sum(post in refused_posts(run) for run, post in labelled)
    false = sum(len(refused_posts(run) - posts_of_kind(run, Kind.TABOO)) for run in runs)
    texts = {item.id: item.text_primary for run in runs for item in run.board.posts}
    missed = [f"“{texts.get(post, '')[:60]}”" for run, post in labelled if post not in refused_posts(run)]
    share = refused / len(labelled) if labelled else 1.0
    detail = listed([f"{refused} of {len(labelled)}", *missed])
    return [
        at_least("taboo posts refused", share, MIN_TABOOS_REFUSED, detail=detail),
        at_most("posts refused without a taboo", false, 0),
    ]


def _crises(runs: Sequence[Run]) -> list[Measure]:
    crises = [(run, topic, posts) for run in runs for topic, posts in sorted(crisis_posts(run).items())]
    backing = sum(len(posts & _backing(run)) for run, _, posts in crises)
    missing = [f"{run.board.brand.slug} {topic}" for run, topic, posts in crises if not is_mentioned(run, posts)]
    return [
        at_most("crisis posts behind ideas", backing, 0),
        all_of("brand crises mentioned", len(crises) - len(missing), len(crises), detail=_without(missing)),
    ]


def _backing(run: Run) -> set[UUID]:
    """The evidence of all candidates except campaigns, whose posts may be about the brand."""
    return {
        post for candidate in run.kept if candidate.type != OpportunityType.CAMPAIGN for post in candidate.evidence_ids
    }


def _findable(run: Run, kinds: Collection[str]) -> list[Story]:
    """The stories of these kinds that words can reveal: two authors share a word, and an evergreen has its spread.

    A campaign of the brand needs one author, and a competitor two posts.
    """
    posts_of: dict[str, list[EvidenceItemDTO]] = {}
    for item in run.board.posts:
        label = run.board.labels.get(item.id)
        if label is not None and label.topic and label.kind in kinds:
            posts_of.setdefault(label.topic, []).append(item)
    stories = [story for story in stories_of(run.board).values() if story.kind in kinds and story.topic in posts_of]
    return [story for story in sorted(stories, key=lambda one: one.topic) if _is_findable(story, posts_of[story.topic])]


def _is_findable(story: Story, posts: Sequence[EvidenceItemDTO]) -> bool:
    if story.kind == Kind.CAMPAIGN or (story.kind in _ONE_AUTHOR_KINDS and len(posts) >= MIN_COMPETITOR_POSTS):
        return True
    dates = [item.published_at for item in posts if item.published_at]
    if story.kind == Kind.EVERGREEN and (not dates or max(dates) - min(dates) < MIN_EVERGREEN_SPREAD):
        return False
    return story.kind == Kind.PARAPHRASED or share_a_word(posts)


def _without(missed: Sequence[str]) -> str:
    return f"without {listed(missed)}" if missed else ""
