# ruff: noqa: RUF001  (posts are one line each, in the letters of their language)
"""Short, invented boards of five trades: Italian, Polish, Korean, Dutch and Turkish."""

from __future__ import annotations

from dataclasses import dataclass

from kairo.core.enums import Channel, Platform
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO
from tests.hero.builders import brand, campaign, persona, pillar, post


@dataclass(frozen=True)
class TradeBoard:
    """A brand and its posts."""

    brand: BrandSnapshotDTO
    evidence: tuple[EvidenceItemDTO, ...]


def _board(by: BrandSnapshotDTO, *rows: tuple[str, float, str]) -> TradeBoard:
    """Rows are author, hours ago and text; every second post is from TikTok."""
    items = [
        post(
            f"{by.slug}-{index}",
            text,
            author=author,
            hours_ago=hours,
            platform=Platform.TIKTOK if index % 2 else Platform.INSTAGRAM,
        )
        for index, (author, hours, text) in enumerate(rows)
    ]
    return TradeBoard(by, tuple(items))


LUTHIER = _board(
    brand(
        "Bottega Anima",
        positioning="Liuteria di quartiere: violini riparati bene, spiegati senza misteri.",
        pillars=(
            pillar("Cura dello strumento", "pece", "ponticello", "umidità", "corde"),
            pillar("Imparare da adulti", "primo violino", "studio", "postura", rank=1),
        ),
        personas=(persona("Allievo adulto", "adulto", "principiante", pains=("poco tempo",)),),
        channels=(Channel.INSTAGRAM, Channel.TIKTOK),
        languages=("it",),
        competitor_handles=("archetto.express",),
    ),
    (
        "marta.quartetto",
        5,
        "Il ponticello del mio violino si è piegato e non me ne ero accorta. Guardatelo di profilo! #violino",
    ),
    ("nonno.liutaio", 20, "Come raddrizzare il ponticello senza farlo cadere: corde allentate, due mani, pazienza"),
    ("studio.serale", 31, "Passo dopo passo: il ponticello si controlla prima di accordare, non dopo"),
    (
        "violino.a.40",
        44,
        "Da principiante adulto nessuno mi ha detto del ponticello. È normale che penda verso la tastiera?",
    ),
    ("orchestra.di.paese", 60, "È normale che il ponticello penda? Lo chiede mezza orchestra ogni autunno"),
    ("archi.e.caffe", 150, "La pece si mette prima o dopo aver suonato? Io dopo, e pulisco sempre"),
    ("marta.quartetto", 420, "Troppa pece: il suono gratta e la polvere resta sulle corde"),
    ("scuola.rondo", 500, "La pece chiara d'estate, quella scura d'inverno. Semplice"),
    ("archetto.express", 26, "Noleggio archi a domicilio, il primo mese è gratis #noleggio"),
    ("archetto.express", 50, "noleggio archi in quindici minuti, provalo"),
    ("gita.in.lago", 70, "Oggi lago e panino, niente musica"),
    ("cuoca.lenta", 300, "Il ragù di mia zia non ha fretta"),
)

BEES = _board(
    brand(
        "Miodowa Dolina",
        positioning="Pasieka, która uczy: zdrowe ule, uczciwy miód, zero magii.",
        pillars=(
            pillar("Zdrowy ul", "warroza", "zimowla", "matka pszczela", "ramki"),
            pillar("Miód bez tajemnic", "krystalizacja", "odmiany miodu", "etykieta", rank=1),
        ),
        personas=(
            persona("Początkujący pszczelarz", "pierwszy ul", "pasieka", pains=("strach przed stratą rodziny",)),
        ),
        channels=(Channel.INSTAGRAM, Channel.YOUTUBE),
        languages=("pl",),
        campaigns=(campaign("Tydzień Otwartych Uli", "2025-11-03", "2025-11-09", "otwarte ule", "pasieka"),),
    ),
    ("pasieka.pod.lasem", 6, "Zimowla zaczyna się teraz: sprawdź, ile zapasów ma każda rodzina #zimowla"),
    ("ul.na.dachu", 18, "Zimowla na dachu w mieście. Czy ocieplać ul przed mrozem?"),
    ("babcia.i.pszczoly", 29, "Czy ocieplać ule na zimę? Moja babcia nigdy tego nie robiła, a zimowla szła dobrze"),
    ("wojtek.od.uli", 43, "Trzy błędy, które psują zimowlę: wilgoć, hałas, pośpiech"),
    ("slodki.krzys", 130, "Krystalizacja miodu to nie wada. Rzepakowy tężeje w dwa tygodnie #krystalizacja"),
    ("miodek.z.lipy", 390, "Krystalizacja: podgrzać czy zostawić? Zostawić, błagam"),
    ("kuchnia.ani", 520, "Po czym poznać dobry miód? Krystalizacja mówi więcej niż etykieta"),
    ("pasieka.pod.lasem", 40, "Tydzień Otwartych Uli za chwilę: otwarte ule, pasieka i herbata dla każdego"),
    ("rower.i.ja", 55, "Jesienny rower przez las, bez pośpiechu"),
    ("koc.i.ksiazka", 80, "Dziś tylko koc i książka, reszta może poczekać"),
)

