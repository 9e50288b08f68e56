"""Recomputes claims from the stored evidence: a number that cannot be recomputed is never shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO, EvidenceItemDTO

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f' ]\d{3})+(?!\d)|\d+")


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimWindow:
    """The time a claim covers, both ends included; None leaves it open."""

    start: datetime | None
    end: datetime | None

    def holds(self, moment: datetime | None) -> bool:
        """Whether a moment lies in it. A post without a date lies only in the window that is open on both sides."""
        if moment is None:
            return self.start is None and self.end is None
        return (self.start is None or self.start <= moment) and (self.end is None or moment <= self.end)


def write_window(*, start: datetime | None, end: datetime | None) -> str:
    """The window as an ISO 8601 interval, with ".." for an open end; "" where both are open."""
    if start is None and end is None:
        return ""
    return f"{_iso(start)}/{_iso(end)}"


def read_window(window: str) -> ClaimWindow:
    """The window an interval names.

    Raises:
        ValueError: it is no interval as `write_window` gives it.
    """
    if not window:
        return ClaimWindow(start=None, end=None)
    start, separator, end = window.partition("/")
    if not separator:
        raise ValueError(f"{window!r} is not an interval")
    return ClaimWindow(start=_moment(start), end=_moment(end, closes=True))


def recompute(
    claim: ClaimDTO, *, evidence: Mapping[UUID, EvidenceItemDTO], as_of: datetime, brand: BrandSnapshotDTO
) -> str:
    """The value that the cited evidence gives for the claim's metric and window.

    Raises:
        ValueError: the metric is unknown, the window unreadable, or nothing (or something unknown) is cited.
    """
    if not claim.evidence_ids:
        raise ValueError("it cites no evidence")
    if missing := [str(found) for found in claim.evidence_ids if found not in evidence]:
        raise ValueError(f"it cites unknown evidence {missing[0]}")
    if claim.metric not in METRICS:
        raise ValueError(f"its metric {claim.metric!r} cannot be recomputed")
    window = read_window(claim.window)
    cited = [evidence[found] for found in dict.fromkeys(claim.evidence_ids)]
    return str(METRICS[claim.metric](_Basis(cited=cited, window=window, as_of=as_of, brand=brand)))


def why_unproven(
    claim: ClaimDTO, *, evidence: Mapping[UUID, EvidenceItemDTO], as_of: datetime, brand: BrandSnapshotDTO
) -> str | None:
    """What is wrong with a claim, as a clause; None where value and every number in its text are proven."""
    try:
        value = recompute(claim, evidence=evidence, as_of=as_of, brand=brand)
    except ValueError as error:
        return str(error)
    if value != claim.value:
        return f"it says {claim.value} where the evidence gives {value}"
    allowed = {value, *_numbers_of_window(claim, as_of)}
    for found in claim.evidence_ids:
        item = evidence[found]
        for text in (item.text_primary, item.title, item.author_ref, *item.hashtags):
            allowed |= set(numbers(text))
    for name in (brand.name, *(campaign.name for campaign in brand.campaigns), *_brand_words(brand)):
        allowed |= set(numbers(name))
    for number in numbers(claim.text):
        if number not in allowed:
            return f"its number {number} is not in the evidence"
    return None


def numbers(text: str) -> list[str]:
    """The whole numbers in a text, in ASCII digits without thousands separators."""
    return [str(int(re.sub(r"\D", "", found))) for found in _NUMBER.findall(text[:20_000]) if len(found) <= 40]


# Metrics.


@dataclass(frozen=True, kw_only=True, slots=True)
class _Basis:
    cited: Sequence[EvidenceItemDTO]
    window: ClaimWindow
    as_of: datetime
    brand: BrandSnapshotDTO

    @property
    def inside(self) -> list[EvidenceItemDTO]:
        return [item for item in self.cited if self.window.holds(item.published_at)]


def voice(item: EvidenceItemDTO) -> str:
    """Whose voice a post is; a post without an author stands for itself."""
    return item.author_ref.strip().casefold() or str(item.id)


def known(count: int | None) -> int | None:
    """A count as far as it is known: scrapers write -1 for a hidden one."""
    return count if count is not None and count >= 0 else None


def _posts(basis: _Basis) -> int:
    return len(basis.inside)


def _authors(basis: _Basis) -> int:
    return len({voice(item) for item in basis.inside})


def _platforms(basis: _Basis) -> int:
    return len({item.platform for item in basis.inside})


def _views(basis: _Basis) -> int:
    return sum(known(item.metrics.views) or 0 for item in basis.inside)


def _likes(basis: _Basis) -> int:
    return sum(known(item.metrics.likes) or 0 for item in basis.inside)


def _span_days(basis: _Basis) -> int:
    moments = [item.published_at for item in basis.inside if item.published_at is not None]
    return (max(moments) - min(moments)).days if moments else 0


def _days_until_end(basis: _Basis) -> int:
    if basis.window.end is None or not _is_campaign(basis):
        raise ValueError("its window is no campaign of the brand")
    return (basis.window.end.date() - basis.as_of.date()).days


def _days_until_start(basis: _Basis) -> int:
    if basis.window.start is None or not _is_campaign(basis):
        raise ValueError("its window is no campaign of the brand")
    return (basis.window.start.date() - basis.as_of.date()).days


def _is_campaign(basis: _Basis) -> bool:
    return any(
        campaign_window(starts=campaign.starts, ends=campaign.ends) == basis.window
        for campaign in basis.brand.campaigns
    )


def campaign_window(*, starts: date, ends: date) -> ClaimWindow:
    """A campaign's days as a window, from its first midnight to the last second of its last day, in UTC."""
    return ClaimWindow(start=datetime.combine(starts, time.min, UTC), end=datetime.combine(ends, time(23, 59, 59), UTC))


METRICS: dict[str, Callable[[_Basis], int]] = {
    "posts": _posts,
    "authors": _authors,
    "platforms": _platforms,
    "views": _views,
    "likes": _likes,
    "span_days": _span_days,
    "days_until_start": _days_until_start,
    "days_until_end": _days_until_end,
}
"""How each metric is counted, over the cited posts that lie in the claim's window."""


def _numbers_of_window(claim: ClaimDTO, as_of: datetime) -> set[str]:
    window = read_window(claim.window)
    found: set[str] = set()
    for moment in (window.start, window.end):
        if moment is not None:
            found |= {str(moment.day), str(moment.year), str(moment.month)}
    if window.start is not None:
        # A window that ends just before another begins is as long as one that reaches it.
        length = (window.end or as_of) - window.start + timedelta(seconds=1)
        found |= {str(length // timedelta(days=1)), str(length // timedelta(hours=1))}
    return found


def _brand_words(brand: BrandSnapshotDTO) -> list[str]:
    words = [pillar.name for pillar in brand.pillars] + [persona.name for persona in brand.personas]
    words += [keyword for pillar in brand.pillars for keyword in pillar.keywords]
    return words + [keyword for campaign in brand.campaigns for keyword in campaign.keywords]


def _iso(moment: datetime | None) -> str:
    if moment is None:
        return ".."
    return moment.astimezone(UTC).isoformat(timespec="auto").replace("+00:00", "Z")


def _moment(text: str, *, closes: bool = False) -> datetime | None:
    if text == "..":
        return None
    if len(text) == len("2025-11-01"):
        return datetime.combine(date.fromisoformat(text), time(23, 59, 59) if closes else time.min, UTC)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
