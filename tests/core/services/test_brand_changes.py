from __future__ import annotations

import threading
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection

from kairo.core.errors import Invalid, NotFound, SlugTaken
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.core.services.brand_changes import archive_brand, create_brand, unarchive_brand, update_brand
from kairo.core.services.brands import brands_visible_to
from kairo.core.signals import brand_shown_changed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand(positioning="Bread first.", taboos=["sugar"])


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


@pytest.fixture
def told() -> Iterator[list[UUID]]:
    """The brands that were told to have changed, and that each was told inside a transaction."""
    brands: list[UUID] = []

    def listen(*, brand_id: UUID, **_: object) -> None:
        assert connection.in_atomic_block
        brands.append(brand_id)

    brand_shown_changed.connect(listen)
    yield brands
    brand_shown_changed.disconnect(listen)


def test_a_new_brand_is_the_callers_tenants(caller: Caller) -> None:
    made = create_brand(caller=caller, wanted={"slug": "brine", "name": "Brine", "tone_tags": ["warm"]})
    stored = Brand.objects.get(pk=made.pk)
    assert (stored.tenant_id, stored.slug, stored.name, stored.tone_tags) == (
        caller.tenant_id, "brine", "Brine", ["warm"],
    )  # fmt: skip


def test_a_slug_is_taken_in_one_tenant_only(brand: Brand, caller: Caller) -> None:
    with pytest.raises(SlugTaken):
        create_brand(caller=caller, wanted={"slug": brand.slug, "name": "Other"})
    other = factories.make_caller(factories.make_tenant())
    assert create_brand(caller=other, wanted={"slug": brand.slug, "name": "Other"}).slug == brand.slug


def test_another_brands_slug_cannot_be_taken_over(brand: Brand, caller: Caller) -> None:
    other = factories.make_brand(brand.tenant)
    with pytest.raises(SlugTaken):
        update_brand(caller=caller, brand_id=brand.id, wanted={"slug": other.slug, "name": "Changed"})
    brand.refresh_from_db()
    assert brand.name != "Changed"


def test_what_is_left_out_stays_and_null_clears(brand: Brand, caller: Caller, told: list[UUID]) -> None:
    changed = update_brand(caller=caller, brand_id=brand.id, wanted={"name": "Rye", "positioning": None})
    stored = Brand.objects.get(pk=brand.pk)
    for seen in (changed, stored):
        assert (seen.name, seen.positioning, seen.taboos, seen.slug) == ("Rye", "", ["sugar"], brand.slug)
    assert stored.updated_at > brand.updated_at
    assert told == [brand.id]


def test_taboos_alone_keep_the_synonyms_of_terms_that_stay(caller: Caller, told: list[UUID]) -> None:
    terms = [{"term": "vape", "synonyms": ["e-cig"]}, {"term": "smoke"}, {"term": "sugar", "synonyms": ["syrup"]}]
    brand = create_brand(caller=caller, wanted={"slug": "s", "name": "S", "taboo_terms": terms})

    def after(**wanted: object) -> tuple[list[str], dict[str, list[str]]]:
        changed = update_brand(caller=caller, brand_id=brand.id, wanted=wanted)
        stored = Brand.objects.get(pk=brand.pk)
        assert (changed.taboos, changed.taboo_synonyms) == (stored.taboos, stored.taboo_synonyms)
        return stored.taboos, stored.taboo_synonyms

    assert after(name="T") == (["vape", "smoke", "sugar"], {"vape": ["e-cig"], "sugar": ["syrup"]})
    assert after(taboos=["sugar", "salt"]) == (["sugar", "salt"], {"sugar": ["syrup"]})
    assert after(taboos=["sugar", "vape"]) == (["sugar", "vape"], {"sugar": ["syrup"]})
    changes = len(told)
    assert after(taboo_terms=[{"term": "sugar", "synonyms": ["syrup"]}, {"term": "vape"}])[0] == ["sugar", "vape"]
    assert len(told) == changes
    both = {"taboos": ["vape", "sugar"], "taboo_terms": [{"term": "sugar"}, {"term": "vape", "synonyms": ["mod"]}]}
    assert after(**both) == (["vape", "sugar"], {"vape": ["mod"]})
    assert after(taboo_terms=None) == ([], {})


def test_taboos_and_other_taboo_terms_change_nothing(brand: Brand, caller: Caller) -> None:
    with pytest.raises(Invalid) as refused:
        update_brand(caller=caller, brand_id=brand.id, wanted={"taboos": ["sugar"], "taboo_terms": [{"term": "salt"}]})
    assert (refused.value.code, refused.value.field) == ("BAD_USER_INPUT", "taboo_terms")
    brand.refresh_from_db()
    assert brand.taboos == ["sugar"]


def test_a_change_that_changes_nothing_is_not_told(brand: Brand, caller: Caller, told: list[UUID]) -> None:
    update_brand(caller=caller, brand_id=brand.id, wanted={"name": f" {brand.name} ", "taboos": ["sugar"]})
    assert told == []


def test_nothing_is_changed_when_one_value_is_wrong(brand: Brand, caller: Caller, told: list[UUID]) -> None:
    with pytest.raises(Invalid):
        update_brand(caller=caller, brand_id=brand.id, wanted={"positioning": "New", "slug": "?"})
    brand.refresh_from_db()
    assert (brand.positioning, told) == ("Bread first.", [])


def test_an_archived_brand_is_listed_only_when_asked_for(brand: Brand, caller: Caller, told: list[UUID]) -> None:
    archived = archive_brand(caller=caller, brand_id=brand.id)
    assert archived.archived_at is not None
    assert archive_brand(caller=caller, brand_id=brand.id).archived_at == archived.archived_at
    assert list(brands_visible_to(caller=caller, include_archived=False)) == []
    assert list(brands_visible_to(caller=caller)) == [brand]
    assert told == [brand.id]
    assert unarchive_brand(caller=caller, brand_id=brand.id).archived_at is None
    unarchive_brand(caller=caller, brand_id=brand.id)
    assert list(brands_visible_to(caller=caller, include_archived=False)) == [brand]
    assert told == [brand.id, brand.id]


@pytest.mark.parametrize("theirs", [True, False])
def test_brands_that_are_not_the_callers_are_not_found(theirs: bool, caller: Caller) -> None:
    id_ = factories.make_brand().id if theirs else uuid4()
    with pytest.raises(NotFound):
        update_brand(caller=caller, brand_id=id_, wanted={"name": "Mine"})
    for verb in (archive_brand, unarchive_brand):
        with pytest.raises(NotFound):
            verb(caller=caller, brand_id=id_)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_a_slug_at_once_one_gets_it(caller: Caller) -> None:
    endings: list[str] = []
    start = threading.Barrier(6)

    def make() -> None:
        start.wait()
        try:
            create_brand(caller=caller, wanted={"slug": "wanted", "name": "Wanted"})
            endings.append("made")
        except SlugTaken:
            endings.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(endings) == ["made", *["taken"] * 5]
