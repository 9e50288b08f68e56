"""Tokenized posts, typed topics and worded opportunities for the tests of the wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from kairo.core.enums import Channel, OpportunityType, Platform
from kairo.hero.dto import BrandSnapshotDTO, MetricsDTO
from kairo.hero.engine.bursts import Burst
from kairo.hero.engine.idea_types import TypedTopic
from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.tokenized_posts import TokenizedPost, tokenize_post
from kairo.hero.engine.topics import Topic
from kairo.hero.engine.wording.write import WordedOpportunity, word_opportunity
from kairo.hero.enums import AnglePartKind
from tests.hero.builders import AS_OF, brand, persona, pillar, post

BURST = Burst(window=timedelta(days=3), recent=4, authors=4, earlier=0, expected=0.2, p=1e-5)
MENDER = brand(
    "Loophole",
    pillars=(pillar("Mend it", "darning", "moth traps", "visible patches", "odd socks"),),
    personas=(persona("Patient beginner", "heel", pains=("no time",)),),
    channels=(Channel.TIKTOK, Channel.INSTAGRAM),
    languages=("en",),
)
TEXTS = (
    "How to start darning before the heel opens #darning",
    "Darning for beginners: keep the wool loose. Which wool holds for a heel?",
    "Step by step darning on a train, no table needed",
    "My aunt calls darning a slow hello. Honest question: which wool for the heel?",
)


def tokenized(
    text: str, *, name: str = "p", language: str = "en", author: str = "", platform: Platform = Platform.TIKTOK
) -> TokenizedPost:
    """One post, tokenized."""
    return tokenize_post(post(name, text, author=author or f"author.{name}", platform=platform), languages=(language,))


def members_of(texts: Sequence[str], *, language: str = "en", **changes: Any) -> tuple[TokenizedPost, ...]:
    """One post a text, each of another author and hour and with more views than the one before, in the order of ids."""
    items = [
        replace(
            post(f"m{n}", text, author=f"mender.{n}", hours_ago=5 + 7 * n, platform=Platform.TIKTOK),
            metrics=MetricsDTO(views=1000 * (n + 1), likes=10),
        )
        for n, text in enumerate(texts)
    ]
    posts = [tokenize_post(replace(item, **changes), languages=(language,)) for item in items]
    return tuple(sorted(posts, key=lambda one: one.id))


def typed(
    members: Sequence[TokenizedPost],
    anchor: str = "darning",
    *,
    kind: OpportunityType = OpportunityType.TREND,
    **rest: Any,
) -> TypedTopic:
    """A topic of the posts around an anchor."""
    key = phrase_key(anchor, members[0].language)
    topic = Topic(anchor=key, terms=(key,), members=tuple(members), burst=BURST, is_in_text=True)
    return TypedTopic(topic, kind, f"topic:{key}", **rest)


def competitive(members: Sequence[TokenizedPost], key: str, *, competitor: str = "woolpalace") -> TypedTopic:
    """A competitor's topic."""
    topic = Topic(anchor=key, terms=(key,), members=tuple(members), burst=None, is_in_text=True)
    return TypedTopic(topic, OpportunityType.COMPETITIVE, f"competitor:{competitor}", competitor=competitor)


def worded(some: TypedTopic, by: BrandSnapshotDTO = MENDER, **rest: Any) -> WordedOpportunity:
    """The topic in words, for the brand's first pillar and persona unless given."""
    defaults: dict[str, Any] = {
        "brand": by,
        "pillar": by.pillars[0] if by.pillars else None,
        "persona": by.personas[0] if by.personas else None,
        "vocabulary": {},
        "as_of": AS_OF,
    }
    return word_opportunity(some, **{**defaults, **rest})


def parts_of(words: WordedOpportunity, kind: AnglePartKind) -> list[str]:
    """The texts of the angle's parts of a kind."""
    return [part.text for part in words.angle_parts if part.kind is kind]
