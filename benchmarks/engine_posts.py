"""Invented posts in the shape of real ones: for measuring how the engine's time grows with their number.

Words follow Zipf's law with a long tail, one in a hundred is new with each board, authors post unevenly, lengths are
log-normal, a third of the posts belong to stories that several authors share, and one post in fifty nearly repeats an
earlier one of its author.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from uuid import UUID

from kairo.core.enums import Channel, ContentType, Platform
from kairo.hero.dto import BrandSnapshotDTO, CampaignDTO, EvidenceItemDTO, MetricsDTO, PersonaDTO, PillarDTO

AS_OF = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAYS = 30
_TAIL = 2_500
_SHARE_OF_NEW_WORDS = 0.01
_SHARE_IN_STORIES = 0.35
_POSTS_A_STORY = 9
_FORMS = (
    (Platform.INSTAGRAM, ContentType.REEL),
    (Platform.INSTAGRAM, ContentType.POST),
    (Platform.TIKTOK, ContentType.SHORT_VIDEO),
    (Platform.YOUTUBE, ContentType.VIDEO),
    (Platform.LINKEDIN, ContentType.TEXT_POST),
    (Platform.X, ContentType.TEXT_POST),
    (Platform.WEB, ContentType.WEB_PAGE),
)

# The words of each language by frequency: the first line is of function words.
_WORDS = {
    "en": """the a to and of in it for you i my with this is on that your we but so not at be have what are from
        bread kitchen morning recipe winter oven flour market garden week budget coffee weekend teacher tools studio
        balcony harvest soup neighbour ferment starter dough salt butter onion garlic lemon apple orchard pan knife
        lunch dinner breakfast leftovers pantry shelf jar spice stew roast crust crumb batch guests family kids table
        cost waste season farmer local fresh slow easy cheap quick honest simple texture flavour smell heat water time
        mistake trick lesson story question answer change habit plan list order delivery review price shop
        baking kneading proofing slicing freezing cooking washing learning selling building writing trying
        tasted waited burned cleaned counted measured shared changed rested""",
    "de": """die der und ich das ist nicht zu es in mit ein für auf den mein auch so wir sie aber wie wenn was von
        Brot Küche Morgen Rezept Winter Ofen Mehl Markt Garten Woche Kaffee Werkzeug Balkon Ernte Suppe Nachbarin
        Sauerteig Teig Salz Butter Zwiebel Knoblauch Zitrone Apfel Pfanne Messer Mittagessen Abendessen Frühstück Reste
        Vorrat Regal Glas Gewürz Eintopf Braten Kruste Krume Gäste Familie Kinder Tisch Kosten Abfall Jahreszeit Bauer
        frisch langsam einfach billig schnell ehrlich Geschmack Geruch Hitze Wasser Zeit Fehler Trick Lektion Geschichte
        Frage Antwort Gewohnheit Plan Liste Bestellung Lieferung Preis Laden backen kneten schneiden kochen lernen
        probiert gewartet verbrannt gezählt gemessen geteilt geändert""",
    "es": """el la de que y en un los no es por con para mi una se lo más pero como este muy si cuando sin
        pan cocina mañana receta invierno horno harina mercado jardín semana café herramientas balcón cosecha sopa
        vecina masa sal mantequilla cebolla ajo limón manzana sartén cuchillo almuerzo cena desayuno sobras despensa
        estante frasco especia guiso asado corteza miga invitados familia niños mesa costo desperdicio temporada
        agricultor fresco lento fácil barato rápido honesto sencillo sabor olor calor agua tiempo error truco lección
        historia pregunta respuesta cambio costumbre plan lista pedido entrega precio tienda hornear amasar cortar
        cocinar aprender vender probé esperé quemé conté medí compartí cambié""",
    "fr": """le la de et un les des en que est pour pas dans je sur mon avec ce plus il mais nous qui au
        pain cuisine matin recette hiver four farine marché jardin semaine café outils balcon récolte soupe voisine
        levain pâte sel beurre oignon ail citron pomme poêle couteau déjeuner dîner restes placard bocal épice ragoût
        croûte mie invités famille enfants table coût gaspillage saison fermier frais lent facile pas-cher rapide
        honnête simple goût odeur chaleur eau temps erreur astuce leçon histoire question réponse changement habitude
        liste commande livraison prix boutique cuire pétrir couper apprendre vendre goûté attendu brûlé compté""",
}
_SHARES = {"en": 0.7, "de": 0.15, "es": 0.1, "fr": 0.05}
_CONSONANTS, _VOWELS, _ENDINGS = "bdfgklmnprstvz", "aeiou", ("", "", "l", "n", "nd", "r", "s", "th")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a language, each with the sum of the weights up to it."""

    words: tuple[str, ...]
    sums: tuple[float, ...]

    def draw(self, dice: random.Random, count: int) -> list[str]:
        """Words by their weights, and some new ones, as names and misspellings are."""
        known = (self.words[bisect(self.sums, dice.random() * self.sums[-1])] for _ in range(count))
        return [word if dice.random() > _SHARE_OF_NEW_WORDS else _coined(dice) for word in known]


