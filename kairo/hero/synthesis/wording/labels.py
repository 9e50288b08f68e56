"""What to call a topic: the fullest phrase that most of its posts say, as they write it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from kairo.hero.synthesis.phrases import Phrase
from kairo.hero.synthesis.readings import Reading
from kairo.hero.synthesis.topics import Topic
from kairo.hero.text.folding import bare, fold
from kairo.hero.text.scripts import is_unspaced, language_of_script
from kairo.hero.text.stopwords import FEASTS
from kairo.hero.text.words import read

MIN_COVERAGE = 0.6
MAX_LABEL_CHARS = 40
_MAX_DETAIL_CHARS = 28
_SIZE_BONUS = (1.0, 1.0, 1.5, 1.7)
_TAG_SHARE = 0.5
_MIN_PIECE_CHARS = 3
_MAX_RUN_CHARS = 12
_MIN_ALIKE_CHARS = 4
_MIN_COMMON = 3
_VERB_ENDINGS = ("ed", "ing", "ly")


def topic_label(topic: Topic, *, vocabulary: Mapping[str, str], language: str) -> str:
    """The topic's name inside a sentence. `vocabulary` gives the brand's own spelling for a key."""
    best = max(_candidates(topic), key=lambda key: (*_claim_to_name(key, topic, vocabulary), key))
    return spelling(best, topic.members, vocabulary=vocabulary, language=language)


def topic_details(
    topic: Topic, label: str, *, vocabulary: Mapping[str, str], general: frozenset[str], language: str
) -> tuple[str, ...]:
    """Up to two further phrases that two of the posts share, none of them part of the label or of each other.

    Words in `general` are what the brand is about as a whole: they say nothing of one idea.
    """
    found: list[str] = []
    for key in topic.terms:
        holders = [member for member in topic.members if key in member.own]
        if (
            len(holders) < 2
            or key in general
            or _is_part_of_longer(key, topic)
            or not _is_presentable(key, topic.members, vocabulary)
        ):
            continue
        shown = spelling(key, topic.members, vocabulary=vocabulary, language=language)
        if (
            len(shown) <= _MAX_DETAIL_CHARS
            and _is_readable(shown, language)
            and not any(alike(shown, other) for other in (label, *found))
        ):
            found.append(shown)
        if len(found) == 2:
            break
    return tuple(found)


def _is_readable(shown: str, language: str) -> bool:
    """In the letters of the language it stands in, and no code such as "1412watch"."""
    folded = fold(shown)
    scripted = language_of_script(folded)
    return scripted in {None, language} and not re.search(r"\d[^\W\d]{3}|[^\W\d]{3}\d", folded)


def alike(first: str, second: str) -> bool:
    """Whether two names say the same: one holds the other, or they share the beginning of a word."""
    one, other = _squeezed(first), _squeezed(second)
    if not one or not other or one in other or other in one:
        return True
    words = [word for word in re.split(r"[\W_]+", bare(fold(first))) if len(word) >= _MIN_ALIKE_CHARS]
    others = [word for word in re.split(r"[\W_]+", bare(fold(second))) if len(word) >= _MIN_ALIKE_CHARS]
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


def _is_part_of_longer(key: str, topic: Topic) -> bool:
    """Whether a word is shared only because a longer phrase with it is."""
    return any(
        other != key and key in other and _size(other, topic) > _size(key, topic) and _holders(other, topic) >= 2
        for other in topic.terms
    )


def _size(key: str, topic: Topic) -> int:
    return max((phrase.size for member in topic.members for phrase in member.shown.get(key, ())), default=1)


def _holders(key: str, topic: Topic) -> int:
    return sum(1 for member in topic.members if key in member.own)


def spelling(key: str, members: Sequence[Reading], *, vocabulary: Mapping[str, str], language: str) -> str:
    """How the posts write a phrase: as most of them do, in words rather than run together."""
    shown = [phrase for member in members for phrase in member.shown.get(key, ())]
    if key and is_unspaced(key):
        return _whole_run(key, members)
    spoken = [phrase for phrase in shown if not phrase.hashtag]
    if key in vocabulary and (not spoken or all(phrase.size == 1 for phrase in spoken)):
        return vocabulary[key]
    native = [
        phrase
        for member in members
        if member.language == language
        for phrase in member.shown.get(key, ())
        if not phrase.hashtag
    ]
    spoken = native or spoken
    if not spoken:
        tag = min((phrase.shown for phrase in shown), key=lambda tag: (len(tag), tag), default=key).lower()
        return _split(tag, _known_words(members, vocabulary)) or tag
    longest = max(phrase.size for phrase in spoken)
    lowered = frozenset(word for member in members for word in _uncapitalised(member))
    counts = Counter(_as_inside(phrase, language, lowered) for phrase in spoken if phrase.size == longest)
    # German writes nouns with a capital, whatever hurried posts do.
    return max(counts, key=lambda text: (language == "de" and text[:1].isupper(), counts[text], text))


def _candidates(topic: Topic) -> list[str]:
    wide = [
        key
        for key in topic.terms
        if sum(1 for member in topic.members if key in member.own) >= MIN_COVERAGE * len(topic.members)
    ]
    return wide or [topic.anchor]


def _claim_to_name(key: str, topic: Topic, vocabulary: Mapping[str, str]) -> tuple[float, int, bool, int]:
    """A phrase of several words names a topic better, if most posts say it; of equal ones, the brand's word does."""
    said = sum(1 for member in topic.members if key in member.said) / len(topic.members)
    tagged = sum(1 for member in topic.members if key in member.tagged and key not in member.said) / len(topic.members)
    size = _size(key, topic)
    bonus = _SIZE_BONUS[min(size, 3)] if said >= MIN_COVERAGE else 1.0
    return round((said + _TAG_SHARE * tagged) * bonus, 6), size if bonus > 1 else 1, key in vocabulary, len(key)


