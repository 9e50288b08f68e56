"""Generates a board from stored evidence: gather, gate, synthesise, review. Writes nothing to the database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from kairo.hero.decisions.pinned_candidates import with_pinned
from kairo.hero.dto import BrandSnapshotDTO, OpportunityDTO
from kairo.hero.enums import JobStage, JobStatus, ReadyReason, TodayBoardState
from kairo.hero.gates.evidence_gates import GateReport, evaluate_gates
from kairo.hero.generation.inputs import Inputs, gather_inputs, to_record
from kairo.hero.generation.review.account_review import review_account
from kairo.hero.generation.review.candidates import review
from kairo.hero.generation.synthesizer import Engine, configured_engine
from kairo.hero.models.board_content import BoardContent
from kairo.hero.ports import CandidateDTO, SynthesisRequest

Report = Callable[[JobStage], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class GenerationOutcome:
    """The result of one generation, to be stored as one board.

    `candidates` passed review, best first; `carried` are pinned opportunities that are not among them. `store_boards`
    fills `content.opportunities` from both, with ids, dates and the change since `previous`, the opportunities of the
    last ready board (None without one). `inputs` is recorded for a replay.
    """

    state: TodayBoardState
    as_of: datetime
    content: BoardContent
    brand: BrandSnapshotDTO
    candidates: tuple[CandidateDTO, ...] = ()
    carried: tuple[OpportunityDTO, ...] = ()
    previous: tuple[OpportunityDTO, ...] | None = None
    ready_reason: ReadyReason | None = None
    remediation: str = ""
    diagnostics: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)

    @property
    def job_status(self) -> JobStatus:
        if self.state == TodayBoardState.READY:
            return JobStatus.SUCCEEDED
        return JobStatus.INSUFFICIENT_EVIDENCE


def make_board(*, brand_id: UUID, as_of: datetime, report: Report, last_attempt: bool = False) -> GenerationOutcome:
    """Runs one generation. It calls `report` with each stage at its start; `report` may raise to stop the generation.

    With `last_attempt` the built-in engine replaces another engine that fails. No transaction is open meanwhile.

    Raises:
        NotFound: the brand is gone.
        SynthesisTimedOut, SynthesisFailed: the engine did not answer in time, or failed; a retry may succeed.
    """
    clock = Stopwatch()
    engine = configured_engine(last_attempt=last_attempt)
    report(JobStage.GATHERING)
    with clock.measure("gathering"):
        inputs = gather_inputs(brand_id=brand_id, as_of=as_of)
    outcome = make_outcome(inputs, report=report, clock=clock, engine=engine)
    return replace(outcome, content=replace(outcome.content, timings_ms=clock.timings_ms()), inputs=to_record(inputs))


def _ignore_stage(stage: JobStage) -> None:
    """The default `report`."""


def make_outcome(
    inputs: Inputs,
    *,
    report: Report = _ignore_stage,
    clock: Stopwatch | None = None,
    engine: Engine | None = None,
) -> GenerationOutcome:
    """Gates, synthesises and reviews the inputs. A pure function of the inputs and the engine.

    `engine` is by default the configured one; `report` is as in `make_board`.

    Raises:
        SynthesisTimedOut, SynthesisFailed
    """
    clock = clock or Stopwatch()
    report(JobStage.GATING)
    with clock.measure("gating"):
        gates = evaluate_gates(inputs.evidence, as_of=inputs.as_of, brand=inputs.brand)
    if not gates.passed:
        return _insufficient(inputs, gates)
    report(JobStage.SYNTHESIZING)
    with clock.measure("synthesizing"):
        return _synthesise(inputs, gates, engine or configured_engine(), report)


def _insufficient(inputs: Inputs, gates: GateReport) -> GenerationOutcome:
    return GenerationOutcome(
        state=TodayBoardState.INSUFFICIENT_EVIDENCE,
        as_of=inputs.as_of,
        brand=inputs.brand,
        content=BoardContent(evidence_summary=gates.summary, evidence_shortfall=gates.shortfall),
        remediation=gates.remediation,
        diagnostics={"failed_gates": [failure.code.value for failure in gates.failures]},
    )


def _synthesise(inputs: Inputs, gates: GateReport, engine: Engine | None, report: Report) -> GenerationOutcome:
    brand, evidence, standing = inputs.brand, inputs.evidence, inputs.standing
    empty = GenerationOutcome(
        state=TodayBoardState.READY,
        as_of=inputs.as_of,
        brand=brand,
        content=BoardContent(evidence_summary=gates.summary),
    )
    if engine is None:
        return replace(empty, ready_reason=ReadyReason.GATES_ONLY_NO_SYNTHESIS)
    if not brand.pillars and not brand.personas:
        return replace(empty, ready_reason=ReadyReason.EMPTY_BRAND_CONTEXT)
    request = SynthesisRequest(
        as_of=inputs.as_of,
        brand=brand,
        evidence=evidence,
        counts=inputs.counts,
        decisions=standing.log,
        previous=inputs.previous,
        time_limit_s=settings.SYNTHESIS_TIME_LIMIT_S,
    )
    # `check` raises for a job that was cancelled or lost its lease, which stops the engine.
    result = engine.run(request, check=lambda: report(JobStage.SYNTHESIZING))
    result = review_account(result, brand=brand, evidence=evidence, as_of=inputs.as_of, counts=inputs.counts)
    kept, rejected = review(
        result.candidates,
        brand=brand,
        evidence=evidence,
        as_of=inputs.as_of,
        counts=inputs.counts,
        decisions=standing.log,
        ignored=standing.ignored_concepts,
    )
    kept, carried = with_pinned(kept, standing.pinned)
    return replace(
        empty,
        ready_reason=ReadyReason.GENERATED if kept or carried else ReadyReason.NO_VALID_CANDIDATES,
        candidates=kept,
        carried=carried,
        previous=inputs.previous if inputs.previous_board_id else None,
        content=replace(
            empty.content,
            rejected_candidates=(*result.rejected, *rejected),
            coverage=result.coverage,
            brand_mentions=result.mentions,
            notes=result.notes,
            engine=result.engine,
            engine_version=result.engine_version,
        ),
        diagnostics={"run_key": result.run_key, **result.diagnostics},
    )


class Stopwatch:
    """Measures stages in whole milliseconds, in the order in which they ran."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = {}

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self._spent[stage] = time.perf_counter() - began

    def timings_ms(self) -> tuple[tuple[str, int], ...]:
        return tuple((stage, round(seconds * 1000)) for stage, seconds in self._spent.items())
