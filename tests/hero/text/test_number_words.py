# ruff: noqa: RUF001  (letters of the languages)
"""Numbers written as words are read in the twelve languages."""

from __future__ import annotations

import pytest

from kairo.hero.text.number_words import written_numbers

_TO_TWENTY = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito "
    "dezenove vinte",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove venti",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig",
    "pl": "dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście "
    "piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia",
    "tr": "iki üç dört beş altı yedi sekiz dokuz on on-bir on-iki on-üç on-dört on-beş on-altı on-yedi on-sekiz "
    "on-dokuz yirmi",
    "hi": "2 तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस",
}


@pytest.mark.parametrize("language", _TO_TWENTY)
def test_number_words_from_two_to_twenty(language: str) -> None:
    for value, word in enumerate(_TO_TWENTY[language].split(), start=2):
        if word.isdigit():
            continue
        found = written_numbers(f"({word.replace('-', ' ' if language == 'tr' else '-')})", likely=(language,))
        assert [one.value for one in found] == [str(value)], word


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "thirty forty fifty sixty seventy eighty ninety", ["30", "40", "50", "60", "70", "80", "90"]),
        ("en", "twenty-one creators and two hundred and six posts", ["21", "206"]),
        ("en", "three thousand four hundred", ["3400"]),
        ("en", "a dozen posts, doubled since, a third of them", ["12", "", ""]),
        ("es", "treinta y dos personas, doscientos mil", ["32", "200000"]),
        ("pt", "quarenta e cinco pessoas dobraram, uma dúzia", ["45", "", "12"]),
        ("de", "einundzwanzig Leute, dreihundert, zweitausend, ein Drittel", ["21", "300", "2000", ""]),
        ("de", "verdoppelt, die Hälfte, ein Dutzend", ["", "", "12"]),
        ("fr", "soixante-dix, quatre-vingts, quatre-vingt-onze, deux cents", ["70", "80", "91", "200"]),
        ("fr", "la moitié, un tiers, une douzaine", ["", "", "12"]),
        ("it", "ventuno, trentadue, duecento, tremila, la metà", ["21", "32", "200", "3000", ""]),
        ("nl", "eenentwintig, vijfhonderd, de helft, verdubbeld", ["21", "500", "", ""]),
        ("pl", "pięciu twórców, trzydzieści dwa, dwieście, podwoiło się", ["5", "32", "200", ""]),
        ("tr", "yirmi beş kişi, iki yüz, iki katına çıktı", ["25", "200", "2", ""]),
        ("hi", "पाँच लोगों ने, दो हफ़्ते में, दोगुना, दो सौ", ["5", "2", "", "200"]),
        ("ja", "三人が投稿し、十二件、二十日間、三千回、半分、倍増", ["3", "12", "20", "3000", "", ""]),
        ("ko", "다섯 명이 열두 번, 삼십 명, 두 배, 절반", ["5", "12", "30", "2", "", ""]),
    ],
)
def test_number_words_of_tens_hundreds_and_parts(language: str, text: str, values: list[str]) -> None:
    found = sorted(one.value for one in written_numbers(text, likely=(language,)))
    assert found == sorted(values)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one thing you can do first, once, on the second day"),
        ("en", "someone anyone tenant often, due on Sept, an elf in a bin"),
        ("en", "third-party tools this quarter, half-baked"),
        ("de", "ein Beitrag, bei dem man achtsam ist; elfenhaft"),
        ("es", "una cosa, un paso, primero"),
        ("fr", "le dos de la main, une chose"),
        ("it", "siete bravi con una cosa, sto bene"),
        ("pl", "ten kto to robi"),
        ("tr", "bir şey"),
        ("hi", "यह कर दो और एक बार देखो"),
        ("ja", "第一歩、一番、十分、日本人、万能"),
        ("ko", "한 가지를 이 주제에서 만나요"),
    ],
)
def test_number_words_exclude_articles_and_idioms(language: str, text: str) -> None:
    assert written_numbers(text, likely=(language,)) == []


def test_number_words_have_their_position() -> None:
    (found,) = written_numbers("Why seven creators turned")
    assert (found.text, found.start, found.end) == ("seven", 4, 9)
