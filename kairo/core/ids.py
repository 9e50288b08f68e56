"""Row ids: time-ordered UUIDs for index locality, and name-based UUIDs where the same content must keep its id."""

from __future__ import annotations

from uuid import UUID, uuid5

import uuid_utils
from uuid_utils.compat import uuid7

_OPPORTUNITIES = UUID("6f1c1d0e-52a3-5a0b-9d5e-0d9d3f1f6a01")
_EVIDENCE = UUID("6f1c1d0e-52a3-5a0b-9d5e-0d9d3f1f6a02")


def new_id() -> UUID:
    """A new UUIDv7 (RFC 9562). Later ids sort after earlier ones, so inserts go to the index's last page."""
    return uuid7()


def new_id_text() -> str:
    """A new UUIDv7 as text, eight times as fast as `str(new_id())`; for ids that are not stored."""
    return str(uuid_utils.uuid7())


def opportunity_id(*, brand_id: UUID, concept_key: str) -> UUID:
    """An opportunity's id, from brand and concept, so that pins and history survive a new board."""
    return uuid5(_OPPORTUNITIES, f"{brand_id}|{concept_key}")


def evidence_id(*, brand_id: UUID, platform: str, reference: str) -> UUID:
    """An evidence item's id, from brand, platform and reference (external id, else canonical url)."""
    return uuid5(_EVIDENCE, f"{brand_id}|{platform}|{reference}")
