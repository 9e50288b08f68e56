from __future__ import annotations

from dataclasses import replace

import msgspec

from kairo.hero.dto import BrandSnapshotDTO, TabooTermDTO
from tests.hero.builders import brand, campaign, persona

BRAND = replace(
    brand(
        campaigns=(campaign("Spring", "2026-03-01", "2026-04-01", "garden"),),
        personas=(persona("Maker", pains=("rust",)),),
    ),
    taboos=("detox",),
    taboo_terms=(TabooTermDTO(term="detox", synonyms=("cleanse",)),),
)


def test_brand_snapshot_is_equal_after_it_is_stored_as_json() -> None:
    """A board keeps it in JSON; a field of a type that JSON does not give back would change every replay."""
    assert msgspec.json.decode(msgspec.json.encode(BRAND), type=BrandSnapshotDTO) == BRAND


def test_brand_snapshot_of_an_older_board_reads_without_later_fields() -> None:
    stored = msgspec.to_builtins(BRAND)
    first = {name: stored[name] for name in ("id", "tenant_id", "slug", "name")}
    assert msgspec.convert(first, BrandSnapshotDTO).taboo_terms == ()
