"""Detects a why_now that would be true on any day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.text.folding import fold, strip_accents

VACUOUS_PHRASES = (
    # English
    "always relevant", "always a good time", "always been popular", "always popular", "always in demand",
    "always matters", "always important", "always useful", "timeless", "never goes out of style", "never gets old",
    "never out of date",
    "evergreen topic", "evergreen content", "stays relevant", "ever relevant", "relevant all year",
    "relevant at any time", "good at any time", "now more than ever", "in today's world", "in this day and age",
    "everyone loves", "everybody loves", "people love", "great content", "good content", "it is important",
    "because it matters", "no specific reason", "no particular reason", "trending topic",
    # Spanish, Portuguese
    "siempre relevante", "siempre es relevante", "siempre actual", "siempre de actualidad", "atemporal",
    "nunca pasa de moda", "hoy mas que nunca", "sempre relevante", "sempre atual", "nunca sai de moda",
    "hoje mais do que nunca",
    # German, French, Italian
    "immer relevant", "immer aktuell", "zeitlos", "nie aus der mode", "heute mehr denn je", "toujours pertinent",
    "toujours d'actualite", "intemporel", "intemporelle", "jamais demode", "plus que jamais", "sempre rilevante",
    "senza tempo",
    # Hindi, Japanese
    "हमेशा प्रासंगिक", "सदाबहार", "いつでも使える", "時代を超え", "いつの時代も",
)  # fmt: skip

_FOLDED_PHRASES = [strip_accents(fold(phrase)) for phrase in VACUOUS_PHRASES]
_VACUOUS = re.compile(
    "|".join(
        rf"(?<!\w){re.escape(phrase)}(?!\w)" if phrase.isascii() else re.escape(phrase) for phrase in _FOLDED_PHRASES
    )
)
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve dozen dozens doubled doubling tripled tripling "
    "quadrupled halved half third quarter twice thrice yesterday tomorrow percent"
)
_DATE_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december"
)
_ANCHOR_WORDS = "|".join((*_NUMBER_WORDS.split(), *_DATE_WORDS.split()))
_ANCHOR = re.compile(rf"\d|@\w|(?<!\w)(?:{_ANCHOR_WORDS})(?!\w)|[一二三四五六七八九十百千]+[人件日週回]")
_QUOTED = re.compile('["“«„「](.{8,200}?)["”»“」]')
_MIN_NAME_CHARS = 3


def vacuous_phrase(why_now: str) -> str | None:
    """Returns the phrase in the text that would be true on any day, or None."""
    text = re.sub(r"\s+", " ", strip_accents(fold(why_now)))
    # A substring test is cheaper than the regular expression, and most texts end here.
    match = _VACUOUS.search(text) if any(phrase in text for phrase in _FOLDED_PHRASES) else None
    return match.group() if match else None


def has_anchor(why_now: str, cited: Sequence[EvidenceItemDTO]) -> bool:
    """Whether the text names something concrete: a number, a date, a rate of change, or a cited post."""
    text = fold(why_now)
    if _ANCHOR.search(text):
        return True
    for item in cited:
        author = fold(item.author_ref).strip()
        if len(author) >= _MIN_NAME_CHARS and re.search(rf"(?<!\w){re.escape(author)}(?!\w)", text):
            return True
        post_text = fold(f"{item.title} {item.text_primary}")
        if any(quote.strip() in post_text for quote in _QUOTED.findall(text)):
            return True
    return False