@dataclass(frozen=True, slots=True)
class Story:
    """What several authors post about: a phrase in a language, over the last `days`."""

    phrase: str
    language: str
    days: int


def make_brand() -> BrandSnapshotDTO:
    """A brand with four pillars, two personas, a campaign and taboos, in two of the posts' four languages."""
    themes = (
        ("Bread at home", ("bread", "starter", "dough", "Sauerteig", "levain", "masa")),
        ("Less waste", ("leftovers", "waste", "pantry", "Reste", "sobras", "restes")),
        ("Cheap and quick", ("budget", "cheap", "quick", "lunch", "billig", "barato")),
        ("From the market", ("market", "farmer", "season", "Markt", "mercado", "marché")),
    )
    return BrandSnapshotDTO(
        id=UUID(int=1),
        tenant_id=UUID(int=2),
        slug="benchmark",
        name="Millrace Pantry",
        positioning="Plain cooking for people with little time: flour, salt, patience and what the market has.",
        taboos=("detox", "miracle diet", "Wunderdiät"),
        channels=(Channel.INSTAGRAM, Channel.TIKTOK, Channel.YOUTUBE, Channel.NEWSLETTER),
        languages=("en", "de"),
        competitor_handles=("rival.pantry",),
        campaigns=(
            CampaignDTO(
                name="Soup weeks",
                starts=(AS_OF - timedelta(days=3)).date(),
                ends=(AS_OF + timedelta(days=20)).date(),
                keywords=("soup", "Suppe", "sopa"),
            ),
        ),
        pillars=tuple(
            PillarDTO(id=UUID(int=10 + rank), name=name, description="", keywords=keywords, rank=rank)
            for rank, (name, keywords) in enumerate(themes)
        ),
        personas=(
            PersonaDTO(id=UUID(int=20), name="Tired parent", keywords=("kids", "family", "dinner", "Kinder", "niños")),
            PersonaDTO(id=UUID(int=21), name="New baker", keywords=("oven", "crust", "mistake", "Ofen", "horno")),
        ),
    )


def make_posts(count: int, *, seed: int) -> tuple[EvidenceItemDTO, ...]:
    """That many posts of the 30 days before AS_OF. The same seed gives the same posts, another one others."""
    dice = random.Random(f"{seed}:{count}")  # noqa: S311  a fixed sequence, nothing secret
    vocabularies = {language: _vocabulary(language) for language in _WORDS}
    stories = _stories(max(3, round(count * _SHARE_IN_STORIES / _POSTS_A_STORY)), vocabularies, dice)
    authors = _authors(count, dice)
    posts: list[EvidenceItemDTO] = []
    for number in range(count):
        if posts and dice.random() < 0.02:
            posts.append(_repeat(dice.choice(posts), number, dice))
            continue
        story = dice.choice(stories) if dice.random() < _SHARE_IN_STORIES else None
        posts.append(_post(number, story, vocabularies, authors[number], dice))
    return tuple(posts)


