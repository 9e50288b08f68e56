"""Detects scripts, as far as tokenizing and language detection need them."""

from __future__ import annotations

import re

HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HIRAGANA = "\u3041-\u309f"
KATAKANA = "\u30a0-\u30fa\u30fc-\u30ff"
THAI = "\u0e01-\u0e4e"
# Thai, Lao, Myanmar, Khmer.
_UNSPACED = f"{HAN}{HIRAGANA}{KATAKANA}\u0e01-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"

UNSPACED = re.compile(f"[{_UNSPACED}]")
RUN = re.compile(f"[{HAN}]+|[{KATAKANA}]+|[{HIRAGANA}]+|[{THAI}]+|[^{HAN}{HIRAGANA}{KATAKANA}{THAI}]+")
_HAN_RUN = re.compile(f"[{HAN}]")
_HIRAGANA_RUN = re.compile(f"[{HIRAGANA}]")
_KATAKANA_RUN = re.compile(f"[{KATAKANA}]")

_LANGUAGE_OF_SCRIPT = (
    (re.compile(f"[{HIRAGANA}{KATAKANA}]"), "ja"),
    (re.compile("[\uac00-\ud7af\u1100-\u11ff]"), "ko"),
    (re.compile(f"[{HAN}]"), "zh"),
    (re.compile(f"[{THAI}]"), "th"),
    (re.compile("[\u0900-\u097f]"), "hi"),
    (re.compile("[\u0600-\u06ff]"), "ar"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0400-\u04ff]"), "ru"),
    (re.compile("[\u0370-\u03ff]"), "el"),
)
_LATIN = re.compile("[a-z\u00e0-\u024f]")
_OTHER_SCRIPT = re.compile(f"[{HIRAGANA}{KATAKANA}{HAN}\uac00-\ud7af\u1100-\u11ff{THAI}\u0900-\u097f\u0370-\u06ff]")


def language_of_script(folded: str) -> str | None:
    """The language that the text's script implies, or None for Latin script and for texts without letters.

    Posts mix scripts: another script decides if it has at least half as many letters as Latin.
    """
    if folded.isascii() or _OTHER_SCRIPT.search(folded) is None:
        return None
    latin = len(_LATIN.findall(folded))
    for pattern, language in _LANGUAGE_OF_SCRIPT:
        count = len(pattern.findall(folded))
        if count and count * 2 >= latin:
            return language
    return None


def is_unspaced(word: str) -> bool:
    """Whether the word is in a script without spaces between words."""
    return not word.isascii() and UNSPACED.search(word) is not None


def pieces(run: str) -> list[str]:
    """Splits a run without spaces into units for matching: whole katakana words, and bigrams of Han, Thai and others.

    Hiragana is skipped: it is mostly grammar.
    """
    units: list[str] = []
    for part in RUN.findall(run):
        if _HIRAGANA_RUN.match(part):
            continue
        if _KATAKANA_RUN.match(part):
            units += [part] if len(part) >= 2 else []
        elif _HAN_RUN.match(part) or UNSPACED.match(part):
            units += [part[index : index + 2] for index in range(len(part) - 1)]
        elif part.strip():
            units.append(part)
    return units
