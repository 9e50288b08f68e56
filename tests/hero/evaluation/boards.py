"""A labelled board of a few posts and the runs of it that a test makes up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO
from kairo.hero.evaluation.dataset import Label, LabelledBoard
from kairo.hero.evaluation.kinds import Kind
from kairo.hero.evaluation.runs import Run
from kairo.hero.ports import CandidateDTO
from tests.hero.builders import AS_OF, an_id, brand, post

Row = tuple[str, str, str | None, Kind]  # name, text, topic and kind of its label


def labelled(
    *rows: Row, hours_ago: Sequence[float] = (), by: BrandSnapshotDTO | None = None, **authors: str
) -> LabelledBoard:
    """A board of these posts, each by an author of its own but for those named, a day old but for `hours_ago`."""
    ages = [*hours_ago, *[24.0] * (len(rows) - len(hours_ago))]
    items = [
        post(name, text, author=authors.get(name, ""), hours_ago=age)
        for (name, text, _, _), age in zip(rows, ages, strict=True)
    ]
    labels = {an_id(name): Label(topic=topic, kind=kind) for name, _, topic, kind in rows}
    return LabelledBoard(brand=by or brand(), as_of=AS_OF, evidence=tuple(items), labels=labels, synthetic=frozenset())


def an_idea(
    *posts: str, type_: OpportunityType = OpportunityType.TREND, claims: Sequence[ClaimDTO] = ()
) -> CandidateDTO:
    """An idea made of these posts."""
    return CandidateDTO(
        concept_key=f"topic:{posts[0]}",
        title=f"An idea about {posts[0]}",
        angle="Show one of them, step by step.",
        why_now="3 authors posted about it in the last 3 days.",
        type=type_,
        primary_channel=Channel.INSTAGRAM,
        suggested_channels=(),
        score_parts=(),
        evidence_ids=tuple(map(an_id, posts)),
        claims=tuple(claims),
    )


def a_claim(phrase: str, *posts: str, value: int | None = None) -> ClaimDTO:
    """A claim that so many authors say the phrase, as many as it cites posts unless given."""
    return ClaimDTO(
        text=f"{value or len(posts)} creators came back to {phrase}",
        metric="authors",
        value=str(value or len(posts)),
        window="",
        evidence_ids=tuple(map(an_id, posts)),
        phrase=phrase,
    )


def a_run(board: LabelledBoard, *kept: CandidateDTO, **changes: Any) -> Run:
    """A run that gave these ideas."""
    values: dict[str, Any] = {"dropped": (), "rejected": (), "mentions": (), "answer": None, **changes}
    return Run(board=board, kept=kept, make=lambda _: a_run(board, *kept, **changes), **values)
