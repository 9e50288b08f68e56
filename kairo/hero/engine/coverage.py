"""Coverage of each pillar: its counts, and a sentence that explains its opportunities or their absence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from kairo.hero.dto import PillarCoverageDTO
from kairo.hero.engine.brand_fit import ThemeMatches
from kairo.hero.engine.brand_words import BrandWords, Theme
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.topic_words import MIN_AUTHORS
from kairo.hero.engine.wording.languages import GRAMMARS
from kairo.hero.engine.wording.sentences.sentences import Sentences


def coverage_of(
    words: BrandWords,
    posts: Sequence[TokenizedPost],
    matches: ThemeMatches,
    *,
    ideas: Mapping[UUID | None, int],
    near_misses: Mapping[UUID, str],
    language: str = "en",
) -> tuple[PillarCoverageDTO, ...]:
    """Each pillar in the brand's order, worded in a language that has a grammar.

    `near_misses` gives, for a pillar, why its best topic became no opportunity, as an English sentence.
    """
    say = GRAMMARS[language].sentences
    found = []
    for pillar in words.pillars:
        matching = matches.matching_posts(pillar, posts)
        found.append(_coverage(pillar, matching, ideas.get(pillar.ref.id, 0), near_misses, say))
    return tuple(found)


def _coverage(
    pillar: Theme, matching: Sequence[TokenizedPost], ideas: int, near_misses: Mapping[UUID, str], say: Sentences
) -> PillarCoverageDTO:
    authors = len({post.author_key for post in matching})
    slots = {
        "found": say.matching.template(len(matching)).format(n=len(matching)),
        "authors": say.authors.template(authors).format(n=authors),
    }
    if ideas:
        reason = say.with_ideas.format(ideas=say.ideas.template(ideas).format(n=ideas), **slots)
    elif authors < MIN_AUTHORS:
        reason = say.too_few.format(needed=MIN_AUTHORS, **slots)
    else:
        reason = say.without.format(reason=_cause(near_misses.get(pillar.ref.id), say), **slots)
    return PillarCoverageDTO(
        pillar=pillar.ref,
        items=len(matching),
        authors=authors,
        needed_authors=MIN_AUTHORS,
        opportunities=ideas,
        reason=reason,
    )


def _cause(near_miss: str | None, say: Sentences) -> str:
    if near_miss is None:
        return say.no_shared_phrase
    return near_miss if say.language == "en" else say.no_type_fits
