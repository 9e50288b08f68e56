# ruff: noqa: RUF001  (Turkish letters are meant here)
"""Forbidden terms in the languages of brands: what is found, and the near misses that are not."""

from __future__ import annotations

import pytest

from kairo.hero.dto import TabooTermDTO
from kairo.hero.text.taboos import TabooHit, Taboos
from tests.hero.builders import brand

FOUND = [
    # Plurals and cases of words without vowels, and of acronyms.
    ("en", "dvd", "three DVDs for the weekend"),
    ("en", "CBD", "CBDs and oils"),
    ("de", "LKW", "des LKWs wegen"),
    ("tr", "PCR", "PCR'ler yapıldı"),
    ("en", "AI", "AIs everywhere"),
    ("en", "NFT", "#nfts"),
    # Compounds: the term first, last, linked; and of a short term with a word behind it.
    ("de", "Torf", "Billiges Torfsubstrat"),
    ("de", "Torf", "torffreie Erde"),
    ("de", "Torf", "reiner Hochmoortorf"),
    ("de", "Torf", "Torfabbau im Moor"),
    ("de", "Pelz", "ein Kunstpelzmantel"),
    ("de", "Pelz", "Pelzmützen im Angebot"),
    ("de", "Zigarette", "Zigarettenwerbung"),
    ("de", "Glücksspiel", "Onlineglücksspielsucht"),
    ("de", "Waffe", "Schusswaffen"),
    ("de", "Alkohol", "alkoholfreies Bier"),
    ("de", "Sekt", "zwei Sektflaschen"),
    ("de", "Laubbläser", "neuer Laubblaeser"),
    ("de", "Laubblaeser", "die Laubbläser der Nachbarn"),
    ("de", "Rum", "Rumkugeln backen"),
    ("nl", "tabak", "tabaksverkoop bij de kassa"),
    ("nl", "bont", "een bontjas"),
    ("nl", "gokken", "Gokken is leuk"),
    ("sv", "torv", "odlingstorv i säck"),
    ("sv", "alkohol", "alkoholreklam"),
    ("da", "pels", "en pelsjakke"),
    ("no", "snus", "snusbokser"),
    # Inflections.
    ("pl", "papieros", "bez papierosów"),
    ("pl", "wódka", "o wódce i winie"),
    ("pl", "hazard", "uzależnienie od hazardu"),
    ("pl", "dieta cud", "diety cud nie działają"),
    ("tr", "sigara", "sigarayı bıraktım"),
    ("tr", "kumar", "kumarda kaybetti"),
    ("tr", "alkol", "alkolsüz içecekler"),
    ("es", "quemagrasas", "cremas quemagrasas"),
    ("es", "cigarrillo", "los cigarrillos"),
    ("pt", "emagrecimento", "emagrecimentos rápidos"),
    ("pt", "cão alfa", "esse papo de cães alfas"),
    ("pt", "promoção", "as promoções de hoje"),
    ("pt", "injeção", "injeções para emagrecer"),
    ("pt", "promoções", "uma promoção imperdível"),
    ("pt", "cães alfas", "o cão alfa"),
    ("es", "luces", "una luz fuerte"),
    ("pt", "fim", "fins de semana"),
    ("pt", "anel", "dois anéis de ouro"),
    ("pt", "animal", "testes em animais"),
    ("pt", "fuzil", "loja de fuzis"),
    ("pt", "nuvem", "nuvens de vapor"),
    ("es", "lombriz", "las lombrices"),
    ("fr", "cheval", "viande de chevaux"),
    ("fr", "régime miracle", "les régimes miracles"),
    ("it", "capsula", "le capsule di alluminio"),
    ("ko", "담배", "담배를 끊었다"),
    ("ko", "다이어트", "다이어트하는 법"),
    ("ko", "도박", "도박에서 벗어나기"),
    ("ko", "카지노", "온라인카지노"),
    ("ja", "痩せる", "すぐ痩せた"),
    ("ja", "タバコ", "紙タバコ"),
    ("ja", "デトックス", "デト・ックス茶"),
    ("hi", "शराब", "शराबों की दुकान"),
    # Connectors and words in between.
    ("en", "drink and drive", "drink & drive"),
    ("en", "smoke & mirrors", "smoke and mirrors"),
    ("en", "smoke + mirrors", "#smokeandmirrors"),
    ("de", "Speck & Eier", "Speck und Eier"),
    ("es", "pan y toros", "pan + toros"),
    ("en", "guaranteed returns", "A GUARANTEED 12% return"),
    ("en", "guaranteed returns", "guaranteed very high returns"),
    ("en", "payday loan", "payday-loans"),
    ("it", "brucia grassi", "caffè bruciagrassi"),
    ("en", "ghost tour", "Ghost-tours at night"),
    ("en", "ghost tour", "a ghosttour business"),
    # In hashtags, as other parts of speech, in Korean compounds.
    ("en", "NFT", "an #nftgames collectible"),
    ("es", "homeopatía", "gotas homeopáticas"),
    ("pl", "odchudzanie", "dieta odchudzająca"),
    ("ko", "도박", "밤새 도박판"),
    # Misspelled in usual ways.
    ("de", "Glyphosat", "ein bisschen Glyfosat"),
    ("de", "Glyphosat", "glyphosathaltige Mittel"),
    ("en", "crypto", "krypto tips"),
    ("en", "crypto", "cryptocurrencies"),
    ("en", "harassment", "harrassment at work"),
    ("en", "steroids", "st3roids"),
]

