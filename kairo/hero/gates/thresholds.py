"""The thresholds of the evidence gates and of the candidate rules."""

from __future__ import annotations

from datetime import timedelta

from kairo.core.enums import ContentType
from kairo.hero.enums import ScorePartName

# A window of more than EVIDENCE_CAP posts is sampled: RECENT_CAP posts from the burst window and the rest from before,
# if each part has that many.
EVIDENCE_WINDOW = timedelta(days=30)
EVIDENCE_CAP = 2_000
RECENT_CAP = 1_000
BURST_WINDOW = timedelta(days=7)
MIN_BASELINE_POSTS = 4
"""The number of dated posts before the burst window that a baseline needs."""
MIN_BASELINE_SHARE = 0.2
"""Their share of the window's dated posts that a baseline needs; with fewer, no topic could stand out."""

# Quality gates.
MIN_EVIDENCE_ITEMS = 8
MIN_TEXT_ITEMS = 6
TRANSCRIBED_TYPES = frozenset({ContentType.VIDEO, ContentType.SHORT_VIDEO, ContentType.REEL})
"""Posts of these types can have a transcript."""
MIN_TRANSCRIBED_SHARE = 0.5
"""Transcripts are required only if this share of the posts can have one."""
MIN_TRANSCRIPT_COVERAGE = 0.30
FRESHNESS_WINDOW = timedelta(days=7)

# Usability gates.
MIN_LONG_TEXT_ITEMS = 4
LONG_TEXT_CHARS = 30
MIN_AUTHORS = 3
MIN_DISTINCT_URLS = 6
MAX_DUPLICATE_SHARE = 0.20
ENOUGH_DISTINCT_ITEMS = 40
"""With this many distinct posts, any share of duplicates passes."""
DUPLICATE_SIMILARITY = 0.8
MIN_CONTENT_SHARE = 0.60
ENOUGH_CONTENT_ITEMS = 40
"""With this many posts that have a text or transcript, any share of posts without passes."""

# Candidate rules.
MIN_TITLE_CHARS = 5
MAX_TITLE_CHARS = 200
MIN_ANGLE_CHARS = 10
MIN_WHY_NOW_CHARS = 10
MAX_TEXT_CHARS = 4_000
MAX_CONCEPT_KEY_CHARS = 200
TITLE_SIMILARITY = 0.75
MAX_OPPORTUNITIES = 24
MAX_SCORE = 100
SCORE_MAXIMA = {
    ScorePartName.RELEVANCE: 30,
    ScorePartName.TIMELINESS: 25,
    ScorePartName.AUDIENCE: 25,
    ScorePartName.CHANNEL: 20,
}

# Brand mentions.
MIN_ABOUT_SHARE = 0.5
"""The share of posts naming the brand from which a topic is about the brand."""
MAX_MENTIONS = 24
MAX_MENTION_POSTS = 200
MAX_PHRASE_CHARS = 200
