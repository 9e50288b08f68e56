"""The rules for the words of every candidate: links, markup, accounts, quotations, numbers, language, own speech.

Each is a rule as in `candidate_rules`, and trusts the shapes that those check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kairo.core.enums import OpportunityType
from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.claims import own_words_of, profile_texts, proven_numbers
from kairo.hero.enums import AnglePartKind, RejectionCode
from kairo.hero.generation.review.context import Broken, Context, all_texts_of, cited_by, shortened, texts_of
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.foreign_language import foreign_language
from kairo.hero.text.handles import handle_of
from kairo.hero.text.names import without_accounts, without_names
from kairo.hero.text.number_tokens import OwnWords, number_tokens, unproven_number
from kairo.hero.text.quotations import Quotation, is_said, quotations, without
from kairo.hero.text.unwanted import (
    accounts_in,
    link_in,
    markup_in,
    may_hold_link,
    may_hold_markup,
    may_hold_model_speech,
    model_speech_in,
)

_KINDS = tuple(AnglePartKind.values)


def links(candidate: CandidateDTO, context: Context) -> Broken | None:
    """No link, no address, no bare domain; the names of cited authors and of the brand's things may look like one."""
    for place, text in _places_with(may_hold_link, candidate):
        # Names are looked for only where there is something to excuse; the same below.
        if link_in(text) and link_in(without_accounts(text, [*context.names, *_authors(candidate, context)])):
            return RejectionCode.LINK_IN_TEXT, f"Its {place} holds a link."
    return None


def markup(candidate: CandidateDTO, context: Context) -> Broken | None:
    """No HTML, Markdown, BBCode, template or control characters."""
    for place, text in _places_with(may_hold_markup, candidate):
        if markup_in(text):
            return RejectionCode.MARKUP_IN_TEXT, f"Its {place} holds markup."
    return None


def accounts(candidate: CandidateDTO, context: Context) -> Broken | None:
    """No account with "@" but those of cited authors."""
    for place, text in _places_with(accounts_in, candidate):
        if accounts_in(text) and accounts_in(without_accounts(text, _authors(candidate, context))):
            return RejectionCode.UNKNOWN_HANDLE, f"Its {place} names an account that wrote none of its posts."
    return None


def model_speech(candidate: CandidateDTO, context: Context) -> Broken | None:
    """No text in which a model speaks of itself or hands over an answer."""
    places = all_texts_of(candidate)
    if not may_hold_model_speech([text for _, text in places]):
        return None
    for place, text in places:
        if model_speech_in(text) and model_speech_in(without(text, quotations(text))):
            return RejectionCode.MODEL_SPEECH, f"Its {place} speaks of the model that wrote it."
    return None


def angle_parts(candidate: CandidateDTO, context: Context) -> Broken | None:
    """The parts of an angle are the angle, and each names posts that show its fact."""
    if not candidate.angle_parts:
        return None
    for part in candidate.angle_parts:
        if part.kind not in _KINDS or not part.text.strip():
            return RejectionCode.ANGLE_PART_WITHOUT_FACT, "A part of its angle is empty or of no known kind."
        if not part.evidence_ids:
            return RejectionCode.ANGLE_PART_WITHOUT_FACT, f'"{shortened(part.text)}" names no post.'
    joined = "".join(part.text for part in candidate.angle_parts)
    if "".join(joined.split()) != "".join(candidate.angle.split()):
        return RejectionCode.ANGLE_PART_WITHOUT_FACT, "The parts of its angle are not the angle."
    return None


def quoted_posts(candidate: CandidateDTO, context: Context) -> Broken | None:
    """A quotation is in a cited post letter by letter; one in a part of the angle is in a post that the part names."""
    cited = [context.evidence[found] for found in cited_by(candidate)]
    for part in candidate.angle_parts:
        named = [context.evidence[found] for found in part.evidence_ids]
        if fault := _misquoted(part.text, named, candidate, context):
            return RejectionCode.QUOTE_NOT_FOUND, f'"{shortened(fault.text)}" is not in the post that its part names.'
    for place, text in (*texts_of(candidate), *(("claim", claim.text) for claim in candidate.claims)):
        if fault := _misquoted(text, cited, candidate, context):
            return RejectionCode.QUOTE_NOT_FOUND, f'"{shortened(fault.text)}" in its {place} is in none of its posts.'
    return None


