"""Finds a question that posts of two authors share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kairo.hero.engine.phrases import PhraseFinder
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.wording.quotes import questions
from kairo.hero.text.words import tokenize

MIN_SHARED = 2


@dataclass(frozen=True, slots=True)
class SharedQuestion:
    """The question as one post asks it, and the posts of several authors that ask alike, that one first."""

    text: str
    posts: tuple[TokenizedPost, ...]


def shared_question(members: Sequence[TokenizedPost], *, allowed: Callable[[str], bool]) -> SharedQuestion | None:
    """The question of the first post that another author asks alike: two words that carry something are the same.

    `members` come in the order in which they may be quoted.
    """
    questioned = [(member, text) for member in members for text in questions(member)]
    if len({member.author_key for member, _ in questioned}) < MIN_SHARED:
        return None
    finder = PhraseFinder(openings=())
    asked = [(member, text, _content(text, member.language, finder)) for member, text in questioned]
    for member, text, content in asked:
        if not allowed(text):
            continue
        alike = {
            other.id: other
            for other, _, others in asked
            if other.author_key != member.author_key and len(content & others) >= MIN_SHARED
        }
        if alike:
            return SharedQuestion(text, (member, *alike.values()))
    return None


def _content(text: str, language: str, finder: PhraseFinder) -> frozenset[str]:
    """The keys of the words that carry something."""
    found = finder.find([tokenize(text)], language)
    return frozenset(
        key
        for by_key in (found.phrases, found.hashtags)
        for key, phrases in by_key.items()
        if any(phrase.size == 1 for phrase in phrases)
    )
