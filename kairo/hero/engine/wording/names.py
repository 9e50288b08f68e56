"""Names of brands, personas, pillars, authors and competitors inside a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kairo.core.enums import Platform
from kairo.core.platforms import PLATFORMS
from kairo.core.text import cut
from kairo.hero.dto import PersonaDTO
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.wording.grammar import Grammar
from kairo.hero.text.folding import strip_accents, visible
from kairo.hero.text.words import Word, tokenize

_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_MAX_NAME_CHARS = 48
_HASHED_NAME = re.compile(r"[0-9a-f]{7,}|^\W*$|\d{5,}")
_NAME = re.compile(r"[\w.\- ]{2,40}")


def author_name(post: TokenizedPost) -> str:
    """The post's author as it is cited, with @ where the platform has handles; "" for one without a readable name."""
    author = post.item.author_ref.strip().lstrip("@")
    if _NAME.fullmatch(author) is None or _HASHED_NAME.search(author) is not None:
        return ""
    handled = PLATFORMS[Platform(post.item.platform)].has_handles and " " not in author
    return f"@{author}" if handled else author


def competitor_name(handle: str, members: Sequence[TokenizedPost]) -> str:
    """A competitor as it writes itself: "platepronto.kits" who says "Plate Pronto" is Plate Pronto."""
    first = re.split(r"[._\d]", handle)[0] or handle
    for squeezed in (re.sub(r"[._]", "", handle), first):
        counts = Counter(
            " ".join(_titled(one.surface) for one in run)
            for member in members
            for text in (member.item.title, member.item.text_primary, member.item.text_secondary)
            for run in _runs(tokenize(text).words)
            if "".join(one.folded for one in run) == strip_accents(squeezed)
        )
        if counts:
            return max(counts, key=lambda name: (counts[name], name.count(" "), name))
    return _titled(first)


def names_competitor(text: str, handle: str, name: str) -> bool:
    """Whether a text names the competitor, by its account or as it writes itself."""
    squeezed = re.sub(r"[\W_]", "", strip_accents(text.casefold()))
    known = (
        re.sub(r"[\W_]", "", strip_accents(one.casefold())) for one in (handle, name, re.split(r"[._\d]", handle)[0])
    )
    return any(one and one in squeezed for one in known)


def persona_name(persona: PersonaDTO, grammar: Grammar) -> str:
    """A persona inside a sentence: an English role takes an article, a person's name does not."""
    given = display_text(persona.name)
    name = _ARTICLE.sub("", given) if grammar.language == "en" else given
    lowered = in_sentence(name, grammar)
    is_own_name = name == given and lowered == name and not _is_role(name)
    if grammar.language != "en" or is_own_name:
        return name
    return f"{'an' if lowered[:1].lower() in 'aeiou' else 'a'} {lowered}"


def in_sentence(name: str, grammar: Grammar) -> str:
    """A name with a capital only at its start loses it inside a sentence; proper names and acronyms keep theirs."""
    first, *others = name.split()
    is_title = not others or not any(word[:1].islower() or word.isupper() for word in others)
    if is_title or not grammar.lowers_first or not first[1:].replace("-", "").islower():
        return name
    return name[:1].lower() + name[1:]


def is_name(label: str, grammar: Grammar) -> bool:
    """Whether a topic is called like a person, a place, a product or a feast: a capital in each word, no acronyms."""
    words = re.findall(r"\w+", label)
    named = [word for word in words if word != word.lower() and word != word.upper()]
    return grammar.lowers_first and len(named) == len(words) > 0


def capitalize(text: str) -> str:
    """The text with a capital first letter, unless its first word has capitals of its own, like iPhone."""
    first = text.split(" ", 1)[0]
    if any(letter.isupper() for letter in first[1:]) and first[:1].islower() and "-" not in first:
        return text
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=2_048)
def display_text(text: str) -> str:
    """A text of the brand on one line, without hash signs, cut where it is long."""
    return shortened(re.sub(r"\s+", " ", visible(text)).replace("#", ""), _MAX_NAME_CHARS)


def shortened(text: str, most: int) -> str:
    """The text, or its beginning up to a word's end with "…", in at most `most` characters."""
    if len(text) <= most:
        return text
    head = cut(text, max_length=most - 1)
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head).rstrip(" ,;:-") + "…"


def _is_role(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and words[-1][:1].islower()


def _titled(word: str) -> str:
    return word.capitalize() if word.islower() or (word.isupper() and len(word) > 4) else word


def _runs(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """One to three words in a row, hashtags apart."""
    for size in (1, 2, 3):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            if not any(one.hashtag for one in run):
                yield run