def missing_claims(candidate: CandidateDTO, context: Context) -> Broken | None:
    """A why_now with a number has a claim."""
    if candidate.claims:
        return None
    own = without_accounts(without_names(_unquoted(candidate.why_now), context.names), _authors(candidate, context))
    if not number_tokens(own, likely=context.brand.languages):
        return None
    return RejectionCode.CLAIM_MISSING, "Its why_now has a number, and it makes no claim."


def numbers(candidate: CandidateDTO, context: Context) -> Broken | None:
    """A number is proven by a claim, or stands in the brand's profile, a campaign's dates or a cited post's words."""
    undated, dated = (
        frozenset(n for claim in candidate.claims for n in proven_numbers(claim, context.as_of, dates=dates))
        for dates in (False, True)
    )

    def own_words() -> Iterator[OwnWords]:
        yield OwnWords.of((*profile_texts(context.brand), *(claim.phrase for claim in candidate.claims)))
        yield own_words_of(context.evidence[found] for found in cited_by(candidate))

    names = [*context.names, *(claim.phrase for claim in candidate.claims)]
    authors = _authors(candidate, context)
    for place, text in texts_of(candidate):
        number = unproven_number(
            without_accounts(without_names(_unquoted(text), names), authors),
            # A window's days and months are numbers of a why_now alone: "11" in a title is no November.
            proven=(dated if place == "why_now" else undated) | _campaign_numbers(candidate, text, context),
            own_words=own_words,
            likely=context.brand.languages,
        )
        if number is not None:
            detail = f"The number {shortened(number)} in its {place} is in no claim, profile, campaign or quoted post."
            return RejectionCode.NUMBER_WITHOUT_CLAIM, detail
    return None


def language(candidate: CandidateDTO, context: Context) -> Broken | None:
    """Its own words are in a language of the brand; what it quotes and names may be in any."""
    names = [*context.names, *(claim.phrase for claim in candidate.claims), *_authors(candidate, context)]
    own = [without_accounts(_unquoted(text), names) for _, text in texts_of(candidate)]
    if found := foreign_language(own, allowed=context.brand.languages):
        return RejectionCode.WRONG_LANGUAGE, f'The brand does not publish in the language "{found}".'
    return None


def _places_with(may_hold: Callable[[str], object], candidate: CandidateDTO) -> list[tuple[str, str]]:
    """The candidate's texts with the names of their places; none where the lines of all of them together hold nothing.

    Most candidates hold nothing, which is told faster of one text than of twenty.
    """
    places = all_texts_of(candidate)
    return places if may_hold("\n".join(text for _, text in places)) else []


def _misquoted(
    text: str, posts: Sequence[EvidenceItemDTO], candidate: CandidateDTO, context: Context
) -> Quotation | None:
    for quotation in quotations(text):
        if _is_name(quotation.text, candidate, context):
            continue
        said = (one for post in posts for one in _texts_of_post(post))
        if not is_said(quotation.text, said):
            return quotation
    return None


def _texts_of_post(post: EvidenceItemDTO) -> Iterator[str]:
    yield post.text_primary
    yield post.title
    # A caption may open with the title, as it is shown.
    yield f"{post.title}\n{post.text_primary}"
    if post.has_transcript:
        yield post.text_secondary


def _is_name(text: str, candidate: CandidateDTO, context: Context) -> bool:
    """Whether the text in quotation marks is the name of something of the brand, or a topic."""
    sought = text.strip().casefold()
    names = (*context.names, *(claim.phrase for claim in candidate.claims))
    return any(name.strip().casefold() == sought for name in names)


def _authors(candidate: CandidateDTO, context: Context) -> list[str]:
    """The authors of cited posts, as they are stored and as their accounts are called."""
    refs = {context.evidence[found].author_ref for found in cited_by(candidate)}
    return sorted(author for author in refs | set(map(handle_of, refs)) if author.strip())


def _unquoted(text: str) -> str:
    return without(text, quotations(text))


def _campaign_numbers(candidate: CandidateDTO, text: str, context: Context) -> frozenset[str]:
    """The dates of the campaigns that the text names; of a campaign's idea, of all."""
    days = [
        day
        for campaign in context.brand.campaigns
        if candidate.type == OpportunityType.CAMPAIGN or campaign.name.casefold() in text.casefold()
        for day in (campaign.starts, campaign.ends)
    ]
    return frozenset(str(number) for day in days for number in (day.day, day.month, day.year))
