"""Step 9: the score, as a receipt whose four parts add up to it. Rounded once, at the end of each part."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kairo.core.enums import Channel, OpportunityType, Platform, ScorePartName
from kairo.hero.dto import BrandSnapshotDTO, ScorePartDTO
from kairo.hero.synthesis.channels import ChannelChoice
from kairo.hero.synthesis.feedback import Feedback
from kairo.hero.synthesis.fit import Fit
from kairo.hero.synthesis.kinds import CAMPAIGN_LEAD, Story
from kairo.hero.synthesis.readings import Reading
from kairo.hero.thresholds import SCORE_MAXIMA

HALF_LIFE = timedelta(days=3)
_NEWEST = 3
_FULL_BRAND_TERMS = 4
_FULL_AUTHORS = 5
_FULL_SPREAD = timedelta(days=21)
_FULL_EVERGREEN_AUTHORS = 5
_FULL_COMPETITOR_POSTS = 3
_CERTAIN_BURST = 1e-4
_FULL_SHARE_AUTHORS = 6


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
    """Relevance, timeliness, audience and channel, in this order."""
    return (_relevance(facts), _timeliness(facts), _audience(facts), _channel(facts))


def _relevance(facts: Facts) -> ScorePartDTO:
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
    sentence = _pillar_sentence(facts)
    if facts.feedback.points:
        sentence += f" {facts.feedback.sentence}"
    return _part(ScorePartName.RELEVANCE, lines, sentence, fit.matched if fit else _ids(members))


def _pillar_sentence(facts: Facts) -> str:
    fit, count = facts.pillar, len(facts.story.members)
    if fit is None:
        cause = "it watches this competitor" if facts.story.competitor else "the campaign is its own"
        return f"No pillar matches; it concerns the brand because {cause}."
    matching = "Its one post matches" if count == 1 else f"{len(fit.matched)} of {count} posts match"
    found = ", ".join(f'"{phrase}"' for phrase in fit.phrases[:3])
    return f"{matching} the pillar {fit.theme.ref.name}{f' ({found})' if found else ''}."


def _timeliness(facts: Facts) -> ScorePartDTO:
    story, members = facts.story, facts.story.members
    if story.type == OpportunityType.EVERGREEN:
        return _lasting(members, facts.as_of)
    recency = _Line("recency", 8 * _recency(members, facts.as_of), 8)
    rising = _Line("still rising", 5 * _rising(members, facts.as_of, _window(story)), 5)
    newest = _newest_sentence(members, facts.as_of)
    if story.type == OpportunityType.TREND and story.topic.burst is not None:
        burst = story.topic.burst
        certainty = min(1.0, math.log(max(burst.p, 1e-12)) / math.log(_CERTAIN_BURST))
        first = _Line("burst", 12 * certainty, 12)
        chance = "less than 1 in 10,000" if burst.p < 1e-4 else f"about 1 in {round(1 / burst.p):,}"
        sentence = (
            f"{burst.voices} authors in {burst.window.days} days where {burst.expected:.1f} were to be expected, "
            f"a chance of {chance}. {newest}"
        )
    elif story.type == OpportunityType.TREND and story.topic.share is not None:
        share = story.topic.share
        first = _Line("share", 6 * min(1.0, share.voices / _FULL_SHARE_AUTHORS), 6)
        recency = _Line("recency", 4 * _recency(members, facts.as_of), 4)
        rising = _Line("still rising", 2 * _rising(members, facts.as_of, _window(story)), 2)
        sentence = (
            f"{share.voices} authors among the {share.total} posts stored so far; nothing earlier to compare with, so "
            f"at most 12 of the 25 points. {newest}"
        )
    elif story.type == OpportunityType.COMPETITIVE:
        fresh = [member for member in members if _age(member, facts.as_of) < timedelta(days=7)]
        first = _Line("burst", 12 * min(1.0, len(fresh) / _FULL_COMPETITOR_POSTS), 12)
        sentence = f"{len(fresh)} of its {len(members)} posts are from the last 7 days. {newest}"
    else:
        assert story.campaign is not None, "a campaign story has its campaign"
        away = max((story.campaign.starts - facts.as_of.date()).days, 0)
        first = _Line("campaign", 12 * (1 - 0.5 * away / CAMPAIGN_LEAD.days), 12)
        when = "is running" if away == 0 else f"starts in {away} {'day' if away == 1 else 'days'}"
        sentence = f"The campaign {when}. {newest}"
    return _part(ScorePartName.TIMELINESS, [first, recency, rising], sentence, _ids(members))


def _lasting(members: Sequence[Reading], as_of: datetime) -> ScorePartDTO:
    moments = [member.item.published_at for member in members if member.item.published_at]
    spread = max(moments) - min(moments)
    voices = len({member.voice for member in members})
    lines = [
        _Line("spread", 9 * min(1.0, spread / _FULL_SPREAD), 9),
        _Line("repetition", 9 * min(1.0, voices / _FULL_EVERGREEN_AUTHORS), 9),
    ]
    sentence = f"{voices} authors over {spread.days} days; an evergreen has at most 18 of the 25 points."
    return _part(ScorePartName.TIMELINESS, lines, sentence, _ids(members))


def _audience(facts: Facts) -> ScorePartDTO:
    members, fit = facts.story.members, facts.persona
    known = [facts.engagement[member.id] for member in members if member.id in facts.engagement]
    place = sum(known) / len(known) if known else 0.0
    voices = len({member.voice for member in members})
    lines = [
        _Line("persona", 12 * (min(1.0, fit.strength + 0.25) if fit else 0.0), 12),
        _Line("engagement", 8 * place, 8),
        _Line("authors", 5 * min(1.0, voices / _FULL_AUTHORS), 5),
    ]
    whom = f"It speaks to {fit.theme.ref.name}" if fit else "No persona is spoken to"
    if fit and fit.phrases:
        whom += " (" + ", ".join(f'"{phrase}"' for phrase in fit.phrases[:3]) + ")"
    liked = f"engagement above {place:.0%} of its platforms' posts" if known else "engagement unknown"
    authors = "1 author" if voices == 1 else f"{voices} authors"
    return _part(ScorePartName.AUDIENCE, lines, f"{whom}; {liked}; {authors}.", _ids(members))


def _channel(facts: Facts) -> ScorePartDTO:
    choice, members = facts.channel, facts.story.members
    used = not facts.brand.channels or choice.primary in facts.brand.channels
    lines = [
        _Line("platform", 10 * choice.affinity, 10),
        _Line("format", 6 * choice.form, 6),
        _Line("brand uses it", 4 if used else 0, 4),
    ]
    seen = sum(1 for member in members if member.item.platform == choice.seen_on)
    place, channel = Platform(choice.seen_on).label, Channel(choice.primary).label
    where = "Its one post is" if len(members) == 1 else f"{seen} of {len(members)} posts are"
    carries = (
        "the channel itself" if choice.seen_on.value == choice.primary.value else f"to be carried over to {channel}"
    )
    sentence = f"{where} from {place}, {carries}."
    return _part(ScorePartName.CHANNEL, lines, sentence, _ids(members))


def _part(name: ScorePartName, lines: Sequence[_Line], sentence: str, ids: Sequence[UUID]) -> ScorePartDTO:
    most = SCORE_MAXIMA[name]
    points = max(0, min(most, math.floor(sum(line.points for line in lines) + 0.5)))
    rule = " + ".join(f"{line.name} {_tenths(line.points)}/{line.most}" for line in lines)
    return ScorePartDTO(
        part=name, points=points, max=most, rule=rule, sentence=sentence, evidence_ids=tuple(sorted(ids))
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


def _newest_sentence(members: Sequence[Reading], as_of: datetime) -> str:
    age = min(_age(member, as_of) for member in members)
    if age == timedelta.max:
        return "None of its posts has a date."
    hours = int(age / timedelta(hours=1))
    return f"The newest post is {hours} hours old." if hours < 48 else f"The newest post is {hours // 24} days old."
