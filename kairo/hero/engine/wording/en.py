# ruff: noqa: E501  (a pattern is one line)
"""English."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.en import ENGLISH as SENTENCES

ENGLISH = Grammar(
    language="en",
    titles=Titles(
        topic=(
            "{Topic} for {persona}: where to start",
            "{Topic} meets {gap}",
            "{Topic}, with {gap} in mind",
            "{Topic} and {detail}: what we found",
            "{Topic}: how we handle it at {brand}",
            "{Topic}: the gains and the costs",
            "{Topic}: mistakes worth avoiding",
            "{Topic}: what we would skip",
            "{Pillar}: our notes on {topic}",
            "{Topic}, without the guesswork",
            "{Topic}: a checklist before you start",
            "{Topic}: our honest verdict",
            "A closer look at {topic}",
            "{Topic}: what matters and what does not",
            "{Topic}: our answer to the usual question",
            "{Topic}: what nobody shows",
            "{Topic}, in plain words",
            "{Topic}: notes from our own practice",
            "{Topic}: where people get stuck",
        ),
        trend=(
            "Everybody is talking about {topic}: our side",
            "{Topic}: what holds up, and what does not",
            "{Topic}: is the excitement earned?",
            "{Topic}: what stays when the rush is over",
        ),
        evergreen=(
            "{Topic}: the guide to save",
            "{Topic}, explained from the start",
            "{Topic}: how to get it right",
            "{Topic}: the questions that keep coming back",
        ),
        competitive=(
            "{Detail}: what we do differently",
            "{Detail}: when it helps, and when it does not",
            "{Detail}: who needs it, and who does not",
            "{Detail}, or the way we do it",
            "{Detail} for {persona}: our way",
            "{Pillar}: our way, shown openly",
            "{Pillar}: what we promise, and what we do not",
        ),
        named=(
            "{competitor} or {brand}: how to choose",
            "{competitor} and {brand}: a fair comparison",
            "Looking at {competitor}? Compare this",
        ),
        campaign=(
            "{campaign}: how to join in",
            "{campaign}: our plan, day by day",
            "{campaign}, starting with {detail}",
            "{campaign}: a plan for {persona}",
            "{campaign} with {brand}: what to prepare",
            "Join us for {campaign}",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} puts it like this: {quote}",
            "Take up the line from {author}: {quote}",
            "In the words of {author}: {quote}",
            "The post to answer is from {author}: {quote}",
            "{author} wins people over with {quote}",
            "Start from what {author} wrote: {quote}",
            "{author} says {quote}",
            "Quote {author} and reply: {quote}",
        ),
        rival_hooks=(
            "What a competitor promises: {quote}",
            "A competitor is saying {quote}",
            "The offer you are measured against: {quote}",
            "Customers are hearing this elsewhere: {quote}",
        ),
        forms={
            Form.LIST: "lists",
            Form.HOW_TO: "step-by-step how-tos",
            Form.POINT_OF_VIEW: "told from a personal point of view",
            Form.BEFORE_AFTER: "before-and-after stories",
            Form.QUESTION: "built around a question",
            Form.REACTION: "reactions",
        },
        most=(
            "{n} of these posts are {form}",
            "Of the posts below, {n} are {form}",
            "The usual shape: {n} of the posts are {form}",
            "{n} of the posts on it are {form}",
        ),
        every=(
            "All of these posts are {form}",
            "Every post here takes the same shape: they are {form}",
            "The posts are all {form}",
        ),
        questions=(
            "People keep asking {quote}",
            "The question that comes back: {quote}",
            "Several authors ask it: {quote}",
        ),
        gaps=(
            "What none of these posts mentions: {gap}",
            "Missing from all of these posts: {gap}",
            "Nobody here brings this up: {gap}",
            "Left out by all of them: {gap}",
            "No post here touches on this: {gap}",
            "Still uncovered: {gap}",
        ),
        audiences=(
            "Make it for {persona}",
            "Talk to {persona}",
            "The reader to picture: {persona}",
            "Write it with {persona} in mind",
        ),
        pains=(
            "Make it for {persona}, and deal with what holds them back: {pain}",
            "{Persona} knows this trouble: {pain}",
            "For {persona} the sore point is this: {pain}",
            "Have {persona} in mind, and the trouble they know: {pain}",
        ),
        own_posts=(
            "You have just posted about {topic} yourselves; take another side of it",
            "Your own latest posts cover {topic} already, so add what they left out",
        ),
        form_tasks={
            Form.LIST: (
                "Go deep where they list: choose the point about {topic} that matters most and show it {in_format}",
                "Instead of another list, prove a claim about {topic} {in_format}",
            ),
            Form.HOW_TO: (
                "The steps are well covered, so show {in_format} what goes wrong with {topic} and how to save it",
                "Skip the steps; show {in_format} how to tell good from bad in {topic}",
            ),
            Form.POINT_OF_VIEW: (
                "Set facts beside the personal view: show {in_format} where {topic} helps and where it does not",
                "They show a mood, so show {in_format} the work behind {topic}",
            ),
            Form.BEFORE_AFTER: (
                "Show {in_format} what they leave out between before and after: the work that {topic} takes",
                "Stay with {topic} {in_format} a while longer than they do, and show what lasts",
            ),
            Form.QUESTION: (
                "They ask, so answer: settle it {in_format} with your own example of {topic}",
                "Give {in_format} the plain answer on {topic} that these posts wait for",
            ),
            Form.REACTION: (
                "Go past the reaction and show {in_format} what {topic} looks like in practice",
                "They comment, so demonstrate: {topic} {in_format}, from start to finish",
            ),
        },
        gap_tasks=(
            "Bring {topic} and {gap} together {in_format}",
            "Show {in_format} what {topic} has to do with {gap}",
        ),
        question_tasks=(
            "Answer that {in_format}, with a real case of {topic}",
            "Make the answer the whole piece, {in_format}, and leave no part of {topic} vague",
        ),
        tasks={
            Type.TREND: (
                "Show {in_format} how {topic} and {detail} go together, and say what you would keep",
                "Show {in_format} your own experience with {topic}, failures included",
                "Say {in_format} what is worth keeping about {topic} and what is not",
            ),
            Type.EVERGREEN: (
                "Gather the answers on {topic} {in_format}, so that people save it",
                "Walk through {topic} {in_format} from start to finish",
                "Show {in_format} how {topic} and {detail} depend on each other",
            ),
            Type.COMPETITIVE: (
                "Name no rival: show {in_format} how you get to the same result",
                "Take on the need behind these posts ({detail}) {in_format}, your way and without a swipe at anyone",
                "Lay open {in_format} the price of {detail} in money and effort, and the price of your way",
                "Say {in_format} for whom your way is right and for whom it is not",
            ),
            Type.CAMPAIGN: (
                "Invite people to {campaign} {in_format} with something they can do on the same day",
                "Show {in_format} the smallest way to take part in {campaign}",
                "Show {campaign} {in_format} from opening to close, so that people can follow",
                "Ask people {in_format} to show how they take part in {campaign}",
            ),
        },
        named_tasks=(
            "Compare yourselves with {competitor} {in_format}: when theirs fits, and when yours does",
            "Say {in_format} how your approach differs from what {competitor} shows, without attacking anyone",
            "Take the promise {competitor} makes and show {in_format} your way to the same result",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="{n} creator posted about {topic} in the last {days} days",
            many="{n} creators posted about {topic} in the last {days} days",
        ),
        earlier=Plural(
            one="only {n} post in the {days} days before",
            many="against {n} posts in the {days} days before",
        ),
        authors_share=Plural(
            one="{n} creator posted about {topic}",
            many="{n} creators posted about {topic}",
        ),
        window_posts=Plural(
            one="among the {n} post stored so far",
            many="among the {n} posts stored so far",
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
    ),
    in_format={
        Channel.INSTAGRAM: "in a carousel",
        Channel.TIKTOK: "in a short video",
        Channel.YOUTUBE: "in a video",
        Channel.LINKEDIN: "in a LinkedIn post",
        Channel.X: "in a thread",
        Channel.NEWSLETTER: "in your newsletter",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bpoint of view\b", r"^when (?:you|your|the|my)\b",
            r"^me (?:when|trying)\b"),
        Form.BEFORE_AFTER: (
            r"\bbefore (?:and|&|vs\.?|/) after\b", r"\bthen (?:and|vs\.?) now\b", r"\bwent from\b.{1,40}\bto\b",
            r"\b(?:swapped|traded)\b.{1,40}\bfor\b", r"\bi used to\b.{1,60}\bnow\b",
        ),
        Form.LIST: (
            r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)(?: \w+)? (?:ways|things|tips|ideas|reasons|mistakes"
            r"|signs|lessons|rules|myths|facts|habits|tricks|recipes|tools|examples|questions|errors|hacks)\b",
            r"\bchecklist\b", r"\btop \d+\b",
        ),
        Form.HOW_TO: (
            r"\bhow to\b", r"\bhow (?:i|we) \w+", r"\bstep[- ]by[- ]step\b", r"\bstep (?:1|one)\b", r"\btutorial\b",
            r"\bhere(?:'?s| is) how\b", r"\bfor beginners\b", r"\bin (?:\w+ )?\w+ steps\b", r"^recipe\b",
            r"\brecipe for\b",
            r"\bsurvival kit\b",
        ),
        Form.REACTION: (
            r"\breact(?:ing|ion|s|ed)?\b", r"#(?:duet|stitch)\b", r"\b(?:duet|stitch) with\b",
            r"\bunpopular opinion\b",
            r"\bhot take\b", r"\brepl(?:y|ying) to\b", r"\bmy (?:honest )?(?:review|take|opinion)\b",
            r"\bhonest review\b",
        ),
    },
    sentences=SENTENCES,
    conjunction=" and ",
    thousands=",",
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    day=lambda number, month: f"{number} {month}",
    quotes=("“", "”"),
    not_for_names=frozenset(
        {
            "{Topic}: mistakes worth avoiding",
            "{Topic}: a checklist before you start",
            "{Topic}: how to get it right",
            "{Topic}, without the guesswork",
            "Walk through {topic} {in_format} from start to finish",
        }
    ),
)  # fmt: skip
