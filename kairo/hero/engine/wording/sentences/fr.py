"""French."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

FRENCH = Sentences(
    language="fr",
    decimal=",",
    joint=" ; ",
    matches=Plural(
        one="{matched} publication sur {n} correspond au pilier {pillar}{found}.",
        many="{matched} publications sur {n} correspondent au pilier {pillar}{found}.",
    ),
    matches_only="La seule publication correspond au pilier {pillar}{found}.",
    watched="Aucun pilier ne correspond ; la marque est concernée parce qu'elle suit ce concurrent.",
    own_campaign="Aucun pilier ne correspond ; la marque est concernée parce que la campagne est la sienne.",
    feedback="Vos décisions sur des idées semblables ({causes}) : {points}.",
    pinned="épinglées : {n}",
    ignored="écartées : {n}",
    burst="{n} personnes en {days} jours là où on en attendait {expected} : une probabilité de {chance}.",
    less_than="moins de 1 sur {n}",
    about="environ 1 sur {n}",
    share="{n} personnes parmi les {total} publications enregistrées jusqu'ici ; rien d'antérieur à quoi comparer.",
    competitor_fresh=Plural(
        one="{n} de ses {total} publications date des {days} derniers jours.",
        many="{n} de ses {total} publications datent des {days} derniers jours.",
    ),
    campaign_runs="La campagne est en cours.",
    campaign_starts=Plural(one="La campagne commence dans {n} jour.", many="La campagne commence dans {n} jours."),
    newest_hours=Plural(
        one="La publication la plus récente a {n} heure.",
        many="La publication la plus récente a {n} heures.",
        none_as_one=True,
    ),
    newest_days=Plural(
        one="La publication la plus récente a {n} jour.", many="La publication la plus récente a {n} jours."
    ),
    undated="Aucune de ses publications n'est datée.",
    lasting="{n} personnes sur {days} jours ; un sujet durable a au plus {most} des {all} points.",
    speaks="On s'adresse à {persona}{found}",
    speaks_to_none="On ne s'adresse à aucun persona",
    engagement="engagement supérieur à {percent} % des publications de ses plateformes",
    engagement_unknown="engagement inconnu",
    authors=Plural(one="{n} personne", many="{n} personnes", none_as_one=True),
    seen=Plural(
        one="{seen} publication sur {n} vient de {platform}", many="{seen} publications sur {n} viennent de {platform}"
    ),
    seen_only="La seule publication vient de {platform}",
    itself="{where}, le canal même.",
    carried="{where}, à transposer sur {channel}.",
    matching=Plural(one="{n} publication correspond", many="{n} publications correspondent", none_as_one=True),
    ideas=Plural(one="{n} idée", many="{n} idées", none_as_one=True),
    with_ideas="{found}, {authors} : {ideas}.",
    too_few="{found}, {authors}, il en faut {needed}.",
    without="{found}, {authors}. {reason}",
    no_shared_phrase="Aucune expression n'est commune à plusieurs d'entre elles.",
    no_type_fits="Aucun de ces sujets ne donne encore une idée.",
)
