"""The rules for texts: links, markup, accounts, model speech, angle parts, quotations, numbers and language.

Each has the signature of a rule of `candidate_rules`, and relies on the types that those check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kairo.core.enums import OpportunityType
from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.claims import own_words_of, profile_texts, proven_numbers
from kairo.hero.engine.wording.languages import GRAMMARS
from kairo.hero.enums import AnglePartKind, RejectionCode
from kairo.hero.generation.review.context import ReviewContext, Violation, all_texts, cited_ids, excerpt, main_texts
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.foreign_language import foreign_language
from kairo.hero.text.handles import handle_of
from kairo.hero.text.names import without_accounts, without_names
from kairo.hero.text.number_tokens import SourceNumbers, number_tokens, unproven_number
from kairo.hero.text.quotations import Quotation, is_verbatim, quotations, without_quotations
from kairo.hero.text.unwanted import (
    accounts_in,
    link_in,
    markup_in,
    may_contain_link,
    may_contain_markup,
    may_contain_model_speech,
    model_speech_in,
)

_ANGLE_PART_KINDS = tuple(AnglePartKind.values)


def links(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """No link, address or bare domain, except names of cited authors and of the brand that look like one."""
    for place, text in _places_with(may_contain_link, candidate):
        # Removing names is slow: only texts with a match need it. The same below.
        if link_in(text) and link_in(without_accounts(text, [*context.names, *_authors(candidate, context)])):
            return RejectionCode.LINK_IN_TEXT, f"Its {place} holds a link."
    return None


def markup(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """No HTML, Markdown, BBCode, template or control characters."""
    for place, text in _places_with(may_contain_markup, candidate):
        if markup_in(text):
            return RejectionCode.MARKUP_IN_TEXT, f"Its {place} holds markup."
    return None


def accounts(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """No account with "@", except those of cited authors."""
    for place, text in _places_with(accounts_in, candidate):
        if accounts_in(text) and accounts_in(without_accounts(text, _authors(candidate, context))):
            return RejectionCode.UNKNOWN_HANDLE, f"Its {place} names an account that wrote none of its posts."
    return None


def model_speech(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """No text in which a language model mentions itself or introduces its answer."""
    places = all_texts(candidate)
    if not may_contain_model_speech([text for _, text in places]):
        return None
    for place, text in places:
        if model_speech_in(text) and model_speech_in(without_quotations(text, quotations(text))):
            return RejectionCode.MODEL_SPEECH, f"Its {place} speaks of the model that wrote it."
    return None


def angle_parts(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """The angle parts together are the angle, and each cites posts that show its fact."""
    if not candidate.angle_parts:
        return None
    for part in candidate.angle_parts:
        if part.kind not in _ANGLE_PART_KINDS or not part.text.strip():
            return RejectionCode.ANGLE_PART_WITHOUT_FACT, "A part of its angle is empty or of no known kind."
        if not part.evidence_ids:
            return RejectionCode.ANGLE_PART_WITHOUT_FACT, f'"{excerpt(part.text)}" names no post.'
    joined = "".join(part.text for part in candidate.angle_parts)
    if "".join(joined.split()) != "".join(candidate.angle.split()):
        return RejectionCode.ANGLE_PART_WITHOUT_FACT, "The parts of its angle are not the angle."
    return None


def quoted_posts(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """A quotation is a literal part of a cited post; in an angle part, of a post that the part cites."""
    cited = _cited_posts(candidate, context)
    for part in candidate.angle_parts:
        posts = [context.evidence[evidence_id] for evidence_id in part.evidence_ids]
        if quotation := _misquoted(part.text, posts, candidate, context):
            return RejectionCode.QUOTE_NOT_FOUND, f'"{excerpt(quotation.text)}" is not in the post that its part names.'
    for place, text in (*main_texts(candidate), *(("claim", claim.text) for claim in candidate.claims)):
        if quotation := _misquoted(text, cited, candidate, context):
            return RejectionCode.QUOTE_NOT_FOUND, f'"{excerpt(quotation.text)}" in its {place} is in none of its posts.'
    return None


def missing_claims(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """A candidate whose why_now contains a number makes a claim."""
    if candidate.claims:
        return None
    text = without_accounts(without_names(_unquoted(candidate.why_now), context.names), _authors(candidate, context))
    if not number_tokens(text, likely=context.brand.languages):
        return None
    return RejectionCode.CLAIM_MISSING, "Its why_now has a number, and it makes no claim."


def numbers(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """Every number is proven by a claim, or occurs in the brand's profile, a campaign's dates or a cited post."""
    undated, dated = (
        frozenset(number for claim in candidate.claims for number in proven_numbers(claim, context.as_of, dates=dates))
        for dates in (False, True)
    )

    def sources() -> Iterator[SourceNumbers]:
        yield SourceNumbers.of((*profile_texts(context.brand), *(claim.phrase for claim in candidate.claims)))
        yield own_words_of(_cited_posts(candidate, context))

    names = [*context.names, *(claim.phrase for claim in candidate.claims)]
    authors = _authors(candidate, context)
    for place, text in main_texts(candidate):
        number = unproven_number(
            without_accounts(without_names(_unquoted(text), names), authors),
            # Days and months of a window count only in a why_now: "11" in a title does not mean November.
            proven=(dated if place == "why_now" else undated) | _campaign_numbers(candidate, text, context),
            sources=sources,
            likely=context.brand.languages,
        )
        if number is not None:
            detail = f"The number {excerpt(number)} in its {place} is in no claim, profile, campaign or quoted post."
            return RejectionCode.NUMBER_WITHOUT_CLAIM, detail
    return None


def language(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """The texts are in a language of the brand; quotations and names may be in any language."""
    names = [*context.names, *(claim.phrase for claim in candidate.claims), *_authors(candidate, context)]
    texts = [without_accounts(_unquoted(text), names) for _, text in main_texts(candidate)]
    if code := foreign_language(texts, allowed=context.brand.languages, with_grammar=GRAMMARS.keys()):
        return RejectionCode.WRONG_LANGUAGE, f'The brand does not publish in the language "{code}".'
    return None


def _places_with(may_hold: Callable[[str], object], candidate: CandidateDTO) -> list[tuple[str, str]]:
    """All texts of the candidate with the names of their places; empty if `may_hold` is false for all of them joined.

    One test of a joined text is faster than twenty tests, and most candidates end here.
    """
    places = all_texts(candidate)
    return places if may_hold("\n".join(text for _, text in places)) else []


def _misquoted(
    text: str, posts: Sequence[EvidenceItemDTO], candidate: CandidateDTO, context: ReviewContext
) -> Quotation | None:
    for quotation in quotations(text):
        if _is_name(quotation.text, candidate, context):
            continue
        texts = (text for post in posts for text in _post_texts(post))
        if not is_verbatim(quotation.text, texts):
            return quotation
    return None


def _post_texts(post: EvidenceItemDTO) -> Iterator[str]:
    yield post.text_primary
    yield post.title
    # A quotation may span the title and the caption below it.
    yield f"{post.title}\n{post.text_primary}"
    if post.has_transcript:
        yield post.text_secondary


def _is_name(text: str, candidate: CandidateDTO, context: ReviewContext) -> bool:
    """Whether the quoted text is a name of the brand or the phrase of a claim."""
    folded = text.strip().casefold()
    names = (*context.names, *(claim.phrase for claim in candidate.claims))
    return any(name.strip().casefold() == folded for name in names)


def _authors(candidate: CandidateDTO, context: ReviewContext) -> list[str]:
    """The authors of cited posts, both as stored and as handles."""
    refs = {post.author_ref for post in _cited_posts(candidate, context)}
    return sorted(author for author in refs | set(map(handle_of, refs)) if author.strip())


def _cited_posts(candidate: CandidateDTO, context: ReviewContext) -> list[EvidenceItemDTO]:
    return [context.evidence[evidence_id] for evidence_id in cited_ids(candidate)]


def _unquoted(text: str) -> str:
    return without_quotations(text, quotations(text))


def _campaign_numbers(candidate: CandidateDTO, text: str, context: ReviewContext) -> frozenset[str]:
    """The numbers in the dates of the campaigns that the text names, or of all campaigns if the type is CAMPAIGN."""
    days = [
        day
        for campaign in context.brand.campaigns
        if candidate.type == OpportunityType.CAMPAIGN or campaign.name.casefold() in text.casefold()
        for day in (campaign.starts, campaign.ends)
    ]
    return frozenset(str(number) for day in days for number in (day.day, day.month, day.year))
