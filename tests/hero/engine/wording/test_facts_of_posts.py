# ruff: noqa: E501, RUF001  (posts are one line each, in the letters of their language)
"""What is read off posts for an angle: form, quotation, shared question, gap, and the topic's name."""

from __future__ import annotations

import pytest

from kairo.core.enums import Platform
from kairo.hero.engine.tokenized_posts import TokenizedPost, tokenize_post
from kairo.hero.engine.topics import Topic
from kairo.hero.engine.wording.forms import dominant_form, form_of
from kairo.hero.engine.wording.gaps import gaps_of, is_said_in
from kairo.hero.engine.wording.grammar import Form
from kairo.hero.engine.wording.labels import topic_label, written_form
from kairo.hero.engine.wording.names import author_name, competitor_name, names_competitor
from kairo.hero.engine.wording.questions import shared_question
from kairo.hero.engine.wording.quotes import MAX_WORDS, questions, quotable
from kairo.hero.text.stems import stem, without_particle
from tests.hero.builders import post


def tokenized(
    text: str, *, name: str = "p", language: str = "en", author: str = "", platform: Platform = Platform.TIKTOK
) -> TokenizedPost:
    return tokenize_post(post(name, text, author=author or f"author.{name}", platform=platform), languages=(language,))


def allow(_: str) -> bool:
    return True


# Forms.


@pytest.mark.parametrize(
    ("language", "text", "form"),
    [
        ("en", "5 ways to darn a sock before it is lost", Form.LIST),
        ("en", "What I pack:\n- wool\n- needle\n- patience", Form.LIST),
        ("en", "How to darn a sock when the heel is gone", Form.HOW_TO),
        ("en", "POV: your darning teacher finds the nylon", Form.POINT_OF_VIEW),
        ("en", "Before and after: the jumper the moths had", Form.BEFORE_AFTER),
        ("en", "Hot take: visible mending is louder than new", Form.REACTION),
        ("en", "Would you mend a sock from the sale rack? #mending", Form.QUESTION),
        ("en", "The moths had the elbow of this jumper", None),
        ("en", "10 kg of wool arrived this morning", None),
        ("es", "3 trucos para remendar un calcetín", Form.LIST),
        ("es", "Cómo remendar un calcetín paso a paso", Form.HOW_TO),
        ("pt", "5 dicas para remendar meias", Form.LIST),
        ("pt", "Passo a passo: como remendar meias", Form.HOW_TO),
        ("de", "Drei Fehler beim Stopfen von Socken", Form.LIST),
        ("de", "Socken stopfen, Schritt für Schritt", Form.HOW_TO),
        ("de", "Vorher ein Loch, nachher ein Flicken", Form.BEFORE_AFTER),
        ("fr", "Quatre erreurs quand on reprise une chaussette", Form.LIST),
        ("fr", "Repriser une chaussette, étape par étape", Form.HOW_TO),
        ("it", "5 modi per rammendare un calzino", Form.LIST),
        ("it", "Rammendare un calzino passo dopo passo", Form.HOW_TO),
        ("it", "Il maglione prima e dopo", Form.BEFORE_AFTER),
        ("nl", "Drie tips om sokken te stoppen", Form.LIST),
        ("nl", "Sokken stoppen, stap voor stap", Form.HOW_TO),
        ("pl", "5 sposobów na dziurę w skarpecie", Form.LIST),
        ("pl", "Cerowanie skarpety krok po kroku", Form.HOW_TO),
        ("pl", "Sweter przed i po", Form.BEFORE_AFTER),
        ("tr", "Çorap örmek için 5 ipucu", Form.LIST),
        ("tr", "Adım adım çorap yamama", Form.HOW_TO),
        ("hi", "मोज़े ठीक करने के 5 तरीके", Form.LIST),
        ("ja", "靴下の直し方", Form.HOW_TO),
        ("ja", "繕いの道具5選", Form.LIST),
        ("ko", "양말 꿰매는 방법 3가지", Form.LIST),
        ("ko", "양말 꿰매는 법 단계별 정리", Form.HOW_TO),
        ("ko", "만두 200개 빚은 날", None),
    ],
)
def test_form_is_read_off_the_words(language: str, text: str, form: Form | None) -> None:
    assert form_of(tokenized(text, language=language)) is form


