"""Spanish."""

from kairo.core.enums import OpportunityType as Type
from kairo.hero.synthesis.wording.grammar import Grammar, Plural

SPANISH = Grammar(
    language="es",
    titles={
        Type.TREND: (
            "{Topic}: qué hay detrás de tanto interés",
            "Por qué ahora se habla tanto de {topic}",
            "{Topic}: por dónde empezar",
            "{Topic} y {detail}: qué probar primero",
            "Nuestra opinión sobre {topic}, ahora que empieza",
        ),
        Type.EVERGREEN: (
            "{Topic}: lo básico que siempre vuelve",
            "Guía sencilla: {topic}",
            "{Topic}, paso a paso",
            "{Topic} y {detail}: en qué fijarse primero",
            "{Topic}: lo que conviene saber antes de empezar",
        ),
        Type.COMPETITIVE: (
            "Nuestra respuesta sincera a {competitor}",
            "{competitor} habla de {detail}: este es nuestro punto de vista",
            "{competitor} o {brand}: cómo elegir",
            "¿Miras a {competitor}? Compara antes esto",
        ),
        Type.CAMPAIGN: (
            "{campaign}: cómo participar",
            "{campaign}, primer paso: {detail}",
            "{campaign}: qué hacer primero",
            "{campaign}, al estilo de {brand}",
        ),
    },
    openers={
        Type.TREND: (
            "Explica qué hay de nuevo en {topic} mientras dura el interés.",
            "Muestra {topic} en la práctica, con un ejemplo real.",
            "Di qué merece la pena de {topic} y qué no.",
            "Propón una primera versión fácil de {topic}.",
        ),
        Type.EVERGREEN: (
            "Haz la pieza sobre {topic} que la gente querrá guardar.",
            "Responde en pasos sencillos a la pregunta de estas publicaciones sobre {topic}.",
            "Convierte {topic} en una lista breve para comprobar.",
            "Enseña {topic} bien hecho y mal hecho, lado a lado.",
        ),
        Type.COMPETITIVE: (
            "Di con claridad en qué os diferenciáis de lo que muestra {competitor}, sin atacar a nadie.",
            "Toma la promesa de {competitor} y enseña vuestra manera de llegar al mismo resultado.",
            "Compara las dos maneras con justicia: cuándo conviene cada una.",
            "No nombres a {competitor} en la publicación; responde a la necesidad de fondo.",
        ),
        Type.CAMPAIGN: (
            "Invita a participar en «{campaign}» con algo que se pueda hacer el mismo día.",
            "Presenta «{campaign}» del primer al último día, para que se pueda seguir.",
            "Muestra la forma más pequeña de participar en «{campaign}».",
            "Cuenta para qué sirve «{campaign}» y pide que enseñen cómo lo hacen.",
        ),
    },
    not_for_names=frozenset(
        {
            "{Topic}: por dónde empezar",
            "{Topic} y {detail}: qué probar primero",
            "Guía sencilla: {topic}",
            "{Topic}, paso a paso",
            "{Topic} y {detail}: en qué fijarse primero",
            "{Topic}: lo que conviene saber antes de empezar",
            "Muestra {topic} en la práctica, con un ejemplo real.",
            "Propón una primera versión fácil de {topic}.",
            "Convierte {topic} en una lista breve para comprobar.",
            "Enseña {topic} bien hecho y mal hecho, lado a lado.",
        }
    ),
    lead="Responde a lo que mostró {lead}.",
    details="Incluye lo que comparten estas publicaciones: {details}.",
    persona="Pensado para: {persona}.",
    pain="Resuelve lo que frena: {pain}.",
    authors_recent=Plural(
        one="{n} persona ha publicado sobre {topic} en los últimos {days} días",
        many="{n} personas han publicado sobre {topic} en los últimos {days} días",
    ),
    earlier=Plural(
        one="frente a {n} publicación en los {days} días anteriores",
        many="frente a {n} publicaciones en los {days} días anteriores",
    ),
    views="En total suman {n} visualizaciones",
    authors_long=Plural(
        one="{n} persona ha vuelto a {topic} en los últimos {days} días",
        many="{n} personas han vuelto a {topic} en los últimos {days} días",
    ),
    span=Plural(
        one="y sus publicaciones están a {n} día de distancia",
        many="y sus publicaciones están a {n} días de distancia, así que el interés dura",
    ),
    competitor_posts=Plural(
        one="{competitor} ha publicado {n} vez en los últimos {days} días",
        many="{competitor} ha publicado {n} veces en los últimos {days} días",
    ),
    posts_undated=Plural(
        one="{n} publicación sin fecha trata de {topic}",
        many="{n} publicaciones sin fecha tratan de {topic}",
    ),
    starts_in=Plural(
        one="{campaign} empieza el {date}, dentro de {n} día",
        many="{campaign} empieza el {date}, dentro de {n} días",
    ),
    starts_today="{campaign} empieza hoy, {date}",
    ends_in=Plural(
        one="{campaign} sigue hasta el {date}, {n} día más",
        many="{campaign} sigue hasta el {date}, {n} días más",
    ),
    ends_today="{campaign} termina hoy, {date}",
    campaign_posts=Plural(
        one="{n} publicación se ha sumado en los últimos {days} días",
        many="{n} publicaciones se han sumado en los últimos {days} días",
    ),
    conjunction=" y ",
    thousands=".",
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    day=lambda number, month: f"{number} de {month}",
)  # fmt: skip
