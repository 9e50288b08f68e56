"""Everyday words that are also brand names ("Notion", "Target"): only their capitalised form names the brand."""

from __future__ import annotations

from kairo.hero.text.folding import strip_accents
from kairo.hero.text.stopwords import BOILERPLATE, STOPWORDS

_WORDS = """
    acorn alpha amber amazon anchor apple aqua arc arrow ash aspect atlas aura bamboo bark base basil bay beacon bean
    bear beat bell berry birch bird bite blaze bliss block bloom blossom blue bold bolt bond bone book boost branch
    brave bread breeze brick bridge bright brook brush bubble bud buddy buff build bumble butter cactus canvas cap
    caption carbon care cedar chain chalk charm chase chime circle city clay clear cliff cloud clover coast cobalt
    cocoa comet compass coral core corner cosmos cotton cove craft crane crate crave creek crest crisp crown crunch
    crush crystal curve daisy dash dawn delta dew diamond discover dish dot dove dream drift drop dune dusk eagle
    earth echo edge element ember energy essence ether even ever evolve explore extra fable fabric face fair faith
    falcon farm fawn feather fern field fig fire first fit flame flash fleet flex flint float flow flower focus foil
    fold forest forge form fort fossil fox frame fresh frost fruit fuel fusion future galaxy gap garden gate gem
    ginger glass gleam globe glory glow goal gold golden grace grain grand grape grass gravity green grid grind ground
    grove guide gull harbor harbour harmony harvest haven hawk hazel heart hearth helm herb hero hive hollow home
    honest honey hook hope horizon house hub humble ice impact indigo ink insight iris iron island ivory ivy jade
    jewel journey joy juice jump juniper just kernel key kind kindred kit kite lab ladder lake lamp land lantern lark
    launch lava lavender lead leaf leap ledger legend lemon level life light lilac lily lime line linen link lion
    local loft logic loom loop lotus loyal lucid lumen lunar lush magic magnet mango maple marble mark market maven
    meadow mellow melon merge merit mesa metro mighty mill mind mint mirror mission mist moon moss motion mountain
    move muse nectar neon nest next night noble node north notion nova oak oasis oat ocean olive one onyx open oracle
    orange orbit orchard orchid origin osprey otter outline owl oxygen page paint palm panda paper pass patch path
    peak pear pearl pebble pepper petal phoenix pilot pine pioneer pixel plan planet plant play plum plus point polar
    pond pop poppy port post power prairie press prime prism pulse pure purple quartz quest quick quill quiet quilt
    rain raven ray reach ready realm rebel red reef relay rest ridge right ring ripple rise river road robin rock
    rocket root rope rose ruby rush sable safe saffron sage sail salt sand sapphire savor scale scout sea seed sense
    shadow shape shell shift shine shore silk silver simple sky slack slate sleek slice slope smile snap snow social
    soft sol solar soul south spark spice spirit splash spoon spring sprout spruce square stack stage star stark state
    station steam steel stem step stone storm story stream street stride stripe studio summit sun sunny surf swan
    sweet swift switch tall tame tango target temple tender tide tiger timber toast torch touch tower town trace track
    trail tree trek tribe true trust tulip twist union unity up urban valley vault velvet venture verve vest view vine
    violet visa vision vista vital vivid wander warm water wave way well west wheel whisper white whole wild willow
    wind window wing winter wise wish wolf wonder wood work world yarn yes yoga zen zest zone zoom angel apfel auge
    baum berg bild blatt blume boden brot bruder burg dorf eiche eis engel erde feder feld fels feuer fluss frisch
    garten grund grun haus heimat herz himmel hof holz honig insel kern kirsche klang klar kraft kraut kreis laub
    leben licht linde luft meer milch mond moos morgen mut natur rabe regen salz schatz schnee see seele sonne stein
    stern stille strand strom tag tanne tau tisch traum wald wasser weg wein welle welt werk wiese wolke wunder wurzel
    zeit zelt zucker zukunft agua alba alma amor arbol arena aurora azul barca bella bosco bosque bruma calma camino
    campo casa castello cielo ciel cielos clara coeur corazon cuore dolce doux eau estrella etoile faro festa feu
    fiesta fiore fiume fleur flor foglia foret fuego fuoco gioia gusto hoja isla isola jardim jardin lago lac lumiere
    lumo luna lune luce luz maison mar mare mer mondo monde monte mundo natura neige nido nieve noche nord norte notte
    nuit nuvola onda oro ouro pane papillon perla perle piazza pietra pluie ponte pont puente radice rio riviere roca
    rosa sabor sal sel sale sapore seta sole soleil sueno sud sur tavola terra terre tierra vela vent vento verde vert
    via vida vie viento vigne vita voile volpe
"""

COMMON_WORDS: frozenset[str] = frozenset(strip_accents(word) for word in _WORDS.split())


def is_common(folded: str) -> bool:
    """Whether the folded word is listed here, a stop word of any language, or boilerplate of social posts."""
    return folded in COMMON_WORDS or folded in BOILERPLATE or any(folded in words for words in STOPWORDS.values())
