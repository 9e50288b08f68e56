"""Step 9: the score, as a receipt whose four parts add up to it. Rounded once, at the end of each part."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import UUID

from kairo.core.enums import Channel, OpportunityType, Platform
from kairo.hero.dto import BrandSnapshotDTO, ScorePartDTO
from kairo.hero.engine.brand_fit import Fit
from kairo.hero.engine.bursts import ShareBurst
from kairo.hero.engine.channels import ChannelChoice
from kairo.hero.engine.feedback import Feedback
from kairo.hero.engine.idea_types import CAMPAIGN_LEAD, Story
from kairo.hero.engine.tokenized_posts import Reading
from kairo.hero.engine.wording.languages import grammar_for
from kairo.hero.engine.wording.score_words import ScoreWords
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
class Facts:
    """What a score is made of."""

    story: Story
    brand: BrandSnapshotDTO
    brand_terms: int
    pillar: Fit | None
    persona: Fit | None
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


def receipt(facts: Facts) -> tuple[ScorePartDTO, ...]:
    """Relevance, timeliness, audience and channel, in this order, in the language the idea is worded in."""
    grammar = grammar_for(facts.story.members, languages=facts.brand.languages)
    say = ScoreWords(grammar)
    return (_relevance(facts, say), _timeliness(facts, say), _audience(facts, say), _channel(facts, say))


def _relevance(facts: Facts, say: ScoreWords) -> ScorePartDTO:
    members, fit = facts.story.members, facts.pillar
    declared = facts.story.campaign is not None or bool(facts.story.competitor)
    own = 1.0 if declared else min(1.0, facts.brand_terms / _FULL_BRAND_TERMS)
    lines = [
        _Line("pillar", 16 * (fit.strength if fit else 0.0), 16),
        _Line("brand terms", 8 * own, 8),
        _Line("purity", 6 * (fit.coverage if fit else 0.0), 6),
    ]
    if facts.feedback.points:
        lines.append(_Line("feedback", facts.feedback.points, 5))
    sentences = [
        say.pillar(fit.theme.ref.name, len(fit.matched), len(members), fit.phrases)
        if fit is not None
        else say.no_pillar(watched=bool(facts.story.competitor)),
    ]
    if facts.feedback.points:
        sentences.append(say.feedback(facts.feedback))
    return _part(ScorePartName.RELEVANCE, lines, say.together(*sentences), fit.matched if fit else _ids(members))


def _timeliness(facts: Facts, say: ScoreWords) -> ScorePartDTO:
    story, members = facts.story, facts.story.members
    if story.type == OpportunityType.EVERGREEN:
        return _lasting(members, say)
    recency = _Line("recency", 8 * _recency(members, facts.as_of), 8)
    rising = _Line("still rising", 5 * _rising(members, facts.as_of, _window(story)), 5)
    newest = say.newest(min(_age(member, facts.as_of) for member in members))
    if story.type == OpportunityType.TREND and story.topic.burst is not None:
        burst = story.topic.burst
        certainty = min(1.0, math.log(max(burst.p, 1e-12)) / math.log(_CERTAIN_BURST))
        first = _Line("burst", 12 * certainty, 12)
        sentence = say.burst(burst)
    elif story.type == OpportunityType.TREND and story.topic.share is not None:
        return _shared(story.topic.share, members, facts.as_of, say)
    elif story.type == OpportunityType.COMPETITIVE:
        fresh = [member for member in members if _age(member, facts.as_of) < timedelta(days=7)]
        first = _Line("burst", 12 * min(1.0, len(fresh) / _FULL_COMPETITOR_POSTS), 12)
        sentence = say.competitor(len(fresh), len(members))
    else:
        assert story.campaign is not None, "a campaign story has its campaign"
        away = max((story.campaign.starts - facts.as_of.date()).days, 0)
        first = _Line("campaign", 12 * (1 - 0.5 * away / CAMPAIGN_LEAD.days), 12)
        sentence = say.campaign(away)
    return _part(ScorePartName.TIMELINESS, [first, recency, rising], say.together(sentence, newest), _ids(members))


def _shared(share: ShareBurst, members: Sequence[Reading], as_of: datetime, say: ScoreWords) -> ScorePartDTO:
    """A trend without anything earlier to compare with has at most 12 points."""
    lines = [
        _Line("share", 5 * min(1.0, share.voices / _FULL_AUTHORS), 5),
        _Line("recency", 4 * _recency(members, as_of), 4),
        _Line("still rising", 3 * _rising(members, as_of, share.window), 3),
    ]
    newest = say.newest(min(_age(member, as_of) for member in members))
    sentence = say.together(say.share(share.voices, share.total), newest)
    return _part(ScorePartName.TIMELINESS, lines, sentence, _ids(members))


def _lasting(members: Sequence[Reading], say: ScoreWords) -> ScorePartDTO:
    moments = [member.item.published_at for member in members if member.item.published_at]
    spread = max(moments) - min(moments)
    voices = len({member.voice for member in members})
    lines = [
        _Line("spread", 9 * min(1.0, spread / _FULL_SPREAD), 9),
        _Line("repetition", 9 * min(1.0, voices / _FULL_EVERGREEN_AUTHORS), 9),
    ]
    most = sum(line.most for line in lines)
    sentence = say.lasting(voices, spread.days, most, SCORE_MAXIMA[ScorePartName.TIMELINESS])
    return _part(ScorePartName.TIMELINESS, lines, sentence, _ids(members))


def _audience(facts: Facts, say: ScoreWords) -> ScorePartDTO:
    members, fit = facts.story.members, facts.persona
    known = [facts.engagement[member.id] for member in members if member.id in facts.engagement]
    place = sum(known) / len(known) if known else 0.0
    voices = len({member.voice for member in members})
    lines = [
        _Line("persona", 12 * (min(1.0, fit.strength + 0.25) if fit else 0.0), 12),
        _Line("engagement", 8 * place, 8),
        _Line("authors", 5 * min(1.0, voices / _FULL_AUTHORS), 5),
    ]
    sentence = say.audience(
        fit.theme.ref.name if fit else None, fit.phrases if fit else (), place if known else None, voices
    )
    return _part(ScorePartName.AUDIENCE, lines, sentence, _ids(members))


def _channel(facts: Facts, say: ScoreWords) -> ScorePartDTO:
    choice, members = facts.channel, facts.story.members
    used = not facts.brand.channels or choice.primary in facts.brand.channels
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


def _ids(members: Sequence[Reading]) -> tuple[UUID, ...]:
    return tuple(member.id for member in members)


def _age(member: Reading, as_of: datetime) -> timedelta:
    published = member.item.published_at
    return timedelta.max if published is None or published > as_of else as_of - published


def _recency(members: Sequence[Reading], as_of: datetime) -> float:
    """How fresh the newest posts are: 1 for this moment, a half three days ago."""
    ages = sorted(_age(member, as_of) for member in members)[:_NEWEST]
    halves = [age / HALF_LIFE for age in ages if age < timedelta.max]
    return sum(0.5**half for half in halves) / len(ages) if ages else 0.0


def _rising(members: Sequence[Reading], as_of: datetime, window: timedelta) -> float:
    """The share of the window's posts that are from its second half."""
    inside = [age for member in members if (age := _age(member, as_of)) <= window]
    return sum(1 for age in inside if age <= window / 2) / len(inside) if inside else 0.0


def _window(story: Story) -> timedelta:
    return story.topic.burst.window if story.topic.burst is not None else timedelta(days=7)