def test_dominant_form_needs_half_of_the_posts_and_two() -> None:
    how = [tokenized(f"How to darn a sock, part {n}", name=f"h{n}") for n in range(2)]
    plain = [tokenized("The moths were here again", name=f"n{n}") for n in range(3)]
    found = dominant_form([*how, *plain[:2]])
    assert found is not None
    assert (found.form, [one.id for one in found.posts], found.every) == (Form.HOW_TO, [one.id for one in how], False)
    assert dominant_form([*how, *plain]) is None
    assert dominant_form(how[:1]) is None
    everything = dominant_form(how)
    assert everything is not None
    assert everything.every


def test_dominant_form_is_none_where_two_are_equal() -> None:
    texts = ("How to darn a sock", "How to darn a hat", "5 tips for darning", "3 ideas for darning")
    assert dominant_form([tokenized(text, name=str(n)) for n, text in enumerate(texts)]) is None


# Quotations.


def first_quote(text: str, language: str = "en") -> str | None:
    return next((quote.shown for quote in quotable(tokenized(text, language=language))), None)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "The moths had the elbow of this jumper. Now it has a star. #mending",
            "The moths had the elbow of this jumper",
        ),
        ("Hey guys! The heel goes first, always.", "The heel goes first, always"),
        ("Link in bio for the kit\nThe heel goes first, always", "The heel goes first, always"),
        ("Thanks @wool.shop for this! The heel goes first, always.", "The heel goes first, always"),
        ("#mending #socks #wool", None),
        ("We love #mending here. The heel goes first, always.", "The heel goes first, always"),
        ("🧦🧦 The heel goes first, always 🧵 #mending", "The heel goes first, always"),
        ("See https://wool.example/kit for it all today", None),
        ("Does the heel always go first?", "Does the heel always go first?"),
        ('She said "never darn nylon" and left. The heel goes first, always.', "The heel goes first, always"),
        ("Wow. The heel goes first, always.", "The heel goes first, always"),
        (
            "Darn the heel before it opens, because a hole that is open needs twice the wool and the patience of a saint",
            "Darn the heel before it opens",
        ),
        (
            "I spent four winters learning to darn the heels of my father's heavy old hiking socks",
            "I spent four winters learning to darn the heels of my father's…",
        ),
    ],
)
def test_quote_is_a_sentence_that_stands_by_itself(text: str, quote: str | None) -> None:
    assert first_quote(text) == quote


def test_quote_is_in_the_post_letter_by_letter_and_short() -> None:
    text = "Ça y est : j'ai reprisé mes chaussettes, les bleues, les vertes, et même celles que le chien avait mangées hier soir"
    for quote in quotable(tokenized(text, language="fr")):
        assert quote.text in text
        assert len(quote.text.split()) <= MAX_WORDS


def test_quote_of_an_unspaced_text_ends_at_a_word() -> None:
    text = "祖母に手紙を書くために便箋を選んでいたら気がつけば二時間も文具店の棚の前に立っていましたがまだ決まりません"
    (quote,) = quotable(tokenized(text, language="ja"))
    assert text.startswith(quote.text)
    assert quote.shown.endswith("…")
    assert len(quote.text) <= 36


@pytest.mark.parametrize(
    ("author", "platform", "name"),
    [
        ("wool.anna", Platform.INSTAGRAM, "@wool.anna"),
        ("@wool.anna", Platform.TIKTOK, "@wool.anna"),
        ("Anna Wool", Platform.LINKEDIN, "Anna Wool"),
        ("wool-blog", Platform.WEB, "wool-blog"),
        ("a81bc81bdeadbeef", Platform.INSTAGRAM, ""),
        ("", Platform.INSTAGRAM, ""),
    ],
)
def test_author_has_a_handle_only_where_the_platform_has(author: str, platform: Platform, name: str) -> None:
    item = post("p", "text", platform=platform)
    assert (
        author_name(
            tokenize_post(type(item)(**{**{f: getattr(item, f) for f in item.__slots__}, "author_ref": author}))
        )
        == name
    )


