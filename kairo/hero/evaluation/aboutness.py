"""Whether posts are about what an idea says, judged by labels and by words, and by nothing of the engine's own.

A measure that asked the engine whether a post says a phrase would repeat the engine's mistakes.
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
"""Kinds whose posts belong to a story when they say its phrase."""


@dataclass(frozen=True, slots=True)
class Story:
    """A labelled topic, and the kind that most of its posts have."""

    topic: str
    kind: str


def stories_of(board: LabelledBoard) -> dict[str, Story]:
    """The board's labelled topics of which an idea may be made, by name."""
    counts = Counter(
        (label.topic, label.kind) for label in board.labels.values() if label.topic and label.kind in STORIES
    )
    found: dict[str, Story] = {}
    for (topic, kind), _ in sorted(counts.items(), key=lambda entry: (-entry[1], str(entry[0]))):
        found.setdefault(str(topic), Story(str(topic), kind))
    return found


@dataclass(frozen=True, slots=True)
class Subject:
    """What an idea, or a claim of it, is about: the labelled story of most of its posts, and the phrases it counts."""

    board: LabelledBoard
    story: Story | None
    phrases: tuple[str, ...]
    of_competitor: bool

    @classmethod
    def of(
        cls, board: LabelledBoard, idea: CandidateDTO, posts: Iterable[UUID], claim: ClaimDTO | None = None
    ) -> Subject:
        phrases = [one.phrase for one in ([claim] if claim else []) + list(idea.claims) if one and one.phrase][:1]
        if idea.type == OpportunityType.CAMPAIGN:
            phrases += [word for campaign in board.brand.campaigns for word in (campaign.name, *campaign.keywords)]
        return cls(board, _main_story(board, posts), tuple(phrases), idea.type == OpportunityType.COMPETITIVE)

    def holds(self, item: EvidenceItemDTO) -> bool | None:
        """Whether the post belongs to the story, or says a phrase where it belongs to no other; None where unjudged."""
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


def miscounted(board: LabelledBoard, idea: CandidateDTO, claim: ClaimDTO) -> list[UUID]:
    """The posts that a claim counts although they are not about its topic."""
    subject, posts = Subject.of(board, idea, claim.evidence_ids, claim), _posts(board, claim.evidence_ids)
    return [item.id for item in posts if subject.holds(item) is False]


def purity(board: LabelledBoard, idea: CandidateDTO) -> float | None:
    """The share of an idea's judged posts that belong to its story; None where there is none, or nothing was judged."""
    subject = Subject.of(board, idea, idea.evidence_ids)
    judged = [held for item in _posts(board, idea.evidence_ids) if (held := subject.holds(item)) is not None]
    return sum(judged) / len(judged) if subject.story and judged else None


def story_of(board: LabelledBoard, idea: CandidateDTO) -> Story | None:
    """The story that at least half of an idea's posts belong to; None for background, off-brand and crisis posts."""
    subject = Subject.of(board, idea, idea.evidence_ids)
    right = sum(subject.holds(item) is True for item in _posts(board, idea.evidence_ids))
    return subject.story if 2 * right >= len(idea.evidence_ids) else None


def _main_story(board: LabelledBoard, posts: Iterable[UUID]) -> Story | None:
    stories = stories_of(board)
    labels = [board.labels[post] for post in posts if post in board.labels]
    topics = Counter(
        label.topic for label in labels if label.topic in stories and label.kind in STORIES | {Kind.DUPLICATE}
    )
    return stories[min(topics, key=lambda topic: (-topics[topic], str(topic)))] if topics else None


def _posts(board: LabelledBoard, ids: Iterable[UUID]) -> list[EvidenceItemDTO]:
    by_id = {item.id: item for item in board.evidence}
    return [by_id[one] for one in ids if one in by_id]


def share_a_word(posts: Sequence[EvidenceItemDTO]) -> bool:
    """Whether posts of at least two authors have a word in common in caption, title or hashtags, stop words aside."""
    authors_of: dict[str, set[str]] = {}
    for item in posts:
        text = _plain(" ".join([item.title, item.text_primary, *item.hashtags]))
        for word in _content_words(text):
            authors_of.setdefault(word, set()).add(author_key(item))
    return any(len(authors) > 1 for authors in authors_of.values())


def _content_words(text: str) -> set[str]:
    """Words by their beginning, so that inflections meet; runs of three signs where a script has no spaces."""
    words = [word for word in _WORD.findall(text) if word not in _STOPWORDS]
    found = {word[:_SHARED_CHARS] for word in words if len(word) >= _MIN_STEM_CHARS or not word.isascii()}
    unspaced = [word for word in words if UNSPACED.search(word)]
    return found | {word[at : at + 3] for word in unspaced for at in range(len(word) - 2)}


def says(item: EvidenceItemDTO, phrase: str) -> bool:
    """Whether a post holds the phrase: joined, as in a hashtag or a script without spaces, or each of its words.

    Words are the same when they are equal, or begin alike but for short endings.
    """
    text = _plain(" ".join([item.title, item.text_primary, item.text_secondary, *item.hashtags]))
    sought = _plain(phrase)
    joined = "".join(_WORD.findall(sought))
    if not joined:
        return False
    if (len(joined) >= _MIN_JOINED_CHARS or not joined.isascii()) and joined in "".join(_WORD.findall(text)):
        return True
    words = set(_WORD.findall(text))
    return all(any(_alike(word, other) for other in words) for word in _WORD.findall(sought))


def _alike(one: str, other: str) -> bool:
    """Whether two words are equal, or begin alike and then have short endings."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(shorter, longer, strict=False)))
    return common >= max(_MIN_STEM_CHARS, len(shorter) - _ENDING_CHARS) and len(longer) - common <= _ADDED_CHARS


def _plain(text: str) -> str:
    """Small letters without accents."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(one for one in spread if not unicodedata.combining(one)))


def _handle(author: str) -> str:
    return author.strip().removeprefix("@").casefold()
