"""The brand's phrases that no post of a topic contains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.wording.labels import are_alike
from kairo.hero.text.folding import fold, strip_accents
from kairo.hero.text.number_tokens import number_tokens
from kairo.hero.text.scripts import is_unspaced, language_of_script
from kairo.hero.text.words import tokenize

_MIN_STEM_CHARS = 4
_MAX_GAP_CHARS = 40
_UNSPACED_LANGUAGES = frozenset({"ja", "zh", "th"})

_key = lru_cache(maxsize=4_096)(phrase_key)
"""Every opportunity looks for each of its pillar's and its persona's phrases in each of its posts."""


def has_phrase(phrase: str, member: TokenizedPost) -> bool:
    """Whether the post contains, tags or speaks the phrase, in any of its inflections."""
    if is_unspaced(phrase):
        return fold(phrase).replace(" ", "") in "".join(member.unspaced_texts)
    key = _key(phrase, member.language)
    return key in member.written_keys or key in member.transcript_keys


def gaps_of(members: Sequence[TokenizedPost], phrases: Sequence[str], *, label: str) -> Iterator[str]:
    """Those of the brand's phrases of which no post contains even a word; none of them the topic or a number."""
    texts = [f"{one.item.title} {one.item.text_primary} {one.item.text_secondary}" for one in members]
    texts += {tag for one in members for tag in one.item.hashtags}
    whole = "\n".join([strip_accents(fold(text)) for text in texts])
    found = [label]
    for phrase in phrases:
        shown = " ".join(phrase.split())
        if (
            0 < len(shown) <= _MAX_GAP_CHARS
            and not number_tokens(shown)
            and not any(has_phrase(shown, member) for member in members)
            and not _touches(shown, whole)
            and not any(are_alike(shown, other) for other in found)
        ):
            found.append(shown)
            yield shown


def is_said_in(phrase: str, language: str, said_in: Mapping[str, frozenset[str]]) -> bool:
    """Whether the phrase is of the language, as far as the board's posts show: not only posts of others say it.

    `said_in` has the languages of the posts that contain each of the brand's phrases.
    """
    script = language_of_script(fold(phrase))
    if script not in {None, language} and not (is_unspaced(phrase) and language in _UNSPACED_LANGUAGES):
        return False
    spoken = said_in.get(phrase.strip(), frozenset())
    return not spoken or language in spoken


def _touches(phrase: str, text: str) -> bool:
    """Whether a text holds any longer word of the phrase, whatever its ending. No phrase continues on the next line."""
    if is_unspaced(phrase):
        return fold(phrase).replace(" ", "") in text.replace(" ", "")
    words = tokenize(phrase).folded
    stems = [word[: max(_MIN_STEM_CHARS, len(word) - 2)] for word in words if len(word) >= _MIN_STEM_CHARS]
    return any(stem in text for stem in stems) if stems else _holds(words, text)


def _holds(words: Iterable[str], text: str) -> bool:
    return strip_accents(" ".join(words)) in text
