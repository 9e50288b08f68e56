"""The phrases to count over all stored posts when a board reads a sample."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO
from kairo.hero.engine.bursts import MIN_BURST_AUTHORS, RECENT_WINDOWS
from kairo.hero.engine.claims import author_key
from kairo.hero.engine.phrases import phrases
from kairo.hero.text.languages import detect
from kairo.hero.text.words import tokenize

MOST_PHRASES = 200
MOST_SPELLINGS = 8


def phrases_to_count(
    items: Sequence[EvidenceItemDTO], *, brand: BrandSnapshotDTO, as_of: datetime
) -> Mapping[str, tuple[str, ...]]:
    """The keys of words that may be bursting, each with its spellings as posts write it, at most 200.

    These are words and hashtags that three authors of the longest burst window use. How often they were said earlier is
    then counted over all posts. Phrases of several words are judged by the sample: it keeps their proportions.
    """
    start = as_of - max(RECENT_WINDOWS)
    authors: defaultdict[str, set[str]] = defaultdict(set)
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        text = tokenize(f"{item.title}\n{item.text_primary} {' '.join(f'#{tag}' for tag in item.hashtags)}")
        language = detect([word.folded for word in text.words if not word.hashtag], likely=brand.languages)
        recent = item.published_at is not None and start <= item.published_at <= as_of
        for phrase in phrases(text, language):
            if phrase.size == 1:
                spellings[phrase.key].add(phrase.surface.lower())
                if recent:
                    authors[phrase.key].add(author_key(item))
    shared = sorted((-len(found), key) for key, found in authors.items() if len(found) >= MIN_BURST_AUTHORS)
    return {key: tuple(sorted(spellings[key])[:MOST_SPELLINGS]) for _, key in shared[:MOST_PHRASES]}
