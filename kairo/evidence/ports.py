"""The socket a scraper or a feed reader plugs into; found by KAIRO_EVIDENCE_SOURCES, never imported.

A source is one of two kinds. An `ImmediateSource` answers at once. A `StagedSource` starts runs elsewhere, which take
minutes and may cost money: it is asked to start one, and later how that stands, by whatever process is there then.
Both are built without arguments, keep nothing between calls, may be called from any thread, and raise nothing but
`SourceError`. Money is in US dollars.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Protocol, runtime_checkable

from kairo.core.enums import Platform
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.record_errors import RejectedRecord


class SourceError(Exception):
    """A source could not do what it was asked.

    `retryable` says that the same may succeed later, not sooner than `retry_after_s` where that is known. `detail` is
    for people who look after the service: it holds no secret, and of what came from outside at most a snippet.
    """

    def __init__(
        self,
        code: IngestionErrorCode,
        detail: str = "",
        *,
        retryable: bool = False,
        retry_after_s: float | None = None,
    ) -> None:
        self.code = code
        self.detail = detail
        self.retryable = retryable
        self.retry_after_s = retry_after_s
        super().__init__(f"{code.value}: {detail}" if detail else code.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRequest:
    """What to read: an `identifier` as the source itself wrote it.

    `max_items` is the most that the caller has use for; None leaves it to the source. What was published before
    `since` need not be read. `as_of` is now.
    """

    platform: Platform
    kind: SourceKind
    identifier: str
    as_of: datetime
    max_items: int | None = None
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceItem:
    """One thing that was read.

    `content` is a record of the documented schema, as `kairo.evidence.normalizing.normalize` takes it, or why it can
    be none.
    `raw` is what it was made of. A `followup` is worth a closer look: the next stage, if there is one, is given it.
    """

    content: Mapping[str, object] | RejectedRecord
    raw: object = None
    followup: str = ""


class EvidenceSource(Protocol):
    """What both kinds have. `name` is short, lower case and kept with what it read: it must never change."""

    name: str

    def offers(self) -> Collection[tuple[Platform, SourceKind]]:
        """What it can read. Of two sources that offer the same, the one that is named first is asked."""
        ...

    def identifier(self, *, platform: Platform, kind: SourceKind, given: str) -> str:
        """The one spelling of what a person typed: of "@Nike" and the address of that profile, "nike".

        Raises:
            SourceError: INVALID_IDENTIFIER.
        """
        ...

    def check(self, request: SourceRequest) -> None:
        """Looks, without spending anything, whether the request could be answered now.

        Raises:
            SourceError: why it could not.
        """
        ...


@runtime_checkable
class ImmediateSource(EvidenceSource, Protocol):
    """Answers at once, and for free."""

    def fetch(self, request: SourceRequest) -> Iterable[SourceItem]:
        """
        Raises:
            SourceError
        """
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One step of a reading: a run of at most `max_items` items, which costs `estimate_usd` at most.

    `name` is short and lower case; it never changes, since runs are kept under it.
    """

    name: str
    max_items: int
    estimate_usd: Decimal
    takes_followups: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SpendCaps:
    """The most that a source's runs may cost: those of one job, of one day (UTC), and of all time."""

    per_job_usd: Decimal
    per_day_usd: Decimal
    total_usd: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class RunHandle:
    """A run elsewhere, by the ids it has there."""

    run_id: str
    dataset_id: str = ""


class RunStatus(Enum):
    """How a run elsewhere stands."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    ABORTED = "aborted"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, kw_only=True, slots=True)
class RunState:
    """What is known of a run now. `cost_usd` is None while nobody can say."""

    status: RunStatus
    dataset_id: str = ""
    cost_usd: Decimal | None = None


@runtime_checkable
class StagedSource(EvidenceSource, Protocol):
    """Reads by runs that are started, waited for and collected, maybe by three different processes."""

    def caps(self) -> SpendCaps:
        """What may be spent, as things are configured now."""
        ...

    def stages(self, request: SourceRequest) -> tuple[Stage, ...]:
        """The steps, in order. All but the first may take the leads of the one before."""
        ...

    def start(
        self, request: SourceRequest, *, stage: Stage, leads: tuple[str, ...], max_cost_usd: Decimal, webhook_url: str
    ) -> RunHandle:
        """Starts the run of a stage, once: it is not asked for again where its answer was lost.

        The run is to be ended over there rather than cost more than `max_cost_usd`, and `webhook_url`, where there is
        one, is told of its end.

        Raises:
            SourceError: no run was started; or START_UNKNOWN: one may have been.
        """
        ...

    def poll(self, handle: RunHandle) -> RunState:
        """
        Raises:
            SourceError
        """
        ...

    def collect(self, request: SourceRequest, *, stage: Stage, handle: RunHandle) -> Iterable[SourceItem]:
        """What a run has found, page by page; also what one had found that did not end well.

        Raises:
            SourceError: also between items.
        """
        ...

    def abort(self, handle: RunHandle) -> None:
        """Ends a run; one that has ended already stays as it is.

        Raises:
            SourceError
        """
        ...
