"""Sentences on scores and coverage, per language."""

from __future__ import annotations

from kairo.hero.engine.wording.sentences.de import GERMAN
from kairo.hero.engine.wording.sentences.en import ENGLISH
from kairo.hero.engine.wording.sentences.es import SPANISH
from kairo.hero.engine.wording.sentences.fr import FRENCH
from kairo.hero.engine.wording.sentences.grammar import Sentences
from kairo.hero.engine.wording.sentences.hi import HINDI
from kairo.hero.engine.wording.sentences.it import ITALIAN
from kairo.hero.engine.wording.sentences.ja import JAPANESE
from kairo.hero.engine.wording.sentences.ko import KOREAN
from kairo.hero.engine.wording.sentences.nl import DUTCH
from kairo.hero.engine.wording.sentences.pl import POLISH
from kairo.hero.engine.wording.sentences.pt import PORTUGUESE
from kairo.hero.engine.wording.sentences.tr import TURKISH

SENTENCES: dict[str, Sentences] = {
    sentences.language: sentences
    for sentences in (
        ENGLISH, SPANISH, PORTUGUESE, GERMAN, FRENCH, HINDI, JAPANESE, ITALIAN, DUTCH, POLISH, TURKISH, KOREAN,
    )
}  # fmt: skip


def sentences_in(language: str) -> Sentences:
    """The sentences of a grammar's language."""
    return SENTENCES[language]
