"""The numbers of an idea, as claims that can be recomputed from its posts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from kairo.core.enums import OpportunityType
from kairo.hero.claims import campaign_window, known, recompute, write_window
from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO
from kairo.hero.synthesis.kinds import Story
from kairo.hero.synthesis.readings import Reading
from kairo.hero.synthesis.wording.grammar import Grammar, Plural

BOARD_WINDOW = timedelta(days=30)
_ROUND_DAYS = (3, 7, 14, 30)


def claims_of(
    story: Story, *, topic: str, competitor: str, brand: BrandSnapshotDTO, grammar: Grammar, as_of: datetime
) -> tuple[ClaimDTO, ...]:
    """The claims a why_now is made of, most telling first. Each cites the posts its number is counted from."""
    maker = _Maker(brand=brand, grammar=grammar, as_of=as_of)
    members = story.members
    if story.type == OpportunityType.TREND and story.topic.burst is not None:
        start = as_of - story.topic.burst.window
        recent = [member for member, moment in _dated(members) if start <= moment <= as_of]
        before = [member for member, moment in _dated(members) if moment < start]
        found = [maker.count("authors", grammar.authors_recent, recent, (start, None), topic=topic)]
        if before:
            oldest = as_of - timedelta(days=_days_back(before, as_of))
            found.append(maker.count("posts", grammar.earlier, before, (oldest, start)))
        return (*found, *maker.views(members))
    if story.type == OpportunityType.TREND and story.topic.share is not None:
        start = as_of - story.topic.share.window
        recent = [member for member, moment in _dated(members) if start <= moment <= as_of]
        return (
            maker.count("authors", grammar.authors_recent, recent, (start, None), topic=topic),
            *maker.views(members),
        )
    if story.type == OpportunityType.EVERGREEN:
        start = as_of - timedelta(days=max(_days_back(members, as_of), BOARD_WINDOW.days))
        return (
            maker.count("authors", grammar.authors_long, members, (start, None), topic=topic),
            maker.count("span_days", grammar.span, members, (start, None)),
            *maker.views(members),
        )
    if story.type == OpportunityType.COMPETITIVE:
        return (
            *maker.posts(grammar.competitor_posts, members, competitor=competitor, topic=competitor),
            *maker.views(members),
        )
    return (*maker.campaign(story), *maker.posts(grammar.campaign_posts, members, topic=topic))


class _Maker:
    def __init__(self, *, brand: BrandSnapshotDTO, grammar: Grammar, as_of: datetime) -> None:
        self._brand, self._grammar, self._as_of = brand, grammar, as_of

    def count(
        self,
        metric: str,
        sentence: Plural,
        members: Sequence[Reading],
        span: tuple[datetime, datetime | None],
        **slots: str,
    ) -> ClaimDTO:
        """A count over a stretch of time that ends now, or where another stretch begins."""
        start, end = span
        days = str(((end or self._as_of) - start).days)
        closed = self._as_of if end is None else end - timedelta(microseconds=1)
        return self._claim(metric, members, write_window(start=start, end=closed), sentence, days=days, **slots)

    def posts(self, sentence: Plural, members: Sequence[Reading], **slots: str) -> list[ClaimDTO]:
        dated = [member for member, moment in _dated(members) if moment <= self._as_of]
        if dated:
            start = self._as_of - timedelta(days=_days_back(dated, self._as_of))
            return [self.count("posts", sentence, dated, (start, None), **slots)]
        undated = [member for member in members if member.item.published_at is None]
        return [self._claim("posts", undated, "", self._grammar.posts_undated, **slots)] if undated else []

    def views(self, members: Sequence[Reading]) -> list[ClaimDTO]:
        seen = [member for member in members if known(member.item.metrics.views)]
        return (
            [self._claim("views", seen, "", Plural(one=self._grammar.views, many=self._grammar.views))] if seen else []
        )

    def campaign(self, story: Story) -> list[ClaimDTO]:
        assert story.campaign is not None, "a campaign story has its campaign"
        campaign, grammar, today = story.campaign, self._grammar, self._as_of.date()
        bounds = campaign_window(starts=campaign.starts, ends=campaign.ends)
        ahead = campaign.starts >= today
        metric = "days_until_start" if ahead else "days_until_end"
        when = campaign.starts if ahead else campaign.ends
        if when == today:
            frame = grammar.starts_today if ahead else grammar.ends_today
            sentence = Plural(one=frame, many=frame)
        else:
            sentence = grammar.starts_in if ahead else grammar.ends_in
        window = write_window(start=bounds.start, end=bounds.end)
        return [self._claim(metric, story.members, window, sentence, campaign=campaign.name, date=grammar.date(when))]

    def _claim(self, metric: str, members: Sequence[Reading], window: str, sentence: Plural, **slots: str) -> ClaimDTO:
        ids = tuple(sorted(member.id for member in members))
        claim = ClaimDTO(text="", metric=metric, value="", window=window, evidence_ids=ids)
        evidence = {member.id: member.item for member in members}
        value = recompute(claim, evidence=evidence, as_of=self._as_of, brand=self._brand)
        shown = self._grammar.number(int(value))
        text = sentence.frame(int(value)).format(n=shown, **slots)
        return ClaimDTO(text=text, metric=metric, value=value, window=window, evidence_ids=ids)


def _dated(members: Iterable[Reading]) -> list[tuple[Reading, datetime]]:
    return [(member, moment) for member in members if (moment := member.item.published_at) is not None]


def _days_back(members: Iterable[Reading], as_of: datetime) -> int:
    """The least round number of days that reaches back to the oldest of the posts."""
    oldest = min(moment for _, moment in _dated(members))
    days = max(1, math.ceil((as_of - oldest) / timedelta(days=1)))
    return next((round_days for round_days in _ROUND_DAYS if round_days >= days), days)
