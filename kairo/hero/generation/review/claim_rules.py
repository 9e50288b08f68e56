"""The rules for what a candidate counts: whose posts back it, whether claims are proven, and what they are about."""

from __future__ import annotations

from kairo.core.enums import OpportunityType
from kairo.hero.dto import CampaignDTO, ClaimDTO
from kairo.hero.engine.claims import METRICS_OF_POSTS, why_unproven
from kairo.hero.enums import RejectionCode
from kairo.hero.generation.review.context import Broken, Context, shortened, texts_of
from kairo.hero.ports import CandidateDTO


def own_posts(candidate: CandidateDTO, context: Context) -> Broken | None:
    """No post of the brand's own accounts backs an idea; a part of its angle may name one that it has just posted."""
    counted = (*candidate.evidence_ids, *(found for claim in candidate.claims for found in claim.evidence_ids))
    if any(context.subject.is_own(context.evidence[found]) for found in counted):
        return RejectionCode.OWN_POSTS, "It counts a post of the brand's own account as evidence."
    return None


def about_the_brand(candidate: CandidateDTO, context: Context) -> Broken | None:
    """Posts that name the brand back no idea, unless they take up a campaign of which the idea is."""
    counted = dict.fromkeys(
        (*candidate.evidence_ids, *(found for claim in candidate.claims for found in claim.evidence_ids))
    )
    is_campaign = candidate.type == OpportunityType.CAMPAIGN
    naming = [
        found
        for found in counted
        if context.names_brand(found) and not (is_campaign and context.takes_up_campaign(context.evidence[found]))
    ]
    if not naming:
        return None
    if 2 * len(naming) >= len(counted):
        return RejectionCode.ABOUT_THE_BRAND, "Half of its posts or more speak about the brand itself."
    return RejectionCode.ABOUT_THE_BRAND, "One of its posts speaks about the brand itself."


def proven(candidate: CandidateDTO, context: Context) -> Broken | None:
    """Every claim can be worked out again from the posts it cites."""
    for claim in candidate.claims:
        fault = why_unproven(
            claim, evidence=context.evidence, as_of=context.as_of, brand=context.brand, counts=context.counts
        )
        if fault is not None:
            return RejectionCode.UNPROVEN_CLAIM, f'The claim "{shortened(claim.text)}" does not hold: {fault}.'
    return None


def on_topic(candidate: CandidateDTO, context: Context) -> Broken | None:
    """A claim that counts posts counts only those that say its phrase, and its phrase is what the idea is about."""
    for claim in candidate.claims:
        if claim.metric in METRICS_OF_POSTS and (fault := _off_topic(claim, candidate, context)):
            return RejectionCode.CLAIM_OFF_TOPIC, f'The claim "{shortened(claim.text)}" {fault}.'
    return None


def _off_topic(claim: ClaimDTO, candidate: CandidateDTO, context: Context) -> str | None:
    posts = [context.evidence[found] for found in claim.evidence_ids]
    if not claim.phrase.strip():
        if candidate.type == OpportunityType.COMPETITIVE and all(map(context.is_competitor, posts)):
            return None
        if candidate.type == OpportunityType.CAMPAIGN and any(
            all(context.says_campaign(post, campaign) for post in posts)
            for campaign in _campaigns_of(candidate, context)
        ):
            return None
        return "says of no topic what it counts"
    if not all(context.matcher.says(post, claim.phrase) for post in posts):
        return f'counts a post that does not say "{shortened(claim.phrase)}"'
    if not any(context.text_says(text, claim.phrase) for _, text in texts_of(candidate)):
        return f'counts posts about "{shortened(claim.phrase)}", of which the idea says nothing'
    return None


def _campaigns_of(candidate: CandidateDTO, context: Context) -> list[CampaignDTO]:
    """The campaigns that the candidate names; all, where it names none."""
    whole = " ".join(text for _, text in texts_of(candidate)).casefold()
    named = [one for one in context.brand.campaigns if one.name.strip() and one.name.strip().casefold() in whole]
    return named or list(context.brand.campaigns)