POTTERY = _board(
    brand(
        "흙손공방",
        positioning="퇴근 후에 배우는 도자기, 느려도 괜찮은 공방.",
        pillars=(
            pillar("물레와 손", "물레", "중심 잡기", "흙 반죽"),
            pillar("유약 이야기", "유약", "가마", "식기 안전", rank=1),
        ),
        personas=(persona("퇴근한 직장인", "초보", "원데이", pains=("시간이 없음",)),),
        channels=(Channel.INSTAGRAM,),
        languages=("ko",),
        competitor_handles=("claybox_kit",),
    ),
    ("mulle.jiyu", 5, "물레에서 중심 잡기가 안 되는 이유 3가지"),
    ("heukmeori", 17, "물레를 처음 잡은 날, 그릇이 날아갔어요"),
    ("dohwa.night", 28, "초보가 물레에서 자주 하는 실수 3가지를 정리했습니다"),
    ("gama.bul", 39, "물레는 손보다 팔꿈치가 먼저입니다. 팔꿈치 고정하는 방법 2가지"),
    ("yuyak.lab", 140, "유약이 흐르는 이유는 두께 때문이에요"),
    ("gama.bul", 410, "유약을 두 번 바르면 색이 깊어집니다"),
    ("cup.and.rain", 530, "유약은 마르기 전에 만지면 안 됩니다"),
    ("claybox_kit", 30, "집에서 하는 도자기 키트, 오늘 주문하면 내일 도착"),
    ("claybox_kit", 52, "도자기 키트 언박싱, 가마가 필요 없어요"),
    ("sanchaek.min", 66, "오늘은 그냥 산책만 했다"),
)

SOURDOUGH = _board(
    brand(
        "Deegkamer",
        positioning="Zuurdesem voor gewone keukens: rustig, herhaalbaar, zonder geheimtaal.",
        pillars=(
            pillar("Starter in leven houden", "starter", "voeden", "roggemeel", "koelkast"),
            pillar("Korst en kruim", "korst", "oven", "stoom", rank=1),
        ),
        personas=(persona("Bakker in de avond", "avond", "werkdag", pains=("te weinig tijd",)),),
        channels=(Channel.INSTAGRAM, Channel.NEWSLETTER),
        languages=("nl",),
        competitor_handles=("broodbox",),
    ),
    ("meel.en.water", 6, "Mijn starter rook naar nagellak. Een dag later was hij weer blij #zuurdesem"),
    ("tante.rogge", 19, "Zo red je een vergeten starter: warm water, volkoren, geduld"),
    ("oven.op.drie", 27, "Hoe je een starter voedt na een drukke werkdag, stap voor stap"),
    ("brood.in.de.buurt", 45, "Stap voor stap een luie starter wakker maken in de avond"),
    ("korst.en.ko", 160, "Voor een knapperige korst: stoom in de eerste tien minuten"),
    ("meel.en.water", 430, "De korst zingt als hij afkoelt. Hoor je dat?"),
    ("zondagbrood", 515, "Bleke korst? De oven was nog niet heet genoeg"),
    ("broodbox", 22, "Afbakbrood elke week in de bus, eerste doos gratis"),
    ("broodbox", 48, "afbakbrood klaar in acht minuten, kijk maar"),
    ("fiets.naar.zee", 75, "Wind mee naar zee, wind tegen terug"),
)

OLIVES = _board(
    brand(
        "Yamaç Zeytin",
        positioning="Küçük bir zeytinlikten erken hasat yağ; süs yok, tadım var.",
        pillars=(
            pillar("Hasat", "erken hasat", "soğuk sıkım", "delice"),
            pillar("Mutfakta zeytinyağı", "kızartma", "salata", "saklama", rank=1),
        ),
        personas=(persona("Meraklı ev aşçısı", "ev", "mutfak", pains=("sahte yağ korkusu",)),),
        channels=(Channel.INSTAGRAM,),
        languages=("tr",),
        competitor_handles=("yagdunyasi",),
    ),
    ("zeytin.dede", 4, "Erken hasat başladı, bugün ağaçların yarısını topladık"),
    ("mutfakta.elif", 16, "Erken hasat yağ neden boğazı yakar? Çünkü taze ve çok polifenol var"),
    ("ege.defteri", 30, "Erken hasat yağ neden daha acı olur? Herkes bunu soruyor"),
    ("koy.okulu", 47, "Adım adım erken hasat: silkeleme, eleme ve aynı gün sıkım"),
    ("tava.ve.ben", 145, "Zeytinyağı ile kızartma olur mu? Olur, ama ateşi kısın"),
    ("mutfakta.elif", 400, "Kızartma için hangi yağ daha iyi, bir de bizim mutfakta deneyin"),
    ("lezzet.pazari", 525, "Kızartma sonrası yağı lavaboya dökmeyin"),
    ("yagdunyasi", 25, "Teneke yağ kampanyası: iki teneke alana kargo bizden"),
    ("yagdunyasi", 49, "teneke yağ nasıl taşınır, göster bakalım"),
    ("deniz.gezer", 90, "Bu sabah deniz çok sakindi"),
)

TRADE_BOARDS = {"it": LUTHIER, "pl": BEES, "ko": POTTERY, "nl": SOURDOUGH, "tr": OLIVES}
