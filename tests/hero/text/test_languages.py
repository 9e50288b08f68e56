# ruff: noqa: RUF001  (sentences are one line each, in the letters of their language)
"""Detection of a short text's language."""

from __future__ import annotations

import pytest

from kairo.hero.text.languages import detect
from kairo.hero.text.words import tokenize

SENTENCES = {
    "en": (
        "We pulled the old tiles off the wall and found a window behind them.",
        "Nobody tells you how long a sourdough starter takes in winter.",
        "My neighbour swears by cold water for the roses.",
        "Is it worth fixing a ten year old bike?",
        "This is what happens when you skip the primer.",
        "The queue at the ferry was two hours long this morning.",
        "I keep a list of every book I gave away.",
        "Three mistakes I made with my first kiln.",
        "You can hear the difference between both violins.",
        "Why does the dough stick to everything?",
    ),
    "es": (
        "Hoy hemos vuelto a abrir la panadería después de las obras.",
        "Nadie te cuenta lo que cuesta cuidar un olivo en maceta.",
        "Mi abuela guardaba los botones en una lata de galletas.",
        "¿Por qué se cae la masa cuando abro el horno?",
        "Estas son las tres cosas que nunca dejo en el coche.",
        "El sábado salimos en bici por la vía verde.",
        "No tires el agua de cocer los garbanzos.",
        "Así queda el suelo cuando lo lijas sin prisa.",
        "Todo lo que aprendí en un año de cerámica.",
        "Me encanta cómo suena esta guitarra vieja.",
    ),
    "pt": (
        "Hoje a gente abriu a oficina mais cedo por causa da chuva.",
        "Ninguém te conta quanto tempo leva para curar um queijo.",
        "Minha avó guardava os botões em uma lata de biscoito.",
        "Por que o bolo murcha quando abro o forno?",
        "Essas são as três coisas que eu nunca deixo no carro.",
        "No sábado saímos de bicicleta pela orla.",
        "Não jogue fora a água do cozimento do grão-de-bico.",
        "Assim fica o piso quando você lixa sem pressa.",
        "Tudo o que aprendi em um ano de cerâmica.",
        "Esse som é muito melhor do que o do outro violão.",
    ),
    "de": (
        "Wir haben heute die alten Fliesen von der Wand geholt.",
        "Niemand sagt dir, wie lange ein Sauerteig im Winter braucht.",
        "Meine Nachbarin gießt ihre Rosen nur mit Regenwasser.",
        "Lohnt es sich, ein zehn Jahre altes Rad zu reparieren?",
        "Das passiert, wenn man die Grundierung vergisst.",
        "Die Schlange an der Fähre war heute zwei Stunden lang.",
        "Ich führe eine Liste aller Bücher, die ich verschenkt habe.",
        "Drei Fehler, die ich mit meinem ersten Ofen gemacht habe.",
        "Warum klebt der Teig immer an allem?",
        "So sieht der Boden aus, wenn man sich Zeit lässt.",
    ),
    "fr": (
        "Nous avons rouvert la boulangerie après les travaux.",
        "Personne ne te dit combien de temps il faut pour un levain.",
        "Ma grand-mère gardait les boutons dans une boîte.",
        "Pourquoi la pâte retombe quand j'ouvre le four ?",
        "Voici les trois choses que je ne laisse jamais dans la voiture.",
        "Samedi, on est partis à vélo le long du canal.",
        "Ne jetez pas l'eau de cuisson des pois chiches.",
        "Le sol est comme neuf quand on le ponce sans se presser.",
        "Tout ce que j'ai appris en un an de poterie.",
        "Cette vieille guitare a un son qui me plaît.",
    ),
    "it": (
        "Oggi abbiamo riaperto la bottega dopo i lavori.",
        "Nessuno ti dice quanto tempo serve per un lievito madre.",
        "Mia nonna teneva i bottoni in una scatola di latta.",
        "Perché la torta si sgonfia quando apro il forno?",
        "Ecco le tre cose che non lascio mai in macchina.",
        "Sabato siamo andati in bici lungo il fiume.",
        "Non buttate l'acqua di cottura dei ceci.",
        "Così viene il pavimento se lo carteggi con calma.",
        "Tutto quello che ho imparato in un anno di ceramica.",
        "Questa vecchia chitarra ha un suono che mi piace.",
    ),
    "nl": (
        "Vandaag hebben we de oude tegels van de muur gehaald.",
        "Niemand vertelt je hoe lang een zuurdesem in de winter nodig heeft.",
        "Mijn buurvrouw geeft haar rozen alleen regenwater.",
        "Is het de moeite waard om een oude fiets te repareren?",
        "Dit gebeurt er als je de grondverf overslaat.",
        "De rij bij de pont was vanochtend twee uur lang.",
        "Ik houd een lijst bij van alle boeken die ik heb weggegeven.",
        "Drie fouten die ik met mijn eerste oven heb gemaakt.",
        "Waarom plakt het deeg altijd aan alles?",
        "Zo ziet de vloer eruit als je rustig schuurt.",
    ),
    "pl": (
        "Dzisiaj zdjęliśmy ze ściany stare płytki.",
        "Nikt ci nie powie, ile czasu potrzebuje zakwas w zimie.",
        "Moja babcia trzymała guziki w puszce po ciastkach.",
        "Dlaczego ciasto opada, kiedy otwieram piekarnik?",
        "To są trzy rzeczy, których nigdy nie zostawiam w aucie.",
        "W sobotę pojechaliśmy rowerami wzdłuż rzeki.",
        "Nie wylewaj wody po gotowaniu ciecierzycy.",
        "Tak wygląda podłoga, jak się ją szlifuje bez pośpiechu.",
        "Wszystko, czego nauczyłam się przez rok ceramiki.",
        "Ta stara gitara ma brzmienie, które bardzo lubię.",
    ),
    "tr": (
        "Bugün eski fayansları duvardan söktük ve arkasında bir pencere bulduk.",
        "Ekşi mayanın kışın ne kadar beklediğini kimse söylemez.",
        "Anneannem düğmeleri bir bisküvi kutusunda saklardı.",
        "Fırını açınca kek neden çöküyor?",
        "Arabada asla bırakmadığım üç şey bu.",
        "Cumartesi günü nehir boyunca bisikletle gittik.",
        "Nohut haşlama suyunu sakın dökmeyin, çok işe yarıyor.",
        "Acele etmeden zımparalarsan zemin böyle oluyor.",
        "Bir yıllık seramik kursunda öğrendiğim her şey.",
        "Bu eski gitarın sesi bana daha iyi geliyor.",
    ),
    "sv": (
        "Idag tog vi ner de gamla plattorna från väggen.",
        "Ingen berättar hur lång tid en surdeg behöver på vintern.",
        "Min granne vattnar sina rosor bara med regnvatten.",
        "Är det värt att laga en gammal cykel?",
        "Det här händer när man hoppar över grundfärgen.",
        "Kön till färjan var två timmar lång i morse.",
        "Jag har en lista över alla böcker som jag har gett bort.",
        "Varför fastnar degen alltid på allt?",
        "Så ser golvet ut när du slipar utan brådska.",
        "Allt jag lärde mig under ett år med keramik.",
    ),
    "da": (
        "I dag tog vi de gamle fliser ned fra væggen.",
        "Ingen fortæller dig, hvor længe en surdej skal stå om vinteren.",
        "Min nabo vander kun sine roser med regnvand.",
        "Hvad gør I, når cyklen er blevet for gammel?",
        "Det her sker, hvis man springer grunderen over.",
        "Køen til færgen var to timer lang i morges.",
        "Jeg har en liste over alle de bøger, jeg har givet væk.",
        "Hvorfor hænger dejen altid fast i det hele?",
        "Sådan ser gulvet ud, når du sliber uden at skynde dig.",
        "Alt det jeg lærte efter et år med keramik.",
    ),
    "no": (
        "I dag tok vi ned de gamle flisene fra veggen.",
        "Ingen forteller deg hvor lenge en surdeig må stå om vinteren.",
        "Naboen min vanner rosene sine bare med regnvann.",
        "Hva gjør dere når sykkelen har blitt for gammel?",
        "Dette skjer hvis du hopper over grunningen.",
        "Køen til ferja var lang i dag, men vi kom med.",
        "Jeg har en liste over alle bøkene jeg har gitt bort.",
        "Hvorfor fester deigen seg alltid til alt mulig?",
        "Slik ser gulvet ut når du sliper uten å ha det travelt.",
        "Alt jeg lærte etter et år med keramikk, og noe mer.",
    ),
    "fi": (
        "Tänään purimme vanhat laatat, ja seinän takana oli ikkuna.",
        "Kukaan ei kerro, kuinka kauan hapanjuuri tarvitsee talvella.",
        "Minun naapurini kastelee ruusut vain sadevedellä.",
        "Miksi taikina tarttuu aina kaikkeen?",
        "Näin käy, jos pohjamaali jää väliin, ja se on ikävää.",
        "Jono lautalle oli tänään kaksi tuntia, mutta me odotimme.",
        "Minulla on lista kirjoista, jotka olen antanut pois.",
        "Lattia on kuin uusi, kun hiot sen rauhassa.",
        "Kaikki mitä opin, kun tein keramiikkaa vuoden.",
        "Tämä vanha kitara soi vielä niin hyvin.",
    ),
    "ko": ("오늘은 오래된 타일을 벽에서 떼어 냈어요.", "겨울에는 발효종이 오래 걸립니다.", "장미에는 빗물만 줍니다."),
    "ja": (
        "今日は古いタイルを壁からはがしました。",
        "冬の発酵は時間がかかります。",
        "バラには雨水だけをあげています。",
    ),
    "hi": ("आज हमने दीवार से पुरानी टाइलें हटाईं।", "सर्दियों में ख़मीर को समय लगता है।"),
    "ru": ("Сегодня мы сняли со стены старую плитку.", "Почему тесто всегда липнет?"),
    "ar": ("اليوم أزلنا البلاط القديم من الجدار.", "لماذا يلتصق العجين دائما؟"),
}


