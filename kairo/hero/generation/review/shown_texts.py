"""What texts of an engine may stand on a board, whatever they are about."""

from __future__ import annotations

from collections.abc import Iterable

from kairo.hero.enums import RejectionCode
from kairo.hero.gates import thresholds as t
from kairo.hero.generation.review.context import Context, shortened
from kairo.hero.text.names import without_accounts
from kairo.hero.text.unwanted import accounts_in, link_in, markup_in, model_speech_in

MOST_CHARS = 500
LEFT_OUT = "The engine's own words for it are left out."


def shown_title(title: str, context: Context) -> str:
    """A title as a board may show it beside a rejected idea; "" where it may not."""
    short = shortened(title)
    return short if is_clean(short, context) else ""


def shown_detail(detail: str, code: RejectionCode, context: Context) -> str:
    """The sentence that says why an idea was rejected; a neutral one where it repeats what no board may show."""
    short = shortened(detail, most=MOST_CHARS)
    return short if is_clean(short, context, taboos=code != RejectionCode.TABOO) else LEFT_OUT


def is_clean(text: str, context: Context, *, taboos: bool = True, authors: Iterable[str] = ()) -> bool:
    """Whether a text may stand on a board: no link, no markup, no account but the given authors', no taboo."""
    text = without_accounts(text, authors)
    if link_in(text) or markup_in(text) or model_speech_in(text) or accounts_in(text):
        return False
    return not taboos or context.taboos.find([("text", text)]) is None


def is_text(value: object) -> bool:
    """Whether it is a text that the database can hold."""
    return isinstance(value, str) and len(value) <= t.MAX_TEXT_CHARS and "\x00" not in value