def _is_presentable(key: str, members: Sequence[Reading], vocabulary: Mapping[str, str]) -> bool:
    """A word of the brand, a phrase of several words, a name or a tag that can be read; no common word."""
    shown = [phrase for member in members for phrase in member.shown.get(key, ())]
    if not shown:
        return False
    if key in vocabulary or is_unspaced(key) or any(phrase.size > 1 for phrase in shown):
        return True
    if not any(phrase.hashtag for phrase in shown):
        # Said by all of them, a word may be what it is about, unless it only tells what was done.
        rivals = {member.voice for member in members}
        enough = len(members) >= _MIN_COMMON or len(rivals) == 1
        return enough and all(key in member.own for member in members) and not shown[0].shown.endswith(_VERB_ENDINGS)
    tag = min(phrase.shown for phrase in shown).lower()
    return len(tag) <= 9 or _split(tag, _known_words(members, vocabulary)) is not None


def _as_inside(phrase: Phrase, language: str, lowered: frozenset[str]) -> str:
    """The phrase as it stands inside a sentence: without a capital that only a beginning or a headline gave it."""
    words = re.sub(r"\s+", " ", phrase.shown)
    if language == "de":
        return words.title() if words.isupper() and len(words) > 4 else words
    letters = [letter for letter in words if letter.isalpha()]
    if len(letters) > 4 and all(letter.isupper() for letter in letters):
        return words.lower()
    shown = []
    for index, word in enumerate(words.split(" ")):
        plain_capital = len(word) > 1 and word[0].isupper() and word[1:].replace("-", "").islower()
        loses = (
            plain_capital
            and bare(fold(word)) not in FEASTS
            and ((index == 0 and phrase.opens) or bare(fold(word)) in lowered)
        )
        name = word.capitalize() if bare(fold(word)) in FEASTS else word
        shown.append(word[0].lower() + word[1:] if loses else name)
    return " ".join(shown)


def _uncapitalised(member: Reading) -> Iterator[str]:
    """The words that the post writes without a capital, hashtags apart."""
    for text in (member.item.title, member.item.text_primary, member.item.text_secondary):
        for found in read(text).words:
            if not found.hashtag and found.surface.islower():
                yield found.folded


def _whole_run(key: str, members: Sequence[Reading]) -> str:
    """For scripts without spaces: the longest run around the pair of signs that most of the posts share."""
    texts = [text for member in members if key in (text := fold(f"{member.item.title} {member.item.text_primary}"))]
    needed = max(2, round(MIN_COVERAGE * len(texts)))
    run, grown = key, True
    while grown and len(run) < _MAX_RUN_CHARS:
        grown = False
        for longer in sorted(_longer(run, texts)):
            if is_unspaced(longer[0]) and is_unspaced(longer[-1]) and sum(longer in text for text in texts) >= needed:
                run, grown = longer, True
                break
    return run.strip("のをにはがでとへもや") or key


def _longer(run: str, texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        at = text.find(run)
        if at < 0:
            continue
        if at > 0:
            found.add(text[at - 1 : at + len(run)])
        if at + len(run) < len(text):
            found.add(text[at : at + len(run) + 1])
    return found


def _known_words(members: Sequence[Reading], vocabulary: Mapping[str, str]) -> frozenset[str]:
    words = {word for member in members for word in member.words if len(word) >= _MIN_PIECE_CHARS}
    words |= {bare(fold(word)) for text in vocabulary.values() for word in re.split(r"[\s-]+", text)}
    return frozenset(word for word in words if len(word) >= _MIN_PIECE_CHARS)


def _split(tag: str, words: frozenset[str]) -> str | None:
    """The tag cut into two or more known words, the fewest there are, or None."""

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


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", bare(fold(text))).rstrip("s")
