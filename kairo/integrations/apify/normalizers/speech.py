"""The words of captions, without their timing."""

from __future__ import annotations

import html
import re

from kairo.integrations.apify.normalizers.raw_item import objects

_TIMING = re.compile(r"^\s*(\d+\s*\n\s*)?[\d:.,]{5,}\s*-->\s*[\d:.,]{5,}.*$", re.MULTILINE)
_HEADER = re.compile(r"^\ufeff?WEBVTT\b.*?(\n\s*\n|$)", re.DOTALL)
_BLOCK = re.compile(r"^(NOTE|STYLE|REGION)\b.*?(\n\s*\n|\Z)", re.DOTALL | re.MULTILINE)
_TAG = re.compile(r"<[^<>\n]{1,100}>|\{\\[^{}\n]{1,50}\}")
_ADDRESS = re.compile(r"\s*https?://\S+\s*")


def spoken(value: object) -> str:
    """The spoken words in captions: text, SRT or WebVTT, or a list of lines that each have a text.

    A link to captions is none.
    """
    if isinstance(value, str):
        return _words(value)
    lines = value if isinstance(value, list) and all(isinstance(line, str) for line in value) else None
    return " ".join(filter(None, (_words(line) for line in lines or _texts(value))))


def _texts(value: object) -> list[str]:
    return [line for each in objects(value) if isinstance(line := each.get("text"), str)]


def _words(captions: str) -> str:
    if _ADDRESS.fullmatch(captions):
        return ""
    if "-->" not in captions and not captions.lstrip("\ufeff").startswith("WEBVTT"):
        return captions.strip()
    plain = _HEADER.sub("", captions.replace("\r\n", "\n").replace("\r", "\n"))
    plain = _TIMING.sub("", _BLOCK.sub("", plain))
    lines = [html.unescape(_TAG.sub("", line)).strip() for line in plain.split("\n")]
    # Captions that roll up say each line twice.
    said = [line for before, line in zip(["", *lines], lines, strict=False) if line and line != before]
    return " ".join(line for at, line in enumerate(said) if not at or line != said[at - 1])
