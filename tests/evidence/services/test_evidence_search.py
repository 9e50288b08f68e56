"""Lists and searches of evidence items."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from kairo.core.enums import Platform
from kairo.core.errors import Invalid, NotFound
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.services.evidence_search import EvidenceFilter, evidence_by_id, list_evidence
from tests import factories

pytestmark = pytest.mark.django_db


def found(caller: Caller, brand: Brand, **filter_: Any) -> list[UUID]:
    page = list_evidence(caller=caller, brand_id=brand.id, first=100, after=None, filter_=EvidenceFilter(**filter_))
    return [post.id for _, post in page.items]


def make_post(brand: Brand, text: str, **fields: Any) -> UUID:
    given = {"text_primary": text, "text_secondary": "", "title": "", "hashtags": [], **fields}
    return factories.make_post(brand, **given).id


@pytest.mark.parametrize("size", [1, 2, 4])
def test_list_pages_end_with_items_without_a_date(brand: Brand, caller: Caller, size: int) -> None:
    now = timezone.now()
    dates = [now - timedelta(hours=n // 2) for n in range(6)] + [None] * 3
    posts = [factories.make_post(brand, published_at=published) for published in dates]
    factories.make_post(factories.make_brand(brand.tenant))
    seen: list[UUID] = []
    after = None
    while True:
        page = list_evidence(caller=caller, brand_id=brand.id, first=size, after=after, filter_=EvidenceFilter())
        seen += [post.id for _, post in page.items]
        if not page.has_next:
            break
        after = page.items[-1][0]
    far = now + timedelta(days=1)
    expected = sorted(
        posts, key=lambda post: (far - post.published_at if post.published_at else timedelta.max, post.id)
    )
    assert seen == [post.id for post in expected]


def test_filter_conditions_keep_matching_items(brand: Brand, caller: Caller) -> None:
    now = timezone.now()
    old = factories.make_post(brand, author_ref="Anna", published_at=now - timedelta(days=3))
    new = factories.make_post(brand, author_ref="ben", published_at=now, platform=Platform.X)
    undated = factories.make_post(brand, author_ref="ben", published_at=None)
    assert found(caller, brand) == [new.id, old.id, undated.id]
    assert found(caller, brand, platforms=[Platform.X]) == [new.id]
    assert found(caller, brand, platforms=[Platform.X, Platform.INSTAGRAM]) == [new.id, old.id, undated.id]
    for author in ("anna", "ANNA", "@Anna", " Anna "):
        assert found(caller, brand, author=author) == [old.id]
    assert found(caller, brand, author="an%") == []
    assert found(caller, brand, published_from=now) == [new.id]
    assert found(caller, brand, published_to=now) == [old.id]
    assert found(caller, brand, author="ben", published_from=now - timedelta(days=9)) == [new.id]


def test_search_finds_words_in_every_text_field(brand: Brand, caller: Caller) -> None:
    places = {
        "title": make_post(brand, "", title="The Levain book"),
        "text_primary": make_post(brand, "My LEVAIN, day six"),
        "text_secondary": make_post(brand, "", text_secondary="so this is the levain"),
        "hashtags": make_post(brand, "", hashtags=["levain", "brot"]),
    }
    make_post(brand, "Rye at eighty percent")
    assert set(found(caller, brand, search="levain")) == set(places.values())
    assert found(caller, brand, search="#brot") == [places["hashtags"]]


def test_search_has_the_syntax_of_a_search_engine(brand: Brand, caller: Caller) -> None:
    cold = make_post(brand, "Cold proof for sixteen hours", published_at=timezone.now())
    oven = make_post(brand, "A cold oven and proof of patience", published_at=timezone.now() - timedelta(hours=1))
    umlaut = make_post(brand, "Brötchen über Nacht 日本語", published_at=timezone.now() - timedelta(hours=2))
    assert found(caller, brand, search="proof cold") == [cold, oven]
    assert found(caller, brand, search='"cold proof"') == [cold]
    assert found(caller, brand, search="cold -oven") == [cold]
    assert found(caller, brand, search="sixteen or oven") == [cold, oven]
    assert found(caller, brand, search="BRÖTCHEN") == [umlaut]
    assert found(caller, brand, search="日本語") == [umlaut]
    assert found(caller, brand, search="col") == []
    assert found(caller, brand, search="   ") == [cold, oven, umlaut]
    for looks_for_nothing in ("-cold", "-cold -oven", "-cold or oven", "!"):
        assert found(caller, brand, search=looks_for_nothing) == []


@pytest.mark.parametrize(
    "search",
    [
        "!!!",
        "🍞",
        "& | ! <-> :* ()",
        '"',
        '"""',
        "' OR 1=1; --",
        "\\",
        "%",
        "\x00",
        "\ud800",
        "(((((((((((((((",
        "- - - -",
        "or or or",
        "a:*b",
        "\u202e\u200b",
        "a" * 200,
        "x " * 100,
    ],
)
def test_search_accepts_any_text(brand: Brand, caller: Caller, search: str) -> None:
    post = make_post(brand, "Cold proof")
    assert set(found(caller, brand, search=search)) <= {post}


