from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from kairo.core.enums import ContentType, Platform
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.boards import evidence_items
from kairo.hero.boards.evidence_items import SNIPPET_CHARACTERS, snippet, to_item, to_preview
from tests import factories
from tests.hero.builders import AS_OF, an_id


def a_row(**fields: object) -> NormalizedEvidenceItem:
    """A row that is not stored."""
    values = {"platform": "tiktok", "content_type": "short_video", "hashtags": ["rye"], "published_at": AS_OF}
    return NormalizedEvidenceItem(id=an_id("row"), brand_id=an_id("brand"), **{**values, **fields})


@pytest.mark.parametrize("text", ["", "A loaf", "x" * SNIPPET_CHARACTERS])
def test_snippet_of_a_short_text_is_the_text(text: str) -> None:
    assert snippet(text) == text


def test_snippet_is_one_line() -> None:
    assert snippet("  Day one:\n\tfeed\u2003the starter ") == "Day one: feed the starter"


def test_snippet_ends_at_the_last_word_that_fits() -> None:
    shown = snippet("sourdough " * 50)
    assert shown == "sourdough " * 18 + "sourdough…"
    assert len(shown) <= SNIPPET_CHARACTERS


def test_snippet_of_one_long_word_is_cut_inside_it() -> None:
    assert snippet("crumb " + "x" * 500) == "crumb " + "x" * 193 + "…"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"text_primary": "caption", "title": "title", "text_secondary": "spoken"}, "caption"),
        ({"title": "title", "text_secondary": "spoken"}, "title"),
        ({"text_secondary": "spoken"}, "spoken"),
        ({}, ""),
    ],
)
def test_preview_shows_the_first_text_that_is_not_empty(texts: dict[str, str], expected: str) -> None:
    assert to_preview(a_row(**texts)).snippet == expected


def test_item_has_the_values_of_its_row() -> None:
    item = to_item(a_row(text_primary="caption", views=7, likes=None))
    assert (item.id, item.platform, item.content_type) == (an_id("row"), Platform.TIKTOK, ContentType.SHORT_VIDEO)
    assert (item.text_primary, item.hashtags, item.published_at) == ("caption", ("rye",), AS_OF)
    assert (item.metrics.views, item.metrics.likes) == (7, None)


@pytest.mark.django_db
def test_previews_by_brand_equal_the_previews_of_each_brand(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    brands = [factories.make_brand(context=False) for _ in range(2)]
    texts = [{}, {"text_primary": "", "title": "Only a title"}, {"text_primary": "", "text_secondary": "spoken"}]
    ids = [factories.make_post(brand, **each).id for brand in brands for each in texts]
    with django_assert_num_queries(1):
        by_brand = evidence_items.previews_by_brand([*ids, an_id("deleted")])
    for brand in brands:
        previews = evidence_items.previews(brand_id=brand.id, ids=ids)
        assert len(previews) == 3
        assert by_brand[brand.id] == previews
        assert evidence_items.items(brand_id=brand.id, ids=ids).keys() == previews.keys()
    with django_assert_num_queries(0):
        assert evidence_items.previews_by_brand([]) == {}
