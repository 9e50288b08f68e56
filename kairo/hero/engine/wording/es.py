"""Spanish."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.es import SPANISH as SENTENCES

SPANISH = Grammar(
    language="es",
    titles=Titles(
        topic=(
            "{Topic} para {persona}: por dónde empezar",
            "{Topic} se cruza con {gap}",
            "{Topic}, pensando en {gap}",
            "{Topic} y {detail}: nuestra prueba",
            "{Topic}: cómo se hace en {brand}",
            "{Topic}: qué aporta y qué cuesta",
            "{Topic}: los errores que se pueden evitar",
            "{Topic}: lo que nos saltaríamos",
            "{Pillar}: nuestras notas sobre {topic}",
            "{Topic}, sin adivinar",
            "{Topic}: nuestra lista antes de empezar",
            "{Topic}: nuestra opinión sincera",
            "{Topic}, de cerca",
            "{Topic}: qué importa y qué no",
            "{Topic}: nuestra respuesta a la duda de siempre",
            "{Topic}: lo que nadie enseña",
            "{Topic}, en palabras claras",
            "{Topic}: apuntes de nuestra práctica",
            "{Topic}: dónde se suele tropezar",
        ),
        trend=(
            "Se habla mucho de {topic}: así lo vemos",
            "{Topic}: qué funciona y qué no",
            "{Topic}: ¿merece tanto entusiasmo?",
            "{Topic}: lo que queda cuando pasa la fiebre",
        ),
        evergreen=(
            "{Topic}: la guía para guardar",
            "{Topic}, explicado desde el principio",
            "{Topic}: cómo hacerlo bien",
            "{Topic}: las preguntas que siempre vuelven",
        ),
        competitive=(
            "{Detail}: lo que hacemos de otra manera",
            "{Detail}: cuándo ayuda y cuándo no",
            "{Detail}: quién lo necesita y quién no",
            "{Detail} o nuestra manera de hacerlo",
            "{Pillar}: nuestra manera, a la vista",
            "{Pillar}: lo que prometemos y lo que no",
        ),
        named=(
            "{competitor} o {brand}: cómo elegir",
            "{competitor} y {brand}: una comparación justa",
            "¿Mirando a {competitor}? Conviene comparar",
        ),
        campaign=(
            "{campaign}: cómo participar",
            "{campaign}: nuestro plan, día a día",
            "{campaign}, empezando por {detail}",
            "{campaign}: un plan para {persona}",
            "{campaign} con {brand}: qué preparar",
            "{campaign}: ¿quién se apunta?",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} lo dice así: {quote}",
            "Retomad la frase de {author}: {quote}",
            "En palabras de {author}: {quote}",
            "La publicación a la que responder es de {author}: {quote}",
            "{author} convence con {quote}",
            "Partid de lo que escribe {author}: {quote}",
            "{author} cuenta {quote}",
            "Citad a {author} y responded: {quote}",
        ),
        rival_hooks=(
            "Lo que promete la competencia: {quote}",
            "La competencia dice {quote}",
            "La oferta con la que os comparan: {quote}",
            "Esto escucha la clientela en otra parte: {quote}",
        ),
        forms={
            Form.LIST: "listas",
            Form.HOW_TO: "guías paso a paso",
            Form.POINT_OF_VIEW: "relatos en primera persona",
            Form.BEFORE_AFTER: "historias de antes y después",
            Form.QUESTION: "preguntas al público",
            Form.REACTION: "reacciones",
        },
        most=(
            "{n} de estas publicaciones son {form}",
            "De las publicaciones de abajo, {n} son {form}",
            "La forma habitual: {n} de las publicaciones son {form}",
        ),
        every=(
            "Todas estas publicaciones son {form}",
            "La forma se repite: las publicaciones son {form}",
            "Sin excepción, las publicaciones son {form}",
        ),
        questions=(
            "La pregunta que vuelve: {quote}",
            "Se pregunta más de lo que se responde: {quote}",
            "Varias personas preguntan lo mismo: {quote}",
        ),
        gaps=(
            "Lo que ninguna de estas publicaciones menciona: {gap}",
            "Falta en todas estas publicaciones: {gap}",
            "Aquí nadie habla de esto: {gap}",
            "Todas lo dejan fuera: {gap}",
            "Aún sin tratar: {gap}",
            "El tema ausente en todas: {gap}",
        ),
        audiences=(
            "Pensado para {persona}",
            "A quién hablar: {persona}",
            "El público de esta pieza: {persona}",
            "Escribidlo con esta imagen en mente: {persona}",
        ),
        pains=(
            "Pensado para {persona}; responded a lo que le frena: {pain}",
            "{Persona} conoce bien esto: {pain}",
            "Público: {persona}. Su punto débil: {pain}",
            "A quién hablar: {persona}. La preocupación de siempre: {pain}",
        ),
        own_posts=(
            "Acabáis de publicar sobre {topic}; mostrad otra cara del tema",
            "Vuestras últimas publicaciones ya tratan de {topic}: añadid lo que quedó fuera",
        ),
        form_tasks={
            Form.LIST: (
                "Donde otros enumeran, id a fondo: elegid el punto más importante de {topic} y mostradlo {in_format}",
                "En vez de otra lista, demostrad {in_format} lo que se afirma sobre {topic}",
            ),
            Form.HOW_TO: (
                "Los pasos ya están contados: mostrad {in_format} qué sale mal con {topic} y cómo salvarlo",
                "Dejad los pasos y mostrad {in_format} cómo se distingue lo bueno de lo malo en {topic}",
            ),
            Form.POINT_OF_VIEW: (
                "Poned hechos junto a la mirada personal: mostrad {in_format} qué hace {topic} y qué no",
                "Muestran un ambiente; mostrad {in_format} el trabajo que hay detrás de {topic}",
            ),
            Form.BEFORE_AFTER: (
                "Mostrad {in_format} lo que falta entre el antes y el después: el trabajo que pide {topic}",
                "Seguid con {topic} {in_format} más tiempo que los demás y mostrad qué dura",
            ),
            Form.QUESTION: (
                "Preguntan, así que responded: resolvedlo {in_format} con vuestro propio ejemplo de {topic}",
                "Dad {in_format} la respuesta clara sobre {topic} que estas publicaciones esperan",
            ),
            Form.REACTION: (
                "Id más allá de la reacción y mostrad {in_format} cómo es {topic} en la práctica",
                "Comentan; vosotros demostrad: {topic} {in_format}, de principio a fin",
            ),
        },
        gap_tasks=(
            "Juntad {in_format} {topic} y {gap}",
            "Mostrad {in_format} qué tiene que ver {topic} con {gap}",
        ),
        question_tasks=(
            "Respondedla {in_format} con un caso real de {topic}",
            "Haced de la respuesta la pieza entera, {in_format}, sin dejar nada vago sobre {topic}",
        ),
        tasks={
            Type.TREND: (
                "Mostrad {in_format} cómo encajan {topic} y {detail}, y qué os quedaríais",
                "Mostrad {in_format} vuestra propia experiencia con {topic}, fallos incluidos",
                "Decid {in_format} con qué os quedáis de {topic} y con qué no",
            ),
            Type.EVERGREEN: (
                "Reunid {in_format} las respuestas sobre {topic}, para guardar",
                "Recorred {topic} {in_format}, de principio a fin",
                "Mostrad {in_format} cómo dependen {topic} y {detail}",
            ),
            Type.COMPETITIVE: (
                "Sin nombrar a nadie, mostrad {in_format} cómo llegáis al mismo resultado",
                "Responded {in_format} a la necesidad que hay detrás ({detail}), a vuestra manera y sin pullas",
                "Mostrad {in_format} qué cuesta eso ({detail}) en dinero y esfuerzo, y qué cuesta vuestra manera",
                "Decid {in_format} para quién es vuestra manera y para quién no",
            ),
            Type.CAMPAIGN: (
                "Invitad a {campaign} {in_format} con algo que se pueda hacer ese mismo día",
                "Mostrad {in_format} la forma más pequeña de participar en {campaign}",
                "Seguid {campaign} {in_format} desde la apertura hasta el cierre",
                "Pedid {in_format} que la gente enseñe cómo participa en {campaign}",
            ),
        },
        named_tasks=(
            "Comparaos {in_format} con {competitor} de forma justa: cuándo conviene su camino y cuándo el vuestro",
            "Decid {in_format} en qué os diferenciáis de {competitor}, sin atacar a nadie",
            "Tomad la promesa de {competitor} y mostrad {in_format} vuestro camino al mismo resultado",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="{n} persona ha publicado sobre {topic} en los últimos {days} días",
            many="{n} personas han publicado sobre {topic} en los últimos {days} días",
        ),
        earlier=Plural(
            one="frente a {n} publicación en los {days} días anteriores",
            many="frente a {n} publicaciones en los {days} días anteriores",
        ),
        authors_share=Plural(
            one="{n} persona ha publicado sobre {topic}",
            many="{n} personas han publicado sobre {topic}",
        ),
        window_posts=Plural(
            one="entre {n} publicación guardada hasta ahora",
            many="entre las {n} publicaciones guardadas hasta ahora",
        ),
        views="Juntas, las publicaciones suman {n} visualizaciones",
        authors_long=Plural(
            one="{n} persona ha vuelto a {topic} en los últimos {days} días",
            many="{n} personas han vuelto a {topic} en los últimos {days} días",
        ),
        span=Plural(
            one="y entre sus publicaciones hay {n} día",
            many="y entre sus publicaciones hay {n} días, así que el interés dura",
        ),
        competitor_posts=Plural(
            one="{competitor} publicó {n} vez en los últimos {days} días",
            many="{competitor} publicó {n} veces en los últimos {days} días",
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
            one="{campaign} dura hasta el {date}, {n} día más",
            many="{campaign} dura hasta el {date}, {n} días más",
        ),
        ends_today="{campaign} termina hoy, {date}",
        campaign_posts=Plural(
            one="{n} publicación lo trató en los últimos {days} días",
            many="{n} publicaciones lo trataron en los últimos {days} días",
        ),
    ),
    in_format={
        Channel.INSTAGRAM: "en un carrusel",
        Channel.TIKTOK: "en un vídeo corto",
        Channel.YOUTUBE: "en un vídeo",
        Channel.LINKEDIN: "en una publicación de LinkedIn",
        Channel.X: "en un hilo",
        Channel.NEWSLETTER: "en vuestro boletín",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bpunto de vista\b", r"^cuando (?:tu|te|mi|tienes|el)\b", r"^yo cuando\b"),
        Form.BEFORE_AFTER: (r"\bantes y (?:el )?despues\b", r"\bantes\b.+\bahora\b", r"\bpase de\b.+\ba\b"),
        Form.LIST: (
            r"\b(?:\d+|dos|tres|cuatro|cinco|seis|siete|ocho|diez) (?:formas|maneras|cosas|consejos|ideas|razones"
            r"|errores|trucos|senales|reglas|recetas|mitos|lecciones|pasos clave)\b",
        ),
        Form.HOW_TO: (r"(?:^|[.!:] )como \w+[aei]r\b", r"\bpaso a paso\b", r"\btutorial\b", r"\bpaso 1\b",
            r"\breceta de\b",
                      r"\bpara principiantes\b", r"\basi (?:se hace|lo hago|lo hacemos)\b"),
        Form.REACTION: (r"\breaccion", r"\bmi opinion\b", r"\bopinion impopular\b", r"\brespondiendo a\b",
            r"\bresena sincera\b"),
    },
    sentences=SENTENCES,
    conjunction=" y ",
    thousands=".",
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    day=lambda number, month: f"{number} de {month}",
    quotes=("«", "»"),
)  # fmt: skip
