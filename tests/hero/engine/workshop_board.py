"""A board about hand tools: its posts, the older posts they are compared with, and the built-in engine's result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from kairo.core.enums import OpportunityType
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.engine.tokenized_posts import TokenizedPost, tokenize_post
from kairo.hero.ports import DecisionDTO, SynthesisRequest, SynthesisResult
from tests.hero.builders import AS_OF, brand, plain_evidence, post

OLDER = [replace(item, published_at=AS_OF - timedelta(days=20)) for item in plain_evidence(8)]

PLANES = (
    "Bench plane from the attic: rust off, sharpening on #benchplane",
    "Why my bench plane chatters, and how a restore fixed it",
    "Ten minutes of sharpening and the bench plane sings again. #benchplane",
    "Bench plane restore for people without a vice",
    "Do you wax the sole? A bench plane repair in my kitchen",
    "Grandfather left a bench plane; here is its second life #restore",
    "A bench plane is nothing without sharpening, said every old hand",
    "Flea market find: bench plane, two euros, one evening of repair",
)
GAUGES = (
    "My marking gauge, sharpening the pin",
    "A marking gauge to restore for winter",
    "Found a marking gauge under the stairs",
    "How I hold a marking gauge on oak",
    "This marking gauge leaves a thin line",
)
"""The first two say what the pillar is about: sharpening, restoring."""
MATERIALS = ("oak", "pine and glue", "ash for a handle", "an elm stool", "beech", "a walnut box")


def planes(*hours_ago: float) -> list[EvidenceItemDTO]:
    return [post(f"plane-{index}", PLANES[index], hours_ago=hours) for index, hours in enumerate(hours_ago)]


def gauges(*places: int, hours_ago: float = 20) -> list[EvidenceItemDTO]:
    return [post(f"gauge-{place}", GAUGES[place], hours_ago=hours_ago + place) for place in places]


def clamps(count: int, *, author: str = "rival.tools") -> list[EvidenceItemDTO]:
    """Posts by one account, an hour apart."""
    return [post(f"clamp-{n}", f"New clamp set, colour {n}", author=author, hours_ago=20 + n) for n in range(count)]


def request_for(
    posts: Sequence[EvidenceItemDTO], by: BrandSnapshotDTO | None = None, **changes: Any
) -> SynthesisRequest:
    """A request for these posts and the older ones."""
    return SynthesisRequest(as_of=AS_OF, brand=by or brand(), evidence=(*posts, *OLDER), **changes)


def synthesize(posts: Sequence[EvidenceItemDTO], by: BrandSnapshotDTO | None = None, **changes: Any) -> SynthesisResult:
    return BuiltinSynthesizer().synthesize(request_for(posts, by, **changes))


def tokenized(*texts: str, **changes: Any) -> list[TokenizedPost]:
    """Tokenized posts with these texts, each by its own author."""
    return [tokenize_post(post(f"text-{place}", text, **changes)) for place, text in enumerate(texts)]


def decision(concept: str, kind: str, *, days_ago: float = 1, **changes: Any) -> DecisionDTO:
    """A decision on a trend of the brand's first pillar."""
    value = DecisionDTO(
        concept_key=concept,
        kind=kind,
        at=AS_OF - timedelta(days=days_ago),
        opportunity_type=OpportunityType.TREND,
        pillar_id=brand().pillars[0].id,
    )
    return replace(value, **changes)
