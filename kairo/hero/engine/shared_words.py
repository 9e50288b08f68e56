"""The words that two authors of a board share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from kairo.hero.engine.parsed_posts import (
    ParsedPost,
    caption_words,
)
from kairo.hero.engine.phrase_words import SharedWords, pair_of
from kairo.hero.text.handles import handle_of
from kairo.hero.text.stems import stem

_MAX_HASHTAG_START = 20
_SEVERAL_AUTHORS = ""
"""In place of a writer, for what two of them write."""
NOTHING_SHARED = SharedWords(words=frozenset(), pairs=frozenset(), hashtags=frozenset(), hashtag_starts=frozenset())


def with_joined_keys(shared: SharedWords, keys: frozenset[str]) -> SharedWords:
    """As if a hashtag had run the words of each of the keys together."""
    return replace(shared, hashtags=shared.hashtags | keys, hashtag_starts=shared.hashtag_starts | _starts_of(keys))


def _starts_of(tags: Iterable[str]) -> frozenset[str]:
    return frozenset([tag[:end] for tag in tags for end in range(2, min(len(tag), _MAX_HASHTAG_START))])


def shared_words(drafts: Sequence[ParsedPost], watched: Container[str]) -> SharedWords:
    """What two authors of the posts write, by stems, in captions and hashtags."""
    writers = [str(one.item.id) if handle_of(one.item.author_ref) in watched else one.author_key for one in drafts]
    writer_of: defaultdict[str, dict[str, str]] = defaultdict(dict)
    hashtags: set[tuple[str, str]] = set()
    for draft, own in zip(drafts, writers, strict=True):
        writer_of_word = writer_of[draft.language]
        for folded in set(caption_words(draft.caption)):
            if writer_of_word.setdefault(folded, own) != own:
                writer_of_word[folded] = _SEVERAL_AUTHORS
        for text in (draft.hashtag_text, draft.caption):
            hashtags.update([(text.folded[place], draft.language) for place in text.hashtags])
    words = _shared_forms(writer_of)
    return SharedWords(
        words=words,
        pairs=_shared_pairs(drafts, writers, words),
        hashtags=frozenset([stem(tag, language) for tag, language in hashtags]),
        hashtag_starts=_starts_of({tag for tag, _ in hashtags}),
    )


def _shared_forms(writer_of: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    """The words whose stem two authors write, of words by language with their one author or _SEVERAL_AUTHORS."""
    writer: dict[str, str] = {}
    forms: defaultdict[str, list[str]] = defaultdict(list)
    shared: set[str] = set()
    for language, words in writer_of.items():
        for folded, own in words.items():
            key = stem(folded, language)
            forms[key].append(folded)
            if own == _SEVERAL_AUTHORS or writer.setdefault(key, own) != own:
                shared.add(key)
    return frozenset(form for key in shared for form in forms[key])


def _shared_pairs(drafts: Sequence[ParsedPost], writers: Sequence[str], words: frozenset[str]) -> frozenset[str]:
    """Two words in a row that two authors write in captions, as `pair_of` gives them."""
    writer: dict[str, str] = {}
    shared: set[str] = set()
    for draft, own in zip(drafts, writers, strict=True):
        folded, language = draft.caption.folded, draft.language
        for first, second, follows in zip(folded, folded[1:], draft.caption.follows[1:], strict=False):
            if follows and first in words and second in words:
                pair = pair_of(first, stem(second, language))
                if writer.setdefault(pair, own) != own:
                    shared.add(pair)
    return frozenset(shared)
