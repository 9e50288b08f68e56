# ruff: noqa: E501  (a frame is one line)
"""German."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.de import GERMAN as SENTENCES

GERMAN = Grammar(
    language="de",
    titles=Titles(
        topic=(
            "{Topic} trifft {gap}",
            "{Topic}: Einstieg für alle, die neu dabei sind",
            "{Topic} und {detail} im Test",
            "{Topic}: so machen wir es bei {brand}",
            "{Topic}: was es bringt und was es kostet",
            "{Topic}: diese Fehler lassen sich vermeiden",
            "{Topic}: was wir weglassen würden",
            "{Pillar}: unsere Notizen zum Thema {topic}",
            "{Topic} ohne Rätselraten",
            "{Topic}: unsere Checkliste davor",
            "{Topic}: unser ehrliches Urteil",
            "{Topic} genauer betrachtet",
            "{Topic}: worauf es ankommt und worauf nicht",
            "{Topic}: unsere Antwort auf die häufigste Frage",
            "{Topic}: was sonst niemand zeigt",
            "{Topic}, {gap} mitgedacht",
            "{Topic} in klaren Worten",
            "{Topic}: Notizen aus unserer Praxis",
            "{Topic}: wo es meistens hakt",
        ),
        trend=(
            "Alle reden über {topic}: unsere Sicht",
            "{Topic}: was stimmt und was nicht",
            "{Topic}: ist die Aufregung berechtigt?",
            "{Topic}: was bleibt, wenn der Andrang vorbei ist",
        ),
        evergreen=(
            "{Topic}: die Anleitung zum Merken",
            "{Topic}, von Anfang an erklärt",
            "{Topic}: so gelingt es",
            "{Topic}: die Fragen, die immer wieder kommen",
        ),
        competitive=(
            "{Detail}: was wir anders machen",
            "{Detail}: wann es hilft und wann nicht",
            "{Detail}: wer es braucht und wer nicht",
            "{Detail} oder unser Weg",
            "{Pillar}: unser Weg, offen gezeigt",
            "{Pillar}: was wir versprechen und was nicht",
        ),
        named=(
            "{competitor} oder {brand}: so fällt die Wahl leicht",
            "{competitor} und {brand} im fairen Vergleich",
            "Ein Blick auf {competitor}? Das gehört verglichen",
        ),
        campaign=(
            "{campaign}: so macht man mit",
            "{campaign}: unser Plan, Tag für Tag",
            "{campaign}: los geht es mit {detail}",
            "{campaign} mit {brand}: was man vorbereitet",
            "{campaign}: der Plan für {persona}",
            "{campaign}: wer macht mit?",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} bringt es so auf den Punkt: {quote}",
            "Greift die Zeile von {author} auf: {quote}",
            "In den Worten von {author}: {quote}",
            "Der Beitrag, auf den ihr antwortet, ist von {author}: {quote}",
            "{author} überzeugt mit {quote}",
            "Geht von dem aus, was {author} schreibt: {quote}",
            "{author} sagt {quote}",
            "Zitiert {author} und antwortet darauf: {quote}",
        ),
        rival_hooks=(
            "Was ein Mitbewerber verspricht: {quote}",
            "Ein Mitbewerber sagt {quote}",
            "Daran werdet ihr gemessen: {quote}",
            "Das hören eure Kunden anderswo: {quote}",
        ),
        forms={
            Form.LIST: "Listen",
            Form.HOW_TO: "Anleitungen Schritt für Schritt",
            Form.POINT_OF_VIEW: "aus persönlicher Sicht erzählt",
            Form.BEFORE_AFTER: "Vorher-nachher-Geschichten",
            Form.QUESTION: "um eine Frage herum gebaut",
            Form.REACTION: "Reaktionen",
        },
        most=(
            "{n} dieser Beiträge sind {form}",
            "Von den Beiträgen unten sind {n} {form}",
            "Die übliche Form: {n} der Beiträge sind {form}",
        ),
        every=(
            "Alle diese Beiträge sind {form}",
            "Die Form ist überall gleich: Die Beiträge sind {form}",
            "Die Beiträge sind durchweg {form}",
        ),
        questions=(
            "Immer wieder wird gefragt: {quote}",
            "Die Frage, die wiederkehrt: {quote}",
            "Das fragen mehrere: {quote}",
        ),
        gaps=(
            "Was keiner dieser Beiträge erwähnt: {gap}",
            "In allen diesen Beiträgen fehlt: {gap}",
            "Darüber spricht hier niemand: {gap}",
            "Von allen ausgelassen: {gap}",
            "Noch nicht behandelt: {gap}",
            "Das Stichwort, das hier überall fehlt: {gap}",
        ),
        audiences=(
            "Gedacht für: {persona}",
            "Angesprochen ist: {persona}",
            "Die Zielgruppe dabei: {persona}",
            "Schreibt es mit diesem Bild im Kopf: {persona}",
        ),
        pains=(
            "Gedacht für: {persona}. Geht auf das ein, was bremst: {pain}",
            "{Persona} kennt das: {pain}",
            "Zielgruppe: {persona}. Der wunde Punkt: {pain}",
            "Angesprochen ist: {persona}. Die bekannte Sorge: {pain}",
        ),
        own_posts=(
            "Ihr habt gerade selbst über {topic} gepostet; zeigt eine andere Seite davon",
            "Eure letzten Beiträge behandeln {topic} schon; ergänzt, was dort fehlt",
        ),
        form_tasks={
            Form.LIST: (
                "Geht in die Tiefe, wo andere aufzählen: Wählt den wichtigsten Punkt zum Thema {topic} und zeigt ihn "
                "{in_format}",
                "Statt noch einer Liste: Belegt {in_format} eine Behauptung zum Thema {topic}",
            ),
            Form.HOW_TO: (
                "Die Schritte sind bekannt. Zeigt {in_format}, was beim Thema {topic} schiefgeht und wie man es rettet",
                "Lasst die Schritte weg und zeigt {in_format}, woran man beim Thema {topic} Gutes von Schlechtem unterscheidet",
            ),
            Form.POINT_OF_VIEW: (
                "Stellt Fakten neben die persönliche Sicht: Zeigt {in_format}, was {topic} leistet und was nicht",
                "Sie zeigen eine Stimmung. Zeigt {in_format} die Arbeit, die in {topic} steckt",
            ),
            Form.BEFORE_AFTER: (
                "Zeigt {in_format}, was zwischen vorher und nachher fehlt: die Arbeit beim Thema {topic}",
                "Bleibt {in_format} länger beim Thema {topic} als sie und zeigt, was davon hält",
            ),
            Form.QUESTION: (
                "Sie fragen, also antwortet: Klärt es {in_format} an eurem eigenen Beispiel zum Thema {topic}",
                "Gebt {in_format} die klare Antwort zum Thema {topic}, auf die diese Beiträge warten",
            ),
            Form.REACTION: (
                "Geht über die Reaktion hinaus und zeigt {in_format}, wie {topic} in der Praxis aussieht",
                "Sie kommentieren. Führt {topic} {in_format} vor, vom Anfang bis zum Ergebnis",
            ),
        },
        gap_tasks=(
            "Bringt {in_format} zusammen: {topic} und {gap}",
            "Zeigt {in_format}, wie {topic} und {gap} zusammenhängen",
        ),
        question_tasks=(
            "Beantwortet das {in_format} mit einem echten Fall zum Thema {topic}",
            "Macht die Antwort zum ganzen Beitrag, {in_format}, und lasst beim Thema {topic} nichts im Vagen",
        ),
        tasks={
            Type.TREND: (
                "Zeigt {in_format}, wie {topic} und {detail} zusammenpassen und was ihr davon behaltet",
                "Zeigt {in_format} eure eigenen Erfahrungen mit {topic}, auch was misslingt",
                "Sagt {in_format}, was ihr von {topic} übernehmt und was ihr lasst",
            ),
            Type.EVERGREEN: (
                "Sammelt die Antworten zum Thema {topic} {in_format} an einem Ort, zum Aufheben",
                "Geht das Thema {topic} {in_format} vom Anfang bis zum Ende durch",
                "Zeigt {in_format}, wie {topic} und {detail} voneinander abhängen",
            ),
            Type.COMPETITIVE: (
                "Nennt keinen Mitbewerber: Zeigt {in_format}, wie ihr zum selben Ergebnis kommt",
                "Beantwortet {in_format} das Bedürfnis hinter diesen Beiträgen ({detail}), auf eure Art und ohne Seitenhieb",
                "Legt {in_format} offen, was das ({detail}) an Geld und Mühe kostet und was euer Weg kostet",
                "Sagt {in_format}, für wen euer Weg richtig ist und für wen nicht",
            ),
            Type.CAMPAIGN: (
                "Ladet {in_format} zur Aktion {campaign} ein, mit etwas, das am selben Tag gelingt",
                "Zeigt {in_format} den kleinsten Weg, bei der Aktion {campaign} mitzumachen",
                "Begleitet die Aktion {campaign} {in_format} vom Auftakt bis zum Schluss",
                "Bittet {in_format} um Beispiele, wie Leute bei der Aktion {campaign} mitmachen",
            ),
        },
        named_tasks=(
            "Vergleicht euch {in_format} fair mit {competitor}: wann passt der andere Weg, wann eurer",
            "Sagt {in_format}, was ihr anders macht als {competitor}, ohne jemanden anzugreifen",
            "Nehmt das Versprechen von {competitor} und zeigt {in_format} euren Weg zum selben Ergebnis",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="{n} Person hat in den letzten {days} Tagen über {topic} gepostet",
            many="{n} Personen haben in den letzten {days} Tagen über {topic} gepostet",
        ),
        earlier=Plural(
            one="gegenüber {n} Beitrag in den {days} Tagen davor",
            many="gegenüber {n} Beiträgen in den {days} Tagen davor",
        ),
        authors_share=Plural(
            one="{n} Person hat über {topic} gepostet",
            many="{n} Personen haben über {topic} gepostet",
        ),
        window_posts=Plural(
            one="bei bisher {n} gespeicherten Beitrag",
            many="bei bisher {n} gespeicherten Beiträgen",
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
            one="{campaign} beginnt am {date}, in {n} Tag",
            many="{campaign} beginnt am {date}, in {n} Tagen",
        ),
        starts_today="{campaign} beginnt heute, am {date}",
        ends_in=Plural(
            one="{campaign} läuft bis zum {date}, noch {n} Tag",
            many="{campaign} läuft bis zum {date}, noch {n} Tage",
        ),
        ends_today="{campaign} endet heute, am {date}",
        campaign_posts=Plural(
            one="{n} Beitrag hat es in den letzten {days} Tagen aufgegriffen",
            many="{n} Beiträge haben es in den letzten {days} Tagen aufgegriffen",
        ),
    ),
    in_format={
        Channel.INSTAGRAM: "in einem Karussell",
        Channel.TIKTOK: "in einem kurzen Video",
        Channel.YOUTUBE: "in einem Video",
        Channel.LINKEDIN: "in einem LinkedIn-Beitrag",
        Channel.X: "in einem Thread",
        Channel.NEWSLETTER: "in eurem Newsletter",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov\b", r"^wenn (?:du|dein|deine|der|die|das|man|ich)\b", r"\baus (?:der )?sicht\b"),
        Form.BEFORE_AFTER: (r"\bvorher\b.+\bnachher\b", r"\bfruher\b.+\bheute\b", r"\bstatt\b.+\bjetzt\b"),
        Form.LIST: (
            r"\b(?:\d+|zwei|drei|vier|funf|sechs|sieben|acht|zehn)(?: \w+)? (?:wege|dinge|tipps|ideen|grunde|fehler"
            r"|tricks|regeln|rezepte|mythen|anzeichen|fragen|moglichkeiten|arten)\b", r"\bcheckliste\b",
        ),
        Form.HOW_TO: (r"\bschritt fur schritt\b", r"\banleitung\b", r"\btutorial\b", r"\bschritt 1\b",
            r"\brezept fur\b",
                      r"(?:^|[.!:] )so (?:\w+ )?(?:geht|wird|werden|mache|machst|machen|klappt|\w+st du|\w+e ich)\b",
                      r"(?:^|[.!:] )wie (?:man|du|ich)\b", r"\bfur anfanger\b"),
        Form.REACTION: (r"\breaktion", r"\breagier", r"\bmeine meinung\b", r"\bunpopulare meinung\b",
            r"\bantwort auf\b"),
    },
    sentences=SENTENCES,
    conjunction=" und ",
    thousands=".",
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    day=lambda number, month: f"{number}. {month}",
    quotes=("„", "“"),
    lowers_first=False,
)  # fmt: skip
