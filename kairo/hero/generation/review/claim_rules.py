"""The rules for evidence and claims: whose posts count, whether claims are proven, and their topic."""

from __future__ import annotations

from uuid import UUID

from kairo.core.enums import OpportunityType
from kairo.hero.dto import CampaignDTO, ClaimDTO
from kairo.hero.engine.claims import METRICS_OF_POSTS, why_unproven
from kairo.hero.enums import RejectionCode
from kairo.hero.generation.review.context import ReviewContext, Violation, excerpt, main_texts
from kairo.hero.ports import CandidateDTO


def own_posts(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """Neither evidence nor claims include a post of the brand's own accounts; an angle part may cite one."""
    if any(context.subject.is_own(context.evidence[evidence_id]) for evidence_id in _counted_ids(candidate)):
        return RejectionCode.OWN_POSTS, "It counts a post of the brand's own account as evidence."
    return None


def about_the_brand(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """No counted post names the brand, unless the candidate is a campaign's and the post mentions a campaign."""
    counted = dict.fromkeys(_counted_ids(candidate))
    is_campaign = candidate.type == OpportunityType.CAMPAIGN
    naming = [
        evidence_id
        for evidence_id in counted
        if context.names_brand(evidence_id)
        and not (is_campaign and context.mentions_any_campaign(context.evidence[evidence_id]))
    ]
    if not naming:
        return None
    if 2 * len(naming) >= len(counted):
        return RejectionCode.ABOUT_THE_BRAND, "Half of its posts or more speak about the brand itself."
    return RejectionCode.ABOUT_THE_BRAND, "One of its posts speaks about the brand itself."


def _counted_ids(candidate: CandidateDTO) -> list[UUID]:
    return [*candidate.evidence_ids, *(evidence_id for claim in candidate.claims for evidence_id in claim.evidence_ids)]


def proven(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """Every claim equals its value recomputed from the posts that it cites."""
    for claim in candidate.claims:
        fault = why_unproven(
            claim, evidence=context.evidence, as_of=context.as_of, brand=context.brand, counts=context.counts
        )
        if fault is not None:
            return RejectionCode.UNPROVEN_CLAIM, f'The claim "{excerpt(claim.text)}" does not hold: {fault}.'
    return None


def on_topic(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    """A claim about posts counts only posts that contain its phrase, and the candidate's texts contain the phrase."""
    for claim in candidate.claims:
        if claim.metric in METRICS_OF_POSTS and (fault := _off_topic(claim, candidate, context)):
            return RejectionCode.CLAIM_OFF_TOPIC, f'The claim "{excerpt(claim.text)}" {fault}.'
    return None


def _off_topic(claim: ClaimDTO, candidate: CandidateDTO, context: ReviewContext) -> str | None:
    posts = [context.evidence[evidence_id] for evidence_id in claim.evidence_ids]
    if not claim.phrase.strip():
        if candidate.type == OpportunityType.COMPETITIVE and all(map(context.is_competitor, posts)):
            return None
        if candidate.type == OpportunityType.CAMPAIGN and any(
            all(context.mentions_campaign(post, campaign) for post in posts)
            for campaign in _campaigns_of(candidate, context)
        ):
            return None
        return "says of no topic what it counts"
    if not all(context.matcher.has_phrase(post, claim.phrase) for post in posts):
        return f'counts a post that does not say "{excerpt(claim.phrase)}"'
    if not any(context.text_contains(text, claim.phrase) for _, text in main_texts(candidate)):
        return f'counts posts about "{excerpt(claim.phrase)}", of which the idea says nothing'
    return None


def _campaigns_of(candidate: CandidateDTO, context: ReviewContext) -> list[CampaignDTO]:
    """The campaigns that the candidate names, or all campaigns if it names none."""
    texts = " ".join(text for _, text in main_texts(candidate)).casefold()
    campaigns = context.brand.campaigns
    named = [campaign for campaign in campaigns if campaign.name.strip() and campaign.name.strip().casefold() in texts]
    return named or list(campaigns)
