"""Builds the label of a topic: its anchor phrase in the spelling that most posts use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from kairo.hero.engine.phrase_words import Phrase
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.topics import Topic
from kairo.hero.engine.wording.runs import longest_shared_run
from kairo.hero.text.folding import fold, strip_accents
from kairo.hero.text.scripts import is_unspaced, language_of_script
from kairo.hero.text.stems import without_particle
from kairo.hero.text.stopwords import FEASTS
from kairo.hero.text.words import tokenize

_MAX_DETAIL_CHARS = 28
_MOST_CAPITALS = 0.4
_DECLINED = frozenset({"pl", "tr"})
"""Languages that decline their nouns."""
_MIN_PIECE_CHARS = 3
_MIN_ALIKE_CHARS = 4
_MIN_COMMON = 3
_VERB_ENDINGS = ("ed", "ing", "ly")


def topic_label(topic: Topic, *, vocabulary: Mapping[str, str], language: str) -> str:
    """Returns the topic's name inside a sentence: a spelling of its anchor, the one phrase that all its posts contain.

    `vocabulary` maps a phrase key to the brand's own spelling.
    """
    return written_form(topic.anchor, topic.members, vocabulary=vocabulary, language=language)


def topic_details(
    topic: Topic, label: str, *, vocabulary: Mapping[str, str], general: frozenset[str], language: str
) -> tuple[str, ...]:
    """Returns up to two further phrases that at least two posts share and that are not alike the label or each other.

    Keys in `general` are skipped: they describe the brand as a whole and do not distinguish one opportunity.
    """
    found: list[str] = []
    holders = {key: sum([key in member.written_keys for member in topic.members]) for key in topic.terms}
    for key in topic.terms:
        if (
            holders[key] < 2
            or key in general
            or _is_part_of_longer(key, topic, holders)
            or not _is_presentable(key, topic.members, vocabulary)
        ):
            continue
        shown = written_form(key, topic.members, vocabulary=vocabulary, language=language)
        if (
            len(shown) <= _MAX_DETAIL_CHARS
            and _is_readable(shown, language)
            and not any(are_alike(shown, other) for other in (label, *found))
        ):
            found.append(shown)
        if len(found) == 2:
            break
    return tuple(found)


def _is_readable(shown: str, language: str) -> bool:
    """Whether the phrase is in the script of the language and is no code such as "1412watch"."""
    folded = fold(shown)
    scripted = language_of_script(folded)
    return scripted in {None, language} and not re.search(r"\d[^\W\d]{3}|[^\W\d]{3}\d", folded)


def are_alike(first: str, second: str) -> bool:
    """Whether two names mean the same: one contains the other, or two of their words begin alike."""
    one, other = _squeezed(first), _squeezed(second)
    if not one or not other or one in other or other in one:
        return True
    words, others = _long_words(first), _long_words(second)
    shared = _common_start(one, other)
    return shared >= max(_MIN_ALIKE_CHARS + 1, 0.7 * min(len(one), len(other))) or any(
        _common_start(word, twin) >= max(_MIN_ALIKE_CHARS, len(word) - 3, len(twin) - 3)
        for word in words
        for twin in others
    )


def _common_start(one: str, other: str) -> int:
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _is_part_of_longer(key: str, topic: Topic, holders: Mapping[str, int]) -> bool:
    """Whether posts share the phrase only as a part of a longer shared phrase."""
    return any(
        other != key and key in other and holders[other] >= 2 and _size(other, topic) > _size(key, topic)
        for other in topic.terms
    )


def _size(key: str, topic: Topic) -> int:
    return max((phrase.size for member in topic.members for phrase in member.phrases.get(key, ())), default=1)


def written_form(key: str, members: Sequence[TokenizedPost], *, vocabulary: Mapping[str, str], language: str) -> str:
    """Returns the most frequent spelling of a phrase in the posts, in separate words rather than as one hashtag.

    The brand's spelling in `vocabulary` replaces hashtags and single words. Posts in `language` count before others.
    Declined words are returned in their basic form, Korean words without a particle, and scripts without spaces as
    the longest run that the posts share.
    """
    shown = [phrase for member in members for phrase in member.phrases.get(key, ())]
    if key and is_unspaced(key):
        return longest_shared_run(key, members)
    spoken = [phrase for phrase in shown if not phrase.is_hashtag]
    if key in vocabulary and (not spoken or language in _DECLINED or all(phrase.size == 1 for phrase in spoken)):
        return vocabulary[key]
    native = [
        phrase
        for member in members
        if member.language == language
        for phrase in member.phrases.get(key, ())
        if not phrase.is_hashtag
    ]
    spoken = native or spoken
    if not spoken:
        return _from_tags(key, shown, members, vocabulary, language)
    sizes = Counter(phrase.size for phrase in spoken)
    usual = max(sizes, key=lambda size: (sizes[size], size))
    spoken = [phrase for phrase in spoken if phrase.size == usual]
    counts: Counter[str] = Counter()
    for (text, opens), count in Counter((phrase.surface, phrase.opens_sentence) for phrase in spoken).items():
        counts[_as_inside(text, language, members, opens=opens)] += count
    if language == "ko":
        return _without_particle(sorted(counts))
    if language in _DECLINED:
        return _basic_form(counts, [phrase.surface.lower() for phrase in shown if phrase.is_hashtag and usual == 1])
    # German writes nouns with a capital, whatever hurried posts do.
    return max(counts, key=lambda text: (language == "de" and text[:1].isupper(), counts[text], text))


def _from_tags(
    key: str, shown: Sequence[Phrase], members: Sequence[TokenizedPost], vocabulary: Mapping[str, str], language: str
) -> str:
    """Splits a hashtag into words that the posts or the brand use; returns it unsplit where they use none."""
    tag = min((phrase.surface for phrase in shown), key=lambda tag: (len(tag), tag), default=key).lower()
    label = _split(tag, _known_words(members, vocabulary)) or tag
    # German tags are nouns, as a rule.
    return label[:1].upper() + label[1:] if language == "de" else label


def _basic_form(counts: Counter[str], tags: Sequence[str]) -> str:
    """Returns the nominative of a declined word: its most frequent hashtag, or its shortest form without hashtags."""
    if tags:
        return max(tags, key=lambda text: (tags.count(text), -len(text), text))
    return min(counts, key=lambda text: (len(text), -counts[text], text))


def _without_particle(forms: Sequence[str]) -> str:
    """Returns a Korean word without a particle: the common beginning of its forms, or its only form stripped."""
    if len(forms) == 1:
        return without_particle(forms[0], only_sure=True)
    start = _common_start(forms[0], forms[-1])
    return forms[0][:start].strip() if start >= 2 else min(forms, key=lambda form: (len(form), form))


def _is_presentable(key: str, members: Sequence[TokenizedPost], vocabulary: Mapping[str, str]) -> bool:
    """Whether the phrase can be a detail: a brand word, several words, a readable tag, or a word of all posts."""
    shown = [phrase for member in members for phrase in member.phrases.get(key, ())]
    if not shown:
        return False
    if key in vocabulary or is_unspaced(key) or any(phrase.size > 1 for phrase in shown):
        return True
    if not any(phrase.is_hashtag for phrase in shown):
        # A single word is a subject only where all posts contain it and it is no verb or adverb.
        rivals = {member.author_key for member in members}
        enough = len(members) >= _MIN_COMMON or len(rivals) == 1
        return (
            enough
            and all(key in member.written_keys for member in members)
            and not shown[0].surface.endswith(_VERB_ENDINGS)
        )
    tag = min(phrase.surface for phrase in shown).lower()
    return len(tag) <= 9 or _split(tag, _known_words(members, vocabulary)) is not None


def _as_inside(phrase: str, language: str, members: Sequence[TokenizedPost], *, opens: bool) -> str:
    """Returns the phrase as inside a sentence, without a capital that comes from a sentence start or a headline.

    A word loses its capital where a post writes it in lower case, and where it opens a sentence and no post
    capitalizes it in the middle of one. German keeps all capitals.
    """
    words = re.sub(r"\s+", " ", phrase)
    if language == "de":
        return words.title() if words.isupper() and len(words) > 4 else words
    letters = [letter for letter in words if letter.isalpha()]
    if len(letters) > 4 and all(letter.isupper() for letter in letters):
        return words.lower()
    shown = []
    for index, word in enumerate(words.split(" ")):
        folded = strip_accents(fold(word))
        if folded in FEASTS:
            shown.append(word.capitalize())
            continue
        plain_capital = len(word) > 1 and word[0].isupper() and word[1:].replace("-", "").islower()
        loses = plain_capital and (
            _is_small_somewhere(folded, members) or (index == 0 and opens and not _is_name_somewhere(folded, members))
        )
        shown.append(word[0].lower() + word[1:] if loses else word)
    return " ".join(shown)


def _is_small_somewhere(folded: str, members: Sequence[TokenizedPost]) -> bool:
    items = [member.item for member in members]
    return any(
        folded in _small_words(text)
        for item in items
        for text in (item.text_primary, item.text_secondary, item.title)
        if text
    )


def _is_name_somewhere(folded: str, members: Sequence[TokenizedPost]) -> bool:
    items = [member.item for member in members]
    return any(
        folded in _names_inside(text) for item in items for text in (item.text_primary, item.text_secondary) if text
    )


@lru_cache(maxsize=1_024)
def _small_words(text: str) -> frozenset[str]:
    """Returns the words that a text writes in lower case, without hashtags. Cached: each displayed phrase reads it."""
    return frozenset([found.folded for found in tokenize(text).words if not found.hashtag and found.surface.islower()])


@lru_cache(maxsize=1_024)
def _names_inside(text: str) -> frozenset[str]:
    """Returns the words that a text capitalizes in the middle of a sentence.

    Returns none where more than `_MOST_CAPITALS` of the words have a capital, as in a headline.
    """
    words = [found for found in tokenize(text).words if not found.hashtag and found.surface[:1].isalpha()]
    inner = [found for found in words if not found.opens]
    capitals = [found.folded for found in inner if found.surface[:1].isupper()]
    return frozenset(capitals) if len(capitals) <= _MOST_CAPITALS * len(inner) else frozenset()


def _known_words(members: Sequence[TokenizedPost], vocabulary: Mapping[str, str]) -> frozenset[str]:
    words = {word for member in members for word in member.caption_words if len(word) >= _MIN_PIECE_CHARS}
    words |= {strip_accents(fold(word)) for text in vocabulary.values() for word in re.split(r"[\s-]+", text)}
    return frozenset(word for word in words if len(word) >= _MIN_PIECE_CHARS)


def _split(tag: str, words: frozenset[str]) -> str | None:
    """Splits a tag into two or more known words, the fewest possible; returns None where it cannot be split."""

    @cache
    def best(rest: str) -> tuple[str, ...] | None:
        if not rest:
            return ()
        options = []
        for end in range(_MIN_PIECE_CHARS, len(rest) + 1):
            if rest[:end] in words and rest[:end] != tag and (tail := best(rest[end:])) is not None:
                options.append((rest[:end], *tail))
        return min(options, key=lambda parts: (len(parts), parts), default=None)

    parts = best(tag[:40])
    return " ".join(parts) if parts and len(parts) > 1 else None


@lru_cache(maxsize=2_048)
def _long_words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[\W_]+", strip_accents(fold(text))) if len(word) >= _MIN_ALIKE_CHARS)


@lru_cache(maxsize=2_048)
def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", strip_accents(fold(text))).rstrip("s")
