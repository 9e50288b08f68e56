"""Step 7 of the engine: matches topics to the pillar and the persona whose keywords their posts contain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kairo.hero.engine.brand_words import CLEAR, SPOKEN, BrandWords, CampaignWords, KeywordMatch, Theme
from kairo.hero.engine.bursts import Burst
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.topic_match import edges_of_tags

MIN_COVERAGE = 0.5
MIN_NEAR_SHARE = 0.2
MIN_NEAR_TERMS_SHARE = 0.4
MIN_NEAR_AUTHORS = 5
"""Posts of a burst of so many authors are the brand's business where so many speak of a pillar or a persona, and so
many of these or say a word of its positioning: a burst often has a name that no keyword list knows yet."""
MIN_PHRASE_SHARE = 0.75
"""So are posts of which so many say one keyword of several words of a persona."""
_FULL_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class ThemeFit:
    """How well posts fit one theme.

    `strength` and `coverage` are 0 to 1: how clearly the posts speak of it, and how many do. `phrases` are the
    theme's words that were found, most frequent first.
    """

    theme: Theme
    strength: float
    coverage: float
    phrases: tuple[str, ...]
    matched: tuple[UUID, ...]


class ThemeMatches:
    """The theme keywords that each post contains, computed once per board and used for every topic."""

    def __init__(self, words: BrandWords, posts: Sequence[TokenizedPost] = ()) -> None:
        self._words = words
        self._deciding = {theme.ref.id for theme in words.pillars or words.personas}
        self._known: set[int] = set()
        # By the numbers of posts' ids: hashing an id itself costs four times as much.
        self._found: dict[UUID, dict[int, KeywordMatch]] = defaultdict(dict)
        self._on_brand: set[int] = set()
        self.languages_by_keyword: dict[str, frozenset[str]] = {}
        """The languages of the posts that clearly hold each keyword."""
        self.add(posts)

    def add(self, posts: Sequence[TokenizedPost]) -> None:
        """Looks the words up in further posts, in each once."""
        new = [post for post in posts if post.item.id.int not in self._known]
        edges = edges_of_tags(new)
        for post in new:
            number = post.item.id.int
            self._known.add(number)
            for theme_id, found in self._words.index.matches(post, edges).items():
                self._found[theme_id][number] = found
                for text in found.clear:
                    languages = self.languages_by_keyword.get(text, frozenset())
                    if post.language not in languages:
                        self.languages_by_keyword[text] = languages | {post.language}
                if theme_id in self._deciding and found.strength >= SPOKEN:
                    self._on_brand.add(number)

    def matching_posts(self, theme: Theme, posts: Sequence[TokenizedPost]) -> list[TokenizedPost]:
        """The posts that speak of the theme."""
        known = self._found[theme.ref.id]
        return [one for one in posts if (found := known.get(one.item.id.int)) is not None and found.strength >= SPOKEN]

    def brand_term_count(self, members: Sequence[TokenizedPost]) -> int:
        """How many of the brand's own terms the posts contain."""
        return len({term for member in members for term in self._words.terms_in(member)})

    def pillar(self, members: Sequence[TokenizedPost]) -> ThemeFit | None:
        """The pillar the posts fit best, or None where they fit none; equal ones by the brand's own order."""
        return self._best(self._words.pillars, members)

    def persona(self, members: Sequence[TokenizedPost]) -> ThemeFit | None:
        """The persona the posts speak to most, or None where they speak to none."""
        return self._best(self._words.personas, members)

    def is_on_brand(self, members: Sequence[TokenizedPost]) -> bool:
        """Whether at least half of the posts speak of a pillar; of a persona, for a brand without pillars."""
        matching = self._on_brand.intersection([member.item.id.int for member in members])
        return len(matching) >= MIN_COVERAGE * len(members)

    def is_near_brand(self, members: Sequence[TokenizedPost], *, burst: Burst | None) -> bool:
        """Whether posts that do not fit a pillar are the brand's business all the same.

        They are, in a burst, where half of them speak of a pillar or a persona, or fewer in a large one
        (MIN_NEAR_SHARE); and where nearly all say one phrase of a persona.
        """
        numbers = {member.item.id.int: member for member in members}
        near = {number for found in self._found.values() for number in numbers if _speaks(found.get(number))}
        if burst is not None and len(near) >= MIN_COVERAGE * len(members):
            return True
        if burst is not None and burst.authors >= MIN_NEAR_AUTHORS and len(near) >= MIN_NEAR_SHARE * len(members):
            near |= {number for number, member in numbers.items() if self._words.terms_in(member)}
            if len(near) >= MIN_NEAR_TERMS_SHARE * len(members):
                return True
        return any(
            sum(number in found and keyword.text in found[number].clear for number in numbers)
            >= MIN_PHRASE_SHARE * len(members)
            for theme in self._words.personas
            if (found := self._found[theme.ref.id])
            for keyword in theme.keywords
            if keyword.size > 1 and keyword.weight >= 1
        )

    def _best(self, themes: Sequence[Theme], members: Sequence[TokenizedPost]) -> ThemeFit | None:
        fits = [fit for theme in themes if (fit := self.fit(theme, members)) is not None]
        return max(fits, key=lambda fit: (round(fit.strength, 9), -fit.theme.rank), default=None)

    def fit(self, theme: Theme, members: Sequence[TokenizedPost]) -> ThemeFit | None:
        """How well the posts fit one theme, or None where none of them holds a word of it."""
        counts: dict[str, int] = {}
        matched: list[UUID] = []
        total = 0.0
        known = self._found[theme.ref.id]
        for member in members:
            if (found := known.get(member.item.id.int)) is None:
                continue
            total += found.strength
            if found.strength >= SPOKEN:
                matched.append(member.id)
            for text in found.clear:
                counts[text] = counts.get(text, 0) + 1
        if not total:
            return None
        # A phrase of the theme that most of the posts contain is what they are about.
        held = {text for text, count in counts.items() if count >= MIN_COVERAGE * len(members)}
        anchored = max((one.weight for one in theme.keywords if one.text in held), default=0.0)
        strength = 0.55 * total / len(members) + 0.45 * min(1.0, anchored / _FULL_WEIGHT)
        phrases = tuple(sorted(counts, key=lambda text: (-counts[text], text)))
        return ThemeFit(theme, min(1.0, strength), len(matched) / len(members), phrases, tuple(matched))


def _speaks(found: KeywordMatch | None) -> bool:
    return found is not None and found.strength >= SPOKEN


def campaign_members(campaign: CampaignWords, posts: Sequence[TokenizedPost]) -> list[TokenizedPost]:
    """The posts that clearly take part in a campaign: its name, two of its phrases, or one of several words."""
    name = campaign.campaign.name.strip()
    found = []
    for post in posts:
        strengths = [(keyword, keyword.strength_in(post)) for keyword in campaign.keywords]
        own = [keyword for keyword, strength in strengths if strength >= CLEAR]
        if not own:
            continue
        several = sum([strength >= SPOKEN for _, strength in strengths]) > 1
        if several or any(keyword.size > 1 or keyword.text == name for keyword in own):
            found.append(post)
    return found