NOT_FOUND = [
    ("pt", "mal", "mais um dia"),
    ("pt", "sol", "vós sois felizes"),
    ("fr", "bal", "baux commerciaux"),
    ("de", "Torf", "Torfrau hält den Ball"),
    ("de", "Torf", "die Torfrauen des Vereins"),
    ("de", "Torf", "#torfrau"),
    ("de", "Torf", "Torflügel aus Eiche"),
    ("de", "Torf", "Torfolge und Endstand"),
    ("de", "Sekt", "die Sektion Bonn"),
    ("de", "Sekt", "im öffentlichen Sektor"),
    ("de", "Sekt", "mehrere Sektionen"),
    ("de", "Rum", "Rumpf und Arme"),
    ("de", "Rum", "auf dem Rummelplatz"),
    ("de", "Rum", "im Forum"),
    ("de", "Pelz", "pelzige Blätter"),
    ("de", "Wein", "das Schwein"),
    ("de", "Gift", "giftiger Ton"),
    ("de", "Nation", "unser Reiseziel, die Destination"),
    ("de", "gluten-free washing", "glutenfrei backen"),
    ("en", "gluten-free washing", "washing up, gluten-free cakes"),
    ("en", "crunch", "a crunchy crust"),
    ("en", "crunch", "the crunchiest apples"),
    ("en", "crunch", "#crunchyroll"),
    ("en", "nation", "international women"),
    ("en", "nation", "the nationalities"),
    ("en", "nation", "#internationalday"),
    ("en", "organ", "organic organisations"),
    ("en", "import", "an important point"),
    ("en", "nation", "#destinationwedding"),
    ("en", "crypto", "cryptography for beginners"),
    ("en", "crypto", "a cryptic crossword"),
    ("en", "rape", "grapes, drapes and therapeutic baths"),
    ("en", "ass", "a class assignment"),
    ("en", "war", "wares and wards"),
    ("en", "AI", "j'ai dit, mais"),
    ("en", "diet", "dietitians and dietaries"),
    ("de", "diet", "die T-Shirts"),
    ("en", "medication", "a short meditation"),
    ("en", "crash diet", "crash. Then a diet"),
    ("en", "crash diet", "the diet did not crash"),
    ("en", "payday loan", "on payday, no loan"),
    ("en", "get rich", "get the whole big rich cake"),
    ("nl", "bont", "een bondige uitleg"),
    ("sv", "torv", "torvalds skriver"),
    ("pl", "rak", "krakowskie wieczory"),
    ("pl", "dieta cud", "cudowny dzień"),
    ("tr", "kumar", "kumral saçlar"),
    ("tr", "sigara", "sigorta poliçesi"),
    ("ko", "담배", "담백한 맛"),
    ("ko", "사기", "사기업 취업"),
    ("ja", "アイス", "アイスランド"),
    ("ja", "痩せる", "瘠せた土地"),
    ("es", "toros", "motores nuevos"),
    ("fr", "vin", "vingt minutes"),
    ("it", "detox", "dettato"),
    ("hi", "शराब", "शरबत"),
]


@pytest.mark.parametrize(("language", "term", "text"), FOUND)
def test_taboo_is_found_in_every_form_it_takes(language: str, term: str, text: str) -> None:
    assert Taboos([term], languages=(language,)).find([("caption", text)]) == TabooHit(term=term, place="caption")


@pytest.mark.parametrize(("language", "term", "text"), NOT_FOUND)
def test_taboo_is_not_found_in_other_words(language: str, term: str, text: str) -> None:
    assert Taboos([term], languages=(language,)).find([("caption", text)]) is None


def test_taboo_synonyms_name_the_term_and_the_synonym() -> None:
    taboos = Taboos.of(
        brand(
            taboos=("crypto", "hype"),
            taboo_terms=(TabooTermDTO(term="crypto", synonyms=("bitcoin", "web3 coin")),),
        )
    )
    assert taboos.find([("title", "Bitcoins again")]) == TabooHit(term="crypto", place="title", synonym="bitcoin")
    assert taboos.find([("title", "web3-coins")]) == TabooHit(term="crypto", place="title", synonym="web3 coin")
    assert taboos.find([("title", "crypto")]) == TabooHit(term="crypto", place="title")
    assert taboos.find([("title", "hype")]) == TabooHit(term="hype", place="title")
    assert taboos.find([("title", "bit of a coin")]) is None


def test_taboo_terms_with_synonyms_count_though_the_list_of_taboos_lacks_them() -> None:
    taboos = Taboos.of(brand(taboos=(), taboo_terms=(TabooTermDTO(term="fur", synonyms=("mink",)),)))
    assert taboos.find([("title", "mink coats")]) == TabooHit(term="fur", place="title", synonym="mink")
