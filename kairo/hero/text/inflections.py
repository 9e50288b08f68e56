"""Decides whether a word is an inflection of another: a plural, case or verb form. Derivations ("crunchy") are none.

Stemmers miss words without vowels ("DVDs") and unsupported languages; this module lists endings for both. All words are
folded and without accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

STEM_CHANGING_LANGUAGES = frozenset({"pl", "tr", "it"})
"""Languages in which the end of a stem changes before an ending."""
MIN_ENDING_CHARS = 3
_MIN_VERB_CHARS = 5
_NOUNS = {
    "en": "s",
    "de": "s es e en er ern em n ns",
    "nl": "s en e n je jes tje tjes",
    "sv": "s n en et er ar or na ne erna arna orna ens ets e a",
    "da": "s n en et er e ene erne ens ets ernes",
    "no": "s n en et er e ene ens ets a",
    "es": "s es",
    "pt": "s es",
    "fr": "s x es e",
    "it": "s i e o a",
    "pl": "a e i y u o ow om ami ach em iem owi ie cie ze zie owa owe owy owego owej owych owym ek",
    "fi": "n a t ssa sta lla lta lle ksi na en ita ien issa ista",
    "hu": "k ok ek ak t ot et at ban ben val vel nak nek",
}
_VERBS = {
    "en": "ed ing ings er ers r rs d ify ifies ified ifying ification ifications in",
    "de": "t te ten test tet st end ende enden ender endes et ete",
    "nl": "t te ten de den end ende",
    "sv": "ade at ande ar",
    "da": "ede et ende er",
    "no": "et ende er te",
    "es": "o a os as ar er ir ando iendo ado ada ados adas",
    "pt": "o a os as ar er ir ando endo ado ada ados adas",
    "fr": "er ez ent ant ee ees ees",
    "it": "are ere ire ando endo ato ata ati ate",
    "pl": "owac uje uja ujac owal owala ac ic al ala",
}
_CHANGED_NUMBERS = (
    ("pt", "ao", "oes"),
    ("pt", "ao", "aes"),
    ("pt", "al", "ais"),
    ("pt", "el", "eis"),
    ("pt", "ol", "ois"),
    ("pt", "ul", "uis"),
    ("pt", "il", "is"),
    ("pt", "il", "eis"),
    ("pt", "m", "ns"),
    ("es", "z", "ces"),
    ("fr", "al", "aux"),
)
"""Plural endings, without accents, that replace an ending of the singular."""
_NOUN_ENDINGS = {language: frozenset(endings.split()) for language, endings in _NOUNS.items()}
_VERB_ENDINGS = {language: frozenset(endings.split()) for language, endings in _VERBS.items()}
# k -> c, cz ("wódka", "wódce"); g -> dz; r -> rz; a last t, d, s, z or n is softened by i.
_POLISH_LAST = {"k": ("c", "cz"), "g": ("dz", "z"), "r": ("rz",), "t": ("ci",), "d": ("dzi",), "l": ("l",)}
_POLISH_VERB = re.compile("(?:a|e|i)?(?:c|m|sz|my|cie|ja|l|la|lo|li|ly|n[aeiy]\\w{0,3}|j[aeiy]\\w{0,4}|aj\\w{0,5})")
_TURKISH = re.compile(
    r"(?:l[ae]r)?(?:[ui]m[ui]z|[ui]n[ui]z|[ui]m|[ui]n|s?[ui]|l[ae]r[ui])?"
    r"(?:n?[ui]n|y?[ae]|n[ae]|y?[ui]|n[ui]|n?[dt][ae]n?|n?[dt][ae]ki|y?l[ae]|c[ae])?(?:d[ui]r)?"
)
_TURKISH_DERIVED = re.compile(r"(?:l[ui]|s[ui]z|c[ui]|l[ui]k)(?:l[ae]r)?(?:[ui]n?|n?[dt][ae]n?|y?[ae])?")
_SOFTENED = {"p": "b", "t": "d", "k": "g", "c": "c"}
_PARTICLES = """
    은 는 이 가 을 를 의 에 에서 에게 께 한테 로 으로 와 과 랑 이랑 하고 도 만 부터 까지 처럼
    보다 마다 조차 밖에 들 들이 들은 들을 들의 이나 나 이든 든 이라 라 이라고 라고 이란 란 이야
    야 입니다 이다 다 예요 이에요 이었 였 인 이고 이며 님 씨 용 적
