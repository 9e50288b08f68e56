"""Evidence items cut into words, with their language."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.claims import author_key
from kairo.hero.text.folding import fold
from kairo.hero.text.languages import detect
from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.words import TokenizedText, tokenize

_MAX_CAPTION_CHARS = 2_000
_MAX_SPOKEN_CHARS = 700
MAX_HASHTAGS = 12
"""Tags beyond these are stuffing; the first ones say what a post is about."""
COMPOUNDING = frozenset({"da", "de", "fi", "nl", "no", "sv"})
"""Languages that write "rattan chair" as one word."""
_MIN_COMPOUND_CHARS = 8
_MAX_COMPOUNDS = 40
_NO_TEXT = tokenize("")


class ParsedPost(NamedTuple):
    """A post cut into words, its language known, its phrases not yet built."""

    item: EvidenceItemDTO
    author_key: str
    language: str
    caption: TokenizedText
    hashtag_text: TokenizedText
    secondary: TokenizedText


# Engine and review read the same posts.
@lru_cache(maxsize=2_048)
def parsed_post(item: EvidenceItemDTO, languages: tuple[str, ...]) -> ParsedPost:
    same_title = item.title.strip() and item.title.strip() not in item.text_primary
    caption = tokenize(
        f"{item.title}\n{item.text_primary}" if same_title else item.text_primary, max_chars=_MAX_CAPTION_CHARS
    )
    secondary = tokenize(item.text_secondary, max_chars=_MAX_SPOKEN_CHARS) if item.text_secondary else _NO_TEXT
    tags = " ".join([f"#{tag.lstrip('#')}" for tag in item.hashtags[:MAX_HASHTAGS]])
    folded = caption_words(caption)
    if item.has_transcript:
        folded = [*folded, *secondary.folded]
    return ParsedPost(
        item,
        author_key(item),
        detect(folded, likely=languages),
        caption,
        tokenize(tags) if tags else _NO_TEXT,
        secondary,
    )


def caption_words(caption: TokenizedText) -> list[str]:
    """The folded words of a caption without its hashtags."""
    if not caption.hashtags:
        return caption.folded
    return [folded for place, folded in enumerate(caption.folded) if place not in caption.hashtags]


def compounds_of(caption: TokenizedText, language: str) -> list[str]:
    if language not in COMPOUNDING:
        return []
    return [folded for folded in caption_words(caption) if len(folded) >= _MIN_COMPOUND_CHARS][:_MAX_COMPOUNDS]


def unspaced_text(text: str) -> str:
    return fold(text).replace(" ", "") if is_unspaced(text) else ""
