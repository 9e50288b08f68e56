# ruff: noqa: RUF001  (posts are one line each, in the letters of their language)
"""The form of a post is read off its words, and that of a topic off its posts."""

from __future__ import annotations

import pytest

from kairo.hero.engine.wording.forms import dominant_form, form_of
from kairo.hero.engine.wording.grammar import Form
from tests.hero.engine.wording.builders import tokenized


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
def test_form_of_reads_the_words(language: str, text: str, form: Form | None) -> None:
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
