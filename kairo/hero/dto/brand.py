"""A brand and its parts, as the engine and the API read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kairo.core.enums import Channel


@dataclass(frozen=True, kw_only=True, slots=True)
class PillarDTO:
    """A theme the brand publishes on."""

    id: UUID
    name: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    rank: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonaDTO:
    """A target reader."""

    id: UUID
    name: str
    role: str = ""
    summary: str = ""
    priorities: tuple[str, ...] = ()
    pains: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignDTO:
    """A campaign; `starts` and `ends` are its first and last day, both inclusive."""

    name: str
    starts: date
    ends: date
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TabooTermDTO:
    """A taboo term with its synonyms; review rejects either."""

    term: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandSnapshotDTO:
    """A brand at one moment: everything about it that the engine may use.

    `handles` are the brand's own accounts. `taboos` lists every taboo term; `taboo_terms` lists those with synonyms.
    `pillars` contains active pillars, ordered by rank. A summary, which only names the brand, leaves `pillars` and
    `personas` empty.
    """

    id: UUID
    tenant_id: UUID
    slug: str
    name: str
    positioning: str = ""
    tone_tags: tuple[str, ...] = ()
    taboos: tuple[str, ...] = ()
    taboo_terms: tuple[TabooTermDTO, ...] = ()
    channels: tuple[Channel, ...] = ()
    languages: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    product_names: tuple[str, ...] = ()
    competitor_handles: tuple[str, ...] = ()
    campaigns: tuple[CampaignDTO, ...] = ()
    pillars: tuple[PillarDTO, ...] = ()
    personas: tuple[PersonaDTO, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedRefDTO:
    """The id and name of a persona or pillar."""

    id: UUID
    name: str
