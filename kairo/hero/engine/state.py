"""The engine's working state for one board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from kairo.hero.dto import EvidenceItemDTO, RejectedCandidateDTO
from kairo.hero.engine.baseline import counts_of
from kairo.hero.engine.brand_fit import ThemeMatches
from kairo.hero.engine.brand_subject import BrandSubject, subject_of
from kairo.hero.engine.brand_words import BrandWords, brand_words, openings_of
from kairo.hero.engine.evidence_texts import evidence_places
from kairo.hero.engine.near_duplicate_posts import without_near_duplicates
from kairo.hero.engine.tokenized_posts import TokenizedPost, tokenize_posts
from kairo.hero.engine.variants import with_common_keys
from kairo.hero.engine.window_days import WindowDays, considered, window_days
from kairo.hero.enums import RejectionCode
from kairo.hero.ports import SynthesisRequest
from kairo.hero.text.taboos import Taboos, taboos_of


@dataclass(slots=True)
class EngineState:
    """The engine's working state for one board, and what it rejects and notes on the way.

    `considered` are the evidence items that topics are compared with. Without taboos and near-duplicates, these are
    `candidate_posts`, which may back opportunities, and `posts_about_brand`, which name the brand. `posts_by_brand`
    are by the brand's own accounts. `languages` are those of the posts, `keywords` the keys of pillar and persona
    keywords in these languages, and `vocabulary` maps each such key to the brand's own spelling.
    """

    request: SynthesisRequest
    brand_words: BrandWords
    subject: BrandSubject
    languages: tuple[str, ...]
    keywords: frozenset[str]
    vocabulary: dict[str, str]
    taboos: Taboos
    considered: list[EvidenceItemDTO]
    window_days: WindowDays
    candidate_posts: list[TokenizedPost]
    posts_about_brand: list[TokenizedPost]
    posts_by_brand: list[TokenizedPost]
    matches: ThemeMatches
    rejected: list[RejectedCandidateDTO] = field(default_factory=list)
    near_misses: dict[UUID, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def posts(self) -> list[TokenizedPost]:
        """All posts by other accounts, ordered by id."""
        return sorted([*self.candidate_posts, *self.posts_about_brand], key=lambda one: one.item.id.int)


def initial_state(request: SynthesisRequest) -> EngineState:
    """Steps 0, 1 and 3: evidence in a fixed order, without forbidden posts and repeats, each read once."""
    brand, subject = request.brand, subject_of(request.brand)
    taboos = taboos_of(brand)
    items = considered(request.evidence, subject, as_of=request.as_of)
    clean, rejected = _without_taboos(items, taboos)
    own = {item.id.int: item for item in request.evidence if subject.is_own(item)}
    words = brand_words(brand)
    read = tokenize_posts(
        [*clean, *(item for _, item in sorted(own.items()))],
        languages=brand.languages,
        openings=openings_of(brand),
        watched=words.competitors,
        joined=words.joined_keys,
    )
    by_others, by_brand = read[: len(clean)], read[len(clean) :]
    distinct = without_near_duplicates(by_others)
    posts = with_common_keys(distinct)
    free: list[TokenizedPost] = []
    about: list[TokenizedPost] = []
    for post in posts:
        (about if subject.names_brand(post.item) else free).append(post)
    counts = request.counts or counts_of(request.evidence, as_of=request.as_of)
    languages = tuple(sorted({post.language for post in posts}))
    return EngineState(
        request=request,
        brand_words=words,
        subject=subject,
        languages=languages,
        keywords=words.keyword_keys(languages),
        vocabulary=_vocabulary(words, languages),
        taboos=taboos,
        considered=items,
        window_days=window_days(items, counts, as_of=request.as_of),
        candidate_posts=free,
        posts_about_brand=about,
        posts_by_brand=by_brand,
        # By each post's own keys, so that a post matches alike on every board.
        matches=ThemeMatches(words, distinct),
        rejected=rejected,
    )


def _without_taboos(
    items: Sequence[EvidenceItemDTO], taboos: Taboos
) -> tuple[list[EvidenceItemDTO], list[RejectedCandidateDTO]]:
    """Step 11, on the evidence: a post with a forbidden term backs no opportunity, whatever it says about it."""
    clean: list[EvidenceItemDTO] = []
    rejected: list[RejectedCandidateDTO] = []
    for item in items:
        hit = taboos.find(evidence_places(item))
        if hit is None:
            clean.append(item)
        else:
            detail = f'The brand\'s taboo "{hit.term}" is in the {hit.place}; the post backs no idea.'
            rejected.append(
                RejectedCandidateDTO(title=hit.term, code=RejectionCode.TABOO, detail=detail, evidence_ids=(item.id,))
            )
    return clean, rejected


def _vocabulary(words: BrandWords, languages: Sequence[str]) -> dict[str, str]:
    """The brand's own spelling of each of its keywords."""
    found: dict[str, str] = {}
    for theme in (*words.pillars, *words.personas):
        for keyword in theme.keywords:
            for key in (*keyword.keys, *(key for language in languages for key in keyword.keys_in(language))):
                found.setdefault(key, keyword.text)
    return found
