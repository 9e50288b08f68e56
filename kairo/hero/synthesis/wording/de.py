"""German."""

from kairo.core.enums import OpportunityType as Type
from kairo.hero.synthesis.wording.grammar import Grammar, Plural

GERMAN = Grammar(
    language="de",
    titles={
        Type.TREND: (
            "{Topic}: was hinter dem Andrang steckt",
            "Warum gerade so viele über {topic} sprechen",
            "{Topic}: womit man am besten anfängt",
            "{Topic} und {detail}: was man zuerst ausprobiert",
            "Unsere Meinung zum Thema {topic}, solange es neu ist",
        ),
        Type.EVERGREEN: (
            "{Topic}: die Grundlagen, die immer wieder kommen",
            "{Topic}, einfach erklärt",
            "{Topic} Schritt für Schritt",
            "{Topic} und {detail}: worauf man zuerst achtet",
            "{Topic}: was man vorher wissen sollte",
        ),
        Type.COMPETITIVE: (
            "Unsere ehrliche Antwort auf {competitor}",
            "{competitor} spricht über {detail}: unsere Sicht",
            "{competitor} oder {brand}: so fällt die Wahl leicht",
            "Ein Blick auf {competitor}? Erst das hier vergleichen",
        ),
        Type.CAMPAIGN: (
            "{campaign}: so macht man mit",
            "{campaign}, erster Schritt: {detail}",
            "{campaign}: was zuerst zu tun ist",
            "{campaign} auf die Art von {brand}",
        ),
    },
    openers={
        Type.TREND: (
            "Erkläre, was am Thema {topic} neu ist, solange das Interesse frisch ist.",
            "Zeige an einem echten Beispiel, wie {topic} in der Praxis aussieht.",
            "Sage, was am Thema {topic} bleibt und was nicht.",
            "Gib einen leichten ersten Einstieg in das Thema {topic}.",
        ),
        Type.EVERGREEN: (
            "Mache den einen Beitrag zum Thema {topic}, den man sich merkt.",
            "Beantworte die Frage hinter diesen Beiträgen zum Thema {topic} in klaren Schritten.",
            "Mache aus dem Thema {topic} eine kurze Checkliste.",
            "Zeige zum Thema {topic} nebeneinander, was gelingt und was nicht.",
        ),
        Type.COMPETITIVE: (
            "Sage klar, was ihr anders macht als {competitor}, ohne jemanden anzugreifen.",
            "Nimm das Versprechen von {competitor} und zeige euren Weg zum selben Ergebnis.",
            "Vergleiche beide Wege fair: wann passt der eine, wann der andere.",
            "Nenne {competitor} im Beitrag nicht; beantworte das Bedürfnis dahinter.",
        ),
        Type.CAMPAIGN: (
            "Lade zu „{campaign}“ ein, mit etwas, das am selben Tag gelingt.",
            "Zeige „{campaign}“ vom ersten bis zum letzten Tag, damit man folgen kann.",
            "Zeige den kleinsten Weg, bei „{campaign}“ mitzumachen.",
            "Erzähle, wozu „{campaign}“ da ist, und bitte um Beispiele.",
        ),
    },
    not_for_names=frozenset(),
    lead="Antworte auf das, was {lead} gezeigt hat.",
    details="Greife auf, was die Beiträge teilen: {details}.",
    persona="Gedacht für: {persona}.",
    pain="Gehe auf das ein, was bremst: {pain}.",
    authors_recent=Plural(
        one="{n} Person hat in den letzten {days} Tagen über {topic} gepostet",
        many="{n} Personen haben in den letzten {days} Tagen über {topic} gepostet",
    ),
    earlier=Plural(
        one="gegenüber {n} Beitrag in den {days} Tagen davor",
        many="gegenüber {n} Beiträgen in den {days} Tagen davor",
    ),
    views="Zusammen haben die Beiträge {n} Aufrufe",
    authors_long=Plural(
        one="{n} Person hat in den letzten {days} Tagen {topic} aufgegriffen",
        many="{n} Personen haben in den letzten {days} Tagen {topic} aufgegriffen",
    ),
    span=Plural(
        one="und die Beiträge liegen {n} Tag auseinander",
        many="und die Beiträge liegen {n} Tage auseinander, das Interesse hält also an",
    ),
    competitor_posts=Plural(
        one="{competitor} hat in den letzten {days} Tagen {n} Mal gepostet",
        many="{competitor} hat in den letzten {days} Tagen {n} Mal gepostet",
    ),
    posts_undated=Plural(
        one="{n} Beitrag ohne Datum handelt von {topic}",
        many="{n} Beiträge ohne Datum handeln von {topic}",
    ),
    starts_in=Plural(
        one="„{campaign}“ beginnt am {date}, in {n} Tag",
        many="„{campaign}“ beginnt am {date}, in {n} Tagen",
    ),
    starts_today="„{campaign}“ beginnt heute, am {date}",
    ends_in=Plural(
        one="„{campaign}“ läuft bis zum {date}, noch {n} Tag",
        many="„{campaign}“ läuft bis zum {date}, noch {n} Tage",
    ),
    ends_today="„{campaign}“ endet heute, am {date}",
    campaign_posts=Plural(
        one="{n} Beitrag hat es in den letzten {days} Tagen aufgegriffen",
        many="{n} Beiträge haben es in den letzten {days} Tagen aufgegriffen",
    ),
    conjunction=" und ",
    thousands=".",
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    day=lambda number, month: f"{number}. {month}",
    lowers_first=False,
)  # fmt: skip
