from __future__ import annotations

import pytest

from kairo.core.errors import BrokenReference
from schema.types.named_evidence import NamedEvidence
from tests.hero.builders import an_id, opportunity
from tests.schema.types.posts import preview

IDEA = opportunity(evidence=(preview("loaf"), preview("crumb")), evidence_ids=(an_id("loaf"), an_id("crumb")))


def test_items_keep_the_requested_order_and_convert_each_post_once() -> None:
    posts = NamedEvidence([IDEA], brand_keys=[an_id("brand")], holder="Board 1")
    crumb, loaf = posts.items([an_id("crumb"), an_id("loaf")])
    assert (crumb.snippet, loaf.snippet) == ("crumb", "loaf")
    assert posts.items([an_id("loaf")])[0] is loaf


def test_posts_argument_adds_posts_that_no_opportunity_contains() -> None:
    posts = NamedEvidence([], brand_keys=[], holder="Board 1", posts=[preview("mention")])
    assert [item.snippet for item in posts.items([an_id("mention")])] == ["mention"]


@pytest.mark.django_db
def test_missing_post_raises_broken_reference_with_its_id() -> None:
    posts = NamedEvidence([IDEA], brand_keys=[an_id("brand")], holder="Board 1")
    with pytest.raises(BrokenReference) as error:
        posts.items([an_id("loaf"), an_id("gone")])
    assert error.value.missing_ids == (str(an_id("gone")),)
