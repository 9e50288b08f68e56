from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from kairo.core import taboo_terms
from kairo.core.enums import Channel
from kairo.core.models import Brand
from kairo.hero.dto import BrandSnapshotDTO, CampaignDTO, PersonaDTO, PillarDTO, TabooTermDTO

_COLUMNS = {field.attname for field in Brand._meta.concrete_fields}
_SUMMARY_FIELDS = [field.name for field in fields(BrandSnapshotDTO) if field.name in _COLUMNS]


def to_summary(brand: Brand) -> BrandSnapshotDTO:
    """The brand's own columns, without pillars, personas and campaigns. No SQL.

    Each field of the DTO that is named as a column is read from it, so that a new field needs no line here.
    """
    columns = {name: _to_value(getattr(brand, name)) for name in _SUMMARY_FIELDS}
    columns["channels"] = tuple(Channel(channel) for channel in brand.channels)
    return BrandSnapshotDTO(
        **columns,
        taboo_terms=tuple(
            TabooTermDTO(term=term, synonyms=tuple(synonyms))
            for term, synonyms in taboo_terms.of_terms(brand.taboos, brand.taboo_synonyms).items()
        ),
    )


def _to_value(column: Any) -> Any:
    return tuple(column) if isinstance(column, list) else column


def to_full(brand: Brand) -> BrandSnapshotDTO:
    """The brand with its active pillars by rank, personas by name and campaigns by date.

    No SQL when `brand` comes from `brands.brand_with_context`.
    """
    pillars = sorted(brand.pillars.all(), key=lambda pillar: (pillar.rank, pillar.name))
    personas = sorted(brand.personas.all(), key=lambda persona: persona.name)
    campaigns = sorted(brand.campaigns.all(), key=lambda campaign: (campaign.starts, campaign.name))
    return replace(
        to_summary(brand),
        pillars=tuple(
            PillarDTO(
                id=pillar.id,
                name=pillar.name,
                description=pillar.description,
                keywords=tuple(pillar.keywords),
                rank=pillar.rank,
            )
            for pillar in pillars
            if pillar.is_active
        ),
        personas=tuple(
            PersonaDTO(
                id=persona.id,
                name=persona.name,
                role=persona.role,
                summary=persona.summary,
                priorities=tuple(persona.priorities),
                pains=tuple(persona.pains),
                keywords=tuple(persona.keywords),
            )
            for persona in personas
        ),
        campaigns=tuple(
            CampaignDTO(
                name=campaign.name, starts=campaign.starts, ends=campaign.ends, keywords=tuple(campaign.keywords)
            )
            for campaign in campaigns
        ),
    )
