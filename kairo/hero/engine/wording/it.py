# ruff: noqa: E501  (a frame is one line)
"""Italian."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.it import ITALIAN as SENTENCES

ITALIAN = Grammar(
    language="it",
    titles=Titles(
        topic=(
            "{Topic} per {persona}: da dove cominciare",
            "{Topic} incontra {gap}",
            "{Topic}, senza dimenticare {gap}",
            "{Topic} e {detail}: la nostra prova",
            "{Topic}: come si fa da {brand}",
            "{Topic}: che cosa dà e quanto costa",
            "{Topic}: gli errori da evitare",
            "{Topic}: che cosa salteremmo",
            "{Pillar}: i nostri appunti su {topic}",
            "{Topic}, senza tirare a indovinare",
            "{Topic}: la nostra lista prima di iniziare",
            "{Topic}: il nostro parere sincero",
            "{Topic}, da vicino",
            "{Topic}: che cosa conta e che cosa no",
            "{Topic}: la nostra risposta al solito dubbio",
            "{Topic}: quello che nessuno mostra",
            "{Topic}, in parole semplici",
            "{Topic}: appunti dalla nostra pratica",
            "{Topic}: dove ci si blocca di solito",
        ),
        trend=(
            "Tutti parlano di {topic}: ecco come la vediamo",
            "{Topic}: che cosa regge e che cosa no",
            "{Topic}: tanto entusiasmo è meritato?",
            "{Topic}: che cosa resta quando la moda passa",
        ),
        evergreen=(
            "{Topic}: la guida da salvare",
            "{Topic}, dall'inizio e con calma",
            "{Topic}: come farlo bene",
            "{Topic}: le domande che tornano sempre",
        ),
        competitive=(
            "{Detail}: che cosa facciamo diversamente",
            "{Detail}: quando serve e quando no",
            "{Detail}: chi ne ha bisogno e chi no",
            "{Detail} o il nostro modo di fare",
            "{Pillar}: il nostro modo, alla luce del sole",
            "{Pillar}: che cosa promettiamo e che cosa no",
        ),
        named=(
            "{competitor} o {brand}: come scegliere",
            "{competitor} e {brand}: un confronto onesto",
            "{competitor} ti tenta? Prima il confronto",
        ),
        campaign=(
            "{campaign}: come partecipare",
            "{campaign}: il nostro programma, giorno per giorno",
            "{campaign}, cominciando da {detail}",
            "{campaign}: un piano per {persona}",
            "{campaign} con {brand}: che cosa preparare",
            "{campaign}: chi è con noi?",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} la mette così: {quote}",
            "Riprendete la frase di {author}: {quote}",
            "Nelle parole di {author}: {quote}",
            "Il post a cui rispondere è di {author}: {quote}",
            "{author} conquista con {quote}",
            "Partite da quello che scrive {author}: {quote}",
            "{author} racconta {quote}",
            "Citate {author} e rispondete: {quote}",
        ),
        rival_hooks=(
            "Che cosa promette la concorrenza: {quote}",
            "La concorrenza dice {quote}",
            "L'offerta con cui vi confrontano: {quote}",
            "Ecco che cosa sentono altrove i clienti: {quote}",
        ),
        forms={
            Form.LIST: "elenchi",
            Form.HOW_TO: "guide passo passo",
            Form.POINT_OF_VIEW: "racconti in prima persona",
            Form.BEFORE_AFTER: "storie di prima e dopo",
            Form.QUESTION: "domande al pubblico",
            Form.REACTION: "reazioni",
        },
        most=(
            "{n} di questi post sono {form}",
            "Tra i post qui sotto, {n} sono {form}",
            "La forma più usata: {n} dei post sono {form}",
        ),
        every=(
            "Tutti questi post sono {form}",
            "La forma è sempre la stessa: i post sono {form}",
            "Senza eccezioni, i post sono {form}",
        ),
        questions=(
            "La domanda che ritorna: {quote}",
            "Lo si chiede più di quanto si risponda: {quote}",
            "Più persone chiedono la stessa cosa: {quote}",
        ),
        gaps=(
            "Quello che nessuno di questi post nomina: {gap}",
            "In tutti questi post manca: {gap}",
            "Qui nessuno ne parla: {gap}",
            "Tutti lasciano fuori: {gap}",
            "Ancora da trattare: {gap}",
            "Il tema assente ovunque: {gap}",
        ),
        audiences=(
            "Pensato per {persona}",
            "A chi parlare: {persona}",
            "Il pubblico di questo pezzo: {persona}",
            "Scrivetelo con questa immagine in mente: {persona}",
        ),
        pains=(
            "Pensato per {persona}; rispondete a ciò che frena: {pain}",
            "{Persona} conosce bene il problema: {pain}",
            "Pubblico: {persona}. Il punto dolente: {pain}",
            "A chi parlare: {persona}. La preoccupazione di sempre: {pain}",
        ),
        own_posts=(
            "Avete appena pubblicato su {topic}: mostratene un altro lato",
            "I vostri ultimi post trattano già di {topic}: aggiungete quello che è rimasto fuori",
        ),
        form_tasks={
            Form.LIST: (
                "Dove gli altri elencano, andate a fondo: scegliete il punto che conta di più su {topic} e mostratelo "
                "{in_format}",
                "Invece di un altro elenco, dimostrate {in_format} quello che si dice di {topic}",
            ),
            Form.HOW_TO: (
                "I passaggi si conoscono già: mostrate {in_format} che cosa va storto con {topic} e come si rimedia",
                "Lasciate i passaggi e mostrate {in_format} come si distingue il buono dal cattivo quando si parla di {topic}",
            ),
            Form.POINT_OF_VIEW: (
                "Mettete i fatti accanto allo sguardo personale: mostrate {in_format} che cosa fa {topic} e che cosa no",
                "Loro mostrano un'atmosfera; voi mostrate {in_format} il lavoro che c'è dietro a {topic}",
            ),
            Form.BEFORE_AFTER: (
                "Mostrate {in_format} quello che manca tra il prima e il dopo: il lavoro che {topic} richiede",
                "Restate su {topic} {in_format} più a lungo degli altri e mostrate che cosa dura",
            ),
            Form.QUESTION: (
                "Loro chiedono, voi rispondete: chiarite {in_format} con il vostro esempio di {topic}",
                "Date {in_format} la risposta chiara su {topic} che questi post aspettano",
            ),
            Form.REACTION: (
                "Andate oltre la reazione e mostrate {in_format} com'è {topic} nella pratica",
                "Loro commentano, voi fate vedere: {topic} {in_format}, dall'inizio alla fine",
            ),
        },
        gap_tasks=(
            "Mettete insieme {in_format} {topic} e {gap}",
            "Mostrate {in_format} che cosa lega {topic} e {gap}",
        ),
        question_tasks=(
            "Rispondete {in_format} con un caso vero di {topic}",
            "Fate della risposta l'intero pezzo, {in_format}, senza lasciare nulla di vago su {topic}",
        ),
        tasks={
            Type.TREND: (
                "Mostrate {in_format} come stanno insieme {topic} e {detail}, e che cosa ne terreste",
                "Mostrate {in_format} la vostra esperienza con {topic}, errori compresi",
                "Dite {in_format} che cosa tenete e che cosa lasciate quando si parla di {topic}",
            ),
            Type.EVERGREEN: (
                "Raccogliete {in_format} le risposte su {topic}, da salvare",
                "Percorrete {topic} {in_format}, dall'inizio alla fine",
                "Mostrate {in_format} come {topic} e {detail} dipendono l'uno dall'altro",
            ),
            Type.COMPETITIVE: (
                "Senza fare nomi, mostrate {in_format} come arrivate allo stesso risultato",
                "Rispondete {in_format} al bisogno che c'è dietro ({detail}), a modo vostro e senza frecciate",
                "Mostrate {in_format} quanto costa tutto questo ({detail}) in soldi e fatica, e quanto costa il vostro modo",
                "Dite {in_format} per chi va bene il vostro modo e per chi no",
            ),
            Type.CAMPAIGN: (
                "Invitate a {campaign} {in_format} con qualcosa che si possa fare il giorno stesso",
                "Mostrate {in_format} il modo più piccolo di partecipare a {campaign}",
                "Seguite {campaign} {in_format} dall'apertura alla chiusura",
                "Chiedete {in_format} alle persone di mostrare come partecipano a {campaign}",
            ),
        },
        named_tasks=(
            "Confrontatevi {in_format} con {competitor} in modo onesto: quando conviene la loro via e quando la vostra",
            "Dite {in_format} in che cosa siete diversi da {competitor}, senza attaccare nessuno",
            "Prendete la promessa di {competitor} e mostrate {in_format} la vostra via verso lo stesso risultato",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="{n} persona ha pubblicato su {topic} negli ultimi {days} giorni",
            many="{n} persone hanno pubblicato su {topic} negli ultimi {days} giorni",
        ),
        earlier=Plural(
            one="contro {n} post nei {days} giorni precedenti",
            many="contro {n} post nei {days} giorni precedenti",
        ),
        authors_share=Plural(
            one="{n} persona ha pubblicato su {topic}",
            many="{n} persone hanno pubblicato su {topic}",
        ),
        window_posts=Plural(
            one="su {n} post salvato finora",
            many="su {n} post salvati finora",
        ),
        views="Insieme questi post hanno {n} visualizzazioni",
        authors_long=Plural(
            one="{n} persona è tornata su {topic} negli ultimi {days} giorni",
            many="{n} persone sono tornate su {topic} negli ultimi {days} giorni",
        ),
        span=Plural(
            one="e tra i loro post c'è {n} giorno",
            many="e tra i loro post ci sono {n} giorni, quindi l'interesse dura",
        ),
        competitor_posts=Plural(
            one="{competitor} ha pubblicato {n} volta negli ultimi {days} giorni",
            many="{competitor} ha pubblicato {n} volte negli ultimi {days} giorni",
        ),
        posts_undated=Plural(
            one="{n} post senza data parla di {topic}",
            many="{n} post senza data parlano di {topic}",
        ),
        starts_in=Plural(
            one="{campaign} comincia il {date}, tra {n} giorno",
            many="{campaign} comincia il {date}, tra {n} giorni",
        ),
        starts_today="{campaign} comincia oggi, {date}",
        ends_in=Plural(
            one="{campaign} termina il {date}, ancora {n} giorno",
            many="{campaign} termina il {date}, ancora {n} giorni",
        ),
        ends_today="{campaign} finisce oggi, {date}",
        campaign_posts=Plural(
            one="{n} post ne ha parlato negli ultimi {days} giorni",
            many="{n} post ne hanno parlato negli ultimi {days} giorni",
        ),
    ),
    in_format={
        Channel.INSTAGRAM: "in un carosello",
        Channel.TIKTOK: "in un video breve",
        Channel.YOUTUBE: "in un video",
        Channel.LINKEDIN: "in un post su LinkedIn",
        Channel.X: "in un thread",
        Channel.NEWSLETTER: "nella vostra newsletter",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bpunto di vista\b", r"^quando (?:il|la|lo|ti|tu|hai|sei|tuo|tua)\b",
            r"^io quando\b"),
        Form.BEFORE_AFTER: (r"\bprima e (?:il )?dopo\b", r"\bprima\b.+\b(?:adesso|ora)\b", r"\bsono passat[oa] da\b"),
        Form.LIST: (
            r"\b(?:\d+|due|tre|quattro|cinque|sei|sette|otto|dieci) (?:modi|cose|consigli|idee|motivi|ragioni|errori"
            r"|trucchi|segnali|regole|ricette|miti|lezioni|domande)\b",
        ),
        Form.HOW_TO: (r"(?:^|[.!:] )come (?:\w+ )?\w+(?:are|ere|ire|arlo|arla|arsi)\b",
            r"\bpasso (?:dopo|per) passo\b", r"\btutorial\b",
                      r"\bpasso 1\b", r"\bricetta (?:di|de|per)\b", r"\bper principianti\b", r"\bsi fa cosi\b",
                      r"\becco come\b"),
        Form.REACTION: (r"\breazion", r"\breagi", r"\bla mia opinione\b", r"\bopinione impopolare\b",
            r"\brispost[ao] a\b"),
    },
    sentences=SENTENCES,
    conjunction=" e ",
    thousands=".",
    months=(
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
        "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
    ),
    day=lambda number, month: f"{number}{'º' if number == 1 else ''} {month}",
    quotes=("«", "»"),
)  # fmt: skip
