"""English."""

from kairo.core.enums import OpportunityType as Type
from kairo.hero.synthesis.wording.grammar import Grammar, Plural

ENGLISH = Grammar(
    language="en",
    titles={
        Type.TREND: (
            "{Topic}: what is behind the rush",
            "Why creators keep turning to {topic}",
            "{Pillar}: the {topic} edition",
            "{Topic} for {persona}: where to start",
            "{Topic} and {detail}: what to try first",
            "Our take on {topic}, while it is still new",
        ),
        Type.EVERGREEN: (
            "{Topic}: the basics that keep coming up",
            "A plain guide to {topic}",
            "{Topic} for {persona}, step by step",
            "{Topic} and {detail}: what to look at first",
            "What to know about {topic} before you start",
            "The {topic} question that keeps coming back",
            "Why {topic} keeps coming back",
        ),
        Type.COMPETITIVE: (
            "{competitor} talks about {detail}: here is our side",
            "Our honest answer to {competitor}",
            "{competitor} or {brand}: how to choose",
            "Looking at {competitor}? Compare this first",
            "{Pillar}, without {competitor}",
        ),
        Type.CAMPAIGN: (
            "{campaign}: how to join in",
            "{campaign}, step one: {detail}",
            "{campaign}: a plan for {persona}",
            "{campaign}: what to do first",
            "{campaign}, the {brand} way",
        ),
    },
    openers={
        Type.TREND: (
            "Explain {topic} while the interest is fresh, and tie it to {pillar}.",
            "Show what {topic} looks like in practice, as part of {pillar}.",
            "Say what is worth keeping about {topic} and what is not.",
            "Give a first, doable version of {topic}.",
        ),
        Type.EVERGREEN: (
            "Make the one piece on {topic} that people can save and come back to.",
            "Answer the question behind these posts on {topic} in plain steps.",
            "Turn {topic} into a short checklist under {pillar}.",
            "Show {topic} done well and done badly, side by side.",
        ),
        Type.COMPETITIVE: (
            "Say plainly how your approach differs from what {competitor} shows, without attacking anyone.",
            "Take the promise {competitor} makes and show your way to the same result.",
            "Compare both ways fairly: when theirs fits, when yours does.",
            "Leave {competitor} unnamed in the post; answer the need behind it.",
        ),
        Type.CAMPAIGN: (
            "Invite people into “{campaign}” with one thing they can do on the day they see it.",
            "Lay out “{campaign}” from first to last day, so that people can follow.",
            "Show the smallest way to take part in “{campaign}”.",
            "Tell what “{campaign}” is for, and ask people to show how they do it.",
        ),
    },
    not_for_names=frozenset(
        {
            "{Topic} for {persona}: where to start",
            "{Topic} and {detail}: what to try first",
            "A plain guide to {topic}",
            "{Topic} for {persona}, step by step",
            "{Topic} and {detail}: what to look at first",
            "{Topic}: the basics that keep coming up",
            "What to know about {topic} before you start",
            "Show what {topic} looks like in practice, as part of {pillar}.",
            "Give a first, doable version of {topic}.",
            "Turn {topic} into a short checklist under {pillar}.",
            "Show {topic} done well and done badly, side by side.",
        }
    ),
    lead="Respond to what {lead} showed.",
    details="Cover {details}, which these posts bring up.",
    persona="Make it for {persona}.",
    pain="Deal with what holds them back: {pain}.",
    authors_recent=Plural(
        one="{n} creator posted about {topic} in the last {days} days",
        many="{n} creators posted about {topic} in the last {days} days",
    ),
    earlier=Plural(
        one="only {n} post in the {days} days before",
        many="against {n} posts in the {days} days before",
    ),
    views="Together these posts have {n} views",
    authors_long=Plural(
        one="{n} creator came back to {topic} in the last {days} days",
        many="{n} creators came back to {topic} in the last {days} days",
    ),
    span=Plural(
        one="and their posts lie {n} day apart",
        many="and their posts lie {n} days apart, so the interest lasts",
    ),
    competitor_posts=Plural(
        one="{competitor} posted {n} time in the last {days} days",
        many="{competitor} posted {n} times in the last {days} days",
    ),
    posts_undated=Plural(
        one="{n} post of unknown date is about {topic}",
        many="{n} posts of unknown date are about {topic}",
    ),
    starts_in=Plural(
        one="{campaign} starts on {date}, in {n} day",
        many="{campaign} starts on {date}, in {n} days",
    ),
    starts_today="{campaign} starts today, on {date}",
    ends_in=Plural(
        one="{campaign} runs until {date}, {n} more day",
        many="{campaign} runs until {date}, {n} more days",
    ),
    ends_today="{campaign} ends today, on {date}",
    campaign_posts=Plural(
        one="{n} post took it up in the last {days} days",
        many="{n} posts took it up in the last {days} days",
    ),
    conjunction=" and ",
    thousands=",",
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    day=lambda number, month: f"{number} {month}",
)  # fmt: skip
