# ruff: noqa: E501  (a pattern is one line)
"""French."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.fr import FRENCH as SENTENCES

FRENCH = Grammar(
    language="fr",
    titles=Titles(
        topic=(
            "{Topic} pour {persona} : par où commencer",
            "{Topic} et {gap} : le lien qui manque",
            "{Topic}, sans oublier {gap}",
            "{Topic} et {detail} : notre essai",
            "{Topic} : comment on fait chez {brand}",
            "{Topic} : ce que ça apporte, ce que ça coûte",
            "{Topic} : les erreurs à éviter",
            "{Topic} : ce que nous laisserions de côté",
            "{Pillar} : nos notes sur {topic}",
            "{Topic}, sans tâtonner",
            "{Topic} : notre liste avant de commencer",
            "{Topic} : notre avis sincère",
            "{Topic}, vu de près",
            "{Topic} : ce qui compte et ce qui ne compte pas",
            "{Topic} : notre réponse à la question de toujours",
            "{Topic} : ce que personne ne montre",
            "{Topic}, en mots simples",
            "{Topic} : carnet de notre pratique",
            "{Topic} : là où ça coince",
        ),
        trend=(
            "{Topic} : tout le monde en parle, voici notre regard",
            "{Topic} : ce qui tient et ce qui ne tient pas",
            "{Topic} : cet engouement est-il mérité ?",
            "{Topic} : ce qui reste quand la vague est passée",
        ),
        evergreen=(
            "{Topic} : le guide à garder",
            "{Topic}, expliqué depuis le début",
            "{Topic} : comment bien s'y prendre",
            "{Topic} : les questions qui reviennent toujours",
        ),
        competitive=(
            "{Detail} : ce que nous faisons autrement",
            "{Detail} : quand c'est utile, quand ça ne l'est pas",
            "{Detail} : qui en a besoin, qui s'en passe",
            "{Detail} ou notre façon de faire",
            "{Pillar} : notre façon de faire, en clair",
            "{Pillar} : ce que nous promettons et ce que nous ne promettons pas",
        ),
        named=(
            "{competitor} ou {brand} : comment choisir",
            "{competitor} et {brand} : une comparaison honnête",
            "{competitor} vous tente ? Comparons",
        ),
        campaign=(
            "{campaign} : comment participer",
            "{campaign} : notre programme, jour après jour",
            "{campaign}, en commençant par {detail}",
            "{campaign} : un plan pour {persona}",
            "{campaign} avec {brand} : quoi préparer",
            "{campaign} : qui nous rejoint ?",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} le dit ainsi : {quote}",
            "Reprenez la phrase de {author} : {quote}",
            "Selon les mots de {author} : {quote}",
            "La publication à laquelle répondre, signée {author} : {quote}",
            "{author} séduit avec {quote}",
            "Partez de ce qu'écrit {author} : {quote}",
            "{author} raconte {quote}",
            "Citez {author} et répondez : {quote}",
        ),
        rival_hooks=(
            "Ce que promet un concurrent : {quote}",
            "Un concurrent affirme {quote}",
            "L'offre à laquelle on vous compare : {quote}",
            "Voilà ce que la clientèle entend ailleurs : {quote}",
        ),
        forms={
            Form.LIST: "des listes",
            Form.HOW_TO: "des modes d'emploi pas à pas",
            Form.POINT_OF_VIEW: "des récits à la première personne",
            Form.BEFORE_AFTER: "des histoires avant-après",
            Form.QUESTION: "des questions au public",
            Form.REACTION: "des réactions",
        },
        most=(
            "{n} de ces publications sont {form}",
            "Parmi les publications ci-dessous, {n} sont {form}",
            "La forme habituelle : {n} des publications sont {form}",
        ),
        every=(
            "Toutes ces publications sont {form}",
            "La forme se répète : les publications sont {form}",
            "Sans exception, les publications sont {form}",
        ),
        questions=(
            "La question qui revient : {quote}",
            "On le demande plus qu'on n'y répond : {quote}",
            "Plusieurs personnes posent la même question : {quote}",
        ),
        gaps=(
            "Ce qu'aucune de ces publications ne mentionne : {gap}",
            "Absent de toutes ces publications : {gap}",
            "Ici, personne n'en parle : {gap}",
            "Toutes laissent ceci de côté : {gap}",
            "Pas encore traité : {gap}",
            "Le sujet qui manque partout : {gap}",
        ),
        audiences=(
            "À faire pour {persona}",
            "À qui parler : {persona}",
            "Le public visé : {persona}",
            "Écrivez avec cette image en tête : {persona}",
        ),
        pains=(
            "À faire pour {persona} ; répondez à ce qui freine : {pain}",
            "{Persona} connaît bien ce souci : {pain}",
            "Public visé : {persona}. Le point sensible : {pain}",
            "À qui parler : {persona}. Le souci de toujours : {pain}",
        ),
        own_posts=(
            "Vous venez de publier sur {topic} ; montrez-en une autre face",
            "Vos dernières publications traitent déjà ce sujet, {topic} : ajoutez ce qui manquait",
        ),
        form_tasks={
            Form.LIST: (
                "Là où d'autres énumèrent, creusez : choisissez le point qui compte le plus sur {topic} et montrez-le "
                "{in_format}",
                "Plutôt qu'une liste de plus, prouvez {in_format} ce qui se dit sur {topic}",
            ),
            Form.HOW_TO: (
                "Les étapes sont connues : montrez {in_format} ce qui rate avec {topic} et comment le rattraper",
                "Passez les étapes et montrez {in_format} comment distinguer le bon du mauvais côté {topic}",
            ),
            Form.POINT_OF_VIEW: (
                "Posez des faits à côté du regard personnel : montrez {in_format} ce que {topic} fait et ne fait pas",
                "On voit une ambiance ; montrez {in_format} le travail derrière {topic}",
            ),
            Form.BEFORE_AFTER: (
                "Montrez {in_format} ce qui manque entre l'avant et l'après : le travail que demande {topic}",
                "Restez sur {topic} {in_format} plus longtemps que les autres et montrez ce qui dure",
            ),
            Form.QUESTION: (
                "On demande, alors répondez : tranchez {in_format} avec votre propre exemple sur {topic}",
                "Donnez {in_format} la réponse claire sur {topic} que ces publications attendent",
            ),
            Form.REACTION: (
                "Allez plus loin que la réaction et montrez {in_format} à quoi ressemble {topic} en pratique",
                "On commente ; vous, démontrez : {topic} {in_format}, du début à la fin",
            ),
        },
        gap_tasks=(
            "Réunissez {in_format} {topic} et {gap}",
            "Montrez {in_format} le rapport entre {topic} et {gap}",
        ),
        question_tasks=(
            "Répondez-y {in_format} avec un cas réel sur {topic}",
            "Faites de la réponse toute la pièce, {in_format}, sans rien laisser de vague sur {topic}",
        ),
        tasks={
            Type.TREND: (
                "Montrez {in_format} comment {topic} et {detail} vont ensemble, et ce que vous garderiez",
                "Montrez {in_format} votre propre expérience avec {topic}, ratés compris",
                "Dites {in_format} ce que vous gardez de cette vague, {topic}, et ce que vous laissez",
            ),
            Type.EVERGREEN: (
                "Rassemblez {in_format} les réponses sur {topic}, à garder",
                "Parcourez {topic} {in_format}, du début à la fin",
                "Montrez {in_format} comment {topic} et {detail} dépendent l'un de l'autre",
            ),
            Type.COMPETITIVE: (
                "Sans nommer personne, montrez {in_format} comment vous arrivez au même résultat",
                "Répondez {in_format} au besoin derrière ce sujet, {detail}, à votre façon et sans pique",
                "Montrez {in_format} ce que cela ({detail}) coûte en argent et en effort, et ce que coûte votre façon",
                "Dites {in_format} à qui votre façon convient et à qui elle ne convient pas",
            ),
            Type.CAMPAIGN: (
                "Invitez {in_format} à rejoindre {campaign} avec un geste possible le jour même",
                "Montrez {in_format} la plus petite façon de prendre part à {campaign}",
                "Suivez {campaign} {in_format}, de l'ouverture à la clôture",
                "Demandez {in_format} aux gens de montrer comment ils participent à {campaign}",
            ),
        },
        named_tasks=(
            "Comparez-vous {in_format} à {competitor}, honnêtement : quand leur voie convient, quand la vôtre",
            "Dites {in_format} ce qui vous distingue face à {competitor}, sans attaquer personne",
            "Prenez la promesse faite par {competitor} et montrez {in_format} votre voie vers le même résultat",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="{n} personne a publié sur {topic} ces {days} derniers jours",
            many="{n} personnes ont publié sur {topic} ces {days} derniers jours",
        ),
        earlier=Plural(
            one="contre {n} publication les {days} jours précédents",
            many="contre {n} publications les {days} jours précédents",
        ),
        authors_share=Plural(
            one="{n} personne a publié sur {topic}",
            many="{n} personnes ont publié sur {topic}",
        ),
        window_posts=Plural(
            one="pour {n} publication enregistrée jusqu'ici",
            many="sur {n} publications enregistrées jusqu'ici",
        ),
        views="Ces publications totalisent {n} vues",
        authors_long=Plural(
            one="{n} personne est revenue sur {topic} ces {days} derniers jours",
            many="{n} personnes sont revenues sur {topic} ces {days} derniers jours",
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
            one="{n} publication sans date parle de ce sujet : {topic}",
            many="{n} publications sans date parlent de ce sujet : {topic}",
        ),
        starts_in=Plural(
            one="{campaign} commence le {date}, dans {n} jour",
            many="{campaign} commence le {date}, dans {n} jours",
        ),
        starts_today="{campaign} commence aujourd'hui, le {date}",
        ends_in=Plural(
            one="{campaign} dure jusqu'au {date}, encore {n} jour",
            many="{campaign} dure jusqu'au {date}, encore {n} jours",
        ),
        ends_today="{campaign} se termine aujourd'hui, le {date}",
        campaign_posts=Plural(
            one="{n} publication s'y est jointe ces {days} derniers jours",
            many="{n} publications s'y sont jointes ces {days} derniers jours",
        ),
    ),
    in_format={
        Channel.INSTAGRAM: "dans un carrousel",
        Channel.TIKTOK: "dans une courte vidéo",
        Channel.YOUTUBE: "dans une vidéo",
        Channel.LINKEDIN: "dans un post LinkedIn",
        Channel.X: "dans un fil",
        Channel.NEWSLETTER: "dans votre newsletter",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bpoint de vue\b", r"^quand (?:tu|on|ton|ta|ma|mon|le|la)\b",
            r"^moi quand\b"),
        Form.BEFORE_AFTER: (r"\bavant\s?[/,&-]?\s?(?:et )?(?:l')?apres\b", r"\bavant\b.+\bmaintenant\b"),
        Form.LIST: (
            r"\b(?:\d+|deux|trois|quatre|cinq|six|sept|huit|dix) (?:facons|choses|conseils|idees|raisons|erreurs|astuces"
            r"|signes|regles|recettes|mythes|lecons|questions|manieres)\b",
        ),
        Form.HOW_TO: (r"(?:^|[.!:] )comment \w+(?:er|ir|re)\b", r"\betape par etape\b", r"\bpas a pas\b",
            r"\btuto(?:riel)?\b",
                      r"\betape 1\b", r"\brecette de\b", r"\bpour debutants?\b", r"\bmode d'emploi\b"),
        Form.REACTION: (r"\breaction", r"\breagi", r"\bmon avis\b", r"\bavis impopulaire\b", r"\breponse a\b"),
    },
    sentences=SENTENCES,
    conjunction=" et ",
    thousands="\u202f",
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    day=lambda number, month: f"{'1er' if number == 1 else number} {month}",
    quotes=("«\u00a0", "\u00a0»"),
)  # fmt: skip
