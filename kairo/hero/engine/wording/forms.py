# ruff: noqa: RUF001  (marks of several scripts are meant here)
"""The form of posts: list, how-to, point of view, before and after, question, reaction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.wording.grammar import Form
from kairo.hero.engine.wording.languages import GRAMMARS
from kairo.hero.text.folding import fold, strip_accents

MIN_POSTS = 2
_MOST = 0.5
_ORDER = (Form.POINT_OF_VIEW, Form.BEFORE_AFTER, Form.LIST, Form.HOW_TO, Form.REACTION)
_MAX_CHARS = 600
_MIN_BULLETS = 3
_BULLET = re.compile(r"^\s*(?:[-•*✅☑✔▪►→]|\d{1,2}[.):]|\d\ufe0f?\u20e3)\s*\S", re.MULTILINE)
_AT_WORD = r"\b"
_QUESTION_MARKS = ("?", "？", "؟")


@dataclass(frozen=True, slots=True)
class DominantForm:
    """The form that at least half of the posts have and more than any other, and those posts."""

    form: Form
    posts: tuple[TokenizedPost, ...]
    every: bool


def form_of(post: TokenizedPost) -> Form | None:
    """The form that the post's words show, the first that holds; None where they show none."""
    raw = caption(post)[:_MAX_CHARS]
    if len(_BULLET.findall(raw)) >= _MIN_BULLETS:
        return Form.LIST
    text = " ".join(strip_accents(fold(raw)).split())
    # Most posts show no form, which one look for all of them tells.
    if _pattern(post.language, _ORDER).search(text) is not None:
        return next(form for form in _ORDER if _pattern(post.language, (form,)).search(text))
    return Form.QUESTION if _asks(raw) else None


def dominant_form(members: Sequence[TokenizedPost]) -> DominantForm | None:
    """The form that at least half of the posts have, and two of them; None where there is none, or two equal ones."""
    forms = {member.id: form_of(member) for member in members}
    counts = Counter(form for form in forms.values() if form is not None)
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0].value))
    if not ranked:
        return None
    (form, count), others = ranked[0], ranked[1:]
    if count < max(MIN_POSTS, _MOST * len(members)) or any(other == count for _, other in others):
        return None
    posts = tuple(member for member in members if forms[member.id] is form)
    return DominantForm(form, posts, every=count == len(members))


def caption(post: TokenizedPost) -> str:
    """What the post's author wrote: its caption, or its title where it has none."""
    return post.item.text_primary if post.item.text_primary.strip() else post.item.title


def _asks(raw: str) -> bool:
    """Whether the first or the last sentence is a question, hashtags apart."""
    if not any(mark in raw for mark in _QUESTION_MARKS):
        return False
    lines = [line for line in re.sub(r"[#＃@]\S+", "", raw).splitlines() if line.strip()]
    if not lines:
        return False
    first = re.match(r"[^.!?。！？؟…]*[.!?。！？؟…]?", lines[0].strip())
    return lines[-1].rstrip().endswith(_QUESTION_MARKS) or (
        first is not None and first.group().endswith(_QUESTION_MARKS)
    )


@cache
def _pattern(language: str, forms: tuple[Form, ...]) -> re.Pattern[str]:
    """What shows one of the forms, in the language or in English."""
    tables = [GRAMMARS[one].form_patterns for one in dict.fromkeys((language, "en")) if one in GRAMMARS]
    patterns = [pattern for table in tables for form in forms for pattern in table.get(form, ())]
    # With each word's beginning looked for once instead of by each pattern, a search takes a fifth of the time.
    at_words = [f"(?:{pattern.removeprefix(_AT_WORD)})" for pattern in patterns if pattern.startswith(_AT_WORD)]
    others = [f"(?:{pattern})" for pattern in patterns if not pattern.startswith(_AT_WORD)]
    return re.compile("|".join([rf"\b(?:{'|'.join(at_words)})", *others]))
