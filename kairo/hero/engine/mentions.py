"""Brand mentions: posts about the brand itself, which are never scored and back no opportunity."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from kairo.hero.dto import BrandMentionDTO, BrandSnapshotDTO, ClaimDTO
from kairo.hero.engine.brand_subject import BrandSubject
from kairo.hero.engine.claims import recompute, write_window
from kairo.hero.engine.state import EngineState
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.topic_match import has_key
from kairo.hero.engine.wording.labels import written_form
from kairo.hero.engine.wording.languages import grammar_for
from kairo.hero.gates.thresholds import MIN_ABOUT_SHARE
from kairo.hero.text.stems import stem
from kairo.hero.text.words import tokenize

MAX_FOUND = 6
MAX_POSTS = 100
_MIN_AUTHORS = 2
_TELLING_AUTHORS = 3
_ROUND_DAYS = (3, 7, 14, 30)
_SIZE_BONUS = (1.0, 1.0, 1.35, 1.5)


def find_mentions(state: EngineState) -> tuple[BrandMentionDTO, ...]:
    """The brand mentions of a board, newest first.

    What several authors say of the brand is a mention by that phrase; where these leave posts out, one more by the
    brand's name holds all of them.
    """
    about, brand, as_of = state.posts_about_brand, state.request.brand, state.request.as_of
    dated = [post for post in about if (at := post.item.published_at) is None or at <= as_of]
    found: list[BrandMentionDTO] = []
    covered: set[UUID] = set()
    for key, members in _topics(dated, state.candidate_posts, brand, state.subject):
        if len(found) == MAX_FOUND - 1:
            break
        phrase = written_form(key, members, vocabulary={}, language=_language(members, brand))
        if state.taboos.find([("phrase", phrase)]) is None:
            found.append(_mention(phrase, members, brand=brand, as_of=as_of))
            covered |= {member.id for member in members}
    if any(post.id not in covered for post in dated):
        found.append(_mention(brand.name, dated, brand=brand, as_of=as_of))
    return tuple(sorted(found, key=lambda one: (_age(one, as_of), one.phrase)))


def _topics(
    about: Sequence[TokenizedPost], others: Sequence[TokenizedPost], brand: BrandSnapshotDTO, subject: BrandSubject
) -> Iterable[tuple[str, list[TokenizedPost]]]:
    """What authors who name the brand share, strongest first, no post in two of them."""
    name_keys = _keys_of_names(brand, about)
    holding: defaultdict[str, list[TokenizedPost]] = defaultdict(list)
    for post in about:
        for key in post.written_keys & post.phrases.keys():
            holding[key].append(post)
    telling = min(_TELLING_AUTHORS, math.ceil(_author_count(about) / 2))
    shared = {key: posts for key, posts in holding.items() if _author_count(posts) >= max(_MIN_AUTHORS, telling)}
    taken: set[UUID] = set()
    for key in sorted(shared, key=lambda key: (-_strength(key, shared[key]), key)):
        members = [post for post in shared[key] if post.id not in taken]
        if _author_count(members) < max(_MIN_AUTHORS, telling) or _is_name(key, members, subject, name_keys):
            continue
        if len(shared[key]) >= MIN_ABOUT_SHARE * (len(shared[key]) + sum(1 for one in others if has_key(one, key))):
            yield key, members
            taken |= {post.id for post in members}


def _strength(key: str, posts: Sequence[TokenizedPost]) -> float:
    size = max(phrase.size for post in posts for phrase in post.phrases[key])
    return _author_count(posts) * _SIZE_BONUS[size]


def _keys_of_names(brand: BrandSnapshotDTO, about: Sequence[TokenizedPost]) -> frozenset[str]:
    """The keys of each word of the brand's name, in the languages of the posts."""
    languages = sorted({post.language for post in about})
    return frozenset(stem(word.folded, language) for word in tokenize(brand.name).words for language in languages)


def _is_name(key: str, about: Sequence[TokenizedPost], subject: BrandSubject, name_keys: frozenset[str]) -> bool:
    """Whether the phrase is the brand's name, or holds it: it says who is spoken about, not what is said."""
    shown = {phrase.surface for post in about for phrase in post.phrases.get(key, ())}
    return key in name_keys or any(subject.is_in(text) for text in shown)


def _mention(
    phrase: str, members: Sequence[TokenizedPost], *, brand: BrandSnapshotDTO, as_of: datetime
) -> BrandMentionDTO:
    posts, days = _within(members, as_of)
    start = as_of - timedelta(days=days)
    ids = tuple(sorted(member.id for member in posts))
    window = write_window(start=start, end=as_of)
    grammar = grammar_for(posts, languages=brand.languages)
    claim = ClaimDTO(text="", metric="authors", value="", window=window, evidence_ids=ids)
    evidence = {member.id: member.item for member in posts}
    value = recompute(claim, evidence=evidence, as_of=as_of, brand=brand)
    text = grammar.claims.authors_recent.template(int(value)).format(
        n=grammar.number(int(value)), topic=phrase, days=days
    )
    said = phrase if phrase != brand.name else ""
    moments = [member.item.published_at for member in posts if member.item.published_at is not None]
    return BrandMentionDTO(
        phrase=phrase,
        authors=len({member.author_key for member in posts}),
        window=window,
        evidence_ids=ids,
        claims=(ClaimDTO(text=text, metric="authors", value=value, window=window, evidence_ids=ids, phrase=said),)
        if moments
        else (),
        newest_published_at=max(moments, default=None),
    )


def _within(members: Sequence[TokenizedPost], as_of: datetime) -> tuple[list[TokenizedPost], int]:
    """The posts of the longest round number of days that holds no more than are shown; undated ones with all."""
    posts = list(members)
    for days in reversed(_ROUND_DAYS):
        posts = [
            one
            for one in members
            if one.item.published_at is None or as_of - one.item.published_at <= timedelta(days=days)
        ]
        if len(posts) <= MAX_POSTS:
            tight = next((few for few in _ROUND_DAYS if all(_is_within(one, few, as_of) for one in posts)), days)
            return posts, tight
    newest = sorted(posts, key=lambda one: (one.item.published_at or as_of, one.id), reverse=True)
    return newest[:MAX_POSTS], _ROUND_DAYS[0]


def _is_within(post: TokenizedPost, days: int, as_of: datetime) -> bool:
    at = post.item.published_at
    return at is None or as_of - at <= timedelta(days=days)


def _language(members: Sequence[TokenizedPost], brand: BrandSnapshotDTO) -> str:
    return grammar_for(members, languages=brand.languages).language


def _author_count(posts: Iterable[TokenizedPost]) -> int:
    return len({post.author_key for post in posts})


def _age(mention: BrandMentionDTO, as_of: datetime) -> timedelta:
    return as_of - mention.newest_published_at if mention.newest_published_at is not None else timedelta.max
