"""The texts of an evidence item, each with the name of its place."""

from __future__ import annotations

from kairo.core.text import cut
from kairo.hero.dto import EvidenceItemDTO


def evidence_places(item: EvidenceItemDTO) -> list[tuple[str, str]]:
    """The texts of a post with the name of each place, as taboos are looked for."""
    secondary = "transcript" if item.has_transcript else "description"
    by = f"of the post by {cut(item.author_ref, max_length=80)}" if item.author_ref else "of a post"
    return [
        (f"caption {by}", item.text_primary),
        (f"title {by}", item.title if item.title != item.text_primary else ""),
        (f"hashtags {by}", " ".join(f"#{tag.lstrip('#')}" for tag in item.hashtags)),
        (f"{secondary} {by}", item.text_secondary),
    ]
