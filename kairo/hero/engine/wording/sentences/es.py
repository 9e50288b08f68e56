"""Spanish."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

SPANISH = Sentences(
    language="es",
    decimal=",",
    matches=Plural(
        one="{matched} de {n} publicaciones encaja en el pilar {pillar}{found}.",
        many="{matched} de {n} publicaciones encajan en el pilar {pillar}{found}.",
    ),
    matches_only="Su única publicación encaja en el pilar {pillar}{found}.",
    watched="Ningún pilar encaja; concierne a la marca porque sigue a este competidor.",
    own_campaign="Ningún pilar encaja; concierne a la marca porque la campaña es suya.",
    feedback="Vuestras decisiones sobre ideas parecidas ({causes}): {points}.",
    pinned="fijadas: {n}",
    ignored="descartadas: {n}",
    burst="{n} personas en {days} días donde se esperaban {expected}: una probabilidad de {chance}.",
    less_than="menos de 1 entre {n}",
    about="cerca de 1 entre {n}",
    share="{n} personas entre las {total} publicaciones guardadas hasta ahora; no hay nada anterior con que comparar.",
    competitor_fresh=Plural(
        one="{n} de sus {total} publicaciones es de los últimos {days} días.",
        many="{n} de sus {total} publicaciones son de los últimos {days} días.",
    ),
    campaign_runs="La campaña está en marcha.",
    campaign_starts=Plural(one="La campaña empieza en {n} día.", many="La campaña empieza en {n} días."),
    newest_hours=Plural(
        one="La publicación más reciente tiene {n} hora.", many="La publicación más reciente tiene {n} horas."
    ),
    newest_days=Plural(
        one="La publicación más reciente tiene {n} día.", many="La publicación más reciente tiene {n} días."
    ),
    undated="Ninguna de sus publicaciones tiene fecha.",
    lasting="{n} personas a lo largo de {days} días; un tema duradero tiene como mucho {most} de los {all} puntos.",
    speaks="Habla a {persona}{found}",
    speaks_to_none="No habla a ninguna persona del público",
    engagement="interacción por encima del {percent} % de las publicaciones de sus plataformas",
    engagement_unknown="interacción desconocida",
    authors=Plural(one="{n} persona", many="{n} personas"),
    seen=Plural(
        one="{seen} de {n} publicaciones es de {platform}", many="{seen} de {n} publicaciones son de {platform}"
    ),
    seen_only="Su única publicación es de {platform}",
    itself="{where}, el propio canal.",
    carried="{where}, para llevar a {channel}.",
    matching=Plural(one="{n} publicación encaja", many="{n} publicaciones encajan"),
    ideas=Plural(one="{n} idea", many="{n} ideas"),
    with_ideas="{found}, {authors}: {ideas}.",
    too_few="{found}, {authors}, hacen falta {needed}.",
    without="{found}, {authors}. {reason}",
    no_shared_phrase="Ninguna expresión la comparten varias de ellas.",
    no_type_fits="Ninguno de sus temas da aún para una idea.",
)
