# ruff: noqa: E501  (a pattern is one line)
"""Polish. Topics and names stand in the nominative, as an apposition or after a colon: nothing here declines them."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.pl import POLISH as SENTENCES

POLISH = Grammar(
    language="pl",
    titles=Titles(
        topic=(
            "{Topic} i {gap}: co je łączy",
            "{Topic}: od czego zacząć",
            "{Topic} i {detail}: nasz test",
            "{Topic}: jak robimy to w {brand}",
            "{Topic}: co daje i ile kosztuje",
            "{Topic}: błędy, których można uniknąć",
            "{Topic}: co byśmy pominęli",
            "{Pillar}: nasze notatki, temat {topic}",
            "{Topic} bez zgadywania",
            "{Topic}: nasza lista na start",
            "{Topic}: nasza szczera opinia",
            "{Topic} z bliska",
            "{Topic}: co się liczy, a co nie",
            "{Topic}: nasza odpowiedź na częste pytanie",
            "{Topic}: czego nikt nie pokazuje",
            "{Topic}, a w tle {gap}",
            "{Topic} prostymi słowami",
            "{Topic}: notatki z naszej praktyki",
            "{Topic}: gdzie najczęściej coś idzie nie tak",
        ),
        trend=(
            "{Topic}: wszyscy o tym mówią, my też mamy zdanie",
            "{Topic}: co się sprawdza, a co nie",
            "{Topic}: czy warto się tak ekscytować?",
            "{Topic}: co zostanie, gdy moda minie",
        ),
        evergreen=(
            "{Topic}: przewodnik do zapisania",
            "{Topic} od podstaw",
            "{Topic}: jak zrobić to dobrze",
            "{Topic}: pytania, które wciąż wracają",
        ),
        competitive=(
            "{Detail}: co robimy inaczej",
            "{Detail}: kiedy pomaga, a kiedy nie",
            "{Detail}: komu to potrzebne, a komu nie",
            "{Detail} albo nasz sposób",
            "{Pillar}: nasz sposób, bez tajemnic",
            "{Pillar}: co obiecujemy, a czego nie",
        ),
        named=(
            "{competitor} czy {brand}: jak wybrać",
            "{competitor} i {brand}: uczciwe porównanie",
            "Kusi was {competitor}? Najpierw porównajcie",
        ),
        campaign=(
            "{campaign}: jak dołączyć",
            "{campaign}: nasz plan dzień po dniu",
            "{campaign}, a na początek {detail}",
            "{campaign} z {brand}: co przygotować",
            "{campaign}: plan dla każdego",
            "{campaign}: kto z nami?",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} ujmuje to tak: {quote}",
            "Nawiążcie do zdania, które pisze {author}: {quote}",
            "Słowami autora ({author}): {quote}",
            "Wpis, na który warto odpowiedzieć ({author}): {quote}",
            "{author} przekonuje słowami {quote}",
            "Zacznijcie od tego, co pisze {author}: {quote}",
            "{author} mówi {quote}",
            "Zacytujcie i odpowiedzcie ({author}): {quote}",
        ),
        rival_hooks=(
            "Co obiecuje konkurencja: {quote}",
            "Konkurencja mówi {quote}",
            "Oferta, z którą was porównują: {quote}",
            "To klienci słyszą gdzie indziej: {quote}",
        ),
        forms={
            Form.LIST: "listy",
            Form.HOW_TO: "poradniki krok po kroku",
            Form.POINT_OF_VIEW: "osobiste opowieści",
            Form.BEFORE_AFTER: "historie przed i po",
            Form.QUESTION: "pytania do odbiorców",
            Form.REACTION: "reakcje",
        },
        most=(
            "{n} z tych wpisów to {form}",
            "Wśród wpisów poniżej {n} to {form}",
            "Najczęstsza forma: {n} z wpisów to {form}",
        ),
        every=(
            "Wszystkie te wpisy to {form}",
            "Forma się powtarza: te wpisy to {form}",
            "Bez wyjątku te wpisy to {form}",
        ),
        questions=(
            "Pytanie, które wraca: {quote}",
            "Ludzie częściej pytają, niż odpowiadają: {quote}",
            "Kilka osób pyta o to samo: {quote}",
        ),
        gaps=(
            "O czym nie wspomina żaden z tych wpisów: {gap}",
            "Czego brakuje we wszystkich tych wpisach: {gap}",
            "Tego nikt tu nie porusza: {gap}",
            "Wszyscy to pomijają: {gap}",
            "Wciąż nieopisane: {gap}",
            "Temat, którego nigdzie tu nie ma: {gap}",
        ),
        audiences=(
            "Odbiorca: {persona}",
            "Mówcie do tej osoby: {persona}",
            "Dla kogo to jest: {persona}",
            "Piszcie z myślą o tym, kto czyta: {persona}",
        ),
        pains=(
            "Odbiorca: {persona}. Odpowiedzcie na to, co przeszkadza: {pain}",
            "{Persona} dobrze to zna: {pain}",
            "Dla kogo to jest: {persona}. Czuły punkt: {pain}",
            "Mówcie do tej osoby: {persona}. Znany kłopot: {pain}",
        ),
        own_posts=(
            "Temat {topic} był właśnie u was; pokażcie go z innej strony",
            "Wasze ostatnie wpisy już to poruszają ({topic}): dodajcie to, czego tam zabrakło",
        ),
        form_tasks={
            Form.LIST: (
                "Tam, gdzie inni wyliczają, wejdźcie głębiej: wybierzcie najważniejszą rzecz w temacie {topic} i "
                "pokażcie ją {in_format}",
                "Zamiast kolejnej listy sprawdźcie {in_format}, co w temacie {topic} jest prawdą",
            ),
            Form.HOW_TO: (
                "Kroki są już znane: pokażcie {in_format}, co się nie udaje w temacie {topic} i jak to uratować",
                "Pomińcie kroki i pokażcie {in_format}, po czym poznać dobry efekt, temat: {topic}",
            ),
            Form.POINT_OF_VIEW: (
                "Obok osobistej opowieści postawcie fakty: pokażcie {in_format}, co daje {topic}, a czego nie",
                "Oni pokazują nastrój; pokażcie {in_format} pracę, która za tym stoi, temat: {topic}",
            ),
            Form.BEFORE_AFTER: (
                "Pokażcie {in_format} to, czego brakuje między przed i po: ile pracy wymaga {topic}",
                "Zostańcie przy temacie {topic} {in_format} dłużej niż inni i pokażcie, co zostaje na stałe",
            ),
            Form.QUESTION: (
                "Oni pytają, więc odpowiedzcie: wyjaśnijcie to {in_format} na własnym przykładzie, temat: {topic}",
                "Dajcie {in_format} jasną odpowiedź, na którą te wpisy czekają, temat: {topic}",
            ),
            Form.REACTION: (
                "Wyjdźcie poza reakcję i pokażcie {in_format}, jak {topic} wygląda w praktyce",
                "Oni komentują, wy pokażcie: {topic} {in_format}, od początku do końca",
            ),
        },
        gap_tasks=(
            "Połączcie {in_format} te tematy: {topic} i {gap}",
            "Pokażcie {in_format}, jak łączą się {topic} i {gap}",
        ),
        question_tasks=(
            "Odpowiedzcie na to {in_format} na prawdziwym przykładzie, temat: {topic}",
            "Niech odpowiedź będzie całym materiałem, {in_format}, bez niejasności w temacie {topic}",
        ),
        tasks={
            Type.TREND: (
                "Pokażcie {in_format}, jak łączą się {topic} i {detail} i co byście z tego zostawili",
                "Pokażcie {in_format} własne doświadczenia, razem z wpadkami, temat: {topic}",
                "Powiedzcie {in_format}, co bierzecie dla siebie, a co odpuszczacie, gdy w grze jest {topic}",
            ),
            Type.EVERGREEN: (
                "Zbierzcie {in_format} odpowiedzi do zapisania, temat: {topic}",
                "Przejdźcie {in_format} przez temat {topic} od początku do końca",
                "Pokażcie {in_format}, jak {topic} i {detail} zależą od siebie",
            ),
            Type.COMPETITIVE: (
                "Nie wymieniajcie nikogo z nazwy: pokażcie {in_format}, jak dochodzicie do tego samego efektu",
                "Odpowiedzcie {in_format} na potrzebę, która za tym stoi ({detail}), po swojemu i bez przytyków",
                "Pokażcie {in_format}, ile to ({detail}) kosztuje pieniędzy i wysiłku, a ile wasz sposób",
                "Powiedzcie {in_format}, dla kogo wasz sposób jest dobry, a dla kogo nie",
            ),
            Type.CAMPAIGN: (
                "Zaproście do akcji {campaign} {in_format}, z czymś do zrobienia jeszcze tego samego dnia",
                "Pokażcie {in_format} najprostszy sposób, by dołączyć do akcji {campaign}",
                "Relacjonujcie akcję {campaign} {in_format} od otwarcia do zamknięcia",
                "Poproście {in_format}, by ludzie pokazali, jak biorą udział w akcji {campaign}",
            ),
        },
        named_tasks=(
            "Porównajcie {in_format} uczciwie waszą drogę z tą, którą idzie {competitor}",
            "Powiedzcie {in_format}, co robicie inaczej niż {competitor}, nikogo nie atakując",
            "Weźcie obietnicę, którą daje {competitor}, i pokażcie {in_format} swoją drogę do tego samego efektu",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="W ciągu ostatnich {days} dni {n} osoba opublikowała wpis na temat: {topic}",
            few="W ciągu ostatnich {days} dni {n} osoby opublikowały wpisy na temat: {topic}",
            many="W ciągu ostatnich {days} dni {n} osób opublikowało wpisy na temat: {topic}",
        ),
        earlier=Plural(
            one="wobec {n} wpisu w ciągu {days} dni wcześniej",
            few="wobec {n} wpisów w ciągu {days} dni wcześniej",
            many="wobec {n} wpisów w ciągu {days} dni wcześniej",
        ),
        authors_share=Plural(
            one="{n} osoba opublikowała wpis na temat: {topic}",
            few="{n} osoby opublikowały wpisy na temat: {topic}",
            many="{n} osób opublikowało wpisy na temat: {topic}",
        ),
        window_posts=Plural(
            one="przy {n} zapisanym dotąd wpisie",
            few="przy {n} zapisanych dotąd wpisach",
            many="przy {n} zapisanych dotąd wpisach",
        ),
        views="Łączna liczba wyświetleń tych wpisów: {n}",
        authors_long=Plural(
            one="W ciągu ostatnich {days} dni {n} osoba wróciła do tematu: {topic}",
            few="W ciągu ostatnich {days} dni {n} osoby wróciły do tematu: {topic}",
            many="W ciągu ostatnich {days} dni {n} osób wróciło do tematu: {topic}",
        ),
        span=Plural(
            one="a ich wpisy dzieli {n} dzień",
            few="a ich wpisy dzielą {n} dni, więc zainteresowanie trwa",
            many="a ich wpisy dzieli {n} dni, więc zainteresowanie trwa",
        ),
        competitor_posts=Plural(
            one="{competitor} w ciągu ostatnich {days} dni: {n} wpis",
            few="{competitor} w ciągu ostatnich {days} dni: {n} wpisy",
            many="{competitor} w ciągu ostatnich {days} dni: {n} wpisów",
        ),
        posts_undated=Plural(
            one="{n} wpis bez daty dotyczy tematu: {topic}",
            few="{n} wpisy bez daty dotyczą tematu: {topic}",
            many="{n} wpisów bez daty dotyczy tematu: {topic}",
        ),
        starts_in=Plural(
            one="{campaign} zaczyna się {date}, za {n} dzień",
            few="{campaign} zaczyna się {date}, za {n} dni",
            many="{campaign} zaczyna się {date}, za {n} dni",
        ),
        starts_today="{campaign} zaczyna się dziś, {date}",
        ends_in=Plural(
            one="{campaign} trwa do {date}, jeszcze {n} dzień",
            few="{campaign} trwa do {date}, jeszcze {n} dni",
            many="{campaign} trwa do {date}, jeszcze {n} dni",
        ),
        ends_today="{campaign} kończy się dziś, {date}",
        campaign_posts=Plural(
            one="{n} wpis podjął temat w ciągu ostatnich {days} dni",
            few="{n} wpisy podjęły temat w ciągu ostatnich {days} dni",
            many="{n} wpisów podjęło temat w ciągu ostatnich {days} dni",
        ),
    ),
    in_format={
        Channel.INSTAGRAM: "w karuzeli",
        Channel.TIKTOK: "w krótkim filmie",
        Channel.YOUTUBE: "w filmie",
        Channel.LINKEDIN: "we wpisie na LinkedInie",
        Channel.X: "w wątku",
        Channel.NEWSLETTER: "w newsletterze",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bpunkt(?:u)? widzenia\b",
            r"^(?:kiedy|gdy) (?:twoj|twoja|masz|ktos|ja|moj)\b"),
        Form.BEFORE_AFTER: (r"\bprzed i po\b", r"\bkiedys\b.+\b(?:teraz|dzis)\b",
            r"\bzamieni[łl](?:am|em)\b.+\bna\b"),
        Form.LIST: (
            r"\b(?:\d+|dwa|dwie|trzy|cztery|piec|szesc|siedem|osiem|dziesiec)(?: \w+)? (?:sposob\w*|rzeczy|porad\w*|pomys[łl]\w*"
            r"|powod\w*|b[łl]ed\w*|trik\w*|zasad\w*|przepis\w*|mit\w*|pytan\w*)(?!\w)", r"\blista\b",
        ),
        Form.HOW_TO: (r"\bkrok po kroku\b", r"\bporadnik\b", r"\btutorial\b", r"\bkrok 1\b", r"\bprzepis na\b",
            r"\binstrukcja\b",
                      r"(?:^|[.!:] )jak (?:\w+ )?\w+c\b", r"\bdla poczatkujacych\b"),
        Form.REACTION: (r"\breakcj", r"\bmoja opinia\b", r"\bniepopularna opinia\b", r"\bodpowiedz na\b",
            r"\bszczera recenzja\b"),
    },
    sentences=SENTENCES,
    conjunction=" i ",
    thousands="\u00a0",
    months=(
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
    day=lambda number, month: f"{number} {month}",
    quotes=("„", "”"),
)  # fmt: skip
