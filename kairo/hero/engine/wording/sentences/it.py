"""Italian."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

ITALIAN = Sentences(
    language="it",
    decimal=",",
    matches=Plural(
        one="{matched} post su {n} rientra nel pilastro {pillar}{found}.",
        many="{matched} post su {n} rientrano nel pilastro {pillar}{found}.",
    ),
    matches_only="L'unico post rientra nel pilastro {pillar}{found}.",
    watched="Nessun pilastro corrisponde; riguarda il marchio perché segue questo concorrente.",
    own_campaign="Nessun pilastro corrisponde; riguarda il marchio perché la campagna è sua.",
    feedback="Le vostre decisioni su idee simili ({causes}): {points}.",
    pinned="fissate: {n}",
    ignored="scartate: {n}",
    burst="{n} persone in {days} giorni dove se ne aspettavano {expected}: una probabilità di {chance}.",
    less_than="meno di 1 su {n}",
    about="circa 1 su {n}",
    share="{n} persone tra i {total} post salvati finora; non c'è ancora nulla di precedente con cui confrontare.",
    competitor_fresh=Plural(
        one="{n} dei suoi {total} post è degli ultimi {days} giorni.",
        many="{n} dei suoi {total} post sono degli ultimi {days} giorni.",
    ),
    campaign_runs="La campagna è in corso.",
    campaign_starts=Plural(one="La campagna comincia tra {n} giorno.", many="La campagna comincia tra {n} giorni."),
    newest_hours=Plural(one="Il post più recente ha {n} ora.", many="Il post più recente ha {n} ore."),
    newest_days=Plural(one="Il post più recente ha {n} giorno.", many="Il post più recente ha {n} giorni."),
    undated="Nessuno dei post ha una data.",
    lasting="{n} persone in {days} giorni; un tema duraturo ha al massimo {most} dei {all} punti.",
    speaks="Parla a {persona}{found}",
    speaks_to_none="Non parla a nessuna persona del pubblico",
    engagement="interazioni superiori al {percent}% dei post delle sue piattaforme",
    engagement_unknown="interazioni sconosciute",
    authors=Plural(one="{n} persona", many="{n} persone"),
    seen=Plural(one="{seen} post su {n} viene da {platform}", many="{seen} post su {n} vengono da {platform}"),
    seen_only="L'unico post viene da {platform}",
    itself="{where}, il canale stesso.",
    carried="{where}, da portare su {channel}.",
    matching=Plural(one="{n} post corrisponde", many="{n} post corrispondono"),
    ideas=Plural(one="{n} idea", many="{n} idee"),
    with_ideas="{found}, {authors}: {ideas}.",
    too_few="{found}, {authors}, ne servono {needed}.",
    without="{found}, {authors}. {reason}",
    no_shared_phrase="Nessuna espressione è comune a più di loro.",
    no_type_fits="Nessuno dei temi dà ancora un'idea.",
)
