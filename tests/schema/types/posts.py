"""Post previews for tests of the GraphQL types."""

from __future__ import annotations

from kairo.core.enums import Platform
from kairo.hero.dto import EvidencePreviewDTO, MetricsDTO
from tests.hero.builders import AS_OF, an_id


def preview(name: str) -> EvidencePreviewDTO:
    return EvidencePreviewDTO(
        id=an_id(name),
        platform=Platform.INSTAGRAM,
        url=f"https://posts.example/{name}",
        author="baker",
        snippet=name,
        has_transcript=False,
        published_at=AS_OF,
        metrics=MetricsDTO(),
    )
