"""The label of a topic is its anchor as the posts write it."""

from __future__ import annotations

import pytest

from kairo.hero.engine.topics import Topic
from kairo.hero.engine.wording.labels import are_alike, topic_details, topic_label, written_form
from kairo.hero.text.stems import stem, without_particle
from tests.hero.engine.wording.builders import tokenized


def label_of(texts: list[str], *, language: str, anchor: str) -> str:
    members = tuple(tokenized(text, name=str(n), language=language, author=f"a{n}") for n, text in enumerate(texts))
    key = stem(anchor, language)
    assert all(key in member.written_keys for member in members)
    return topic_label(
        Topic(anchor=key, terms=(key,), members=members, burst=None, is_in_text=True), vocabulary={}, language=language
    )


def test_label_is_a_spelling_of_the_anchor() -> None:
    key = stem("picklebrine", "en")
    members = [tokenized("Pickle brine in the rice", name="a"), tokenized("So much dill #picklebrine", name="b")]
    topic = Topic(anchor=key, terms=(key, "dill"), members=tuple(members), burst=None, is_in_text=True)
    assert topic_label(topic, vocabulary={}, language="en") == "pickle brine"


def test_label_keeps_the_capitals_of_names() -> None:
    texts = ["Barolo with soup, why not", "We opened the Barolo too early", "Barolo is patient"]
    assert label_of(texts, language="en", anchor="barolo") == "Barolo"
    german = ["Der Sauerteig schläft", "sauerteig im Winter", "Mein Sauerteig lebt"]
    assert label_of(german, language="de", anchor="sauerteig") == "Sauerteig"


def test_label_of_a_declined_word_is_its_basic_form() -> None:
    polish = ["Robię zakwas na żurek #zakwas", "Nie wylewaj zakwasu!", "Bez zakwasu nie ma żurku"]
    assert label_of(polish, language="pl", anchor="zakwas") == "zakwas"


@pytest.mark.parametrize(
    ("forms", "label"),
    [
        (("침낭을 샀다", "침낭은 따뜻하다", "겨울 침낭이 좋다"), "침낭"),
        (("고양이를 봤다", "고양이가 잔다", "고양이는 귀엽다"), "고양이"),
    ],
)
def test_label_of_a_korean_word_has_no_particle(forms: tuple[str, ...], label: str) -> None:
    members = [tokenized(text, name=str(n), language="ko") for n, text in enumerate(forms)]
    keys = frozenset.intersection(*(member.written_keys for member in members))
    assert len(keys) == 1
    assert written_form(next(iter(keys)), members, vocabulary={}, language="ko") == label


def test_label_drops_korean_particles_that_fit_the_last_sound() -> None:
    assert without_particle("피클을") == "피클"
    assert without_particle("피클를") == "피클를"
    assert without_particle("커피를") == "커피"
    assert without_particle("나는") == "나는"
    assert stem("텐트에서", "ko") == stem("텐트를", "ko") == "텐트"


def test_label_is_the_brands_spelling_where_posts_only_tag_it() -> None:
    key = stem("picklebrine", "en")
    members = [tokenized(f"{text} #picklebrine", name=text) for text in ("dill", "rice")]
    assert written_form(key, members, vocabulary={key: "Pickle Brine"}, language="en") == "Pickle Brine"


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("darning", "darning kit", True),
        ("darned heels", "darning", True),
        ("Moth-traps", "mothtrap", True),
        ("moth traps", "visible patches", False),
        ("wool", "wood", False),
    ],
)
def test_are_alike_compares_the_beginnings_of_words(first: str, second: str, alike: bool) -> None:
    assert are_alike(first, second) is alike


def test_topic_details_are_shared_phrases_apart_from_the_label() -> None:
    texts = ("Darning with a wooden mushroom", "Slow darning on the wooden mushroom", "Darning and tea")
    members = tuple(tokenized(text, name=str(n)) for n, text in enumerate(texts))
    keys = {key for member in members for key in member.written_keys}
    anchor = stem("darning", "en")
    topic = Topic(anchor=anchor, terms=(anchor, *sorted(keys - {anchor})), members=members, burst=None, is_in_text=True)
    details = topic_details(topic, "darning", vocabulary={}, general=frozenset(), language="en")
    assert details == ("wooden mushroom",)
    general = frozenset(keys)
    assert topic_details(topic, "darning", vocabulary={}, general=general, language="en") == ()
