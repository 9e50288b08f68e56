"""The languages ideas can be worded in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kairo.hero.synthesis.readings import Reading
from kairo.hero.synthesis.wording.de import GERMAN
from kairo.hero.synthesis.wording.en import ENGLISH
from kairo.hero.synthesis.wording.es import SPANISH
from kairo.hero.synthesis.wording.fr import FRENCH
from kairo.hero.synthesis.wording.grammar import Grammar
from kairo.hero.synthesis.wording.hi import HINDI
from kairo.hero.synthesis.wording.ja import JAPANESE
from kairo.hero.synthesis.wording.pt import PORTUGUESE

GRAMMARS: dict[str, Grammar] = {
    grammar.language: grammar for grammar in (ENGLISH, SPANISH, PORTUGUESE, GERMAN, FRENCH, HINDI, JAPANESE)
}


def grammar_for(members: Sequence[Reading], *, languages: Sequence[str]) -> Grammar:
    """The grammar of the language most of the posts are in, where the brand publishes in it.

    Otherwise that of the brand's first language that has one. A brand that names no language publishes in any.
    """
    spoken = [language.lower()[:2] for language in languages]
    counts = Counter(member.language for member in members)
    order = [*spoken, *GRAMMARS]
    for language in sorted(
        counts, key=lambda one: (-counts[one], order.index(one) if one in order else len(order), one)
    ):
        if language in GRAMMARS and (not spoken or language in spoken):
            return GRAMMARS[language]
        if counts[language] * 2 > len(members):
            break
    return next((GRAMMARS[language] for language in spoken if language in GRAMMARS), ENGLISH)
