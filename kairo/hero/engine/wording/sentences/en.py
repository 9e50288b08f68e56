"""English."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

ENGLISH = Sentences(
    language="en",
    matches=Plural(
        one="{matched} of {n} posts matches the pillar {pillar}{found}.",
        many="{matched} of {n} posts match the pillar {pillar}{found}.",
    ),
    matches_only="Its one post matches the pillar {pillar}{found}.",
    watched="No pillar matches; it concerns the brand because it watches this competitor.",
    own_campaign="No pillar matches; it concerns the brand because the campaign is its own.",
    feedback="Your decisions on ideas like it ({causes}): {points}.",
    pinned="{n} pinned",
    ignored="{n} ignored",
    burst="{n} authors in {days} days where {expected} were to be expected, a chance of {chance}.",
    less_than="less than 1 in {n}",
    about="about 1 in {n}",
    share="{n} authors among the {total} posts stored so far; there is nothing earlier to compare with.",
    competitor_fresh=Plural(
        one="{n} of its {total} posts is from the last {days} days.",
        many="{n} of its {total} posts are from the last {days} days.",
    ),
    campaign_runs="The campaign is running.",
    campaign_starts=Plural(one="The campaign starts in {n} day.", many="The campaign starts in {n} days."),
    newest_hours=Plural(one="The newest post is {n} hour old.", many="The newest post is {n} hours old."),
    newest_days=Plural(one="The newest post is {n} day old.", many="The newest post is {n} days old."),
    undated="None of its posts has a date.",
    lasting="{n} authors over {days} days; an evergreen has at most {most} of the {all} points.",
    speaks="It speaks to {persona}{found}",
    speaks_to_none="No persona is spoken to",
    engagement="engagement above {percent}% of its platforms' posts",
    engagement_unknown="engagement unknown",
    authors=Plural(one="{n} author", many="{n} authors"),
    seen=Plural(one="{seen} of {n} posts is from {platform}", many="{seen} of {n} posts are from {platform}"),
    seen_only="Its one post is from {platform}",
    itself="{where}, the channel itself.",
    carried="{where}, to be carried over to {channel}.",
    matching=Plural(one="{n} item matches", many="{n} items match"),
    ideas=Plural(one="{n} idea", many="{n} ideas"),
    with_ideas="{found}, {authors}: {ideas}.",
    too_few="{found}, {authors}, need {needed}.",
    without="{found}, {authors}. {reason}",
    no_shared_phrase="No phrase is shared by two of the authors.",
    no_type_fits="None of its topics makes an idea yet.",
)
