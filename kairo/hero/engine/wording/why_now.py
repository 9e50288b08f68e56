"""The claims of a why_now: numbers that can be recomputed from the cited posts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from kairo.core.enums import OpportunityType
from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO, WindowCountsDTO
from kairo.hero.engine.claims import campaign_window, known_count, recompute, write_window
from kairo.hero.engine.idea_types import TypedTopic
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.wording.forms import DominantForm
from kairo.hero.engine.wording.grammar import Grammar
from kairo.hero.engine.wording.names import capitalize, display_text
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.templates import slots_of
from kairo.hero.text.handles import handle_of

BOARD_WINDOW = timedelta(days=30)
_ROUND_DAYS = (3, 7, 14, 30)


class ClaimMaker:
    """Makes the claims of one opportunity. `phrase` is the topic that each counted post contains; "" for declared
    typed topics."""

    def __init__(
        self, *, phrase: str, brand: BrandSnapshotDTO, grammar: Grammar, as_of: datetime, counts: WindowCountsDTO | None
    ) -> None:
        self._phrase, self._brand, self._grammar = phrase, brand, grammar
        self._as_of, self._counts = as_of, counts

    def why_now(self, typed: TypedTopic, *, topic: str, competitor: str) -> tuple[ClaimDTO, ...]:
        """The claims a why_now is made of, most telling first. Each cites the posts its number is counted from."""
        if typed.type == OpportunityType.TREND:
            return self._trend(typed, topic)
        if typed.type == OpportunityType.EVERGREEN:
            return self._evergreen(typed, topic)
        templates = self._grammar.claims
        if typed.type == OpportunityType.COMPETITIVE:
            # What others say of its offer backs the opportunity, and is no post of the competitor.
            own = [member for member in typed.members if handle_of(member.item.author_ref) == typed.competitor]
            posts = self._posts(templates.competitor_posts, own, competitor=competitor, topic=competitor)
            return (*posts, *self._views(own))
        return (*self._campaign(typed), *self._posts(templates.campaign_posts, typed.members, topic=topic))

    def form(self, form: DominantForm, sentence: str) -> ClaimDTO:
        """How many posts have a form, in the sentence of the angle that says so."""
        template = Plural(one=_escaped(sentence), many=_escaped(sentence))
        return self._claim("posts", form.posts, "", template)

    def _trend(self, typed: TypedTopic, topic: str) -> tuple[ClaimDTO, ...]:
        templates, members, as_of = self._grammar.claims, typed.members, self._as_of
        if typed.topic.burst is None:
            return (*self._share(typed, topic), *self._views(members))
        start = as_of - typed.topic.burst.window
        recent = [member for member, moment in _dated(members) if start <= moment <= as_of]
        before = [member for member, moment in _dated(members) if moment < start]
        found = [self._count("authors", templates.authors_recent, recent, (start, None), topic=topic)]
        if before:
            oldest = as_of - timedelta(days=_days_back(before, as_of))
            found.append(self._count("posts", templates.earlier, before, (oldest, start)))
        return (*found, *self._views(members))

    def _share(self, typed: TypedTopic, topic: str) -> list[ClaimDTO]:
        """A trend without anything earlier to compare with: its authors, and how many posts there are in all."""
        templates = self._grammar.claims
        found = [self._claim("authors", typed.members, "", templates.authors_share, topic=topic)]
        share = typed.topic.share
        total = self._counts.posts if self._counts is not None else share.total if share is not None else 0
        if total:
            text = templates.window_posts.template(total).format(n=self._grammar.number(total))
            ids = tuple(sorted(member.id for member in typed.members))
            found.append(ClaimDTO(text=text, metric="window_posts", value=str(total), window="", evidence_ids=ids))
        return found

    def _evergreen(self, typed: TypedTopic, topic: str) -> tuple[ClaimDTO, ...]:
        templates, members = self._grammar.claims, typed.members
        start = self._as_of - timedelta(days=max(_days_back(members, self._as_of), BOARD_WINDOW.days))
        return (
            self._count("authors", templates.authors_long, members, (start, None), topic=topic),
            self._count("span_days", templates.span, members, (start, None)),
            *self._views(members),
        )

    def _campaign(self, typed: TypedTopic) -> list[ClaimDTO]:
        assert typed.campaign is not None, "a campaign story has its campaign"
        campaign, templates, today = typed.campaign, self._grammar.claims, self._as_of.date()
        bounds = campaign_window(starts=campaign.starts, ends=campaign.ends)
        ahead = campaign.starts >= today
        metric = "days_until_start" if ahead else "days_until_end"
        when = campaign.starts if ahead else campaign.ends
        if when == today:
            template = templates.starts_today if ahead else templates.ends_today
            sentence = Plural(one=template, many=template)
        else:
            sentence = templates.starts_in if ahead else templates.ends_in
        window = write_window(start=bounds.start, end=bounds.end)
        slots = {"campaign": capitalize(display_text(campaign.name)), "date": self._grammar.date(when)}
        return [self._claim(metric, typed.members, window, sentence, **slots)]

    def _posts(self, sentence: Plural, members: Sequence[TokenizedPost], **slots: str) -> list[ClaimDTO]:
        dated = [member for member, moment in _dated(members) if moment <= self._as_of]
        if dated:
            start = self._as_of - timedelta(days=_days_back(dated, self._as_of))
            return [self._count("posts", sentence, dated, (start, None), **slots)]
        undated = [member for member in members if member.item.published_at is None]
        return [self._claim("posts", undated, "", self._grammar.claims.posts_undated, **slots)] if undated else []

    def _views(self, members: Sequence[TokenizedPost]) -> list[ClaimDTO]:
        seen = [member for member in members if known_count(member.item.metrics.views)]
        template = Plural(one=self._grammar.claims.views, many=self._grammar.claims.views)
        return [self._claim("views", seen, "", template)] if seen else []

    def _count(
        self,
        metric: str,
        sentence: Plural,
        members: Sequence[TokenizedPost],
        span: tuple[datetime, datetime | None],
        **slots: str,
    ) -> ClaimDTO:
        """A count over a stretch of time that ends now, or where another stretch begins."""
        start, end = span
        days = str(((end or self._as_of) - start).days)
        closed = self._as_of if end is None else end - timedelta(microseconds=1)
        return self._claim(metric, members, write_window(start=start, end=closed), sentence, days=days, **slots)

    def _claim(
        self, metric: str, members: Sequence[TokenizedPost], window: str, sentence: Plural, **slots: str
    ) -> ClaimDTO:
        ids = tuple(sorted(member.id for member in members))
        claim = ClaimDTO(text="", metric=metric, value="", window=window, evidence_ids=ids, phrase=self._phrase)
        evidence = {member.id: member.item for member in members}
        value = recompute(claim, evidence=evidence, as_of=self._as_of, brand=self._brand)
        text = sentence.template(int(value)).format(n=self._grammar.number(int(value)), **slots_of(**slots))
        return ClaimDTO(text=text, metric=metric, value=value, window=window, evidence_ids=ids, phrase=self._phrase)


def why_now_text(texts: Sequence[str], grammar: Grammar) -> str:
    """The first two facts as one sentence where the second continues it, the rest one sentence each."""
    # A second fact that starts in lower case continues the first one's sentence.
    joined = len(texts) > 1 and (grammar.joins or texts[1][:1].islower())
    sentences = [grammar.comma.join(texts[:2]), *texts[2:]] if joined else texts
    return grammar.space.join(capitalize(text) + grammar.stop for text in sentences)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _dated(members: Iterable[TokenizedPost]) -> list[tuple[TokenizedPost, datetime]]:
    return [(member, moment) for member in members if (moment := member.item.published_at) is not None]


def _days_back(members: Iterable[TokenizedPost], as_of: datetime) -> int:
    """The least round number of days that reaches back to the oldest of the posts."""
    oldest = min(moment for _, moment in _dated(members))
    days = max(1, math.ceil((as_of - oldest) / timedelta(days=1)))
    return next((round_days for round_days in _ROUND_DAYS if round_days >= days), days)
