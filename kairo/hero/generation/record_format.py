"""Packs the evidence and counts that a board was generated from: ids and hashes, no texts."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

import msgspec

from kairo.core.enums import Platform
from kairo.hero.dto import DayCountDTO, EvidenceItemDTO, PhraseCountDTO, WindowCountsDTO

_ID_BYTES, _HASH_BYTES = 16, 8


@dataclass(frozen=True, kw_only=True, slots=True)
class PackedCounts:
    """Counts of a window. `days` has "age platform posts authors"; `phrases` has a key and "age:posts:authors"."""

    posts: int
    authors: int
    days: tuple[str, ...]
    phrases: tuple[tuple[str, str], ...]
    oldest_published_at: datetime | None
    baseline_from: datetime | None


def pack_counts(counts: WindowCountsDTO) -> PackedCounts:
    return PackedCounts(
        posts=counts.posts,
        authors=counts.authors,
        days=tuple(f"{day.age_days} {Platform(day.platform).value} {day.posts} {day.authors}" for day in counts.days),
        phrases=tuple(
            (key, " ".join(f"{one.age_days}:{one.posts}:{one.authors}" for one in days))
            for key, days in groupby(counts.phrases, key=lambda one: one.key)
        ),
        oldest_published_at=counts.oldest_published_at,
        baseline_from=counts.baseline_from,
    )


def unpack_counts(packed: PackedCounts) -> WindowCountsDTO:
    """
    Raises:
        ValueError: `packed` was not made by `pack_counts`.
    """
    return WindowCountsDTO(
        posts=packed.posts,
        authors=packed.authors,
        days=tuple(_day(*day.split(" ")) for day in packed.days),
        phrases=tuple(
            _phrase_day(key, *day.split(":")) for key, days in packed.phrases for day in days.split(" ") if day
        ),
        oldest_published_at=packed.oldest_published_at,
        baseline_from=packed.baseline_from,
    )


def _day(age_days: str, platform: str, posts: str, authors: str) -> DayCountDTO:
    return DayCountDTO(age_days=int(age_days), platform=Platform(platform), posts=int(posts), authors=int(authors))


def _phrase_day(key: str, age_days: str, posts: str, authors: str) -> PhraseCountDTO:
    return PhraseCountDTO(key=key, age_days=int(age_days), posts=int(posts), authors=int(authors))


def pack_evidence(items: Iterable[EvidenceItemDTO]) -> str:
    """The items' ids and the first 8 bytes of their fingerprints, in order, as base64: 32 characters per item."""
    packed = b"".join(item.id.bytes + bytes.fromhex(fingerprint(item))[:_HASH_BYTES] for item in items)
    return b64encode(packed).decode()


def unpack_evidence(packed: str) -> Iterator[tuple[UUID, str]]:
    """Yields each id and the first 8 bytes of its fingerprint as hex.

    Raises:
        ValueError: `packed` was not made by `pack_evidence`.
    """
    data, size = b64decode(packed, validate=True), _ID_BYTES + _HASH_BYTES
    if len(data) % size:
        raise ValueError("The packed evidence is incomplete.")
    for start in range(0, len(data), size):
        middle = start + _ID_BYTES
        yield UUID(bytes=data[start:middle]), data[middle : middle + _HASH_BYTES].hex()


def fingerprint(item: EvidenceItemDTO) -> str:
    """A SHA-256 prefix of the content, equal on every machine."""
    return hashlib.sha256(msgspec.json.encode(item, order="deterministic")).hexdigest()[:32]
