"""A candidate that keeps every rule, made of the posts at hand."""

from __future__ import annotations

from datetime import timedelta

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import ClaimDTO
from kairo.hero.engine.claims import author_key, write_window
from kairo.hero.ports import CandidateDTO, SynthesisRequest

PHRASE = "sourdough"
DAYS = 7


def a_candidate(concept: str, request: SynthesisRequest) -> CandidateDTO:
    """A trend about `PHRASE`: it cites every post of the last seven days that says it, and one claim counts them.

    Its score is left to hero. It passes review where three authors or more of these posts are, of a board without
    anything earlier to compare with.
    """
    since = request.as_of - timedelta(days=DAYS)
    cited = [
        item
        for item in request.evidence
        if PHRASE in item.text_primary.casefold() and item.published_at and since <= item.published_at <= request.as_of
    ]
    authors = len({author_key(item) for item in cited})
    claim = ClaimDTO(
        text=f"{authors} creators posted about {PHRASE} in the last {DAYS} days",
        metric="authors",
        value=str(authors),
        window=write_window(start=since, end=request.as_of),
        evidence_ids=tuple(item.id for item in cited),
        phrase=PHRASE,
    )
    return CandidateDTO(
        concept_key=concept,
        title=f"A loaf named {concept}",
        angle=f"Bake the {concept} loaf on camera.",
        why_now=f"{claim.text}.",
        type=OpportunityType.TREND,
        primary_channel=Channel.INSTAGRAM,
        suggested_channels=(),
        score_parts=(),
        evidence_ids=claim.evidence_ids,
        claims=(claim,),
    )
