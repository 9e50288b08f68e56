# ruff: noqa: RUF001  (letters of the languages)
"""Number words by language."""

from __future__ import annotations

_LISTED = {
    "en": """
        one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 thirteen 13
        fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30 forty 40
        fourty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 hundred 100 thousand 1000 million 1000000
        billion 1000000000 dozen 12
    """,
    "es": """
        uno 1 un 1 una 1 dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 doce 12
        trece 13 catorce 14 quince 15 dieciseis 16 diecisiete 17 dieciocho 18 diecinueve 19 veinte 20 veintiun
        21 veintiuno 21 veintidos 22 veintitres 23 veinticuatro 24 veinticinco 25 veintiseis 26 veintisiete 27
        veintiocho 28 veintinueve 29 treinta 30 cuarenta 40 cincuenta 50 sesenta 60 setenta 70 ochenta 80
        noventa 90 cien 100 ciento 100 cientos 100 doscientos 200 doscientas 200 trescientos 300 trescientas
        300 cuatrocientos 400 quinientos 500 quinientas 500 seiscientos 600 setecientos 700 ochocientos 800
        novecientos 900 mil 1000 millon 1000000 millones 1000000 docena 12
    """,
    "pt": """
        um 1 uma 1 dois 2 duas 2 tres 3 quatro 4 cinco 5 seis 6 sete 7 oito 8 nove 9 dez 10 onze 11 doze 12
        treze 13 catorze 14 quatorze 14 quinze 15 dezasseis 16 dezesseis 16 dezassete 17 dezessete 17 dezoito
        18 dezanove 19 dezenove 19 vinte 20 trinta 30 quarenta 40 cinquenta 50 sessenta 60 setenta 70 oitenta
        80 noventa 90 cem 100 cento 100 duzentos 200 duzentas 200 trezentos 300 trezentas 300 quatrocentos 400
        quinhentos 500 seiscentos 600 setecentos 700 oitocentos 800 novecentos 900 mil 1000 milhao 1000000
        milhoes 1000000 duzia 12 dezena 10
    """,
    "de": """
        ein 1 eins 1 zwei 2 zwo 2 drei 3 vier 4 fünf 5 fuenf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10 elf 11
        zwölf 12 zwoelf 12 dreizehn 13 vierzehn 14 fünfzehn 15 sechzehn 16 siebzehn 17 achtzehn 18 neunzehn 19
        zwanzig 20 dreißig 30 dreissig 30 vierzig 40 fünfzig 50 sechzig 60 siebzig 70 achtzig 80 neunzig 90
        hundert 100 tausend 1000 million 1000000 millionen 1000000 milliarden 1000000000 dutzend 12
    """,
    "fr": """
        un 1 une 1 deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10 onze 11 douze 12 treize 13
        quatorze 14 quinze 15 seize 16 vingt 20 vingts 20 trente 30 quarante 40 cinquante 50 soixante 60
        septante 70 huitante 80 octante 80 nonante 90 cent 100 cents 100 mille 1000 million 1000000 millions
        1000000 milliard 1000000000 douzaine 12 dizaine 10 vingtaine 20 trentaine 30 quarantaine 40
        cinquantaine 50 centaine 100 quatrevingt 80 quatrevingts 80
    """,
    "it": """
        uno 1 un 1 una 1 due 2 tre 3 quattro 4 cinque 5 sei 6 sette 7 otto 8 nove 9 dieci 10 undici 11 dodici
        12 tredici 13 quattordici 14 quindici 15 sedici 16 diciassette 17 diciotto 18 diciannove 19 venti 20
        trenta 30 quaranta 40 cinquanta 50 sessanta 60 settanta 70 ottanta 80 novanta 90 cento 100 mille 1000
        mila 1000 milione 1000000 milioni 1000000 dozzina 12 decina 10 ventina 20 trentina 30 cinquantina 50
        centinaio 100 migliaio 1000
    """,
    "nl": """
        een 1 twee 2 drie 3 vier 4 vijf 5 zes 6 zeven 7 acht 8 negen 9 tien 10 elf 11 twaalf 12 dertien 13
        veertien 14 vijftien 15 zestien 16 zeventien 17 achttien 18 negentien 19 twintig 20 dertig 30 veertig
        40 vijftig 50 zestig 60 zeventig 70 tachtig 80 negentig 90 honderd 100 duizend 1000 miljoen 1000000
        miljard 1000000000 dozijn 12 tiental 10
    """,
    "pl": """
        jeden 1 jedna 1 jedno 1 dwa 2 dwie 2 dwaj 2 dwóch 2 dwu 2 dwoje 2 dwojga 2 dwóm 2 dwoma 2 dwiema 2
        trzy 3 trzech 3 trzej 3 troje 3 trzem 3 trzema 3 cztery 4 czterech 4 czterej 4 czworo 4 czterem 4 pięć
        5 pięciu 5 pięcioro 5 sześć 6 sześciu 6 sześcioro 6 siedem 7 siedmiu 7 siedmioro 7 osiem 8 ośmiu 8
        ośmioro 8 dziewięć 9 dziewięciu 9 dziesięć 10 dziesięciu 10 dziesięcioro 10 jedenaście 11 jedenastu 11
        dwanaście 12 dwunastu 12 trzynaście 13 trzynastu 13 czternaście 14 czternastu 14 piętnaście 15
        piętnastu 15 szesnaście 16 szesnastu 16 siedemnaście 17 siedemnastu 17 osiemnaście 18 osiemnastu 18
        dziewiętnaście 19 dziewiętnastu 19 dwadzieścia 20 dwudziestu 20 trzydzieści 30 trzydziestu 30
        czterdzieści 40 czterdziestu 40 pięćdziesiąt 50 pięćdziesięciu 50 sześćdziesiąt 60 sześćdziesięciu 60
        siedemdziesiąt 70 siedemdziesięciu 70 osiemdziesiąt 80 osiemdziesięciu 80 dziewięćdziesiąt 90
        dziewięćdziesięciu 90 sto 100 stu 100 dwieście 200 dwustu 200 trzysta 300 trzystu 300 czterysta 400
        pięćset 500 sześćset 600 siedemset 700 osiemset 800 dziewięćset 900 tysiąc 1000 tysiące 1000 tysięcy
        1000 milion 1000000 miliony 1000000 milionów 1000000 tuzin 12
    """,
    "tr": """
        bir 1 iki 2 üç 3 dört 4 beş 5 altı 6 yedi 7 sekiz 8 dokuz 9 on 10 yirmi 20 otuz 30 kırk 40 elli 50
        altmış 60 yetmiş 70 seksen 80 doksan 90 yüz 100 bin 1000 milyon 1000000 milyar 1000000000 düzine 12
    """,
    "hi": """
        एक 1 तीन 3 चार 4 पाँच 5 पांच 5 छह 6 छः 6 सात 7 आठ 8 नौ 9 दस 10 ग्यारह 11 बारह 12 तेरह 13 चौदह 14
        पंद्रह 15 पन्द्रह 15 सोलह 16 सत्रह 17 अठारह 18 उन्नीस 19 बीस 20 पच्चीस 25 तीस 30 चालीस 40 पचास 50 साठ
        60 सत्तर 70 अस्सी 80 नब्बे 90 सौ 100 हज़ार 1000 हजार 1000 लाख 100000 करोड़ 10000000 दर्जन 12
    """,
}
HINDI_WITH_COUNTER = {"दो": 2}
"""Words that are also verbs ("give"): they are numbers only before a counter."""
COUNTERS_HINDI = frozenset(
    """
    लोग लोगों पोस्ट पोस्टों दिन दिनों हफ्ते हफ़्ते हफ्तों सप्ताह महीने महीनों साल क्रिएटर क्रिएटर्स बार गुना तरीके तरीक़े हज़ार हजार सौ लाख
    करोड़ लेखक लेखकों घंटे मिनट वीडियो रुपये बातें कदम चीज़ें चीजें
    """.split()  # noqa: SIM905  words are read as text
)
# Also words with another meaning in one of the other languages.
AMBIGUOUS = frozenset(
    {
        "once",
        "elf",
        "acht",
        "on",
        "mil",
        "cent",
        "bin",
        "sei",
        "sept",
        "due",
        "tre",
        "dos",
        "cento",
        "sto",
        "ten",
        "siete",
    }
)
CONNECTING = frozenset({"and", "und", "y", "e", "et", "en", "i"})
_UNITS = {"de": "ein zwei drei vier fünf sechs sieben acht neun", "nl": "een twee drie vier vijf zes zeven acht negen"}
_TENS = {
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
}
_ITALIAN_UNITS = "uno due tre quattro cinque sei sette otto nove"

