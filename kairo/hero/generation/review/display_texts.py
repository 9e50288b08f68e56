"""Decides which texts of an engine a board may show."""

from __future__ import annotations

from collections.abc import Iterable

from kairo.hero.enums import RejectionCode
from kairo.hero.gates import thresholds as t
from kairo.hero.generation.review.context import ReviewContext, excerpt
from kairo.hero.text.names import without_accounts
from kairo.hero.text.unwanted import accounts_in, link_in, markup_in, model_speech_in

MAX_DETAIL_CHARS = 500
OMITTED = "The engine's own words for it are left out."


def display_title(title: str, context: ReviewContext) -> str:
    """The title of a rejected candidate, or "" if a board may not show it."""
    short = excerpt(title)
    return short if is_displayable(short, context) else ""


def display_detail(detail: str, code: RejectionCode, context: ReviewContext) -> str:
    """The reason of a rejection, or a neutral sentence if it repeats a text that a board may not show."""
    short = excerpt(detail, max_chars=MAX_DETAIL_CHARS)
    return short if is_displayable(short, context, taboos=code != RejectionCode.TABOO) else OMITTED


def is_displayable(text: str, context: ReviewContext, *, taboos: bool = True, authors: Iterable[str] = ()) -> bool:
    """Whether a board may show a text: no link, markup, model speech or taboo, and no account except `authors`."""
    text = without_accounts(text, authors)
    if link_in(text) or markup_in(text) or model_speech_in(text) or accounts_in(text):
        return False
    return not taboos or context.taboos.find([("text", text)]) is None


def is_storable_text(value: object) -> bool:
    """Whether the value is a text that the database can store."""
    return isinstance(value, str) and len(value) <= t.MAX_TEXT_CHARS and "\x00" not in value
