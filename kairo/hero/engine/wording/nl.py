"""Dutch."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.nl import DUTCH as SENTENCES

DUTCH = Grammar(
    language="nl",
    titles=Titles(
        topic=(
            "{Topic} voor {persona}: zo begin je",
            "{Topic} en {gap}: wat hebben ze met elkaar?",
            "{Topic}, met {gap} in het achterhoofd",
            "{Topic} en {detail}: onze test",
            "{Topic}: zo doen we het bij {brand}",
            "{Topic}: wat het oplevert en wat het kost",
            "{Topic}: de fouten die je kunt vermijden",
            "{Topic}: wat wij zouden overslaan",
            "{Pillar}: onze notities over {topic}",
            "{Topic} zonder gokken",
            "{Topic}: onze checklist vooraf",
            "{Topic}: ons eerlijke oordeel",
            "{Topic} van dichtbij",
            "{Topic}: waar het om draait en waar niet",
            "{Topic}: ons antwoord op de bekende vraag",
            "{Topic}: wat niemand laat zien",
            "{Topic} in gewone woorden",
            "{Topic}: notities uit onze praktijk",
            "{Topic}: waar het meestal vastloopt",
        ),
        trend=(
            "Iedereen heeft het over {topic}: dit vinden wij",
            "{Topic}: wat klopt ervan en wat niet",
            "{Topic}: is alle opwinding terecht?",
            "{Topic}: wat blijft als de drukte voorbij is",
        ),
        evergreen=(
            "{Topic}: de gids om te bewaren",
            "{Topic}, vanaf het begin uitgelegd",
            "{Topic}: zo lukt het wel",
            "{Topic}: de vragen die altijd terugkomen",
        ),
        competitive=(
            "{Detail}: wat wij anders doen",
            "{Detail}: wanneer het helpt en wanneer niet",
            "{Detail}: wie het nodig heeft en wie niet",
            "{Detail} of onze aanpak",
            "{Pillar}: onze aanpak, open en bloot",
            "{Pillar}: wat we beloven en wat niet",
        ),
        named=(
            "{competitor} of {brand}: zo kies je",
            "{competitor} en {brand}: een eerlijke vergelijking",
            "Op zoek bij {competitor}? Vergelijk dit",
        ),
        campaign=(
            "{campaign}: zo doe je mee",
            "{campaign}: ons plan, dag voor dag",
            "{campaign}, te beginnen met {detail}",
            "{campaign}: een plan voor {persona}",
            "{campaign} met {brand}: wat je voorbereidt",
            "{campaign}: wie doet er mee?",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} zegt het zo: {quote}",
            "Pak de zin van {author} op: {quote}",
            "In de woorden van {author}: {quote}",
            "De post om op te reageren is van {author}: {quote}",
            "{author} overtuigt met {quote}",
            "Begin bij wat {author} schrijft: {quote}",
            "{author} vertelt {quote}",
            "Citeer {author} en geef antwoord: {quote}",
        ),
        rival_hooks=(
            "Wat een concurrent belooft: {quote}",
            "Een concurrent zegt {quote}",
            "Het aanbod waarmee jullie vergeleken worden: {quote}",
            "Dit horen klanten ergens anders: {quote}",
        ),
        forms={
            Form.LIST: "lijstjes",
            Form.HOW_TO: "stappenplannen",
            Form.POINT_OF_VIEW: "persoonlijke verhalen",
            Form.BEFORE_AFTER: "voor-en-na-verhalen",
            Form.QUESTION: "vragen aan het publiek",
            Form.REACTION: "reacties",
        },
        most=(
            "{n} van deze posts zijn {form}",
            "Van de posts hieronder zijn er {n} {form}",
            "De gebruikelijke vorm: {n} van de posts zijn {form}",
        ),
        every=(
            "Al deze posts zijn {form}",
            "De vorm is overal gelijk: de posts zijn {form}",
            "De posts zijn zonder uitzondering {form}",
        ),
        questions=(
            "De vraag die terugkomt: {quote}",
            "Er wordt meer gevraagd dan geantwoord: {quote}",
            "Meerdere mensen vragen hetzelfde: {quote}",
        ),
        gaps=(
            "Wat geen van deze posts noemt: {gap}",
            "In al deze posts ontbreekt: {gap}",
            "Niemand brengt dit hier ter sprake: {gap}",
            "Door iedereen overgeslagen: {gap}",
            "Nog niet behandeld: {gap}",
            "Het onderwerp dat overal mist: {gap}",
        ),
        audiences=(
            "Bedoeld voor {persona}",
            "Spreek deze lezer aan: {persona}",
            "Het publiek hierbij: {persona}",
            "Schrijf het met dit beeld voor ogen: {persona}",
        ),
        pains=(
            "Bedoeld voor {persona}; ga in op wat tegenhoudt: {pain}",
            "{Persona} kent dit maar al te goed: {pain}",
            "Publiek: {persona}. Het pijnpunt: {pain}",
            "Spreek deze lezer aan: {persona}. De bekende zorg: {pain}",
        ),
        own_posts=(
            "Jullie hebben net zelf over {topic} gepost; laat een andere kant zien",
            "Jullie laatste posts gaan al over {topic}: voeg toe wat daar ontbrak",
        ),
        form_tasks={
            Form.LIST: (
                "Ga de diepte in waar anderen opsommen: kies het belangrijkste punt over {topic} en laat het zien "
                "{in_format}",
                "Bewijs {in_format} wat er over {topic} beweerd wordt, in plaats van nog een lijstje te maken",
            ),
            Form.HOW_TO: (
                "De stappen zijn bekend: laat {in_format} zien wat er misgaat met {topic} en hoe je het redt",
                "Sla de stappen over en laat {in_format} zien hoe je bij {topic} goed van slecht onderscheidt",
            ),
            Form.POINT_OF_VIEW: (
                "Zet feiten naast het persoonlijke verhaal: laat {in_format} zien wat {topic} wel en niet doet",
                "Zij tonen een sfeer; laat {in_format} het werk achter {topic} zien",
            ),
            Form.BEFORE_AFTER: (
                "Laat {in_format} zien wat er tussen voor en na ontbreekt: het werk dat {topic} vraagt",
                "Blijf {in_format} langer bij {topic} dan zij en laat zien wat standhoudt",
            ),
            Form.QUESTION: (
                "Zij vragen, dus geef antwoord: maak het {in_format} duidelijk met jullie eigen voorbeeld van {topic}",
                "Geef {in_format} het heldere antwoord over {topic} waar deze posts op wachten",
            ),
            Form.REACTION: (
                "Ga verder dan reageren en laat {in_format} zien hoe {topic} in de praktijk gaat",
                "Zij geven commentaar; doe het voor: {topic} {in_format}, van begin tot eind",
            ),
        },
        gap_tasks=(
            "Breng {in_format} {topic} en {gap} samen",
            "Laat {in_format} zien wat {topic} met {gap} te maken heeft",
        ),
        question_tasks=(
            "Beantwoord die vraag {in_format} met een echt voorbeeld van {topic}",
            "Maak het antwoord het hele verhaal, {in_format}, en laat niets over {topic} vaag",
        ),
        tasks={
            Type.TREND: (
                "Laat {in_format} zien hoe {topic} en {detail} bij elkaar passen en wat jullie zouden houden",
                "Laat {in_format} jullie eigen ervaring met {topic} zien, ook wat mislukt",
                "Zeg {in_format} wat jullie van {topic} overnemen en wat niet",
            ),
            Type.EVERGREEN: (
                "Verzamel {in_format} de antwoorden over {topic}, om te bewaren",
                "Loop {topic} {in_format} door, van begin tot eind",
                "Laat {in_format} zien hoe {topic} en {detail} van elkaar afhangen",
            ),
            Type.COMPETITIVE: (
                "Noem geen concurrent: laat {in_format} zien hoe jullie tot hetzelfde resultaat komen",
                "Beantwoord {in_format} de behoefte erachter ({detail}), op jullie manier en zonder sneer",
                "Laat {in_format} zien wat dat ({detail}) kost aan geld en moeite, en wat jullie aanpak kost",
                "Zeg {in_format} voor wie jullie aanpak geschikt is en voor wie niet",
            ),
            Type.CAMPAIGN: (
                "Nodig mensen {in_format} uit voor {campaign}, met iets wat ze dezelfde dag kunnen doen",
                "Laat {in_format} de kleinste manier zien om mee te doen aan {campaign}",
                "Volg {campaign} {in_format} van de opening tot het slot",
                "Vraag mensen {in_format} te laten zien hoe ze meedoen aan {campaign}",
            ),
        },
        named_tasks=(
            "Vergelijk jezelf {in_format} eerlijk met {competitor}: wanneer past hun weg, wanneer die van jullie",
            "Zeg {in_format} wat jullie anders doen dan {competitor}, zonder iemand aan te vallen",
            "Neem de belofte van {competitor} en laat {in_format} jullie weg naar hetzelfde resultaat zien",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="{n} maker postte over {topic} in de laatste {days} dagen",
            many="{n} makers postten over {topic} in de laatste {days} dagen",
        ),
        earlier=Plural(
            one="tegen {n} post in de {days} dagen ervoor",
            many="tegen {n} posts in de {days} dagen ervoor",
        ),
        authors_share=Plural(
            one="{n} maker postte over {topic}",
            many="{n} makers postten over {topic}",
        ),
        window_posts=Plural(
            one="op {n} post die tot nu toe is bewaard",
            many="op {n} posts die tot nu toe zijn bewaard",
        ),
        views="Samen hebben deze posts {n} weergaven",
        authors_long=Plural(
            one="{n} maker kwam terug op {topic} in de laatste {days} dagen",
            many="{n} makers kwamen terug op {topic} in de laatste {days} dagen",
        ),
        span=Plural(
            one="en tussen hun posts zit {n} dag",
            many="en tussen hun posts zitten {n} dagen, dus de belangstelling blijft",
        ),
        competitor_posts=Plural(
            one="{competitor} postte {n} keer in de laatste {days} dagen",
            many="{competitor} postte {n} keer in de laatste {days} dagen",
        ),
        posts_undated=Plural(
            one="{n} post zonder datum gaat over {topic}",
            many="{n} posts zonder datum gaan over {topic}",
        ),
        starts_in=Plural(
            one="{campaign} begint op {date}, over {n} dag",
            many="{campaign} begint op {date}, over {n} dagen",
        ),
        starts_today="{campaign} begint vandaag, {date}",
        ends_in=Plural(
            one="{campaign} loopt tot en met {date}, nog {n} dag",
            many="{campaign} loopt tot en met {date}, nog {n} dagen",
        ),
        ends_today="{campaign} eindigt vandaag, {date}",
        campaign_posts=Plural(
            one="{n} post sloot zich daarbij aan in de laatste {days} dagen",
            many="{n} posts sloten zich daarbij aan in de laatste {days} dagen",
        ),
    ),
    in_format={
        Channel.INSTAGRAM: "in een carrousel",
        Channel.TIKTOK: "in een korte video",
        Channel.YOUTUBE: "in een video",
        Channel.LINKEDIN: "in een LinkedIn-post",
        Channel.X: "in een draadje",
        Channel.NEWSLETTER: "in jullie nieuwsbrief",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov\b", r"^als (?:je|jij|jouw|de|het|ik)\b", r"^wanneer je\b"),
        Form.BEFORE_AFTER: (r"\bvoor (?:en|&|/) na\b", r"\bvroeger\b.+\bnu\b",
            r"\bvan\b.+\bnaar\b.+\bin \d+ (?:dagen|weken)\b"),
        Form.LIST: (
            r"\b(?:\d+|twee|drie|vier|vijf|zes|zeven|acht|tien)(?: \w+)? (?:manieren|dingen|tips|ideeen|redenen|fouten"
            r"|trucs|regels|recepten|mythes|signalen|vragen)\b", r"\bchecklist\b",
        ),
        Form.HOW_TO: (r"\bstap voor stap\b", r"\bstappenplan\b", r"\btutorial\b", r"\bstap 1\b",
            r"\brecept voor\b", r"\bvoor beginners\b",
                      r"(?:^|[.!:] )zo (?:maak|doe|werkt|krijg|\w+ (?:je|ik|we))\b",
                      r"(?:^|[.!:] )hoe (?:je|ik|we)\b"),
        Form.REACTION: (r"\breactie\b", r"\breageer", r"\bmijn mening\b", r"\bimpopulaire mening\b",
            r"\bantwoord op\b"),
    },
    sentences=SENTENCES,
    conjunction=" en ",
    thousands=".",
    months=(
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    day=lambda number, month: f"{number} {month}",
    quotes=("“", "”"),
)  # fmt: skip
