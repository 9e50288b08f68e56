"""Dutch."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

DUTCH = Sentences(
    language="nl",
    decimal=",",
    matches=Plural(
        one="{matched} van {n} posts past bij de pijler {pillar}{found}.",
        many="{matched} van {n} posts passen bij de pijler {pillar}{found}.",
    ),
    matches_only="De enige post past bij de pijler {pillar}{found}.",
    watched="Geen pijler past; het gaat het merk aan omdat het deze concurrent volgt.",
    own_campaign="Geen pijler past; het gaat het merk aan omdat de campagne van het merk zelf is.",
    feedback="Jullie beslissingen over vergelijkbare ideeën ({causes}): {points}.",
    pinned="{n} vastgezet",
    ignored="{n} genegeerd",
    burst="{n} makers in {days} dagen waar er {expected} te verwachten waren: een kans van {chance}.",
    less_than="minder dan 1 op {n}",
    about="ongeveer 1 op {n}",
    share="{n} makers onder de {total} posts die tot nu toe zijn bewaard; er is niets eerder om mee te vergelijken.",
    competitor_fresh=Plural(
        one="{n} van de {total} posts is van de laatste {days} dagen.",
        many="{n} van de {total} posts zijn van de laatste {days} dagen.",
    ),
    campaign_runs="De campagne loopt.",
    campaign_starts=Plural(one="De campagne begint over {n} dag.", many="De campagne begint over {n} dagen."),
    newest_hours=Plural(one="De nieuwste post is {n} uur oud.", many="De nieuwste post is {n} uur oud."),
    newest_days=Plural(one="De nieuwste post is {n} dag oud.", many="De nieuwste post is {n} dagen oud."),
    undated="Geen van de posts heeft een datum.",
    lasting="{n} makers in {days} dagen; een blijvend onderwerp heeft hoogstens {most} van de {all} punten.",
    speaks="Het spreekt {persona} aan{found}",
    speaks_to_none="Er wordt geen persona aangesproken",
    engagement="respons hoger dan {percent}% van de posts op dezelfde platforms",
    engagement_unknown="respons onbekend",
    authors=Plural(one="{n} maker", many="{n} makers"),
    seen=Plural(one="{seen} van {n} posts komt van {platform}", many="{seen} van {n} posts komen van {platform}"),
    seen_only="De enige post komt van {platform}",
    itself="{where}, het kanaal zelf.",
    carried="{where}, over te brengen naar {channel}.",
    matching=Plural(one="{n} post past", many="{n} posts passen"),
    ideas=Plural(one="{n} idee", many="{n} ideeën"),
    with_ideas="{found}, {authors}: {ideas}.",
    too_few="{found}, {authors}, er zijn er {needed} nodig.",
    without="{found}, {authors}. {reason}",
    no_shared_phrase="Geen uitdrukking wordt door meerdere makers gedeeld.",
    no_type_fits="Geen van de onderwerpen levert al een idee op.",
)