# Questions.


def test_question_is_shared_when_two_authors_ask_alike() -> None:
    texts = (
        "Which wool holds for a heel? I am on my third hole.",
        "New needles today, and no plan.",
        "Honest question: which wool for the heel? Mine felts.",
    )
    members = [tokenized(text, name=str(n)) for n, text in enumerate(texts)]
    found = shared_question(members, allowed=allow)
    assert found is not None
    assert found.text == "Which wool holds for a heel?"
    assert [one.id for one in found.posts] == [members[0].id, members[2].id]


def test_question_of_one_author_or_on_other_things_is_not_shared() -> None:
    same = [tokenized("Which wool for a heel?", name=str(n), author="anna") for n in range(2)]
    assert shared_question(same, allowed=allow) is None
    apart = [tokenized("Which wool for a heel?", name="a"), tokenized("Who joins us on Sunday?", name="b")]
    assert shared_question(apart, allowed=allow) is None


def test_question_is_quoted_whole_or_not_at_all() -> None:
    long = "Honest question for all of you: who darns the heel when the best darner is also the busiest darner in town?"
    assert list(questions(tokenized(long))) == []


# Gaps.


def test_gap_is_a_phrase_of_which_no_post_says_a_word() -> None:
    members = [
        tokenized("Darning the heel with wool from the attic", name="a"),
        tokenized("Socks, needles, tea", name="b"),
    ]
    phrases = ("wool", "darned heels", "moth traps", "sock", "visible mending", "moth trap")
    assert list(gaps_of(members, phrases, label="darning")) == ["moth traps", "visible mending"]


def test_gap_is_not_the_topic_itself() -> None:
    assert list(gaps_of([tokenized("Socks, needles, tea")], ("visible mending",), label="visible mending kits")) == []


def test_gap_keywords_of_another_language_are_told_by_the_posts_that_say_them() -> None:
    board = {"calcetines": frozenset({"es"})}
    assert not is_said_in("calcetines", "en", board)
    assert is_said_in("calcetines", "es", board)
    assert is_said_in("moth traps", "en", board)


# Names of topics.


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


@pytest.mark.parametrize(
    ("run", "key"), [("もち米粉", "米粉"), ("お茶漬け", "茶漬"), ("はちみつ梅酒", "梅酒"), ("とんかつ定食", "定食")]
)
def test_label_keeps_the_first_kana_of_its_own(run: str, key: str) -> None:
    texts = [f"{run}が朝から気になる", f"今日は、{run}の店へ", f"{run}と散歩"]
    members = [tokenized(text, name=str(n), language="ja") for n, text in enumerate(texts)]
    assert all(key in member.written_keys for member in members)
    assert written_form(key, members, vocabulary={}, language="ja") == run


@pytest.mark.parametrize(
    "texts",
    [
        ("冬の手帳を買う", "夏の手帳を使う", "春の手帳を選ぶ"),
        ("冬の手帳を買う", "夏の手帳を買う", "春の手帳を買う"),
        ("手帳は青", "手帳は赤", "手帳は白"),
    ],
)
def test_label_drops_a_particle_that_belongs_to_its_neighbours(texts: tuple[str, ...]) -> None:
    members = [tokenized(text, name=str(n), language="ja") for n, text in enumerate(texts)]
    assert written_form("手帳", members, vocabulary={}, language="ja") == "手帳"


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


def test_korean_particles_fall_only_after_the_sound_they_ask_for() -> None:
    assert without_particle("피클을") == "피클"
    assert without_particle("피클를") == "피클를"
    assert without_particle("커피를") == "커피"
    assert without_particle("나는") == "나는"
    assert stem("텐트에서", "ko") == stem("텐트를", "ko") == "텐트"


# Competitors.


def test_competitor_is_called_as_it_writes_itself() -> None:
    members = [tokenized("Wool Palace opens on Monday", author="woolpalace.shop")]
    assert competitor_name("woolpalace.shop", members) == "Wool Palace"
    assert names_competitor("only at WoolPalace", "woolpalace.shop", "Wool Palace")
    assert not names_competitor("only at our place", "woolpalace.shop", "Wool Palace")