PARTS_OF_A_WHOLE = (
    # English
    r"\b(?:a|one|two|three) (?:third|quarter|fifth)s?\b(?! (?:party|person|place))",
    r"\b(?:one|two|three)-(?:third|quarter|fifth)s?\b",
    r"\bhalf (?:of|the|a|an|as|all|their|its|our|every)\b|\b(?:in|by) half\b",
    r"\b(?:halved|halving|doubled|doubling|doubles|tripled|tripling|triples|trebled|quadrupled|quadrupling|quintupled)\b",
    r"\b(?:twice|thrice|dozens|hundreds|thousands|millions|billions)\b|\b(?:two|three|four|five|ten|hundred)fold\b",
    # Spanish, Portuguese, Italian
    r"\bla mitad\b|\bun tercio\b|\bdos tercios\b|\bun cuarto de\b|\bduplic(?:o|aron|ado|ada|an|a)\b",
    r"\btriplic(?:o|aron|ado|ada|an|a)\b",
    r"\b(?:decenas|docenas|cientos|miles|millones) de\b|\bel doble\b|\bel triple\b",
    r"\bmetade\b|\bum terco\b|\bdois tercos\b|\bum quarto d[eoa]s?\b|\bdobr(?:ou|aram|ado)\b|\bduplicou\b",
    r"\btriplicou\b|\bo dobro\b",
    r"\b(?:dezenas|centenas|milhares|milhoes) de\b",
    r"\bla meta\b|\bun terzo\b|\bdue terzi\b|\bun quarto d|\braddoppi\w+|\btriplicat\w+|\bil doppio\b",
    r"\b(?:decine|centinaia|migliaia) di\b",
    # German, Dutch
    r"\bdie halfte\b|\bhalb so\b|\b(?:ein|zwei) drittel\b|\b(?:ein|drei) viertel\b|\bverdoppel\w+",
    r"\bverdreifach\w+|\bvervierfach\w+",
    r"\b(?:dutzende|hunderte|tausende|millionen)\b|\bdoppelt so\b|\bhalbier\w+",
    r"\bde helft\b|\been derde\b|\btwee derde\b|\been kwart\b|\bverdubbel\w+|\bverdrievoudig\w+",
    r"\b(?:tientallen|honderden|duizenden)\b",
    # French
    r"\bla moitie\b|\b(?:un|deux) tiers\b|\bun quart d|\bdouble(?:e|es|s)? en\b|\ba (?:double|triple)\b",
    r"\bont (?:double|triple)\b",
    r"\ble double\b|\bdes (?:dizaines|douzaines|centaines|milliers|millions) d",
    # Polish, Turkish
    r"\bpolow[aeyi]\b|\bjedna trzecia\b|\bdwie trzecie\b|\bcwierc\b|\bpodwoi\w+|\bpotroi\w+|\bdwukrot\w+",
    r"\btrzykrot\w+",
    r"\b(?:dziesiatki|setki|tysiace)\b",
    r"\byarisi\b|\bucte (?:bir|iki)\b|\bdortte (?:bir|uc)\b",
    r"\b(?:iki|uc|dort) kat\w*|\b(?:onlarca|yuzlerce|binlerce)\b|\bikiye katla\w+",
    # Hindi, Japanese, Korean
    r"(?<!\w)आध[ाेी](?!\w)|तिहाई|चौथाई|द[ोु]गुन|तिगुन|(?:दर्जनों|सैकड़ों|हज़ारों|हजारों|लाखों)",
    r"半[分数]|倍増|三分の[一二]|四分の[一三]|[数何][十百千万][人件本個]?",
    r"절반|(?<![가-힣])반으로|두 배|세 배|[수몇](?:십|백|천|만) ?(?:명|개|건)|3분의",
)
"""Halves, multiples and round amounts: without a whole value, no claim can prove them."""
SUBSTRINGS_OF_PARTS = (
    "third", "quarter", "fifth", "half", "halved", "halving", "doubl", "tripl", "trebled", "quadrupl", "quintupled",
    "twice", "thrice", "dozens", "hundreds", "thousands", "millions", "billions", "twofold", "threefold", "fourfold",
    "fivefold", "tenfold", "hundredfold",
    "la mitad", " tercio", "un cuarto de", "duplic", "decenas de", "docenas de", "cientos de", "miles de",
    "millones de", "el doble", "metade", "um terco", "dois tercos", "um quarto d", "dobr", "dezenas de", "centenas de",
    "milhares de", "milhoes de", "la meta", "un terzo", "due terzi", "un quarto d", "raddoppi", "il doppio",
    "decine di", "centinaia di", "migliaia di",
    "die halfte", "halb", "drittel", "viertel", "verdoppel", "verdreifach", "vervierfach", "dutzende", "hunderte",
    "tausende", "millionen", "doppelt so", "de helft", "een derde", "twee derde", "een kwart", "verdubbel",
    "verdrievoudig", "tientallen", "honderden", "duizenden",
    "la moitie", " tiers", "un quart d", "des dizaines d", "des douzaines d", "des centaines d", "des milliers d",
    "polow", "jedna trzecia", "dwie trzecie", "cwierc", "podwoi", "potroi", "dwukrot", "trzykrot", "dziesiatki",
    "setki", "tysiace", "yarisi", "ucte ", "dortte ", "iki kat", "uc kat", "dort kat", "onlarca", "yuzlerce",
    "binlerce", "ikiye katla",
)  # fmt: skip
"""Every match of PARTS_OF_A_WHOLE in Latin letters contains at least one of these; callers test them first."""
SCRIPT_OF_PARTS = "[\u0900-\u097f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
"""Every other match contains such a letter: Hindi, Japanese, Korean."""

