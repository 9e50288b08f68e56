"""The port for scrapers and feed readers. KAIRO_EVIDENCE_SOURCES names the adapters; nothing imports them.

An `ImmediateSource` returns its items in one call. A `StagedSource` starts external runs that take minutes and may cost
money; any process may poll and collect them later. Adapters are built without arguments, keep no state between calls,
may be called from any thread, and raise nothing but `SourceError`. Money is in US dollars.
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
    """A source failed.

    `retryable` is true where the same call may succeed later, after `retry_after_s` seconds where that is known.
    `detail` is for operators: it contains no secret, and at most a snippet of external text.
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
    """What to read. `identifier` is in the form that the source's `normalize_identifier` returned.

    `max_items` limits the result; None leaves the limit to the source. The source may leave out items published before
    `since`. `as_of` is the current time.
    """

    platform: Platform
    kind: SourceKind
    identifier: str
    as_of: datetime
    max_items: int | None = None
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceItem:
    """One item of a source.

    `content` is a record for `kairo.evidence.normalizing.normalize`, or the reason why the item is not one. `raw` is
    the item as the source returned it. `followup`, where not empty, is an input for the next stage.
    """

    content: Mapping[str, object] | RejectedRecord
    raw: object = None
    followup: str = ""


class EvidenceSource(Protocol):
    """The methods of both kinds of source. `name` is short and lower case; rows store it, so it never changes."""

    name: str

    def offers(self) -> Collection[tuple[Platform, SourceKind]]:
        """Returns what the source reads. Where two sources offer the same, the first in the settings wins."""
        ...

    def normalize_identifier(self, *, platform: Platform, kind: SourceKind, value: str) -> str:
        """Returns the one spelling of a typed identifier: "nike" for "@Nike" and for the URL of that profile.

        Raises:
            SourceError: INVALID_IDENTIFIER.
        """
        ...

    def check(self, request: SourceRequest) -> None:
        """Checks at no cost that the request would succeed now.

        Raises:
            SourceError: why it would not.
        """
        ...


@runtime_checkable
class ImmediateSource(EvidenceSource, Protocol):
    """A source that returns its items in one call, at no cost."""

    def fetch(self, request: SourceRequest) -> Iterable[SourceItem]:
        """
        Raises:
            SourceError
        """
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One external run of a request, with at most `max_items` items and a cost of at most `estimate_usd`.

    `name` is short and lower case; rows store it, so it never changes.
    """

    name: str
    max_items: int
    estimate_usd: Decimal
    takes_followups: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SpendCaps:
    """The maximum cost of a source's runs: per job, per day (UTC), and in total."""

    per_job_usd: Decimal
    per_day_usd: Decimal
    total_usd: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class RunHandle:
    """The vendor's ids of an external run."""

    run_id: str
    dataset_id: str = ""


class RunStatus(Enum):
    """Status of an external run."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    ABORTED = "aborted"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, kw_only=True, slots=True)
class RunState:
    """The current state of an external run. `cost_usd` is None while the cost is unknown."""

    status: RunStatus
    dataset_id: str = ""
    cost_usd: Decimal | None = None


@runtime_checkable
class StagedSource(EvidenceSource, Protocol):
    """A source that reads by external runs. Different processes may start, poll and collect one run."""

    def caps(self) -> SpendCaps:
        """Returns the current spending limits."""
        ...

    def stages(self, request: SourceRequest) -> tuple[Stage, ...]:
        """Returns the stages in order. Every stage but the first may take the followups of the one before."""
        ...

    def start(
        self,
        request: SourceRequest,
        *,
        stage: Stage,
        followups: tuple[str, ...],
        max_cost_usd: Decimal,
        webhook_url: str,
    ) -> RunHandle:
        """Starts the run of a stage. The caller never repeats a call whose result was lost.

        The vendor must end the run before it costs more than `max_cost_usd`, and call `webhook_url`, where not empty,
        when the run ends.

        Raises:
            SourceError: no run was started; with START_UNKNOWN, one may have been.
        """
        ...

    def poll(self, handle: RunHandle) -> RunState:
        """
        Raises:
            SourceError
        """
        ...

    def collect(self, request: SourceRequest, *, stage: Stage, handle: RunHandle) -> Iterable[SourceItem]:
        """Yields the run's items page by page, also those of a run that failed.

        Raises:
            SourceError: also between two items.
        """
        ...

    def abort(self, handle: RunHandle) -> None:
        """Aborts a run. Has no effect on one that has ended.

        Raises:
            SourceError
        """
        ...
