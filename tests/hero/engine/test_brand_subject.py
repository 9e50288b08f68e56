# ruff: noqa: RUF001  (Turkish letters are meant here)
"""Posts by the brand and posts about it are told from others."""

from __future__ import annotations

import pytest

from kairo.hero.dto import BrandSnapshotDTO
from kairo.hero.engine.brand_subject import BrandSubject
from tests.hero.builders import brand, pillar, post

LANTERNWOOD = brand(
    "Lanternwood Dairy GmbH",
    positioning="Raw-milk wheels from a hillside.",
    handles=("lanternwood.dairy", "lw_cheese"),
    product_names=("Mondkäse", "Ridge", "X2"),
)
GO = brand("Go", positioning="Bicycles for towns.")
NOTION = brand("Notion", positioning="Notes for teams.")
MUELLER = brand("Blümlisalp", positioning="Tee aus den Bergen.", languages=("de",))
PANEL = brand("Panel Studio", positioning="Rooms for recording.", pillars=(pillar("Sound", "acoustic panel"),))
ROWNIA = brand("Rownia", positioning="Sciana wspinaczkowa.", languages=("pl",))
CITIR = brand("Çıtır Fırını", positioning="Ekmek.", languages=("tr",))
BARBA = brand("Clínicas Pelusa", positioning="Veterinarios.", languages=("es",))
KANA = brand("カガミノ", positioning="小さな工房", languages=("ja",))
HANGUL = brand("달빛상회", positioning="작은 가게", languages=("ko",))


@pytest.mark.parametrize(
    ("by", "text"),
    [
        (LANTERNWOOD, "Lanternwood Dairy GmbH sent me mould"),
        (LANTERNWOOD, "the lanternwood cheese I bought was dry"),
        (LANTERNWOOD, "LANTERNWOOD again late"),
        (LANTERNWOOD, "Lanternwood's answer took nine days"),
        (LANTERNWOOD, "Lanternwoods Antwort kam nie"),
        (LANTERNWOOD, "Paczka z Lanternwoodu była mokra"),
        (LANTERNWOOD, "Lanternwood'un kargosu gelmedi"),
        (LANTERNWOOD, "Lanternwoodから返事がない"),
        (LANTERNWOOD, "#lanternwood"),
        (LANTERNWOOD, "late again #LanternwoodFail"),
        (LANTERNWOOD, "thanks @lanternwood.dairy for nothing"),
        (LANTERNWOOD, "thanks @lw_cheese."),
        (LANTERNWOOD, "wrote to lw_cheese twice"),
        (LANTERNWOOD, "Lanternwood-Dairy, nie wieder"),
        (LANTERNWOOD, "ein Stück Mondkäse war faul"),
        (LANTERNWOOD, "Mondkaese getestet"),
        (LANTERNWOOD, "mondkase getestet"),
        (LANTERNWOOD, "The Ridge arrived melted"),
        (LANTERNWOOD, "my #ridge arrived"),
        (LANTERNWOOD, "the X2 arrived"),
        (GO, "Go lost my bike"),
        (GO, "@go lost my bike"),
        (GO, "#go"),
        (NOTION, "Notion is down"),
        (NOTION, "NOTION IS DOWN"),
        (NOTION, "#notion"),
        (MUELLER, "Bluemlisalp hat mir nie geantwortet"),
        (MUELLER, "blumlisalp tee"),
        (PANEL, "I recorded at Panel Studio"),
        (ROWNIA, "W Rowni odpadł mi chwyt"),
        (ROWNIA, "byłam w rownii"),
        (CITIR, "Çıtır yine geç getirdi"),
        (BARBA, "trabajé en pelusa dos años"),
        (KANA, "カガミノの対応がひどい"),
        (HANGUL, "달빛상회에서 온 상자"),
    ],
)
def test_brand_subject_finds_the_name_however_it_is_written(by: BrandSnapshotDTO, text: str) -> None:
    assert BrandSubject(by).names_brand(post("one", text))


@pytest.mark.parametrize(
    ("by", "text"),
    [
        (LANTERNWOOD, "a lantern in the wood"),
        (LANTERNWOOD, "lanternwoodpecker"),
        (LANTERNWOOD, "GmbH gründen, so geht es"),
        (LANTERNWOOD, "cheese for beginners"),
        (LANTERNWOOD, "we walked the ridge at dawn"),
        (LANTERNWOOD, "my box2 arrived"),
        (LANTERNWOOD, "@lanternwood.dairymen is somebody else"),
        (LANTERNWOOD, ""),
        (GO, "let us go home"),
        (GO, "#gopro"),
        (GO, "going, Gone, GoPro"),
        (NOTION, "a strange notion"),
        (NOTION, "#notiontemplates"),
        (NOTION, "Notional value"),
        (PANEL, "which Panel to buy for a studio"),
        (CITIR, "çıtır simit, çıtır kar"),
        (ROWNIA, "rowno"),
        (BARBA, "un gato con pelusa blanca"),
        (KANA, "カガミノート"),
    ],
)
def test_brand_subject_leaves_other_words_alone(by: BrandSnapshotDTO, text: str) -> None:
    assert not BrandSubject(by).names_brand(post("one", text))


def test_brand_subject_reads_title_transcript_and_hashtags() -> None:
    subject = BrandSubject(LANTERNWOOD)
    assert subject.names_brand(post("one", "listen", transcript="and then lanternwood wrote"))
    assert subject.names_brand(post("two", "listen", title="My Lanternwood box"))
    assert subject.names_brand(post("three", "listen", hashtags=("lanternwood",)))


def test_brand_subject_finds_own_posts_by_their_account_and_counts_none_as_a_mention() -> None:
    subject = BrandSubject(LANTERNWOOD)
    own = post("one", "New at Lanternwood: a ridge", author="@LW_Cheese")
    assert subject.is_own(own)
    assert not subject.names_brand(own)
    assert not subject.is_own(post("two", "New", author="lw_cheese_fans"))
    assert not BrandSubject(GO).is_own(post("three", "New", author=""))


def test_brand_subject_of_a_brand_without_words_finds_nothing() -> None:
    assert not BrandSubject(brand("!!!")).names_brand(post("one", "anything !!!"))
