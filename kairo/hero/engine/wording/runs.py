"""Labels of topics in scripts without spaces, where an anchor is a pair of characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.text.folding import fold
from kairo.hero.text.scripts import is_unspaced

_MAX_RUN_CHARS = 12
_PARTICLES = frozenset("のにはがでとへもや")


def longest_shared_run(key: str, members: Sequence[TokenizedPost]) -> str:
    """For scripts without spaces: the longest run around the pair of signs that all posts with it share."""
    texts = [text for member in members if (text := _text_with(key, member))]
    run, grown = key, True
    while texts and grown and len(run) < _MAX_RUN_CHARS:
        grown = False
        for longer in sorted(_longer(run, texts)):
            if is_unspaced(longer[0]) and is_unspaced(longer[-1]) and all(longer in text for text in texts):
                run, grown = longer, True
                break
    # を never stands inside a word.
    run = next((part for part in run.split("を") if key in part), key)
    return _without_attached(run, texts) or key


def _text_with(key: str, member: TokenizedPost) -> str:
    """The caption of the post, or what is spoken in it where only that holds the key."""
    places = (f"{member.item.title} {member.item.text_primary}", member.item.text_secondary)
    return next((text for place in places if key in (text := fold(place))), "")


def _without_attached(run: str, texts: Sequence[str]) -> str:
    """The run without Japanese particles at its ends that belong to its neighbours, and with every sign of its own.

    A particle follows a word: a run that stands after a space or a mark somewhere begins with a sign of its own.
    """
    first, last = run[:1], run[-1:]
    if first in _PARTICLES and not _is_hiragana(run[1:2]):
        before = {
            text[place.start() - 1 : place.start()] for text in texts for place in re.finditer(re.escape(run), text)
        }
        if before and all(sign and sign.isalnum() for sign in before):
            run = run[1:]
    stands_alone = sum(text.count(run[:-1]) for text in texts) > sum(text.count(run) for text in texts)
    if last in _PARTICLES and (not _is_hiragana(run[-2:-1]) or stands_alone):
        run = run[:-1]
    return run.strip()


def _is_hiragana(sign: str) -> bool:
    return "\u3041" <= sign <= "\u309f"


def _longer(run: str, texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        at = text.find(run)
        if at < 0:
            continue
        if at > 0:
            found.add(text[at - 1 : at + len(run)])
        if at + len(run) < len(text):
            found.add(text[at : at + len(run) + 1])
    return found
