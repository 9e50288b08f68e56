"""The rules of every candidate: each is a function that returns the violation, or None.

A rule relies on those before it in `RULES`; the first ones check the types that the others read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from uuid import UUID

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import AnglePartDTO, ClaimDTO, ScorePartDTO
from kairo.hero.enums import RejectionCode, ScorePartName
from kairo.hero.gates import thresholds as t
from kairo.hero.generation.review import claim_rules, word_rules
from kairo.hero.generation.review.context import ReviewContext, Violation, all_texts, excerpt
from kairo.hero.generation.review.vacuity import has_anchor, vacuous_phrase
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.folding import visible

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Django builds `values` at each access. Tuples, not sets: an engine's value may be unhashable.
_TYPES = tuple(OpportunityType.values)
_SCORE_PARTS = tuple(ScorePartName.values)

Rule = Callable[[CandidateDTO, ReviewContext], Violation | None]


def _is_well_formed(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    if not isinstance(candidate, CandidateDTO):
        return RejectionCode.MALFORMED, f"It is a {type(candidate).__name__}, not a candidate."
    fault = next(_type_faults(candidate), None)
    return None if fault is None else (RejectionCode.MALFORMED, fault)


def _type_faults(candidate: CandidateDTO) -> Iterator[str]:
    for name in ("concept_key", "title", "angle", "why_now"):
        if fault := _text_fault(getattr(candidate, name)):
            yield f"Its {name} {fault}."
    if not visible(candidate.concept_key) or len(candidate.concept_key) > t.MAX_CONCEPT_KEY_CHARS:
        yield "Its concept key is empty or too long."
    if len(candidate.title) > t.MAX_TITLE_CHARS:
        yield f"Its title is longer than {t.MAX_TITLE_CHARS} characters."
    for name in ("suggested_channels", "score_parts", "evidence_ids", "claims", "angle_parts"):
        if not isinstance(getattr(candidate, name), tuple):
            yield f"Its {name} are not a tuple."
    if not all(isinstance(part, ScorePartDTO) for part in candidate.score_parts):
        yield "A score part is of the wrong type."
    if not all(isinstance(claim, ClaimDTO) for claim in candidate.claims):
        yield "A claim is of the wrong type."
    if not all(isinstance(part, AnglePartDTO) for part in candidate.angle_parts):
        yield "A part of the angle is of the wrong type."
    for part in candidate.score_parts:
        yield from _part_faults("score part", part.evidence_ids, rule=part.rule, sentence=part.sentence)
    for claim in candidate.claims:
        texts = {"text": claim.text, "metric": claim.metric, "value": claim.value, "window": claim.window}
        yield from _part_faults("claim", claim.evidence_ids, **texts, phrase=claim.phrase)
    for angle_part in candidate.angle_parts:
        yield from _part_faults("part of the angle", angle_part.evidence_ids, text=angle_part.text)


def _part_faults(kind: str, evidence_ids: object, **texts: object) -> Iterator[str]:
    if not isinstance(evidence_ids, tuple) or not all(isinstance(value, UUID) for value in evidence_ids):
        yield f"The evidence of a {kind} is not a tuple of ids."
    for name, text in texts.items():
        if fault := _text_fault(text):
            yield f"The {name} of a {kind} {fault}."


def _text_fault(value: object) -> str | None:
    if not isinstance(value, str):
        return f"is a {type(value).__name__}, not text"
    if len(value) > t.MAX_TEXT_CHARS:
        return f"is longer than {t.MAX_TEXT_CHARS} characters"
    # PostgreSQL stores neither NUL nor a lone surrogate.
    if (not value.isascii() and _LONE_SURROGATE.search(value)) or "\x00" in value:
        return "holds a character that is not text"
    return None


def _title(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    if len(visible(candidate.title)) >= t.MIN_TITLE_CHARS:
        return None
    return RejectionCode.TITLE_TOO_SHORT, f"A title has {t.MIN_TITLE_CHARS} characters or more."


def _angle(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    if len(visible(candidate.angle)) >= t.MIN_ANGLE_CHARS:
        return None
    return RejectionCode.ANGLE_TOO_SHORT, f"An angle has {t.MIN_ANGLE_CHARS} characters or more."


def _why_now(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    if len(visible(candidate.why_now)) < t.MIN_WHY_NOW_CHARS:
        return RejectionCode.WHY_NOW_TOO_SHORT, f"A why_now has {t.MIN_WHY_NOW_CHARS} characters or more."
    if phrase := vacuous_phrase(candidate.why_now):
        return RejectionCode.WHY_NOW_VACUOUS, f'"{phrase}" says nothing about now.'
    return None


def _evidence(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    if not candidate.evidence_ids:
        return RejectionCode.NO_EVIDENCE, "It names no evidence."
    cited = (
        *candidate.evidence_ids,
        *(evidence_id for part in candidate.score_parts for evidence_id in part.evidence_ids),
        *(evidence_id for claim in candidate.claims for evidence_id in claim.evidence_ids),
        *(evidence_id for part in candidate.angle_parts for evidence_id in part.evidence_ids),
    )
    for evidence_id in cited:
        if not isinstance(evidence_id, UUID) or evidence_id not in context.evidence:
            return RejectionCode.UNKNOWN_EVIDENCE, f"{excerpt(evidence_id)} is no evidence of this run."
    return None


def _anchor(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    cited = [context.evidence[evidence_id] for evidence_id in candidate.evidence_ids]
    if has_anchor(candidate.why_now, cited):
        return None
    return RejectionCode.WHY_NOW_WITHOUT_ANCHOR, "It holds no number, date, rate of change or named post."


def _type(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    if candidate.type in _TYPES:
        return None
    return RejectionCode.INVALID_TYPE, f"{excerpt(candidate.type)} is not a type of opportunity."


def _channels(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """A brand without channels allows every channel."""
    allowed = {str(channel) for channel in context.brand.channels or tuple(Channel)}
    for channel in (candidate.primary_channel, *candidate.suggested_channels):
        if not isinstance(channel, str) or str(channel) not in allowed:
            return RejectionCode.CHANNEL_NOT_USED, f"The brand does not publish on {excerpt(channel)}."
    return None


def _references(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    if candidate.pillar_id is not None and candidate.pillar_id not in {pillar.id for pillar in context.brand.pillars}:
        return RejectionCode.INVALID_REFERENCE, "Its pillar is not one of the brand."
    if candidate.persona_id is not None and candidate.persona_id not in {
        persona.id for persona in context.brand.personas
    }:
        return RejectionCode.INVALID_REFERENCE, "Its persona is not one of the brand."
    return None


def _score(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    seen: set[str] = set()
    for part in candidate.score_parts:
        if part.part not in _SCORE_PARTS or part.part in seen:
            return RejectionCode.INVALID_SCORE, f"The part {excerpt(part.part)} is unknown or given twice."
        seen.add(part.part)
        maximum = t.SCORE_MAXIMA[ScorePartName(part.part)]
        if type(part.points) is not int or type(part.max) is not int or not 0 < part.max <= maximum:
            return RejectionCode.INVALID_SCORE, f"The points of {part.part} are not whole numbers of at most {maximum}."
        if not 0 <= part.points <= part.max:
            return RejectionCode.INVALID_SCORE, f"{part.part} has {part.points} of {part.max} points."
    if candidate.score_parts and candidate.score <= 0:
        return RejectionCode.SCORE_NOT_POSITIVE, "Its score is 0."
    return None


def _type_is_proven(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    fault = context.rescorer.type_fault(candidate)
    return None if fault is None else (RejectionCode.TYPE_WITHOUT_PROOF, fault)


def _score_is_recomputed(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """The engine may omit score parts; those it sends must equal the computed ones."""
    parts = context.rescorer.score_parts(candidate)
    if sum(part.points for part in parts) <= 0:
        return RejectionCode.SCORE_NOT_POSITIVE, "Its score is 0."
    if not candidate.score_parts:
        return None
    sent = {part.part: (part.points, part.max) for part in candidate.score_parts}
    for part in parts:
        points, maximum = sent.get(part.part, (0, 0))
        if (points, maximum) != (part.points, part.max):
            return (
                RejectionCode.SCORE_MISMATCH,
                f"It gives {part.part} {points} of {maximum} points, where its posts give {part.points} of {part.max}.",
            )
    return None


def _taboo(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    hit = context.taboos.find(all_texts(candidate))
    hit = hit or next(filter(None, map(context.taboo_hit, candidate.evidence_ids)), None)
    if hit is None:
        return None
    synonym = f' (as "{hit.synonym}")' if hit.synonym else ""
    return RejectionCode.TABOO, f'The brand\'s taboo "{hit.term}"{synonym} is in its {hit.place}.'


RULES: tuple[Rule, ...] = (
    _is_well_formed,
    _title,
    _angle,
    _why_now,
    _evidence,
    _anchor,
    _type,
    _channels,
    _references,
    _score,
    _taboo,
    claim_rules.own_posts,
    claim_rules.about_the_brand,
    word_rules.links,
    word_rules.markup,
    word_rules.accounts,
    word_rules.model_speech,
    word_rules.angle_parts,
    word_rules.quoted_posts,
    claim_rules.proven,
    claim_rules.on_topic,
    word_rules.missing_claims,
    word_rules.numbers,
    word_rules.language,
    _type_is_proven,
    _score_is_recomputed,
)