"""
_PARTICLE = "|".join(sorted(_PARTICLES.split(), key=len, reverse=True))
# One or two particles, or 하다, which turns a noun into a verb.
_KOREAN = re.compile(rf"(?:{_PARTICLE}){{1,2}}|[하해했할한함합]\S*")
_HANGUL = re.compile("[\uac00-\ud7af]")
_LATIN = re.compile(r"[a-z0-9]+")


def is_inflection(word: str, root: str, *, languages: tuple[str, ...]) -> bool:
    """Whether the word is the root with a noun ending or, for roots of 5 letters or more, a verb ending."""
    if _HANGUL.search(root):
        return word.startswith(root) and (word == root or _KOREAN.fullmatch(word[len(root) :]) is not None)
    if not _LATIN.fullmatch(root):
        return _by_length(word, root)
    if "pl" in languages and len(root) > _MIN_VERB_CHARS + 3 and root.endswith(("anie", "enie")):
        # A verbal noun: "odchudzanie", "odchudzac", "odchudzajaca".
        stem = root[:-4]
        if word.startswith(stem) and _POLISH_VERB.fullmatch(word[len(stem) :]):
            return True
    return any(
        word.startswith(form) and is_ending(word[len(form) :], form, languages=languages)
        for form in _forms(root, languages)
    )


def is_acronym(word: str) -> bool:
    """Whether the word has three letters or more and no vowel, so that it is spelled out: "nft"."""
    return len(word) >= MIN_ENDING_CHARS and word.isalpha() and word.isascii() and not re.search("[aeiouy]", word)


def is_ending(rest: str, root: str, *, languages: tuple[str, ...]) -> bool:
    """Whether `rest` is a case, plural or verb ending of the root in one of the languages."""
    vowelless = not re.search("[aeiouy]", root)
    if rest in {"", "s", "es"} and (vowelless or len(root) >= MIN_ENDING_CHARS):
        return rest != "es" or vowelless or len(root) > MIN_ENDING_CHARS or root[-1] in "sxzo"
    turkish = "tr" in languages and (_TURKISH.fullmatch(rest) or _TURKISH_DERIVED.fullmatch(rest)) is not None
    if len(root) <= MIN_ENDING_CHARS and not vowelless:
        return turkish and len(root) == MIN_ENDING_CHARS and len(rest) > 1
    if turkish or any(rest in _NOUN_ENDINGS.get(language, ()) for language in languages):
        return True
    verb = any(rest in _VERB_ENDINGS.get(language, ()) for language in languages)
    return verb and len(root) >= _MIN_VERB_CHARS and (not rest.startswith("r") or root.endswith("e"))


def _forms(root: str, languages: tuple[str, ...]) -> Iterator[str]:
    """The root, and the forms that it takes before an ending."""
    yield root
    yield from changed_numbers(root, languages=languages)
    if "pl" in languages and len(root) > MIN_ENDING_CHARS:
        bare = root[:-1] if root[-1] in "aeioy" else root
        if bare != root:
            yield bare
        for last in _POLISH_LAST.get(bare[-1:], ()):
            yield bare[:-1] + last
        if len(bare) >= MIN_ENDING_CHARS + 1 and bare[-1] == "k" and bare[-2] not in "aeiou":
            yield f"{bare[:-1]}e{bare[-1]}"
    if "it" in languages and len(root) > MIN_ENDING_CHARS + 1 and root[-1] in "aeo":
        yield root[:-1]
        if root[-2] in "cg":
            yield f"{root[:-1]}h"
    if "tr" in languages and len(root) > MIN_ENDING_CHARS and root[-1] in _SOFTENED:
        yield root[:-1] + _SOFTENED[root[-1]]
    if "en" in languages and len(root) > MIN_ENDING_CHARS and root[-1] == "y" and root[-2] not in "aeiou":
        yield f"{root[:-1]}ie"


def changed_numbers(root: str, *, languages: tuple[str, ...]) -> list[str]:
    """The plural that replaces the word's ending, and the singular of such a plural.

    Portuguese "promocao", "promocoes" and "papel", "papeis", Spanish "luz", "luces", French "cheval", "chevaux".
    """
    changed = []
    for language, singular, plural in _CHANGED_NUMBERS:
        if language not in languages:
            continue
        if root.endswith(singular) and not _is_short(root):
            changed.append(root.removesuffix(singular) + plural)
        if root.endswith(plural) and not _is_short(other := root.removesuffix(plural) + singular):
            changed.append(other)
    return changed


def _is_short(singular: str) -> bool:
    """Whether the singular is too short to tell: "mais" is no plural of "mal", nor "sois" of "sol"."""
    return len(singular) < MIN_ENDING_CHARS or (len(singular) == MIN_ENDING_CHARS and singular.endswith("l"))


def _by_length(word: str, root: str) -> bool:
    """For scripts without listed endings: up to four letters after a root of at least four are an ending."""
    return len(root) >= 4 and word.startswith(root) and len(word) - len(root) <= min(4, len(root) - 1)
