# ruff: noqa: E501, RUF001  (posts are one line each, in the signs of their language)
"""Labelled boards of brands, domains and languages that the engine was not made on. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass

from kairo.core.enums import Channel, Platform
from kairo.hero.dto import BrandSnapshotDTO
from kairo.hero.evaluation.dataset import Label, LabelledBoard
from tests.hero.builders import AS_OF, brand, campaign, persona, pillar, post


@dataclass(frozen=True)
class P:
    """A post: author, hours ago, text, and its label. A "t:" in front of the author means TikTok."""

    author: str
    hours: float
    text: str
    topic: str | None
    kind: str
    spoken: str | None = None


def board(by: BrandSnapshotDTO, posts: list[P]) -> LabelledBoard:
    items, labels = [], {}
    for index, one in enumerate(posts):
        item = post(
            f"{by.slug}-{index}",
            one.text,
            author=one.author.removeprefix("t:"),
            hours_ago=one.hours,
            platform=Platform.TIKTOK if one.author.startswith("t:") else Platform.INSTAGRAM,
            transcript=one.spoken,
        )
        items.append(item)
        labels[item.id] = Label(topic=one.topic, kind=one.kind)
    return LabelledBoard(
        brand=by, as_of=AS_OF, evidence=tuple(items), labels=labels, synthetic=frozenset(item.id for item in items)
    )


DOGS = board(
    brand(
        "Kindlead",
        positioning="Calm, reward-based dog training for city flats; no shouting, no gadgets.",
        pillars=(
            pillar("Calm walks", "loose lead", "leash", "walks", "pulling", "harness"),
            pillar("Home alone", "separation anxiety", "alone time", "crate", "barking", rank=1),
            pillar("Puppy start", "puppy", "socialisation", "house training", "biting", rank=2),
        ),
        personas=(
            persona(
                "Flat-living first-timer",
                "apartment",
                "first dog",
                "neighbours",
                role="First dog, third floor",
                pains=("guilt",),
            ),
            persona("Rescue adopter", "rescue", "reactive", "shelter", pains=("fear of strangers",)),
        ),
        taboos=("shock collar", "alpha", "dominance"),
        channels=(Channel.INSTAGRAM, Channel.TIKTOK, Channel.NEWSLETTER),
        competitor_handles=("barkbox.academy",),
        campaigns=(campaign("Quiet Neighbour Week", "2025-11-05", "2025-11-12", "quiet week", "barking", "neighbour"),),
    ),
    [
        P(
            "t:ellie.and.moss",
            5,
            "We tried sniffari walks for a week: 20 minutes of sniffing beats an hour of marching #sniffari #dogsoftiktok",
            "sniffari",
            "burst",
            "A sniffari is a walk where the dog decides. Long lead, no destination.",
        ),
        P(
            "the.slow.spaniel",
            14,
            "Sniffari rules: long lead, no destination, zero pulling. Your dog sleeps like a rock after. #sniffari",
            "sniffari",
            "burst",
            "Rule one, long lead. Rule two, the nose picks the way.",
        ),
        P(
            "t:vet.nurse.kaya",
            26,
            "As a vet nurse I prescribe sniffaris now. Heart rate goes down, and so does the barking at night",
            "sniffari",
            "burst",
            "Sniffing lowers the heart rate, we measured it.",
        ),
        P(
            "rescue.ringo",
            40,
            "Reactive dog? Start with a sniffari at 6am, harness on, nobody around #reactivedog #sniffari",
            "sniffari",
            "burst",
        ),
        P(
            "t:tiny.flat.big.dog",
            55,
            "POV: apartment dog discovers sniffari",
            "sniffari",
            "burst",
            "He found one leaf and stayed there for nine minutes.",
        ),
        P(
            "ellie.and.moss",
            6,
            "We tried sniffari walks for a week: 20 minutes of sniffing beats an hour of marching! #sniffari",
            "sniffari",
            "dup",
        ),
        P(
            "crate.craft",
            100,
            "Crate training in five calm steps. Step one is doing nothing. #cratetraining",
            "crate training",
            "evergreen",
            "Leave the crate open for a week. Doing nothing is step one.",
        ),
        P(
            "t:pup.diaries.jo",
            330,
            "Day 12 of crate training: he walked in by himself, I cried a little #cratetraining #puppy",
            "crate training",
            "evergreen",
        ),
        P(
            "barkbox.academy",
            50,
            "Barkbox Academy launches a 30-day recall course, first lesson free. #recall",
            "competitor",
            "competitive",
            "Our new recall course starts today. First lesson free.",
        ),
        P("t:barkbox.academy", 76, "recall in the park, one whistle #barkbox #recall", "competitor", "competitive"),
        P(
            "block.4.barkers",
            60,
            "Quiet Neighbour Week is coming: log every barking minute, then halve it. Who joins? #quietweek",
            "quiet week",
            "campaign",
            "We write down every bark for a week, and then we halve it.",
        ),
        P(
            "t:alpha.al",
            30,
            "Be the alpha on every walk or your dog will never respect you #alpha #dominance",
            "dominance",
            "taboo",
            "You have to be the alpha.",
        ),
        P("t:sneaker.sia", 20, "rare drop unboxing #sneakers", "sneakers", "offbrand"),
        P("paw.pic", 90, "🐾", None, "thin"),
        P(
            "muzzle.mira",
            250,
            "Muzzle training is not a punishment, it is a seat belt. #muzzleup",
            "muzzle",
            "evergreen",
            "A muzzle is a seat belt.",
        ),
        P("t:zoomies.zed", 420, "Zoomies explained in 15 seconds #zoomies", "zoomies", "evergreen"),
    ],
)

PLANTAS = board(
    brand(
        "Patio Verde",
        positioning="Plantas de interior para gente sin tiempo: riego sencillo, sustratos honestos y balcones pequeños.",
        languages=("es",),
        pillars=(
            pillar("Riego sin drama", "riego", "regar", "autorriego", "agua"),
            pillar("Balcones pequeños", "balcón", "macetas", "huerto", "terraza", rank=1),
            pillar("Plantas sanas", "plagas", "sustrato", "trasplante", "esquejes", rank=2),
        ),
        personas=(
            persona("Principiante de piso", "primera planta", "piso", "principiantes", pains=("se me mueren todas",)),
            persona("Cocinera de balcón", "hierbas", "albahaca", "huerto", pains=("poco sol",)),
        ),
        taboos=("plantas de plástico", "pesticida químico"),
        channels=(Channel.INSTAGRAM, Channel.TIKTOK),
        competitor_handles=("verdexpress",),
        campaigns=(campaign("Mes del esqueje", "2025-11-01", "2025-11-30", "esqueje", "mes del esqueje"),),
    ),
    [
        P(
            "t:lola.riega",
            4,
            "El riego por capilaridad me ha salvado las vacaciones: un cordón, un cubo de agua y listo #riegoporcapilaridad #plantas",
            "capilaridad",
            "burst",
            "Un cordón de algodón, un cubo de agua, y la planta bebe sola.",
        ),
        P(
            "plantas.con.paz",
            12,
            "Cómo hacer riego por capilaridad con cordones viejos. Guarda este vídeo. #riegoporcapilaridad",
            "capilaridad",
            "burst",
            "Coged un cordón viejo, mojadlo y metedlo en la tierra.",
        ),
        P(
            "t:el.balcon.de.bea",
            30,
            "Probé el riego por capilaridad con mi albahaca y por fin no se muere",
            "capilaridad",
            "burst",
        ),
        P(
            "huerto.en.casa",
            44,
            "Riego por capilaridad para principiantes: qué cordón usar y cuánta agua gasta #riego",
            "capilaridad",
            "burst",
            "El cordón de algodón funciona mejor que el de nailon.",
        ),
        P(
            "t:vecina.verde",
            60,
            "Mi vecina riega con cordones: se llama riego por capilaridad y es barato #capilaridad",
            "capilaridad",
            "burst",
        ),
        P(
            "monstera.manu",
            120,
            "Cochinilla en la monstera: jabón potásico, paciencia y repetir cada semana. #plagas #cochinilla",
            "cochinilla",
            "evergreen",
            "Jabón potásico, paciencia, y otra vez a la semana.",
        ),
        P(
            "t:clinica.de.plantas",
            420,
            "Cochinilla: así la ves antes de que sea tarde #cochinilla #plagas",
            "cochinilla",
            "evergreen",
            "Mirad debajo de las hojas.",
        ),
        P(
            "verdexpress",
            40,
            "VERDEXPRESS: plantas a domicilio en 2 horas, envío gratis este mes. #verdexpress",
            "competidor",
            "competitive",
            "Plantas a domicilio en dos horas.",
        ),
        P(
            "t:verdexpress",
            70,
            "tu planta llega antes que tu pizza #verdexpress #adomicilio",
            "competidor",
            "competitive",
        ),
        P(
            "esquejes.eva",
            80,
            "Empieza el mes del esqueje: un esqueje de poto cada día, en agua. #esquejes",
            "esquejes",
            "campaign",
            "Un esqueje de poto cada día de noviembre.",
        ),
        P(
            "t:todo.plastico",
            20,
            "Plantas de plástico que parecen de verdad, cero riego #decoracion",
            "plástico",
            "taboo",
            "Nadie nota que son de plástico.",
        ),
        P("t:futbol.fede", 10, "El gol del año desde la grada #futbol", "fútbol", "offbrand"),
        P("foto.bonita", 90, "🌿🌿", None, "thin"),
        P(
            "balcon.norte",
            300,
            "Balcón al norte: helechos, aspidistras y nada de cactus. #balcon",
            "balcón norte",
            "evergreen",
            "Si da al norte, helechos.",
        ),
        P(
            "t:tierra.toni",
            500,
            "Mi mezcla de sustrato: fibra de coco, perlita y humus #sustrato",
            "sustrato",
            "evergreen",
        ),
    ],
)

FAHRRAD = board(
    brand(
        "Radwerk",
        positioning="Fahrradwerkstatt zum Mitmachen: Wartung, Winterräder und Lastenräder für den Alltag.",
        languages=("de",),
        pillars=(
            pillar("Selbst warten", "Wartung", "Kette", "Bremsen", "Schaltung", "reinigen"),
            pillar("Gut durch den Winter", "Winter", "Spikes", "Licht", "Streusalz", rank=1),
            pillar("Familie auf dem Rad", "Lastenrad", "Kindersitz", "Anhänger", rank=2),
        ),
        personas=(
            persona("Pendlerin", "Pendeln", "Arbeitsweg", "Büro", pains=("keine Zeit am Morgen",)),
            persona("Junge Familie", "Kinder", "Kita", "Lastenrad", pains=("wenig Platz",)),
        ),
        taboos=("Tuning", "ohne Helm"),
        channels=(Channel.INSTAGRAM, Channel.YOUTUBE),
        competitor_handles=("@velofix_de",),
        campaigns=(campaign("Lichterwoche", "2025-11-03", "2025-11-09", "Lichterwoche", "Fahrradlicht"),),
    ),
    [
        P(
            "t:kettenkathi",
            7,
            "Kette wachsen statt ölen: nach 300 km immer noch sauber #kettewachsen #fahrrad",
            "wachsen",
            "burst",
            "Ich habe meine Kette gewachst und nach 300 Kilometern ist sie noch sauber.",
        ),
        P(
            "schrauber.sven",
            20,
            "So geht Kette wachsen in der Küche: alter Topf, Heißwachs, zehn Minuten. #kettewachsen",
            "wachsen",
            "burst",
            "Ein alter Topf, Heißwachs, zehn Minuten.",
        ),
        P(
            "t:pendler.paula",
            33,
            "Arbeitsweg im Regen und die Kette bleibt still. Heißwachs, danke! #heisswachs #pendeln",
            "wachsen",
            "burst",
            "Seit ich die Kette wachse, quietscht nichts mehr.",
        ),
        P("rad.und.tat", 47, "Heißwachs oder Öl für die Kette? Wir haben nachgemessen #heisswachs", "wachsen", "burst"),
        P(
            "lastenrad.lena",
            150,
            "Lastenrad gebraucht kaufen: diese fünf Stellen prüfe ich immer #lastenrad",
            "lastenrad kauf",
            "evergreen",
            "Rahmen, Lager, Bremsen, Akku und Ständer.",
        ),
        P(
            "t:kita.taxi",
            400,
            "Drei Kinder, ein Lastenrad, kein Auto. So packen wir es #lastenrad #kita",
            "lastenrad kauf",
            "evergreen",
        ),
        P(
            "velofix_de",
            30,
            "Velofix kommt jetzt nach Hause: Inspektion für 49 Euro in 12 Städten #velofix",
            "wettbewerb",
            "competitive",
            "Velofix kommt zu dir nach Hause.",
        ),
        P("t:velofix_de", 66, "inspektion vor der haustür #velofix #inspektion", "wettbewerb", "competitive"),
        P(
            "hell.und.sicher",
            50,
            "Lichterwoche: jeden Abend ein Fahrradlicht prüfen, bringt Freunde mit #lichterwoche",
            "lichterwoche",
            "campaign",
            "Jeden Abend prüfen wir ein Fahrradlicht.",
        ),
        P("t:schnell.sascha", 25, "E-Bike Tuning in 2 Minuten: 45 km/h ohne Kennzeichen #tuning", "tuning", "taboo"),
        P("t:kuchen.kim", 12, "Apfelkuchen ohne Waage #backen", "kuchen", "offbrand"),
        P("nur.ein.bild", 99, "🚲", None, "thin"),
        P(
            "werkstatt.willi",
            280,
            "Bremsbeläge wechseln ohne Werkzeugkoffer. #bremsen",
            "bremsen",
            "evergreen",
            "Dafür reicht ein Inbus.",
        ),
        P(
            "t:salz.im.getriebe",
            520,
            "Streusalz frisst Schaltungen: einmal die Woche abspülen #winterrad",
            "streusalz",
            "evergreen",
        ),
    ],
)

BUNGU = board(
    brand(
        "文具日和",
        positioning="毎日の手帳とペンを楽しむ小さな文具店。",
        languages=("ja",),
        pillars=(
            pillar("手帳を続ける", "手帳", "日記", "バレットジャーナル"),
            pillar("ペンと紙", "万年筆", "インク", "ノート", rank=1),
        ),
        personas=(
            persona("三日坊主の会社員", "仕事", "会社", "続かない", pains=("時間がない",)),
            persona("学生", "勉強", "受験", "ノート"),
        ),
        taboos=("転売",),
        channels=(Channel.INSTAGRAM, Channel.X),
        competitor_handles=("bunbou.market",),
        campaigns=(campaign("手帳はじめ週間", "2025-11-01", "2025-11-09", "手帳はじめ"),),
    ),
    [
        P(
            "t:yuki.note",
            6,
            "一行日記を始めて三日目。一行だけだから続く #一行日記 #手帳",
            "一行日記",
            "burst",
            "一行だけ書く日記です。",
        ),
        P(
            "kami.to.pen",
            18,
            "一行日記のコツ：寝る前に一行、手帳は枕元に置く #一行日記",
            "一行日記",
            "burst",
            "寝る前に一行だけ。",
        ),
        P("t:office.mei", 28, "会社の昼休みに一行日記。手帳が続かない人におすすめ", "一行日記", "burst"),
        P(
            "study.haru",
            50,
            "受験生の一行日記、今日の勉強を一行で #一行日記 #勉強",
            "一行日記",
            "burst",
            "今日の勉強を一行で書きます。",
        ),
        P(
            "ink.lab",
            130,
            "万年筆のインクを洗う方法、水だけで大丈夫 #万年筆",
            "万年筆の手入れ",
            "evergreen",
            "水だけで洗えます。",
        ),
        P("t:pen.fuku", 400, "万年筆が乾いたときの対処 #万年筆", "万年筆の手入れ", "evergreen"),
        P(
            "bunbou.market",
            40,
            "文房マーケット、送料無料キャンペーン開始 #文房マーケット",
            "競合",
            "competitive",
            "送料無料です。",
        ),
        P("t:bunbou.market", 64, "届いた箱を開ける #文房マーケット", "競合", "competitive"),
        P("techo.club", 70, "手帳はじめ週間、今年はみんなで #手帳はじめ", "手帳はじめ", "campaign"),
        P("t:uru.uru", 24, "限定インクの転売で稼ぐ #転売", "転売", "taboo", "転売で稼ぐ方法です。"),
        P("t:ramen.king", 15, "深夜のラーメン #ラーメン", "ラーメン", "offbrand"),
        P("kara", 90, "✒️", None, "thin"),
        P("washi.note", 300, "和紙のノートに書くと音が違う #ノート", "和紙", "evergreen"),
    ],
)

SURFE = board(
    brand(
        "Onda Leve",
        positioning="Escola de surfe para adultos que começam tarde, com segurança e bom humor.",
        languages=("pt",),
        pillars=(
            pillar("Primeiras ondas", "primeira onda", "iniciantes", "prancha", "remada"),
            pillar("Mar seguro", "corrente de retorno", "segurança", "maré", rank=1),
        ),
        personas=(persona("Adulto iniciante", "depois dos 40", "iniciantes", "medo", pains=("medo do mar",)),),
        taboos=("localismo",),
        channels=(Channel.INSTAGRAM, Channel.YOUTUBE, Channel.TIKTOK),
        competitor_handles=("surf.turbo",),
    ),
    [
        P(
            "t:bia.no.mar",
            8,
            "Prancha de espuma depois dos 40: o melhor presente que me dei #pranchadeespuma #surf",
            "espuma",
            "burst",
            "Comprei uma prancha de espuma e perdi o medo.",
        ),
        P(
            "remada.leve",
            16,
            "Prancha de espuma para iniciantes: que tamanho escolher? #pranchadeespuma",
            "espuma",
            "burst",
            "Escolha pela altura e pelo peso.",
        ),
        P("t:seu.ze.surfa", 35, "Aos 58 peguei minha primeira onda numa prancha de espuma", "espuma", "burst"),
        P(
            "praia.da.ju",
            52,
            "Três erros com prancha de espuma que todo iniciante comete #surf",
            "espuma",
            "burst",
            "Erro um, segurar no bico.",
        ),
        P(
            "mar.calmo",
            140,
            "Corrente de retorno: nade de lado, não contra. #segurancanomar",
            "corrente",
            "evergreen",
            "Nade de lado.",
        ),
        P(
            "t:guarda.vidas.gil",
            420,
            "Como ver a corrente de retorno da areia #correntederetorno",
            "corrente",
            "evergreen",
        ),
        P(
            "surf.turbo",
            44,
            "Surf Turbo: aula em grupo por 19 reais #surfturbo",
            "concorrente",
            "competitive",
            "Aula em grupo por 19 reais.",
        ),
        P("t:surf.turbo", 60, "lotou de novo #surfturbo #aulaemgrupo", "concorrente", "competitive"),
        P("t:dono.do.pico", 22, "Aqui só surfa quem é daqui: localismo raiz #localismo", "localismo", "taboo"),
        P("t:gato.gordo", 14, "meu gato no aquário #gatos", "gatos", "offbrand"),
        P("so.foto", 80, "🌊", None, "thin"),
        P("pao.da.vo", 300, "Pão de queijo da vó #receita", "pão", "offbrand", "Polvilho e queijo."),
    ],
)

OWN_BOARDS = [DOGS, PLANTAS, FAHRRAD, BUNGU, SURFE]