@cache
def _vocabulary(language: str) -> Vocabulary:
    """The same for every board: a language's words are known to a worker that has made boards before."""
    dice = random.Random(language)  # noqa: S311  a fixed sequence, nothing secret
    known = tuple(dict.fromkeys([*_WORDS[language].split(), *(_coined(dice) for _ in range(_TAIL))]))
    return Vocabulary(known, tuple(accumulate(1 / (rank + 3) for rank in range(len(known)))))


def _coined(dice: random.Random) -> str:
    syllables = (dice.choice(_CONSONANTS) + dice.choice(_VOWELS) for _ in range(dice.randint(2, 4)))
    return "".join(syllables) + dice.choice(_ENDINGS)


def _stories(count: int, vocabularies: dict[str, Vocabulary], dice: random.Random) -> list[Story]:
    found = []
    for _ in range(count):
        language = _language(dice)
        content = vocabularies[language].words[27:140]
        phrase = " ".join(dice.sample(content, 2)) if dice.random() < 0.6 else f"{_coined(dice)} {dice.choice(content)}"
        found.append(Story(phrase, language, dice.choice((2, 3, 5, 14, DAYS, DAYS))))
    return found


def _authors(count: int, dice: random.Random) -> list[str]:
    """One for each post: some post often, most once or twice."""
    names = [f"{_coined(dice)}.{number}" for number in range(max(3, count * 3 // 5))]
    return dice.choices(names, weights=[1 / (rank + 5) ** 0.5 for rank in range(len(names))], k=count)


def _post(
    number: int, story: Story | None, vocabularies: dict[str, Vocabulary], author: str, dice: random.Random
) -> EvidenceItemDTO:
    language = story.language if story else _language(dice)
    platform, form = dice.choice(_FORMS)
    vocabulary = vocabularies[language]
    words = vocabulary.draw(dice, min(150, max(6, round(dice.lognormvariate(2.85, 0.6)))))
    if story:
        words.insert(dice.randrange(len(words)), story.phrase)
    tags = [word.lower() for word in vocabulary.draw(dice, dice.choice((0, 0, 1, 2, 4))) if len(word) > 4]
    if story and dice.random() < 0.4:
        tags.append(story.phrase.replace(" ", "").lower())
    has_transcript = form in {ContentType.REEL, ContentType.SHORT_VIDEO, ContentType.VIDEO} and dice.random() < 0.5
    spoken = vocabulary.draw(dice, dice.randint(30, 90)) if has_transcript else []
    views = round(dice.lognormvariate(8, 1.5))
    return EvidenceItemDTO(
        id=UUID(int=dice.getrandbits(128), version=4),
        platform=platform,
        content_type=form,
        external_id=f"post-{number}",
        canonical_url=f"https://posts.example/{number}",
        published_at=AS_OF - timedelta(days=dice.random() * (story.days if story else DAYS)),
        author_ref=author,
        title=_sentences(words[:7], dice) if platform in {Platform.YOUTUBE, Platform.WEB} else "",
        text_primary=" ".join([_sentences(words, dice), *(f"#{tag}" for tag in tags)]),
        text_secondary=_sentences(spoken, dice),
        has_transcript=has_transcript,
        hashtags=tuple(dict.fromkeys(tags)),
        metrics=MetricsDTO(views=views, likes=views // 20, comments=views // 300, shares=None),
    )


def _repeat(earlier: EvidenceItemDTO, number: int, dice: random.Random) -> EvidenceItemDTO:
    return replace(
        earlier,
        id=UUID(int=dice.getrandbits(128), version=4),
        external_id=f"post-{number}",
        canonical_url=f"https://posts.example/{number}",
        text_primary=f"{earlier.text_primary} again",
    )


def _language(dice: random.Random) -> str:
    return dice.choices(list(_SHARES), weights=list(_SHARES.values()))[0]


def _sentences(words: Sequence[str], dice: random.Random) -> str:
    """The words with capitals and full stops."""
    text, opens = [], True
    for word in words:
        text.append(word[:1].upper() + word[1:] if opens else word)
        opens = dice.random() < 0.1
        if opens:
            text[-1] += dice.choice(".!?")
    return " ".join(text)
