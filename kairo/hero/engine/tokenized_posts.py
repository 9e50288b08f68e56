"""Step 1, second half: each post read once, and repeats folded (step 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.claims import author_key
from kairo.hero.engine.phrases import KeyFinder, Phrase, PhraseFinder, SharedWords, pair_of, phrases
from kairo.hero.text.folding import fold
from kairo.hero.text.handles import handle_of
from kairo.hero.text.languages import detect
from kairo.hero.text.near_duplicates import earlier_duplicates
from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.stems import stem
from kairo.hero.text.words import TokenizedText, camel_parts, tokenize

SAME_TEXT = 0.8
_MAX_CAPTION_CHARS = 2_000
_MAX_SPOKEN_CHARS = 700
_MAX_HASHTAGS = 12
"""Tags beyond these are stuffing; the first ones say what a post is about."""
_MAX_TAG_START = 20
_LEADING_WORDS = 8
COMPOUNDING = frozenset({"da", "de", "fi", "nl", "no", "sv"})
"""Languages that write "rattan chair" as one word."""
_MIN_COMPOUND_CHARS = 8
_MAX_COMPOUNDS = 40
_NO_TEXT = tokenize("")
_SEVERAL = ""
"""In place of a writer, for what two of them write."""
_NOTHING_SHARED = SharedWords(words=frozenset(), pairs=frozenset(), hashtags=frozenset(), hashtag_starts=frozenset())


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


def tokenize_post(
    item: EvidenceItemDTO, *, languages: Sequence[str] = (), openings: Container[str] | None = None
) -> TokenizedPost:
    """One post by itself, with every phrase that could be a topic.

    `languages` are those to expect where its words do not tell. `openings` are the first words of phrases to look for
    although they cannot be topics; all, where not given.
    """
    return _Finders(openings, None).post(_draft(item, tuple(languages)))


class PostTokenizer:
    """Reads posts for given phrases alone, each once: what review needs of the posts that candidates cite.

    `openings` are the first words, folded, of all phrases of several words that are looked for, `joined` the keys of
    words that posts may also write as two. A reading has no spellings, no leading words and no words to compare.
    """

    def __init__(self, *, languages: Sequence[str], openings: Iterable[str], joined: Iterable[str] = ()) -> None:
        self._languages, self._openings = tuple(languages), frozenset(openings)
        self._finder = KeyFinder(openings=self._openings, shared=_with_joined(_NOTHING_SHARED, frozenset(joined)))
        self._known: dict[UUID, TokenizedPost] = {}

    def finds(self, opening: str) -> bool:
        """Whether phrases that begin with this word are looked for."""
        return opening in self._openings

    def tokenize(self, item: EvidenceItemDTO) -> TokenizedPost:
        """The post with the keys of its words, its hashtags and the phrases looked for."""
        if item.id not in self._known:
            self._known[item.id] = self._reading(_draft(item, self._languages))
        return self._known[item.id]

    def _reading(self, draft: _Draft) -> TokenizedPost:
        item, language, caption, secondary = draft.item, draft.language, draft.caption, draft.secondary
        said: set[str] = set()
        tagged: dict[str, None] = {}
        for text in (caption, draft.hashtag_text):
            self._finder.add(text, language, said, tagged)
        for place in caption.hashtags:
            tagged.update(dict.fromkeys(_keys_inside(caption.surfaces[place], language)))
        aside: set[str] = set()
        tagged_aside: dict[str, None] = {}
        self._finder.add(secondary, language, aside, tagged_aside)
        spoken, nothing = frozenset(aside.union(tagged_aside)), frozenset[str]()
        return TokenizedPost(
            item=item,
            language=language,
            author_key=draft.author_key,
            caption_keys=frozenset(said),
            hashtag_keys=frozenset(tagged),
            transcript_keys=spoken if item.has_transcript else nothing,
            description_keys=nothing if item.has_transcript else spoken,
            phrases={},
            caption_words=nothing,
            joined_words=(*tuple(tagged)[:_MAX_HASHTAGS], *_compounds(caption, language)),
            written_keys=frozenset(said.union(tagged)),
            unspaced_texts=(_without_spaces(caption.shown), _without_spaces(secondary.shown)),
        )


@lru_cache(maxsize=4_096)
def _keys_inside(hashtag: str, language: str) -> tuple[str, ...]:
    """The keys of the phrases of several words inside a hashtag with capitals."""
    parts = camel_parts(hashtag)
    found = phrases(tokenize(" ".join(parts)), language) if len(parts) > 1 else []
    return tuple(phrase.key for phrase in found if phrase.size > 1)


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
    drafts = [_draft(item, expected) for item in items]
    finders = _Finders(openings, _shared_words(drafts, watched), frozenset(joined))
    return [finders.post(draft) for draft in drafts]


class _Draft(NamedTuple):
    """A post cut into words, its language known, its phrases not yet built."""

    item: EvidenceItemDTO
    author_key: str
    language: str
    caption: TokenizedText
    hashtag_text: TokenizedText
    secondary: TokenizedText


# Engine and review read the same posts.
@lru_cache(maxsize=2_048)
def _draft(item: EvidenceItemDTO, languages: tuple[str, ...]) -> _Draft:
    same_title = item.title.strip() and item.title.strip() not in item.text_primary
    caption = tokenize(
        f"{item.title}\n{item.text_primary}" if same_title else item.text_primary, max_chars=_MAX_CAPTION_CHARS
    )
    secondary = tokenize(item.text_secondary, max_chars=_MAX_SPOKEN_CHARS) if item.text_secondary else _NO_TEXT
    tags = " ".join([f"#{tag.lstrip('#')}" for tag in item.hashtags[:_MAX_HASHTAGS]])
    folded = _own_words(caption)
    if item.has_transcript:
        folded = [*folded, *secondary.folded]
    return _Draft(
        item,
        author_key(item),
        detect(folded, likely=languages),
        caption,
        tokenize(tags) if tags else _NO_TEXT,
        secondary,
    )


def _own_words(caption: TokenizedText) -> list[str]:
    """The folded words of a caption without its hashtags."""
    if not caption.hashtags:
        return caption.folded
    return [folded for place, folded in enumerate(caption.folded) if place not in caption.hashtags]


def _with_joined(shared: SharedWords, keys: frozenset[str]) -> SharedWords:
    """As if a hashtag had run the words of each of the keys together."""
    return replace(shared, hashtags=shared.hashtags | keys, hashtag_starts=shared.hashtag_starts | _starts_of(keys))


def _starts_of(tags: Iterable[str]) -> frozenset[str]:
    return frozenset([tag[:end] for tag in tags for end in range(2, min(len(tag), _MAX_TAG_START))])


def _shared_words(drafts: Sequence[_Draft], watched: Container[str]) -> SharedWords:
    """What two authors of the posts write, by stems, in captions and hashtags."""
    writers = [str(one.item.id) if handle_of(one.item.author_ref) in watched else one.author_key for one in drafts]
    writer_of: defaultdict[str, dict[str, str]] = defaultdict(dict)
    hashtags: set[tuple[str, str]] = set()
    for draft, own in zip(drafts, writers, strict=True):
        writer_of_word = writer_of[draft.language]
        for folded in set(_own_words(draft.caption)):
            if writer_of_word.setdefault(folded, own) != own:
                writer_of_word[folded] = _SEVERAL
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
    """The words whose stem two authors write, of words by language with their one author or _SEVERAL."""
    writer: dict[str, str] = {}
    forms: defaultdict[str, list[str]] = defaultdict(list)
    shared: set[str] = set()
    for language, words in writer_of.items():
        for folded, own in words.items():
            key = stem(folded, language)
            forms[key].append(folded)
            if own == _SEVERAL or writer.setdefault(key, own) != own:
                shared.add(key)
    return frozenset(form for key in shared for form in forms[key])


def _shared_pairs(drafts: Sequence[_Draft], writers: Sequence[str], words: frozenset[str]) -> frozenset[str]:
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


class _Finders:
    """Makes readings of drafts, with what a post says or speaks and what it only describes itself by apart."""

    def __init__(
        self, openings: Container[str] | None, shared: SharedWords | None, joined: frozenset[str] = frozenset()
    ) -> None:
        self._own = PhraseFinder(openings=openings, shared=None if shared is None else _with_joined(shared, joined))
        # A description backs no topic, so that only the brand's phrases matter in it.
        self._described = PhraseFinder(
            openings=openings, shared=None if shared is None else _with_joined(_NOTHING_SHARED, joined)
        )

    def post(self, draft: _Draft) -> TokenizedPost:
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
            joined_words=(*tuple(own.hashtags)[:_MAX_HASHTAGS], *_compounds(caption, language)),
            written_keys=said | tagged,
            unspaced_texts=(_without_spaces(caption.shown), _without_spaces(secondary.shown)),
            leading_keys=frozenset(self._own.keys(caption.folded[:_LEADING_WORDS], language)) | tagged,
        )


def _compounds(caption: TokenizedText, language: str) -> list[str]:
    if language not in COMPOUNDING:
        return []
    return [folded for folded in _own_words(caption) if len(folded) >= _MIN_COMPOUND_CHARS][:_MAX_COMPOUNDS]


def _without_spaces(text: str) -> str:
    return fold(text).replace(" ", "") if is_unspaced(text) else ""


def without_near_duplicates(posts: Sequence[TokenizedPost]) -> list[TokenizedPost]:
    """The readings without near-copies, whoever posted them: the oldest of each stays. Order is kept."""
    by_age = sorted(posts, key=lambda one: (_published(one.item), one.item.id))
    twins = earlier_duplicates([one.caption_words for one in by_age], at_least=SAME_TEXT, keep_all=False)
    kept = {one.id for one, twin in zip(by_age, twins, strict=True) if twin is None}
    return [post for post in posts if post.id in kept]


def _published(item: EvidenceItemDTO) -> float:
    moment: datetime | None = item.published_at
    return moment.timestamp() if moment is not None else float("inf")
