"""Extracts the spoken text from captions."""

from __future__ import annotations

import html
import re

from kairo.integrations.apify.normalizers.raw_item import objects

_TIMING = re.compile(r"^\s*(\d+\s*\n\s*)?[\d:.,]{5,}\s*-->\s*[\d:.,]{5,}.*$", re.MULTILINE)
_HEADER = re.compile(r"^\ufeff?WEBVTT\b.*?(\n\s*\n|$)", re.DOTALL)
_BLOCK = re.compile(r"^(NOTE|STYLE|REGION)\b.*?(\n\s*\n|\Z)", re.DOTALL | re.MULTILINE)
_TAG = re.compile(r"<[^<>\n]{1,100}>|\{\\[^{}\n]{1,50}\}")
_URL = re.compile(r"\s*https?://\S+\s*")


def spoken_text(value: object) -> str:
    """Returns the text of captions without timing and markup: plain text, SRT, WebVTT, or a list of lines.

    A link to captions has no text.
    """
    if isinstance(value, str):
        return _plain(value)
    lines = value if isinstance(value, list) and all(isinstance(line, str) for line in value) else None
    return " ".join(filter(None, (_plain(line) for line in lines or _texts(value))))


def _texts(value: object) -> list[str]:
    return [line for each in objects(value) if isinstance(line := each.get("text"), str)]


def _plain(captions: str) -> str:
    if _URL.fullmatch(captions):
        return ""
    if "-->" not in captions and not captions.lstrip("\ufeff").startswith("WEBVTT"):
        return captions.strip()
    plain = _HEADER.sub("", captions.replace("\r\n", "\n").replace("\r", "\n"))
    plain = _TIMING.sub("", _BLOCK.sub("", plain))
    lines = [html.unescape(_TAG.sub("", line)).strip() for line in plain.split("\n")]
    # Roll-up captions repeat each line.
    spoken = [line for previous, line in zip(["", *lines], lines, strict=False) if line and line != previous]
    return " ".join(line for index, line in enumerate(spoken) if not index or line != spoken[index - 1])
