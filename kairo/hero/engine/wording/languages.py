"""The registry of languages: one line here adds a language to wording, score sentences, form patterns and review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.wording.de import GERMAN
from kairo.hero.engine.wording.en import ENGLISH
from kairo.hero.engine.wording.es import SPANISH
from kairo.hero.engine.wording.fr import FRENCH
from kairo.hero.engine.wording.grammar import Grammar, Titles
from kairo.hero.engine.wording.hi import HINDI
from kairo.hero.engine.wording.it import ITALIAN
from kairo.hero.engine.wording.ja import JAPANESE
from kairo.hero.engine.wording.ko import KOREAN
from kairo.hero.engine.wording.nl import DUTCH
from kairo.hero.engine.wording.pl import POLISH
from kairo.hero.engine.wording.pt import PORTUGUESE
from kairo.hero.engine.wording.titles import NEUTRAL
from kairo.hero.engine.wording.tr import TURKISH

GRAMMARS: dict[str, Grammar] = {
    grammar.language: grammar
    for grammar in (
        ENGLISH, SPANISH, PORTUGUESE, GERMAN, FRENCH, HINDI, JAPANESE, ITALIAN, DUTCH, POLISH, TURKISH, KOREAN,
    )
}  # fmt: skip

NEUTRAL_GRAMMAR = replace(
    ENGLISH,
    titles=Titles(topic=NEUTRAL, trend=(), evergreen=(), competitive=NEUTRAL[:1], named=(), campaign=()),
)
"""For posts in a language without a grammar: topic words as titles, and plain English below them."""


class Choice(NamedTuple):
    """A grammar. `language_without_grammar` is the language it stands in for, or ""."""

    grammar: Grammar
    language_without_grammar: str = ""


def choose_grammar(members: Sequence[TokenizedPost], *, languages: Sequence[str]) -> Choice:
    """The grammar of the language most of the posts are in, where the brand publishes in it.

    Otherwise that of the brand's first language that has one; where none has, neutral English. A brand that names no
    language publishes in any.
    """
    spoken = [language.lower()[:2] for language in languages]
    counts = Counter(member.language for member in members)
    order = [*spoken, *GRAMMARS]
    ranked = sorted(counts, key=lambda one: (-counts[one], order.index(one) if one in order else len(order), one))
    for language in ranked:
        if language in GRAMMARS and (not spoken or language in spoken):
            return Choice(GRAMMARS[language])
        if counts[language] * 2 > len(members):
            break
    known = next((GRAMMARS[language] for language in spoken if language in GRAMMARS), None)
    if known is not None:
        return Choice(known)
    return Choice(NEUTRAL_GRAMMAR, spoken[0]) if spoken else Choice(NEUTRAL_GRAMMAR, ranked[0] if ranked else "")


def grammar_for(members: Sequence[TokenizedPost], *, languages: Sequence[str]) -> Grammar:
    """The grammar of `choose_grammar`."""
    return choose_grammar(members, languages=languages).grammar


def board_grammar(posts: Sequence[TokenizedPost], *, languages: Sequence[str]) -> Grammar:
    """The grammar of what is said about a whole board: of the brand's first language that has one, else the posts'."""
    spoken = (language.lower()[:2] for language in languages)
    known = next((GRAMMARS[language] for language in spoken if language in GRAMMARS), None)
    return known or grammar_for(posts, languages=())
