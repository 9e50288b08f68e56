# ruff: noqa: RUF001  (parentheses of Japanese)
"""The sentences of a score breakdown, in the opportunity's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kairo.core.enums import Channel, Platform
from kairo.hero.engine.bursts import Burst
from kairo.hero.engine.feedback import Feedback
from kairo.hero.engine.wording.grammar import Grammar
from kairo.hero.engine.wording.names import capitalize

COMPETITOR_DAYS = 7
_SURE_P = 1e-4
_MOST_PHRASES = 3
_HOURS_SHOWN = 48


class ScoreSentences:
    """The sentences of one score breakdown. Every number in them is one that the score was counted from."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar, self._say = grammar, grammar.sentences

    def joined(self, *sentences: str) -> str:
        """Sentences one after the other."""
        return self._grammar.space.join(sentences)

    def pillar(self, name: str, matched: int, posts: int, phrases: Sequence[str]) -> str:
        """How many posts match the pillar, and by which of its phrases."""
        template = self._say.matches_only if posts == 1 else self._say.matches.template(matched)
        return template.format(matched=matched, n=posts, pillar=name, found=self._found(phrases))

    def no_pillar(self, *, watched: bool) -> str:
        """Why an opportunity without a pillar concerns the brand."""
        return self._say.watched if watched else self._say.own_campaign

    def feedback(self, feedback: Feedback) -> str:
        """Which decisions on opportunities like it moved the score, and by how much."""
        counts = ((feedback.pinned, self._say.pinned), (feedback.ignored, self._say.ignored))
        causes = self._grammar.comma.join(template.format(n=count) for count, template in counts if count)
        return self._say.feedback.format(causes=causes, points=f"{feedback.points:+d}")

    def burst(self, burst: Burst) -> str:
        """How many authors there are, how many were to be expected, and how likely that is."""
        sure = burst.p < _SURE_P
        chance = (self._say.less_than if sure else self._say.about).format(
            n=self._grammar.number(round(1 / (_SURE_P if sure else burst.p)))
        )
        return self._say.burst.format(
            n=burst.authors, days=burst.window.days, expected=self._say.number(burst.expected), chance=chance
        )

    def share(self, authors: int, total: int) -> str:
        """How many authors there are among all stored posts."""
        return self._say.share.format(n=authors, total=self._grammar.number(total))

    def competitor(self, fresh: int, posts: int) -> str:
        """How many of a competitor's posts are of the last days."""
        return self._say.competitor_fresh.template(fresh).format(n=fresh, total=posts, days=COMPETITOR_DAYS)

    def campaign(self, days_away: int) -> str:
        """Whether a campaign runs, or in how many days it starts."""
        if not days_away:
            return self._say.campaign_runs
        return self._say.campaign_starts.template(days_away).format(n=days_away)

    def newest(self, age: timedelta) -> str:
        """How old the newest post is; `timedelta.max` is for posts without a date."""
        if age == timedelta.max:
            return self._say.undated
        hours = int(age / timedelta(hours=1))
        if hours < _HOURS_SHOWN:
            return self._say.newest_hours.template(hours).format(n=hours)
        return self._say.newest_days.template(hours // 24).format(n=hours // 24)

    def lasting(self, authors: int, days: int, most: int, maximum: int) -> str:
        """How many authors over how many days, and the most points that gives."""
        return self._say.lasting.format(n=authors, days=days, most=most, all=maximum)

    def audience(self, persona: str | None, phrases: Sequence[str], place: float | None, authors: int) -> str:
        """The persona, the engagement's place among all posts (0 to 1, None where unknown) and the authors."""
        whom = (
            self._say.speaks_to_none
            if persona is None
            else self._say.speaks.format(persona=persona, found=self._found(phrases))
        )
        liked = (
            self._say.engagement_unknown if place is None else self._say.engagement.format(percent=f"{place * 100:.0f}")
        )
        counted = self._say.authors.template(authors).format(n=authors)
        return capitalize(self._say.joint.join((whom, liked, counted))) + self._grammar.stop

    def channel(self, seen: int, posts: int, platform: Platform, channel: Channel) -> str:
        """Where most posts were seen, and whether that is the channel of the opportunity."""
        template = self._say.seen_only if posts == 1 else self._say.seen.template(seen)
        where = template.format(seen=seen, n=posts, platform=platform.label)
        ending = self._say.itself if platform.value == channel.value else self._say.carried
        return ending.format(where=where, channel=channel.label)

    def _found(self, phrases: Sequence[str]) -> str:
        found = self._grammar.comma.join(f'"{phrase}"' for phrase in phrases[:_MOST_PHRASES])
        if not found:
            return ""
        return f"（{found}）" if self._grammar.language == "ja" else f" ({found})"
