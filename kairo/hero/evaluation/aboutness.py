"""Decides whether posts are about an opportunity, by labels and words and independently of the engine.

A measure that used the engine's own matching would repeat the engine's mistakes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from uuid import UUID

from kairo.core.enums import OpportunityType
from kairo.hero.dto import ClaimDTO, EvidenceItemDTO
from kairo.hero.engine.claims import author_key
from kairo.hero.evaluation.dataset import LabelledBoard
from kairo.hero.evaluation.kinds import STORIES, UNJUDGED, Kind
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.scripts import UNSPACED
from kairo.hero.text.stopwords import STOPWORDS

_WORD = re.compile(r"\w+")
_MIN_JOINED_CHARS = 5
_MIN_STEM_CHARS = 4
_ENDING_CHARS = 2
_ADDED_CHARS = 4
_SHARED_CHARS = 6
_STOPWORDS: frozenset[str] = frozenset().union(*STOPWORDS.values())
_OF_NO_OTHER_STORY = UNJUDGED | {Kind.BACKGROUND, Kind.OLD, Kind.SPAM}
"""Kinds whose posts belong to a story if they contain its phrase."""


@dataclass(frozen=True, slots=True)
class Story:
    """A labelled topic, with the most frequent kind of its posts."""

    topic: str
    kind: str


def stories_of(board: LabelledBoard) -> dict[str, Story]:
    """The labelled topics of the board that may become opportunities, by name."""
    counts = Counter(
        (label.topic, label.kind) for label in board.labels.values() if label.topic and label.kind in STORIES
    )
    stories: dict[str, Story] = {}
    for (topic, kind), _ in sorted(counts.items(), key=lambda entry: (-entry[1], str(entry[0]))):
        stories.setdefault(str(topic), Story(str(topic), kind))
    return stories


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a candidate or claim: the labelled story of most of its posts, and the phrases that it counts."""

    board: LabelledBoard
    story: Story | None
    phrases: tuple[str, ...]
    of_competitor: bool

    @classmethod
    def of(
        cls, board: LabelledBoard, candidate: CandidateDTO, posts: Iterable[UUID], claim: ClaimDTO | None = None
    ) -> Subject:
        claims = [*([claim] if claim else []), *candidate.claims]
        phrases = [counted.phrase for counted in claims if counted.phrase][:1]
        if candidate.type == OpportunityType.CAMPAIGN:
            phrases += [word for campaign in board.brand.campaigns for word in (campaign.name, *campaign.keywords)]
        return cls(board, _main_story(board, posts), tuple(phrases), candidate.type == OpportunityType.COMPETITIVE)

    def includes(self, item: EvidenceItemDTO) -> bool | None:
        """Whether the post belongs to the story, or to no other and contains a phrase; None if it is unjudged."""
        label = self.board.labels.get(item.id)
        if label is not None and self.story is not None and label.topic == self.story.topic:
            return True
        if self.of_competitor and _handle(item.author_ref) in map(_handle, self.board.brand.competitor_handles):
            return True
        overlaps = label is not None and self.story is not None and label.kind == self.story.kind == Kind.OVERLAP
        if label is not None and not overlaps and label.kind not in _OF_NO_OTHER_STORY:
            return False
        if any(says(item, phrase) for phrase in self.phrases):
            return True
        # Without a phrase, posts of stories that share words cannot be told apart.
        unjudged = label is None or label.kind in UNJUDGED or (overlaps and not self.phrases)
        return None if unjudged else False


def miscounted(board: LabelledBoard, candidate: CandidateDTO, claim: ClaimDTO) -> list[UUID]:
    """The posts that a claim counts although they are not about its topic."""
    subject, posts = Subject.of(board, candidate, claim.evidence_ids, claim), _posts(board, claim.evidence_ids)
    return [item.id for item in posts if subject.includes(item) is False]


def purity(board: LabelledBoard, candidate: CandidateDTO) -> float | None:
    """The share of a candidate's judged posts that belong to its story; None without a story or judged posts."""
    subject = Subject.of(board, candidate, candidate.evidence_ids)
    judgements = [subject.includes(item) for item in _posts(board, candidate.evidence_ids)]
    judged = [judgement for judgement in judgements if judgement is not None]
    return sum(judged) / len(judged) if subject.story and judged else None


def story_of(board: LabelledBoard, candidate: CandidateDTO) -> Story | None:
    """The story of at least half of a candidate's posts; None for background, off-brand and crisis posts."""
    subject = Subject.of(board, candidate, candidate.evidence_ids)
    right = sum(subject.includes(item) is True for item in _posts(board, candidate.evidence_ids))
    return subject.story if 2 * right >= len(candidate.evidence_ids) else None


def _main_story(board: LabelledBoard, posts: Iterable[UUID]) -> Story | None:
    stories = stories_of(board)
    labels = [board.labels[post] for post in posts if post in board.labels]
    topics = Counter(
        label.topic for label in labels if label.topic in stories and label.kind in STORIES | {Kind.DUPLICATE}
    )
    return stories[min(topics, key=lambda topic: (-topics[topic], str(topic)))] if topics else None


def _posts(board: LabelledBoard, ids: Iterable[UUID]) -> list[EvidenceItemDTO]:
    by_id = {item.id: item for item in board.evidence}
    return [by_id[id_] for id_ in ids if id_ in by_id]


def share_a_word(posts: Sequence[EvidenceItemDTO]) -> bool:
    """Whether posts of at least two authors share a word of caption, title or hashtags that is no stop word."""
    authors_of: dict[str, set[str]] = {}
    for item in posts:
        text = _plain(" ".join([item.title, item.text_primary, *item.hashtags]))
        for word in _content_words(text):
            authors_of.setdefault(word, set()).add(author_key(item))
    return any(len(authors) > 1 for authors in authors_of.values())


def _content_words(text: str) -> set[str]:
    """Prefixes of words, which inflections share; trigrams in scripts without spaces."""
    words = [word for word in _WORD.findall(text) if word not in _STOPWORDS]
    prefixes = {word[:_SHARED_CHARS] for word in words if len(word) >= _MIN_STEM_CHARS or not word.isascii()}
    unspaced = [word for word in words if UNSPACED.search(word)]
    return prefixes | {word[at : at + 3] for word in unspaced for at in range(len(word) - 2)}


def says(item: EvidenceItemDTO, phrase: str) -> bool:
    """Whether a post contains the phrase: joined, as in hashtags and scripts without spaces, or each of its words.

    Words match if they are equal or differ only in short endings.
    """
    text = _plain(" ".join([item.title, item.text_primary, item.text_secondary, *item.hashtags]))
    plain_phrase = _plain(phrase)
    joined = "".join(_WORD.findall(plain_phrase))
    if not joined:
        return False
    if (len(joined) >= _MIN_JOINED_CHARS or not joined.isascii()) and joined in "".join(_WORD.findall(text)):
        return True
    words = set(_WORD.findall(text))
    return all(any(_alike(word, other) for other in words) for word in _WORD.findall(plain_phrase))


def _alike(one: str, other: str) -> bool:
    """Whether two words are equal or differ only in short endings."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(shorter, longer, strict=False)))
    return common >= max(_MIN_STEM_CHARS, len(shorter) - _ENDING_CHARS) and len(longer) - common <= _ADDED_CHARS


def _plain(text: str) -> str:
    """The text in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def _handle(author: str) -> str:
    return author.strip().removeprefix("@").casefold()
