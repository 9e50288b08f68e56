# ruff: noqa: E501, RUF001  (a pattern is one line; marks of several scripts are meant here)
"""Sentences of posts that can be quoted letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.wording.forms import caption
from kairo.hero.text.folding import fold, strip_accents
from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.stopwords import STOPWORDS

MAX_WORDS = 12
MAX_UNSPACED_CHARS = 36
_MIN_WORDS = 4
_MIN_CLAUSE_WORDS = 5
_MIN_CHARS = 10
_MIN_UNSPACED_CHARS = 6
_MAX_SENTENCES = 3
_MAX_READ_CHARS = 600
_ELLIPSIS = "…"
_QUESTION_MARKS = ("?", "？", "؟")
# A sentence ends with its mark, at a line's end, or at a picture.
_SENTENCE = re.compile(r"(?:[^\n.!?…。！？।]|[.!?](?=[^\s\"'”»)]))+(?:[.!?…。！？।]+)?")
_PICTURE = re.compile("[\u2190-\u2bff\u3030\u303d\ufe0f\u200d\U0001f000-\U0001faff]+")
_TAIL = re.compile(r"(?:^|(?<=\s))[#＃].*$")
_TAGS_ALONE = re.compile(r"(?:[#＃@][^\s#＃]+\s*)*")
_BROKEN = re.compile(r"@|https?:|www\.|\.com\b|[\"“”„«»「」『』<>\[\]{}|*_`\u200b-\u200f\u2028-\u202e\ufffd]")
_EDGES = "。। \t\u00a0.,;:–—-•·*~^_=+/\\|"
_CLAUSE_END = re.compile(r"[,;:–—](?=\s)|\s[–—-](?=\s)")
# Greetings, thanks and calls to action open many posts and say nothing of the topic.
_GREETINGS = (
    r"^(?:hi|hey|hello|hiya|yo|good (?:morning|evening)|guys|happy \w+day|hola|buenos dias|buenas|oi|ola|bom dia|hallo"
    r"|hej|moin|guten (?:morgen|tag|abend)|bonjour|salut|coucou|ciao|buongiorno|buonasera|goedemorgen|hoi|czesc|hejka"
    r"|dzien dobry|witajcie|merhaba|selam|gunaydin|guten|привет|नमस्ते|こんにちは|おはよう|こんばんは|안녕)(?!\w)",
    r"\b(?:link in (?:my |the )?(?:bio|comments)|enlace en (?:la |mi )?bio|link na bio|lien en bio|link(?:s)? in (?:der )?bio"
    r"|link in bio|link w (?:bio|opisie)|link bioda|profilde|프로필 링크)(?!\w)",
    r"プロフィールのリンク|リンクはプロフィール|프로필\s?링크|바이오\s?링크|बायो में लिंक|लिंक बायो",
    r"\b(?:save this|follow (?:me|us|for)|subscribe|comment below|tag (?:a|your) (?:friend|someone)|dm (?:me|us)|swipe"
    r"|screenshot (?:it|this)|trust me|who(?:'s| is) in|guardalo|siguenos|salva ai|salve|segue|speicher|folg(?:t|e)|abonn"
    r"|enregistre|abonne|salva il post|seguimi|sla dit op|volg|zapisz|obserwuj|kaydet|takip et)(?!\w)",
    r"保存して|フォローして|저장해|팔로우",
)
_GREETING = re.compile("|".join(_GREETINGS))


class Quote(NamedTuple):
    """A part of a post, letter by letter. `shown` ends in "…" where a sentence was cut; `opens` at a post's start."""

    text: str
    shown: str
    opens: bool


def quotable(post: TokenizedPost) -> Iterator[Quote]:
    """What of the post's first sentences can stand by itself: no greeting, call, link, account or pile of hashtags."""
    raw = caption(post)[:_MAX_READ_CHARS]
    for index, sentence in enumerate(_sentences(raw)):
        if index == _MAX_SENTENCES:
            return
        if _stands_alone(sentence):
            text, was_cut = shortened(sentence, post.language)
            if text == sentence or _stands_alone(text):
                yield Quote(text, text + _ELLIPSIS if was_cut else text, index == 0)


def questions(post: TokenizedPost) -> Iterator[str]:
    """The post's questions that are short enough to quote whole."""
    raw = caption(post)[:_MAX_READ_CHARS]
    unmarked = post.language in {"ja", "ko"}
    if not unmarked and not any(mark in raw for mark in _QUESTION_MARKS):
        return
    for sentence in _sentences(raw):
        asks = sentence.endswith(_QUESTION_MARKS) or (unmarked and sentence.endswith(("か", "까", "나요", "가요")))
        if asks and _stands_alone(sentence) and shortened(sentence, post.language) == (sentence, False):
            yield sentence


def shortened(sentence: str, language: str) -> tuple[str, bool]:
    """The sentence, or its first clause or words where it is long; and whether it breaks off inside a clause."""
    if is_unspaced(sentence):
        return _unspaced(sentence)
    ends = [match.end() for match in re.finditer(r"\S+", sentence)]
    if len(ends) <= MAX_WORDS:
        return sentence, False
    head = sentence[: ends[MAX_WORDS - 1]]
    clauses = [match.start() for match in _CLAUSE_END.finditer(head)]
    if clauses and len(head[: clauses[-1]].split()) >= _MIN_CLAUSE_WORDS:
        return head[: clauses[-1]].rstrip(_EDGES), False
    small = STOPWORDS.get(language, frozenset()) | STOPWORDS["en"]
    words = head.split()
    while len(words) > _MIN_CLAUSE_WORDS and strip_accents(fold(words[-1])).strip(_EDGES) in small:
        words.pop()
    return head[: ends[len(words) - 1]].rstrip(_EDGES), True


def _unspaced(sentence: str) -> tuple[str, bool]:
    if len(sentence) <= MAX_UNSPACED_CHARS:
        return sentence, False
    head = sentence[:MAX_UNSPACED_CHARS]
    at = max(head.rfind("、"), head.rfind("，"))
    if at >= _MIN_UNSPACED_CHARS:
        return head[:at], False
    # Words end where hiragana does, more often than not.
    breaks = [place.end() for place in re.finditer(r"[\u3041-\u309f\s](?![\u3041-\u309f\s])", head[:-1])]
    return head[: breaks[-1]].rstrip() if breaks else head, True


def _sentences(raw: str) -> Iterator[str]:
    for found in _SENTENCE.finditer(raw):
        for piece in _PICTURE.split(found.group()):
            tail = _TAIL.search(piece)
            # Hashtags at a sentence's end are dropped; one that is part of it cannot be.
            if tail is not None and _TAGS_ALONE.fullmatch(tail.group()) is None:
                continue
            text = (piece[: tail.start()] if tail is not None else piece).strip(_EDGES)
            if text:
                yield text


def _stands_alone(text: str) -> bool:
    if _BROKEN.search(text) is not None or "#" in text or "＃" in text:
        return False
    letters = sum(map(str.isalpha, text))
    if letters * 2 < len(text.replace(" ", "")):
        return False
    if is_unspaced(text):
        enough = len(text) >= _MIN_UNSPACED_CHARS
    else:
        enough = len(text.split()) >= _MIN_WORDS and len(text) >= _MIN_CHARS
    return enough and _GREETING.search(strip_accents(fold(text))) is None