def test_search_and_author_have_a_maximum_length(brand: Brand, caller: Caller) -> None:
    for field, most in (("search", 200), ("author", 300)):
        assert found(caller, brand, **{field: "é" * most}) == []
        for text in ("é" * (most + 1), "x" * 10_000):
            with pytest.raises(Invalid) as caught:
                found(caller, brand, **{field: text})
            assert caught.value.field == field


def test_search_uses_the_full_text_index(brand: Brand, caller: Caller) -> None:
    other = factories.make_brand(brand.tenant)
    NormalizedEvidenceItem.objects.bulk_create(
        NormalizedEvidenceItem(
            brand=brand if n % 2 else other,
            platform="x",
            content_type="post",
            external_id=str(n),
            published_at=timezone.now() - timedelta(minutes=n),
            text_primary=f"Loaf number {n} of many, with crumb like lace {n % 97}",
        )
        for n in range(2000)
    )
    rare = make_post(brand, "a quokka baked it")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE evidence_normalizedevidenceitem")
        # The planner overestimates the cost of a GIN index with a pending list.
        cursor.execute("SELECT gin_clean_pending_list('evidence_words_gin')")
    plans: list[str] = []
    with connection.execute_wrapper(_explaining(plans)):
        assert found(caller, brand, search="quokka") == [rare]
    assert any("evidence_words_gin" in plan for plan in plans), plans


def _explaining(plans: list[str]) -> Any:
    """Records the query plan of each search."""

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "websearch_to_tsquery" in sql and not sql.startswith("EXPLAIN"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                plans.append("\n".join(line for (line,) in cursor.fetchall()))
        return execute(sql, params, many, context)

    return explain


def test_search_finds_words_of_the_longest_item(brand: Brand, caller: Caller) -> None:
    # Distinct short words of multi-byte letters: the largest tsvector that an item can have.
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 20_000)]
    words = [a + b for shift in (1, 2, 3) for a, b in zip(letters, letters[shift:], strict=False)]
    primary, secondary, tags = words[:16_666], words[16_666:33_332], words[33_332:]
    post = make_post(brand, " ".join(primary), text_secondary=" ".join(secondary), hashtags=tags * 2)
    for word in (primary[0], secondary[0], tags[-1]):
        assert found(caller, brand, search=word) == [post]


@pytest.mark.parametrize("after", ["", "x", "\x00", "é", "A" * 10_000, "LXB1Ymxpc2hlZF9hdHx4fHg=", "fHw="])
def test_cursor_that_is_invalid_is_refused(brand: Brand, caller: Caller, after: str) -> None:
    with pytest.raises(Invalid) as caught:
        list_evidence(caller=caller, brand_id=brand.id, first=5, after=after, filter_=EvidenceFilter())
    assert caught.value.field == "after"


def test_list_and_lookup_exclude_other_tenants(brand: Brand, caller: Caller) -> None:
    post = factories.make_post(brand)
    stranger = factories.make_caller(factories.make_tenant())
    assert list(evidence_by_id(caller=caller, ids=[post.id, uuid4()])) == [post.id]
    assert evidence_by_id(caller=stranger, ids=[post.id]) == {}
    with pytest.raises(NotFound, match="Brand not found"):
        found(stranger, brand)