KANJI_VALUES = {
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "十": 10, "百": 100, "千": 1000, "万": 10_000, "億": 100_000_000,
}  # fmt: skip
COUNTERS_JAPANESE = (
    "人|名|件|日間|日(?!本|常|曜)|週間|週(?!末)|回|年|月(?!曜)|ヶ月|か月|カ月|本(?!当|人)|個|枚|台|倍|割|歳|つ|種類|種|時間|時|分|秒|円|"
    "パーセント|投稿|社|店|か所|通り|段階|ステップ"
)
_KOREAN_UNITS = "하나 한 둘 두 셋 세 넷 네 다섯 여섯 일곱 여덟 아홉"
_KOREAN_VALUES = (1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9)
_KOREAN_TENS = {
    "열": 10,
    "스물": 20,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_KOREAN_DIGITS = {"이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
COUNTERS_KOREAN = (
    "명|사람|개(?!월|인|발|선|봉)|개월|건|번|가지|시간|달|"
    "주(?!말|의|제)|주일|일간|곳|편|배|마리|살|퍼센트|프로|년|원|단계|크리에이터|게시물"
)


def _korean() -> dict[str, int]:
    units = dict(zip(_KOREAN_UNITS.split(), _KOREAN_VALUES, strict=True))
    found = {word: value for word, value in units.items() if value > 1}
    for ten, value in _KOREAN_TENS.items():
        found[ten] = value
        found |= {ten + word: value + unit for word, unit in units.items()}
    # A digit alone may be a particle, a pronoun or a family name; with tens or hundreds it is a number.
    for word, value in {"십": 10, "백": 100, "천": 1000, "만": 10_000}.items():
        found[word] = value
        found |= {digit + word: unit * value for digit, unit in _KOREAN_DIGITS.items()}
    found |= {
        f"{tens}십{digit}": 10 * ten + unit
        for tens, ten in {"": 1, **_KOREAN_DIGITS}.items()
        for digit, unit in {"일": 1, **_KOREAN_DIGITS}.items()
    }
    return found


KOREAN_NATIVE = _korean()


def joined_tables() -> dict[str, dict[str, int]]:
    """The number words of each language with their values, including units and tens written as one word."""
    found = {language: _listed(text) for language, text in _LISTED.items()}
    for language, joint in (("de", "und"), ("nl", "en")):
        units = [word.replace("eins", "ein") for word in _UNITS[language].split()]
        for ten, tens in enumerate(_TENS[language].split(), start=2):
            for unit, word in enumerate(units, start=1):
                found[language][f"{word}{joint}{tens}"] = ten * 10 + unit
        for unit, word in enumerate(units, start=1):
            found[language][word + {"de": "hundert", "nl": "honderd"}[language]] = unit * 100
            found[language][word + {"de": "tausend", "nl": "duizend"}[language]] = unit * 1000
    for ten, tens in enumerate(_TENS["it"].split(), start=2):
        for unit, word in enumerate(_ITALIAN_UNITS.split(), start=1):
            stem = tens[:-1] if word[0] in "uo" else tens
            found["it"][stem + word] = ten * 10 + unit
    for unit, word in enumerate(_ITALIAN_UNITS.split()[1:], start=2):
        found["it"][f"{word}cento"] = unit * 100
        found["it"][f"{word}mila"] = unit * 1000
    return found


def _listed(text: str) -> dict[str, int]:
    parts = text.split()
    return {word: int(value) for word, value in zip(parts[::2], parts[1::2], strict=True)}
