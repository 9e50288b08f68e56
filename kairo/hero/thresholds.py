"""The named numbers of the evidence gates and of the candidate rules: each threshold lives here, once."""

from __future__ import annotations

from datetime import timedelta

from kairo.core.enums import Platform, ScorePartName

# Evidence considered: stored in the last 30 days, newest published first, at most 50 items.
EVIDENCE_WINDOW = timedelta(days=30)
MAX_EVIDENCE_ITEMS = 50

# Quality gates.
MIN_EVIDENCE_ITEMS = 8
MIN_TEXT_ITEMS = 6
REQUIRED_PLATFORMS = (Platform.INSTAGRAM, Platform.TIKTOK)
"""At least one of these must be present."""
MIN_TRANSCRIPT_COVERAGE = 0.30
FRESHNESS_WINDOW = timedelta(days=7)

# Usability gates.
MIN_LONG_TEXT_ITEMS = 4
LONG_TEXT_CHARS = 30
MIN_AUTHORS = 3
MIN_DISTINCT_URLS = 6
MAX_DUPLICATE_SHARE = 0.20
DUPLICATE_LIKENESS = 0.8
MIN_CONTENT_SHARE = 0.60

# Candidate rules.
MIN_TITLE_CHARS = 5
MAX_TITLE_CHARS = 200
MIN_ANGLE_CHARS = 10
MIN_WHY_NOW_CHARS = 10
MAX_TEXT_CHARS = 4_000
MAX_CONCEPT_KEY_CHARS = 200
TITLE_LIKENESS = 0.75
MAX_OPPORTUNITIES = 24
MAX_SCORE = 100
SCORE_MAXIMA = {
    ScorePartName.RELEVANCE: 30,
    ScorePartName.TIMELINESS: 25,
    ScorePartName.AUDIENCE: 25,
    ScorePartName.CHANNEL: 20,
}
