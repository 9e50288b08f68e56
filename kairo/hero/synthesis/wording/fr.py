"""French."""

from kairo.core.enums import OpportunityType as Type
from kairo.hero.synthesis.wording.grammar import Grammar, Plural

FRENCH = Grammar(
    language="fr",
    titles={
        Type.TREND: (
            "{Topic} : pourquoi un tel engouement",
            "{Topic} : pourquoi on en parle autant en ce moment",
            "{Topic} : par où commencer",
            "{Topic} et {detail} : quoi essayer en premier",
            "{Topic} : notre avis, tant que c'est nouveau",
        ),
        Type.EVERGREEN: (
            "{Topic} : les bases qui reviennent sans cesse",
            "{Topic}, le guide simple",
            "{Topic}, étape par étape",
            "{Topic} et {detail} : que vérifier en premier",
            "{Topic} : ce qu'il faut savoir avant de commencer",
        ),
        Type.COMPETITIVE: (
            "Notre réponse franche à {competitor}",
            "{competitor} parle de {detail} : voici notre point de vue",
            "{competitor} ou {brand} : comment choisir",
            "Un œil sur {competitor} ? Comparez d'abord ceci",
        ),
        Type.CAMPAIGN: (
            "{campaign} : comment participer",
            "{campaign}, première étape : {detail}",
            "{campaign} : par quoi commencer",
            "{campaign}, à la façon de {brand}",
        ),
    },
    openers={
        Type.TREND: (
            "Expliquez ce qu'il y a de nouveau dans le sujet « {topic} » tant que l'intérêt est vif.",
            "Montrez le sujet « {topic} » en pratique, avec un vrai exemple.",
            "Dites ce qui vaut la peine dans le sujet « {topic} », et ce qui n'en vaut pas.",
            "Proposez une première version facile du sujet « {topic} ».",
        ),
        Type.EVERGREEN: (
            "Faites sur le sujet « {topic} » le contenu que l'on garde.",
            "Répondez en étapes simples à la question que posent ces publications sur « {topic} ».",
            "Faites du sujet « {topic} » une courte liste de points à vérifier.",
            "Montrez côte à côte ce qui marche et ce qui ne marche pas pour « {topic} ».",
        ),
        Type.COMPETITIVE: (
            "Dites clairement ce qui vous distingue de ce que montre {competitor}, sans attaquer personne.",
            "Prenez la promesse de {competitor} et montrez votre façon d'y arriver.",
            "Comparez les deux façons honnêtement : quand convient l'une, quand convient l'autre.",
            "Ne citez pas {competitor} dans la publication ; répondez au besoin.",
        ),
        Type.CAMPAIGN: (
            "Invitez à rejoindre « {campaign} » avec une chose à faire le jour même.",
            "Présentez « {campaign} » du premier au dernier jour, pour que l'on puisse suivre.",
            "Montrez la plus petite façon de participer à « {campaign} ».",
            "Dites à quoi sert « {campaign} » et demandez des exemples.",
        ),
    },
    not_for_names=frozenset(
        {
            "{Topic} : par où commencer",
            "{Topic} et {detail} : quoi essayer en premier",
            "{Topic} : les bases qui reviennent sans cesse",
            "{Topic}, étape par étape",
            "{Topic} et {detail} : que vérifier en premier",
            "{Topic} : ce qu'il faut savoir avant de commencer",
            "Montrez le sujet « {topic} » en pratique, avec un vrai exemple.",
            "Proposez une première version facile du sujet « {topic} ».",
            "Faites du sujet « {topic} » une courte liste de points à vérifier.",
            "Montrez côte à côte ce qui marche et ce qui ne marche pas pour « {topic} ».",
        }
    ),
    lead="Répondez à ce qu'a montré {lead}.",
    details="Parlez de ceci, que ces publications abordent : {details}.",
    persona="Pour qui : {persona}.",
    pain="Levez ce qui freine : {pain}.",
    authors_recent=Plural(
        one="{n} personne a publié sur « {topic} » ces {days} derniers jours",
        many="{n} personnes ont publié sur « {topic} » ces {days} derniers jours",
    ),
    earlier=Plural(
        one="contre {n} publication les {days} jours précédents",
        many="contre {n} publications les {days} jours précédents",
    ),
    views="Ces publications totalisent {n} vues",
    authors_long=Plural(
        one="{n} personne est revenue sur « {topic} » ces {days} derniers jours",
        many="{n} personnes sont revenues sur « {topic} » ces {days} derniers jours",
    ),
    span=Plural(
        one="et leurs publications sont à {n} jour d'écart",
        many="et leurs publications sont à {n} jours d'écart, l'intérêt dure donc",
    ),
    competitor_posts=Plural(
        one="{competitor} a publié {n} fois ces {days} derniers jours",
        many="{competitor} a publié {n} fois ces {days} derniers jours",
    ),
    posts_undated=Plural(
        one="{n} publication sans date parle de « {topic} »",
        many="{n} publications sans date parlent de « {topic} »",
    ),
    starts_in=Plural(
        one="« {campaign} » commence le {date}, dans {n} jour",
        many="« {campaign} » commence le {date}, dans {n} jours",
    ),
    starts_today="« {campaign} » commence aujourd'hui, le {date}",
    ends_in=Plural(
        one="« {campaign} » dure jusqu'au {date}, encore {n} jour",
        many="« {campaign} » dure jusqu'au {date}, encore {n} jours",
    ),
    ends_today="« {campaign} » se termine aujourd'hui, le {date}",
    campaign_posts=Plural(
        one="{n} publication s'y est jointe ces {days} derniers jours",
        many="{n} publications s'y sont jointes ces {days} derniers jours",
    ),
    conjunction=" et ",
    thousands="\u202f",
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    day=lambda number, month: f"{number} {month}",
)  # fmt: skip
