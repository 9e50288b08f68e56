"""A candidate that keeps every rule."""

from __future__ import annotations

from kairo.core.enums import Channel, OpportunityType, ScorePartName
from kairo.hero.dto import ScorePartDTO
from kairo.hero.ports import CandidateDTO, SynthesisRequest


def a_candidate(concept: str, request: SynthesisRequest, *, score: int) -> CandidateDTO:
    maxima = {ScorePartName.RELEVANCE: 30, ScorePartName.TIMELINESS: 25, ScorePartName.AUDIENCE: 25}
    parts, left = [], score
    for part, most in maxima.items():
        points = min(left, most)
        left -= points
        parts.append(ScorePartDTO(part=part, points=points, max=most, rule="a rule", sentence="A sentence."))
    return CandidateDTO(
        concept_key=concept,
        title=f"A loaf named {concept}",
        angle=f"Bake the {concept} loaf on camera.",
        why_now=f"{len(request.evidence)} posts in the last 3 days.",
        type=OpportunityType.TREND,
        primary_channel=Channel.INSTAGRAM,
        suggested_channels=(),
        score_parts=tuple(parts),
        evidence_ids=(request.evidence[0].id,),
    )
