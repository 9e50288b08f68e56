"""The rules every candidate must keep, whatever engine proposed it. Pure, and safe against any value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairo.core.enums import Channel, OpportunityType, RejectionCode, ScorePartName
from kairo.hero import thresholds as t
from kairo.hero.claims import numbers, why_unproven
from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO, EvidenceItemDTO, RejectedCandidateDTO, ScorePartDTO
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.folding import fold, visible
from kairo.hero.text.taboos import Taboos
from kairo.hero.text.words import likeness, word_set
from kairo.hero.vacuity import has_anchor, vacuous_phrase

Reviewed = tuple[tuple[CandidateDTO, ...], tuple[RejectedCandidateDTO, ...]]


def review(
    candidates: Iterable[CandidateDTO],
    *,
    brand: BrandSnapshotDTO,
    evidence: Sequence[EvidenceItemDTO],
    as_of: datetime,
    limit: int = t.MAX_OPPORTUNITIES,
) -> Reviewed:
    """The candidates that keep every rule, best first, and the rejected ones with the first rule each broke.

    Equal scores keep the order in which the engine gave them. Never raises for what a candidate holds.
    """
    context = _Context(
        brand=brand,
        evidence={item.id: item for item in evidence},
        taboos=Taboos(brand.taboos, languages=brand.languages),
        as_of=as_of,
    )
    sound: list[CandidateDTO] = []
    rejected: list[RejectedCandidateDTO] = []
    for candidate in candidates:
        broken = _first_broken_rule(candidate, context)
        if broken is None:
            sound.append(candidate)
        else:
            rejected.append(_rejection(candidate, *broken))
    kept, dropped = _without_near_duplicates(sorted(sound, key=lambda candidate: -candidate.score))
    rejected += dropped
    rejected += [
        _rejection(candidate, RejectionCode.PORTFOLIO_LIMIT, f"A board holds at most {limit} ideas.")
        for candidate in kept[limit:]
    ]
    return tuple(kept[:limit]), tuple(rejected)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Context:
    brand: BrandSnapshotDTO
    evidence: dict[UUID, EvidenceItemDTO]
    taboos: Taboos
    as_of: datetime


Broken = tuple[RejectionCode, str]
Rule = Callable[[CandidateDTO, _Context], Broken | None]


def _first_broken_rule(candidate: CandidateDTO, context: _Context) -> Broken | None:
    try:
        for rule in RULES:
            if broken := rule(candidate, context):
                return broken
    except Exception as error:
        # An engine is foreign code: a value that no rule foresaw must cost its candidate, not the board.
        return RejectionCode.MALFORMED, f"Its values could not be read ({type(error).__name__})."
    return None


def _is_well_formed(candidate: CandidateDTO, context: _Context) -> Broken | None:
    if not isinstance(candidate, CandidateDTO):
        return RejectionCode.MALFORMED, f"It is a {type(candidate).__name__}, not a candidate."
    fault = next(_shape_faults(candidate), None)
    return None if fault is None else (RejectionCode.MALFORMED, fault)


def _shape_faults(candidate: CandidateDTO) -> Iterator[str]:
    for name in ("concept_key", "title", "angle", "why_now"):
        if fault := _text_fault(getattr(candidate, name)):
            yield f"Its {name} {fault}."
    if not visible(candidate.concept_key) or len(candidate.concept_key) > t.MAX_CONCEPT_KEY_CHARS:
        yield "Its concept key is empty or too long."
    if len(candidate.title) > t.MAX_TITLE_CHARS:
        yield f"Its title is longer than {t.MAX_TITLE_CHARS} characters."
    for name in ("suggested_channels", "score_parts", "evidence_ids", "claims"):
        if not isinstance(getattr(candidate, name), tuple):
            yield f"Its {name} are not a tuple."
    if not all(isinstance(part, ScorePartDTO) for part in candidate.score_parts):
        yield "A score part is of the wrong type."
    if not all(isinstance(claim, ClaimDTO) for claim in candidate.claims):
        yield "A claim is of the wrong type."
    for part in candidate.score_parts:
        yield from _small_faults("score part", part.evidence_ids, rule=part.rule, sentence=part.sentence)
    for claim in candidate.claims:
        texts = {"text": claim.text, "metric": claim.metric, "value": claim.value, "window": claim.window}
        yield from _small_faults("claim", claim.evidence_ids, **texts)


def _small_faults(kind: str, cited: object, **texts: object) -> Iterator[str]:
    if not isinstance(cited, tuple) or not all(isinstance(found, UUID) for found in cited):
        yield f"The evidence of a {kind} is not a tuple of ids."
    for name, text in texts.items():
        if fault := _text_fault(text):
            yield f"The {name} of a {kind} {fault}."


def _text_fault(value: object) -> str | None:
    if not isinstance(value, str):
        return f"is a {type(value).__name__}, not text"
    if len(value) > t.MAX_TEXT_CHARS:
        return f"is longer than {t.MAX_TEXT_CHARS} characters"
    # Neither can be stored: the database takes no NUL, and half a surrogate pair is no character.
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        return "holds a character that is not text"
    return None


def _title(candidate: CandidateDTO, context: _Context) -> Broken | None:
    if len(visible(candidate.title)) >= t.MIN_TITLE_CHARS:
        return None
    return RejectionCode.TITLE_TOO_SHORT, f"A title has {t.MIN_TITLE_CHARS} characters or more."


def _angle(candidate: CandidateDTO, context: _Context) -> Broken | None:
    if len(visible(candidate.angle)) >= t.MIN_ANGLE_CHARS:
        return None
    return RejectionCode.ANGLE_TOO_SHORT, f"An angle has {t.MIN_ANGLE_CHARS} characters or more."


def _why_now(candidate: CandidateDTO, context: _Context) -> Broken | None:
    if len(visible(candidate.why_now)) < t.MIN_WHY_NOW_CHARS:
        return RejectionCode.WHY_NOW_TOO_SHORT, f"A why_now has {t.MIN_WHY_NOW_CHARS} characters or more."
    if phrase := vacuous_phrase(candidate.why_now):
        return RejectionCode.WHY_NOW_VACUOUS, f'"{phrase}" says nothing about now.'
    return None


def _evidence(candidate: CandidateDTO, context: _Context) -> Broken | None:
    if not candidate.evidence_ids:
        return RejectionCode.NO_EVIDENCE, "It names no evidence."
    cited = (
        *candidate.evidence_ids,
        *(found for part in candidate.score_parts for found in part.evidence_ids),
        *(found for claim in candidate.claims for found in claim.evidence_ids),
    )
    for found in cited:
        if not isinstance(found, UUID) or found not in context.evidence:
            return RejectionCode.UNKNOWN_EVIDENCE, f"{_short(found)} is no evidence of this run."
    return None


def _anchor(candidate: CandidateDTO, context: _Context) -> Broken | None:
    cited = [context.evidence[found] for found in candidate.evidence_ids]
    if has_anchor(candidate.why_now, cited):
        return None
    return RejectionCode.WHY_NOW_WITHOUT_ANCHOR, "It holds no number, date, rate of change or named post."


def _type(candidate: CandidateDTO, context: _Context) -> Broken | None:
    if candidate.type in OpportunityType.values:
        return None
    return RejectionCode.INVALID_TYPE, f"{_short(candidate.type)} is not a type of opportunity."


def _channels(candidate: CandidateDTO, context: _Context) -> Broken | None:
    """A brand that lists no channels has ruled none out."""
    allowed = {str(channel) for channel in context.brand.channels or tuple(Channel)}
    for channel in (candidate.primary_channel, *candidate.suggested_channels):
        if not isinstance(channel, str) or str(channel) not in allowed:
            return RejectionCode.CHANNEL_NOT_USED, f"The brand does not publish on {_short(channel)}."
    return None


def _references(candidate: CandidateDTO, context: _Context) -> Broken | None:
    if candidate.pillar_id is not None and candidate.pillar_id not in {pillar.id for pillar in context.brand.pillars}:
        return RejectionCode.INVALID_REFERENCE, "Its pillar is not one of the brand."
    if candidate.persona_id is not None and candidate.persona_id not in {one.id for one in context.brand.personas}:
        return RejectionCode.INVALID_REFERENCE, "Its persona is not one of the brand."
    return None


def _score(candidate: CandidateDTO, context: _Context) -> Broken | None:
    seen: set[str] = set()
    for part in candidate.score_parts:
        if part.part not in ScorePartName.values or part.part in seen:
            return RejectionCode.INVALID_SCORE, f"The part {_short(part.part)} is unknown or given twice."
        seen.add(part.part)
        ceiling = t.SCORE_MAXIMA[ScorePartName(part.part)]
        if type(part.points) is not int or type(part.max) is not int or not 0 < part.max <= ceiling:
            return RejectionCode.INVALID_SCORE, f"The points of {part.part} are not whole numbers of at most {ceiling}."
        if not 0 <= part.points <= part.max:
            return RejectionCode.INVALID_SCORE, f"{part.part} has {part.points} of {part.max} points."
    if candidate.score <= 0:
        return RejectionCode.SCORE_NOT_POSITIVE, "Its score is 0."
    return None


def _taboo(candidate: CandidateDTO, context: _Context) -> Broken | None:
    places = [("title", candidate.title), ("angle", candidate.angle), ("why_now", candidate.why_now)]
    places += [(f"{part.part} sentence", part.sentence) for part in candidate.score_parts]
    places += [("claim", claim.text) for claim in candidate.claims]
    for found in candidate.evidence_ids:
        places += evidence_places(context.evidence[found])
    hit = context.taboos.find(places)
    return None if hit is None else (RejectionCode.TABOO, f'The brand\'s taboo "{hit.term}" is in its {hit.place}.')


def evidence_places(item: EvidenceItemDTO) -> list[tuple[str, str]]:
    """The texts of a post with the name of each place, as taboos are looked for."""
    secondary = "transcript" if item.has_transcript else "description"
    by = f"of the post by {item.author_ref[:80]}" if item.author_ref else "of a post"
    return [
        (f"caption {by}", item.text_primary),
        (f"title {by}", item.title if item.title != item.text_primary else ""),
        (f"hashtags {by}", " ".join(f"#{tag.lstrip('#')}" for tag in item.hashtags)),
        (f"{secondary} {by}", item.text_secondary),
    ]


def _claims(candidate: CandidateDTO, context: _Context) -> Broken | None:
    """An engine that makes claims must have every number of its why_now among them."""
    for claim in candidate.claims:
        fault = why_unproven(claim, evidence=context.evidence, as_of=context.as_of, brand=context.brand)
        if fault is not None:
            return RejectionCode.UNPROVEN_CLAIM, f'The claim "{_short(claim.text)}" does not hold: {fault}.'
    if candidate.claims:
        claimed = {number for claim in candidate.claims for number in (*numbers(claim.text), *numbers(claim.value))}
        for number in numbers(candidate.why_now):
            if number not in claimed:
                return RejectionCode.UNPROVEN_CLAIM, f"The number {number} in its why_now is in none of its claims."
    return None


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
    _claims,
)


def _without_near_duplicates(
    ranked: Sequence[CandidateDTO],
) -> tuple[list[CandidateDTO], list[RejectedCandidateDTO]]:
    """Of titles alike, and of equal concepts, the first stays: the input is best first."""
    kept: list[tuple[frozenset[str], CandidateDTO]] = []
    dropped: list[RejectedCandidateDTO] = []
    for candidate in ranked:
        words = title_words(candidate.title)
        twin = next(
            (
                other
                for other_words, other in kept
                if likeness(words, other_words) >= t.TITLE_LIKENESS or other.concept_key == candidate.concept_key
            ),
            None,
        )
        if twin is None:
            kept.append((words, candidate))
        else:
            detail = f'Too like "{_short(twin.title)}", which scores {twin.score} against {candidate.score}.'
            dropped.append(_rejection(candidate, RejectionCode.NEAR_DUPLICATE, detail))
    return [candidate for _, candidate in kept], dropped


def title_words(title: str) -> frozenset[str]:
    """What titles are compared by. A title of signs alone is its own single word."""
    return word_set(title) or frozenset({fold(title).strip()})


def _rejection(candidate: CandidateDTO, code: RejectionCode, detail: str) -> RejectedCandidateDTO:
    title = getattr(candidate, "title", None)
    cited = getattr(candidate, "evidence_ids", None)
    ids = tuple(found for found in cited if isinstance(found, UUID)) if isinstance(cited, tuple) else ()
    return RejectedCandidateDTO(
        title=_short(title) if isinstance(title, str) else "",
        code=code,
        detail=_clean(detail)[:500],
        evidence_ids=ids[:50],
    )


def _short(value: object) -> str:
    text = value if isinstance(value, str) else type(value).__name__ if not isinstance(value, UUID) else str(value)
    text = _clean(text[:400])
    return text if len(text) <= 120 else f"{text[:119]}…"


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", visible(text))
