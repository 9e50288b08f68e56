"""What no text on a board may hold: links, markup, accounts, a model speaking of itself."""

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
# Every match of `_LINK` has one of these, in lower case, or a dot or an "@" inside a word; every match of `_MARKUP` has
# one of those below. Most texts have none, which is seen many times as fast.
_LINK_SIGNS = ("://", "hxxp", "www", "o:", "t:", "a:", "[.", "(.", "[d", "(d")
_INSIDE_A_WORD = re.compile(r"\.(?:[^\W\d]|\d{1,3}\.\d)|@(?<=[\w.+\-]@)")
_MARKUP_SIGNS = ("<", ">", "&", "[", "`", "*", "__", "~~", "#", "|", "{", "=", "\n+", "\n-")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ACCOUNT = re.compile(r"(?<![\w.])@([\w](?:[\w.\-]*\w)?)")


# The rules read the same texts one after the other.
@lru_cache(maxsize=32)
def as_displayed(text: str) -> str:
    """The text as it reads: full-width letters as others, and nothing invisible in it."""
    return "\n".join(visible(unicodedata.normalize("NFKC", line)) for line in text.splitlines())


def link_in(text: str) -> str | None:
    """A link, an address or a bare domain in the text, or None."""
    found = _LINK.search(as_displayed(text)) if may_contain_link(text) else None
    return found.group() if found else None


def may_contain_link(text: str) -> bool:
    """Whether the text has a sign without which `link_in` finds nothing, in any of its lines."""
    read = as_displayed(text)
    lowered = read.lower()
    return any(sign in lowered for sign in _LINK_SIGNS) or _INSIDE_A_WORD.search(read) is not None


def markup_in(text: str) -> str | None:
    """HTML, Markdown, BBCode, a template's signs, or characters that change how a text is shown; or None."""
    if found := _CONTROLS.search(text):
        return found.group()
    found = _MARKUP.search(as_displayed(text)) if _has_sign_of_markup(text) else None
    return found.group() if found else None


def may_contain_markup(text: str) -> bool:
    """Whether the text has a sign without which `markup_in` finds nothing, in any of its lines."""
    return _CONTROLS.search(text) is not None or _has_sign_of_markup(text)


def _has_sign_of_markup(text: str) -> bool:
    lines = f"\n{as_displayed(text)}"
    return any(sign in lines for sign in _MARKUP_SIGNS)


def accounts_in(text: str) -> list[str]:
    """The accounts that a text names with "@", without it, in lower case."""
    read = as_displayed(text)
    return [name.lower() for name in _ACCOUNT.findall(read)] if "@" in read else []


def model_speech_in(text: str) -> str | None:
    """Where a language model speaks of itself, or of its answer; or None."""
    if not _has_telling_letters(text):
        return None
    found = MODEL_SPEECH.search(re.sub(r"\s+", " ", unaccented(fold(text))))
    return found.group().strip() if found else None


def may_contain_model_speech(texts: Sequence[str]) -> bool:
    """Whether `model_speech_in` may find something in one of the texts: read as two, which is faster."""
    # Letters beyond ASCII slow down the reading of all letters beside them.
    groups = ("\n".join(text for text in texts if text.isascii() is plain) for plain in (True, False))
    # What stands between "<" in one text and ">" in another would be lost as a tag.
    return any("<" in as_displayed(whole) or _has_telling_letters(whole) for whole in groups)


def _has_telling_letters(text: str) -> bool:
    read = " ".join(unaccented(fold(text)).split())
    return any(letters in read for letters in REQUIRED_SUBSTRINGS)
