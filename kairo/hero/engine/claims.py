"""Recomputes claims from the stored evidence; a claim that cannot be recomputed is rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID

from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO, EvidenceItemDTO, WindowCountsDTO
from kairo.hero.text.names import without_accounts, without_names
from kairo.hero.text.number_tokens import SourceNumbers, numbers, unproven_number

__all__ = ["numbers"]  # its readers know it by this module


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimWindow:
    """The time a claim covers, both ends included; None leaves it open."""

    start: datetime | None
    end: datetime | None

    def contains(self, moment: datetime | None) -> bool:
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
    return _window_of(window)


# The claims of a board have few windows, and several rules read each.
@lru_cache(maxsize=256)
def _window_of(window: str) -> ClaimWindow:
    start, separator, end = window.partition("/")
    if not separator:
        raise ValueError(f"{window!r} is not an interval")
    return ClaimWindow(start=_moment(start), end=_moment(end, closes=True))


def recompute(
    claim: ClaimDTO,
    *,
    evidence: Mapping[UUID, EvidenceItemDTO],
    as_of: datetime,
    brand: BrandSnapshotDTO,
    counts: WindowCountsDTO | None = None,
) -> str:
    """The value that the cited evidence gives for the claim's metric and window.

    `counts` are those over all stored posts of the window; without them `evidence` is all there is.

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
    stored = counts.posts if counts is not None else len(evidence)
    return str(METRICS[claim.metric](_Basis(cited=cited, window=window, as_of=as_of, brand=brand, stored=stored)))


def why_unproven(
    claim: ClaimDTO,
    *,
    evidence: Mapping[UUID, EvidenceItemDTO],
    as_of: datetime,
    brand: BrandSnapshotDTO,
    counts: WindowCountsDTO | None = None,
) -> str | None:
    """What is wrong with a claim, as a clause; None where value and every number in its text are proven.

    A number is proven that is the value or belongs to the window, that stands in the claim's phrase, or that a cited
    post or the brand's profile has with one of the words next to it.
    """
    try:
        value = recompute(claim, evidence=evidence, as_of=as_of, brand=brand, counts=counts)
    except ValueError as error:
        return str(error)
    if value != claim.value:
        return f"it says {claim.value} where the evidence gives {value}"

    def sources() -> Iterator[SourceNumbers]:
        yield SourceNumbers.of((claim.phrase, *profile_texts(brand)))
        yield own_words_of(evidence[found] for found in claim.evidence_ids)

    text = without_names(claim.text, (claim.phrase, *names_of(brand)))
    number = unproven_number(
        without_accounts(text, (evidence[found].author_ref for found in claim.evidence_ids)),
        proven=proven_numbers(claim, as_of),
        sources=sources,
        likely=brand.languages,
    )
    return None if number is None else f"its number {number} is not in the evidence"


def proven_numbers(claim: ClaimDTO, as_of: datetime, *, dates: bool = True) -> frozenset[str]:
    """The numbers that a proven claim lets a text say: its value, the length of its window and, if asked, its dates."""
    window = read_window(claim.window)
    return frozenset({claim.value, *_lengths(window, as_of), *(_dates(window) if dates else ())})


def own_words_of(posts: Iterable[EvidenceItemDTO]) -> SourceNumbers:
    """The numbers of posts with the words next to them: captions, titles, transcripts, hashtags, authors."""
    return SourceNumbers.of(
        text
        for item in posts
        for text in (
            item.text_primary,
            item.title,
            item.text_secondary if item.has_transcript else "",
            item.author_ref,
            *item.hashtags,
        )
    )


@lru_cache(maxsize=32)
def names_of(brand: BrandSnapshotDTO) -> tuple[str, ...]:
    """What the brand calls things: itself, its products, themes and their keywords, readers, campaigns."""
    names = [brand.name, *brand.product_names, *(one.name for one in brand.personas)]
    for pillar in brand.pillars:
        names += [pillar.name, *pillar.keywords]
    for campaign in brand.campaigns:
        names += [campaign.name, *campaign.keywords]
    return tuple(name for name in names if name.strip())


def profile_texts(brand: BrandSnapshotDTO) -> list[str]:
    """Everything the brand says of itself, its audience and its campaigns."""
    texts = [*names_of(brand), brand.positioning, *(pillar.description for pillar in brand.pillars)]
    for persona in brand.personas:
        texts += [persona.role, persona.summary, *persona.keywords, *persona.pains, *persona.priorities]
    return [text for text in texts if text]


# Metrics.


@dataclass(frozen=True, kw_only=True, slots=True)
class _Basis:
    cited: Sequence[EvidenceItemDTO]
    window: ClaimWindow
    as_of: datetime
    brand: BrandSnapshotDTO
    stored: int

    @property
    def posts_in_window(self) -> list[EvidenceItemDTO]:
        return [item for item in self.cited if self.window.contains(item.published_at)]


def author_key(item: EvidenceItemDTO) -> str:
    """Identifies the author of a post; a post without an author has its own id as key."""
    return item.author_ref.strip().casefold() or str(item.id)


def known_count(count: int | None) -> int | None:
    """A count as far as it is known: scrapers write -1 for a hidden one."""
    return count if count is not None and count >= 0 else None


def _posts(basis: _Basis) -> int:
    return len(basis.posts_in_window)


def _authors(basis: _Basis) -> int:
    return len({author_key(item) for item in basis.posts_in_window})


def _platforms(basis: _Basis) -> int:
    return len({item.platform for item in basis.posts_in_window})


def _views(basis: _Basis) -> int:
    return sum(known_count(item.metrics.views) or 0 for item in basis.posts_in_window)


def _likes(basis: _Basis) -> int:
    return sum(known_count(item.metrics.likes) or 0 for item in basis.posts_in_window)


def _span_days(basis: _Basis) -> int:
    moments = [item.published_at for item in basis.posts_in_window if item.published_at is not None]
    return (max(moments) - min(moments)).days if moments else 0


def _days_until_end(basis: _Basis) -> int:
    if basis.window.end is None or not _is_campaign(basis):
        raise ValueError("its window is no campaign of the brand")
    return (basis.window.end.date() - basis.as_of.date()).days


def _days_until_start(basis: _Basis) -> int:
    if basis.window.start is None or not _is_campaign(basis):
        raise ValueError("its window is no campaign of the brand")
    return (basis.window.start.date() - basis.as_of.date()).days


def _window_posts(basis: _Basis) -> int:
    return basis.stored


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
    "window_posts": _window_posts,
}
"""How each metric is counted, over the cited posts that lie in the claim's window; `window_posts` over all stored."""
METRICS_OF_POSTS = frozenset({"posts", "authors", "platforms", "views", "likes", "span_days"})
"""The metrics that count the cited posts, which must be about what the claim says they are."""


def _dates(window: ClaimWindow) -> set[str]:
    ends = [moment for moment in (window.start, window.end) if moment is not None]
    return {str(number) for moment in ends for number in (moment.day, moment.month, moment.year)}


def _lengths(window: ClaimWindow, as_of: datetime) -> set[str]:
    """The window's length in days and in hours. One that ends just before another begins is as long as if it met it."""
    if window.start is None:
        return set()
    length = (window.end or as_of) - window.start + timedelta(seconds=1)
    return {str(length // timedelta(days=1)), str(length // timedelta(hours=1))}


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
