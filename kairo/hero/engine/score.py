"""Step 9 of the engine: the score as the sum of four parts (docs/engine.md, "The score"), each rounded once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import UUID

from kairo.core.enums import Channel, OpportunityType, Platform
from kairo.hero.dto import BrandSnapshotDTO, ScorePartDTO
from kairo.hero.engine.brand_fit import ThemeFit
from kairo.hero.engine.bursts import ShareBurst
from kairo.hero.engine.channels import ChannelChoice
from kairo.hero.engine.feedback import Feedback
from kairo.hero.engine.idea_types import CAMPAIGN_LEAD, TypedTopic
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.wording.languages import grammar_for
from kairo.hero.engine.wording.score_words import ScoreSentences
from kairo.hero.enums import ScorePartName
from kairo.hero.gates.thresholds import SCORE_MAXIMA

HALF_LIFE = timedelta(days=3)
_NEWEST = 3
_FULL_BRAND_TERMS = 4
_FULL_AUTHORS = 5
_FULL_SPREAD = timedelta(days=21)
_FULL_EVERGREEN_AUTHORS = 5
_FULL_COMPETITOR_POSTS = 3
_CERTAIN_BURST = 1e-4


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreInputs:
    """What a score is made of."""

    typed: TypedTopic
    brand: BrandSnapshotDTO
    brand_terms: int
    pillar: ThemeFit | None
    persona: ThemeFit | None
    channel: ChannelChoice
    engagement: Mapping[UUID, float]
    feedback: Feedback
    as_of: datetime


@dataclass(frozen=True, slots=True)
class _Line:
    """One addend of a part."""

    name: str
    points: float
    most: int


def score_breakdown(inputs: ScoreInputs) -> tuple[ScorePartDTO, ...]:
    """Relevance, timeliness, audience and channel, in this order, in the language the opportunity is worded in."""
    grammar = grammar_for(inputs.typed.members, languages=inputs.brand.languages)
    say = ScoreSentences(grammar)
    return (_relevance(inputs, say), _timeliness(inputs, say), _audience(inputs, say), _channel(inputs, say))


def _relevance(inputs: ScoreInputs, say: ScoreSentences) -> ScorePartDTO:
    members, fit = inputs.typed.members, inputs.pillar
    declared = inputs.typed.campaign is not None or bool(inputs.typed.competitor)
    own = 1.0 if declared else min(1.0, inputs.brand_terms / _FULL_BRAND_TERMS)
    lines = [
        _Line("pillar", 16 * (fit.strength if fit else 0.0), 16),
        _Line("brand terms", 8 * own, 8),
        _Line("purity", 6 * (fit.coverage if fit else 0.0), 6),
    ]
    if inputs.feedback.points:
        lines.append(_Line("feedback", inputs.feedback.points, 5))
    sentences = [
        say.pillar(fit.theme.ref.name, len(fit.matched), len(members), fit.phrases)
        if fit is not None
        else say.no_pillar(watched=bool(inputs.typed.competitor)),
    ]
    if inputs.feedback.points:
        sentences.append(say.feedback(inputs.feedback))
    return _part(ScorePartName.RELEVANCE, lines, say.joined(*sentences), fit.matched if fit else _ids(members))


def _timeliness(inputs: ScoreInputs, say: ScoreSentences) -> ScorePartDTO:
    typed, members = inputs.typed, inputs.typed.members
    if typed.type == OpportunityType.EVERGREEN:
        return _lasting(members, say)
    recency = _Line("recency", 8 * _recency(members, inputs.as_of), 8)
    rising = _Line("still rising", 5 * _rising(members, inputs.as_of, _window(typed)), 5)
    newest = say.newest(min(_age(member, inputs.as_of) for member in members))
    if typed.type == OpportunityType.TREND and typed.topic.burst is not None:
        burst = typed.topic.burst
        certainty = min(1.0, math.log(max(burst.p, 1e-12)) / math.log(_CERTAIN_BURST))
        first = _Line("burst", 12 * certainty, 12)
        sentence = say.burst(burst)
    elif typed.type == OpportunityType.TREND and typed.topic.share is not None:
        return _shared(typed.topic.share, members, inputs.as_of, say)
    elif typed.type == OpportunityType.COMPETITIVE:
        fresh = [member for member in members if _age(member, inputs.as_of) < timedelta(days=7)]
        first = _Line("burst", 12 * min(1.0, len(fresh) / _FULL_COMPETITOR_POSTS), 12)
        sentence = say.competitor(len(fresh), len(members))
    else:
        assert typed.campaign is not None, "a campaign story has its campaign"
        away = max((typed.campaign.starts - inputs.as_of.date()).days, 0)
        first = _Line("campaign", 12 * (1 - 0.5 * away / CAMPAIGN_LEAD.days), 12)
        sentence = say.campaign(away)
    return _part(ScorePartName.TIMELINESS, [first, recency, rising], say.joined(sentence, newest), _ids(members))


def _shared(share: ShareBurst, members: Sequence[TokenizedPost], as_of: datetime, say: ScoreSentences) -> ScorePartDTO:
    """A trend without anything earlier to compare with has at most 12 points."""
    lines = [
        _Line("share", 5 * min(1.0, share.authors / _FULL_AUTHORS), 5),
        _Line("recency", 4 * _recency(members, as_of), 4),
        _Line("still rising", 3 * _rising(members, as_of, share.window), 3),
    ]
    newest = say.newest(min(_age(member, as_of) for member in members))
    sentence = say.joined(say.share(share.authors, share.total), newest)
    return _part(ScorePartName.TIMELINESS, lines, sentence, _ids(members))


def _lasting(members: Sequence[TokenizedPost], say: ScoreSentences) -> ScorePartDTO:
    moments = [member.item.published_at for member in members if member.item.published_at]
    spread = max(moments) - min(moments)
    authors = len({member.author_key for member in members})
    lines = [
        _Line("spread", 9 * min(1.0, spread / _FULL_SPREAD), 9),
        _Line("repetition", 9 * min(1.0, authors / _FULL_EVERGREEN_AUTHORS), 9),
    ]
    most = sum(line.most for line in lines)
    sentence = say.lasting(authors, spread.days, most, SCORE_MAXIMA[ScorePartName.TIMELINESS])
    return _part(ScorePartName.TIMELINESS, lines, sentence, _ids(members))


def _audience(inputs: ScoreInputs, say: ScoreSentences) -> ScorePartDTO:
    members, fit = inputs.typed.members, inputs.persona
    known = [inputs.engagement[member.id] for member in members if member.id in inputs.engagement]
    place = sum(known) / len(known) if known else 0.0
    authors = len({member.author_key for member in members})
    lines = [
        _Line("persona", 12 * (min(1.0, fit.strength + 0.25) if fit else 0.0), 12),
        _Line("engagement", 8 * place, 8),
        _Line("authors", 5 * min(1.0, authors / _FULL_AUTHORS), 5),
    ]
    sentence = say.audience(
        fit.theme.ref.name if fit else None, fit.phrases if fit else (), place if known else None, authors
    )
    return _part(ScorePartName.AUDIENCE, lines, sentence, _ids(members))


def _channel(inputs: ScoreInputs, say: ScoreSentences) -> ScorePartDTO:
    choice, members = inputs.channel, inputs.typed.members
    used = not inputs.brand.channels or choice.primary in inputs.brand.channels
    lines = [
        _Line("platform", 10 * choice.affinity, 10),
        _Line("format", 6 * choice.form, 6),
        _Line("brand uses it", 4 if used else 0, 4),
    ]
    seen = sum(1 for member in members if member.item.platform == choice.seen_on)
    sentence = say.channel(seen, len(members), Platform(choice.seen_on), Channel(choice.primary))
    return _part(ScorePartName.CHANNEL, lines, sentence, _ids(members))


def _part(name: ScorePartName, lines: Sequence[_Line], sentence: str, ids: Sequence[UUID]) -> ScorePartDTO:
    most = SCORE_MAXIMA[name]
    points = max(0, min(most, math.floor(sum(line.points for line in lines) + 0.5)))
    rule = " + ".join(f"{line.name} {_tenths(line.points)}/{line.most}" for line in lines)
    return ScorePartDTO(
        part=name,
        points=points,
        max=most,
        rule=rule,
        sentence=sentence,
        evidence_ids=tuple(sorted(ids, key=attrgetter("int"))),
    )


def _tenths(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")


def _ids(members: Sequence[TokenizedPost]) -> tuple[UUID, ...]:
    return tuple(member.id for member in members)


def _age(member: TokenizedPost, as_of: datetime) -> timedelta:
    published = member.item.published_at
    return timedelta.max if published is None or published > as_of else as_of - published


def _recency(members: Sequence[TokenizedPost], as_of: datetime) -> float:
    """How fresh the newest posts are: 1 for this moment, a half three days ago."""
    ages = sorted(_age(member, as_of) for member in members)[:_NEWEST]
    halves = [age / HALF_LIFE for age in ages if age < timedelta.max]
    return sum(0.5**half for half in halves) / len(ages) if ages else 0.0


def _rising(members: Sequence[TokenizedPost], as_of: datetime, window: timedelta) -> float:
    """The share of the window's posts that are from its second half."""
    inside = [age for member in members if (age := _age(member, as_of)) <= window]
    return sum(1 for age in inside if age <= window / 2) / len(inside) if inside else 0.0


def _window(typed: TypedTopic) -> timedelta:
    return typed.topic.burst.window if typed.topic.burst is not None else timedelta(days=7)