@pytest.mark.parametrize(
    ("language", "sentence"), [(language, one) for language, some in SENTENCES.items() for one in some]
)
def test_language_detection_of_a_single_sentence(language: str, sentence: str) -> None:
    assert detect([word.folded for word in tokenize(sentence).words]) == language


def test_language_detection_never_calls_swedish_german() -> None:
    for sentence in SENTENCES["sv"]:
        assert detect([word.folded for word in tokenize(sentence).words], likely=("de",)) != "de"


@pytest.mark.parametrize(
    ("likely", "language"), [(("de",), "de"), (("DE-at", "fr"), "de"), (("xx",), "xx"), ((), "en")]
)
def test_language_detection_of_names_alone_falls_back_on_the_likely_one(likely: tuple[str, ...], language: str) -> None:
    assert detect(["picklebrine"], likely=likely) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the best way to keep it", "en"),
        ("las sobras de la cena con arroz", "es"),
        ("não é para você", "pt"),
        ("die Kette ist nicht sauber", "de"),
        ("les restes dans le frigo", "fr"),
        ("यह रेसिपी है", "hi"),
        ("今日の手帳", "ja"),
        ("자전거 수리", "ko"),
        ("очень вкусно", "ru"),
    ],
)
def test_language_detection_by_script_and_stop_words(text: str, language: str) -> None:
    assert detect(tokenize(text).folded) == language


def test_language_detection_without_stop_words_prefers_the_likely_one() -> None:
    assert detect(["einvoicing"], likely=("de", "en")) == "de"
    assert detect([]) == "en"
