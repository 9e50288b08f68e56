"""Step 1 of the engine: each post is tokenized once into the keys of its phrases."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.parsed_posts import (
    MAX_HASHTAGS,
    ParsedPost,
    compounds_of,
    parsed_post,
    unspaced_text,
)
from kairo.hero.engine.phrase_words import Phrase, SharedWords
from kairo.hero.engine.phrases import PhraseFinder, phrases
from kairo.hero.engine.shared_words import NOTHING_SHARED, shared_words, with_joined_keys
from kairo.hero.text.words import camel_parts, tokenize


@dataclass(frozen=True, slots=True)
class TokenizedPost:
    """An evidence item with the keys of its phrases, by place.

    `caption_keys` are those of title and caption, `hashtag_keys` of hashtags; `written_keys` are both together.
    `transcript_keys` are those of the transcript; without a transcript, `description_keys` are those of the secondary
    text. `phrases` has the surface forms of each key that can be a topic. `joined_words` are what runs words together:
    hashtags and, in languages with compounds, long caption words. `unspaced_texts` are folded caption and secondary
    text in a script without spaces, where a phrase is a substring. `leading_keys` are the keys of the first words and
    of the hashtags, the best single-word evidence of what the post is about. `author_key` identifies its author.
    """

    item: EvidenceItemDTO
    language: str
    author_key: str
    caption_keys: frozenset[str]
    hashtag_keys: frozenset[str]
    transcript_keys: frozenset[str]
    description_keys: frozenset[str]
    phrases: Mapping[str, tuple[Phrase, ...]] = field(repr=False)
    caption_words: frozenset[str] = field(repr=False)
    joined_words: tuple[str, ...] = ()
    written_keys: frozenset[str] = field(default=frozenset(), repr=False)
    unspaced_texts: tuple[str, str] = ("", "")
    leading_keys: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def id(self) -> UUID:
        return self.item.id


_LEADING_WORDS = 8


def tokenize_post(
    item: EvidenceItemDTO, *, languages: Sequence[str] = (), openings: Container[str] | None = None
) -> TokenizedPost:
    """One post by itself, with every phrase that could be a topic.

    `languages` are those to expect where its words do not tell. `openings` are the first words of phrases to look for
    although they cannot be topics; all, where not given.
    """
    return _PostBuilder(openings, None).post(parsed_post(item, tuple(languages)))


def tokenize_posts(
    items: Sequence[EvidenceItemDTO],
    *,
    languages: Sequence[str] = (),
    openings: Container[str] | None = None,
    watched: Container[str] = (),
    joined: Iterable[str] = (),
) -> list[TokenizedPost]:
    """The posts of a board, each with the phrases that another author of the board could say too.

    As `tokenize_post`, without phrases of several words that no second author shares: most phrases of a board are such.
    What an account in `watched` says twice counts as shared. `joined` are the keys of words that posts may also write
    as two.
    """
    expected = tuple(languages)
    drafts = [parsed_post(item, expected) for item in items]
    finders = _PostBuilder(openings, shared_words(drafts, watched), frozenset(joined))
    return [finders.post(draft) for draft in drafts]


class _PostBuilder:
    """Makes posts of drafts, with what a post contains or speaks and what it only describes itself by apart."""

    def __init__(
        self, openings: Container[str] | None, shared: SharedWords | None, joined: frozenset[str] = frozenset()
    ) -> None:
        self._own = PhraseFinder(openings=openings, shared=None if shared is None else with_joined_keys(shared, joined))
        # A description backs no topic, so that only the brand's phrases matter in it.
        self._described = PhraseFinder(
            openings=openings, shared=None if shared is None else with_joined_keys(NOTHING_SHARED, joined)
        )

    def post(self, draft: ParsedPost) -> TokenizedPost:
        item, language, caption, secondary = draft.item, draft.language, draft.caption, draft.secondary
        own = self._own.find([caption, draft.hashtag_text], language)
        for place in caption.hashtags:
            if len(parts := camel_parts(caption.surfaces[place])) > 1:
                for phrase in phrases(tokenize(" ".join(parts)), language):
                    if phrase.size > 1:
                        own.hashtags[phrase.key] = (*own.hashtags.get(phrase.key, ()), phrase)
        aside = (self._own if item.has_transcript else self._described).find([secondary], language)
        spoken = frozenset(aside.keys).union(aside.hashtags)

        shown = own.phrases
        for source in (own.hashtags, {**aside.phrases, **aside.hashtags} if item.has_transcript else {}):
            for key, found in source.items():
                if found:
                    shown[key] = shown[key] + found if key in shown else found
        said, tagged = frozenset(own.keys), frozenset(own.hashtags)
        return TokenizedPost(
            item=item,
            language=language,
            author_key=draft.author_key,
            caption_keys=said,
            hashtag_keys=tagged,
            transcript_keys=spoken if item.has_transcript else frozenset(),
            description_keys=frozenset() if item.has_transcript else spoken,
            phrases=shown,
            caption_words=frozenset(caption.folded),
            joined_words=(*tuple(own.hashtags)[:MAX_HASHTAGS], *compounds_of(caption, language)),
            written_keys=said | tagged,
            unspaced_texts=(unspaced_text(caption.shown), unspaced_text(secondary.shown)),
            leading_keys=frozenset(self._own.keys(caption.folded[:_LEADING_WORDS], language)) | tagged,
        )
