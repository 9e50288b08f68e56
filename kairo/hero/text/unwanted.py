"""What no text on a board may hold: links, markup, accounts, a model speaking of itself."""

from __future__ import annotations

import re
import unicodedata

from kairo.hero.text.folding import fold, visible
from kairo.hero.text.model_speech import MODEL_SPEECH
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
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ACCOUNT = re.compile(r"(?<![\w.])@([\w](?:[\w.\-]*\w)?)")


def flat(text: str) -> str:
    """The text as it reads: full-width letters as others, and nothing invisible in it."""
    return "\n".join(visible(unicodedata.normalize("NFKC", line)) for line in text.splitlines())


def link_in(text: str) -> str | None:
    """A link, an address or a bare domain in the text, or None."""
    found = _LINK.search(flat(text))
    return found.group() if found else None


def markup_in(text: str) -> str | None:
    """HTML, Markdown, BBCode, a template's signs, or characters that change how a text is shown; or None."""
    if found := _CONTROLS.search(text):
        return found.group()
    found = _MARKUP.search(flat(text))
    return found.group() if found else None


def accounts_in(text: str) -> list[str]:
    """The accounts that a text names with "@", without it, in lower case."""
    return [name.lower() for name in _ACCOUNT.findall(flat(text))]


def model_speech_in(text: str) -> str | None:
    """Where a language model speaks of itself, or of its answer; or None."""
    found = MODEL_SPEECH.search(re.sub(r"\s+", " ", unaccented(fold(text))))
    return found.group().strip() if found else None
