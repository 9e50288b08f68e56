"""Finds what a text on a board may not contain: links, markup, accounts and model speech."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from kairo.hero.text.folding import fold, visible
from kairo.hero.text.model_speech import MODEL_SPEECH, REQUIRED_SUBSTRINGS
from kairo.hero.text.spellings import unaccented

_ENDINGS_OF_HOSTS = """
    com org net edu gov info biz io co ai app dev me tv fm gg ly so xyz shop store online site website blog
    link click top club live news media agency studio tech cloud page pro health eu us uk de fr es it pt br nl
    be at ch pl tr ru ua jp kr cn in id ph my sg au nz ca mx ar cl se no dk fi cz sk hu ro gr ie il ae za asia
    example test local
"""
_LINK = re.compile(
    r"[a-z][a-z0-9+.\-]{1,20}://|\bhxxps?\b|\bwww\s?\.|\bmailto:|\bjavascript:|\bdata:[a-z]+/"
    r"|(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,64}\.[a-z]{2,}"
    rf"|(?<![\w.@])(?:[a-z0-9][a-z0-9\-]{{0,62}}\.){{1,8}}(?:{'|'.join(_ENDINGS_OF_HOSTS.split())})(?![\w\-]|\.\w)"
    r"|\w\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\))\s?\w|\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|(?<![\w.])(?:[a-z0-9\-]{1,63}\.){1,8}[a-z]{2,24}/\S",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<[a-z!/?][^<]{0,2000}?(?:>|=|$)|&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]{1,30});"
    r"|!?\[[^\[\]]*\]\s?\([^()]*\)|\[[^\[\]]+\]\[[^\[\]]*\]|^[ \t]*\[[^\[\]]+\]:\s"
    r"|`[^`]*`|```|\*\*[^*]+\*\*|(?<!\w)__[^_]+__(?!\w)|~~[^~]+~~|^ {0,3}#{1,6}\s"
    r"|^ {0,3}>\s|^[ \t]*[*+\-]\s|^[ \t]*\|.*\|"
    r"|(?<![\w*])\*[^\s*][^*\n]*\*(?!\w)"
    r"|\[/?(?:b|i|u|s|url|img|quote|code|color|size|list|center|spoiler|youtube|\*)(?:=[^\]]*)?\]"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\$\{|\bon(?:error|load|click|mouseover|focus)\s*=",
    re.IGNORECASE | re.MULTILINE,
)
# Every match of `_LINK` contains one of these, in lower case, or a dot or "@" inside a word; every match of `_MARKUP`
# contains one of _MARKUP_SIGNS. A substring test is many times as fast, and most texts contain none of them.
_LINK_SIGNS = ("://", "hxxp", "www", "o:", "t:", "a:", "[.", "(.", "[d", "(d")
_INSIDE_A_WORD = re.compile(r"\.(?:[^\W\d]|\d{1,3}\.\d)|@(?<=[\w.+\-]@)")
_MARKUP_SIGNS = ("<", ">", "&", "[", "`", "*", "__", "~~", "#", "|", "{", "=", "\n+", "\n-")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ACCOUNT = re.compile(r"(?<![\w.])@([\w](?:[\w.\-]*\w)?)")


# Several rules check the same text.
@lru_cache(maxsize=32)
def as_displayed(text: str) -> str:
    """The text as a reader sees it: NFKC, without invisible characters."""
    return "\n".join(visible(unicodedata.normalize("NFKC", line)) for line in text.splitlines())


def link_in(text: str) -> str | None:
    """The first link, address or bare domain in the text, or None."""
    match = _LINK.search(as_displayed(text)) if may_contain_link(text) else None
    return match.group() if match else None


def may_contain_link(text: str) -> bool:
    """A cheap test that is true for every text in which `link_in` finds a link, also if texts are joined as lines."""
    displayed = as_displayed(text)
    lowered = displayed.lower()
    return any(sign in lowered for sign in _LINK_SIGNS) or _INSIDE_A_WORD.search(displayed) is not None


def markup_in(text: str) -> str | None:
    """The first HTML, Markdown, BBCode, template syntax or control character in the text, or None."""
    if match := _CONTROLS.search(text):
        return match.group()
    match = _MARKUP.search(as_displayed(text)) if _has_markup_sign(text) else None
    return match.group() if match else None


def may_contain_markup(text: str) -> bool:
    """A cheap test that is true for every text in which `markup_in` finds markup, also if texts are joined as lines."""
    return _CONTROLS.search(text) is not None or _has_markup_sign(text)


def _has_markup_sign(text: str) -> bool:
    lines = f"\n{as_displayed(text)}"
    return any(sign in lines for sign in _MARKUP_SIGNS)


def accounts_in(text: str) -> list[str]:
    """The accounts that a text names with "@", in lower case and without "@"."""
    displayed = as_displayed(text)
    return [name.lower() for name in _ACCOUNT.findall(displayed)] if "@" in displayed else []


def model_speech_in(text: str) -> str | None:
    """The first phrase in which a language model mentions itself or introduces its answer, or None."""
    if not _has_required_substring(text):
        return None
    match = MODEL_SPEECH.search(re.sub(r"\s+", " ", unaccented(fold(text))))
    return match.group().strip() if match else None


def may_contain_model_speech(texts: Sequence[str]) -> bool:
    """A cheap test that is true if `model_speech_in` finds a phrase in one of the texts."""
    # Folding ASCII text is much faster, so ASCII and other texts are joined separately.
    groups = ("\n".join(text for text in texts if text.isascii() is ascii_only) for ascii_only in (True, False))
    # `fold` removes tags, and one may start in one text and end in another.
    return any("<" in as_displayed(joined) or _has_required_substring(joined) for joined in groups)


def _has_required_substring(text: str) -> bool:
    folded = " ".join(unaccented(fold(text)).split())
    return any(substring in folded for substring in REQUIRED_SUBSTRINGS)
