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
def changed_brands() -> Iterator[list[UUID]]:
    """The brand ids of the signals; each must be sent inside a transaction."""
    brand_ids: list[UUID] = []

    def listen(*, brand_id: UUID, **_: object) -> None:
        assert connection.in_atomic_block
        brand_ids.append(brand_id)

    brand_shown_changed.connect(listen)
    yield brand_ids
    brand_shown_changed.disconnect(listen)


def test_create_brand_belongs_to_the_callers_tenant(caller: Caller) -> None:
    created = create_brand(caller=caller, values={"slug": "brine", "name": "Brine", "tone_tags": ["warm"]})
    stored = Brand.objects.get(pk=created.pk)
    assert (stored.tenant_id, stored.slug, stored.name, stored.tone_tags) == (
        caller.tenant_id, "brine", "Brine", ["warm"],
    )  # fmt: skip


def test_slug_is_unique_in_one_tenant(brand: Brand, caller: Caller) -> None:
    with pytest.raises(SlugTaken):
        create_brand(caller=caller, values={"slug": brand.slug, "name": "Other"})
    other = factories.make_caller(factories.make_tenant())
    assert create_brand(caller=other, values={"slug": brand.slug, "name": "Other"}).slug == brand.slug


def test_update_to_another_brands_slug_is_refused(brand: Brand, caller: Caller) -> None:
    other = factories.make_brand(brand.tenant)
    with pytest.raises(SlugTaken):
        update_brand(caller=caller, brand_id=brand.id, values={"slug": other.slug, "name": "Changed"})
    brand.refresh_from_db()
    assert brand.name != "Changed"


def test_update_leaves_absent_fields_and_null_clears(brand: Brand, caller: Caller, changed_brands: list[UUID]) -> None:
    changed = update_brand(caller=caller, brand_id=brand.id, values={"name": "Rye", "positioning": None})
    stored = Brand.objects.get(pk=brand.pk)
    for row in (changed, stored):
        assert (row.name, row.positioning, row.taboos, row.slug) == ("Rye", "", ["sugar"], brand.slug)
    assert stored.updated_at > brand.updated_at
    assert changed_brands == [brand.id]


def test_taboos_alone_keep_the_synonyms_of_remaining_terms(caller: Caller, changed_brands: list[UUID]) -> None:
    terms = [{"term": "vape", "synonyms": ["e-cig"]}, {"term": "smoke"}, {"term": "sugar", "synonyms": ["syrup"]}]
    brand = create_brand(caller=caller, values={"slug": "s", "name": "S", "taboo_terms": terms})

    def after(**values: object) -> tuple[list[str], dict[str, list[str]]]:
        changed = update_brand(caller=caller, brand_id=brand.id, values=values)
        stored = Brand.objects.get(pk=brand.pk)
        assert (changed.taboos, changed.taboo_synonyms) == (stored.taboos, stored.taboo_synonyms)
        return stored.taboos, stored.taboo_synonyms

    assert after(name="T") == (["vape", "smoke", "sugar"], {"vape": ["e-cig"], "sugar": ["syrup"]})
    assert after(taboos=["sugar", "salt"]) == (["sugar", "salt"], {"sugar": ["syrup"]})
    assert after(taboos=["sugar", "vape"]) == (["sugar", "vape"], {"sugar": ["syrup"]})
    changes = len(changed_brands)
    assert after(taboo_terms=[{"term": "sugar", "synonyms": ["syrup"]}, {"term": "vape"}])[0] == ["sugar", "vape"]
    assert len(changed_brands) == changes
    both = {"taboos": ["vape", "sugar"], "taboo_terms": [{"term": "sugar"}, {"term": "vape", "synonyms": ["mod"]}]}
    assert after(**both) == (["vape", "sugar"], {"vape": ["mod"]})
    assert after(taboo_terms=None) == ([], {})


def test_contradicting_taboos_are_refused(brand: Brand, caller: Caller) -> None:
    with pytest.raises(Invalid) as error:
        update_brand(caller=caller, brand_id=brand.id, values={"taboos": ["sugar"], "taboo_terms": [{"term": "salt"}]})
    assert (error.value.code, error.value.field) == ("BAD_USER_INPUT", "taboo_terms")
    brand.refresh_from_db()
    assert brand.taboos == ["sugar"]


def test_update_without_a_difference_sends_no_signal(brand: Brand, caller: Caller, changed_brands: list[UUID]) -> None:
    update_brand(caller=caller, brand_id=brand.id, values={"name": f" {brand.name} ", "taboos": ["sugar"]})
    assert changed_brands == []


def test_update_with_an_invalid_value_writes_nothing(brand: Brand, caller: Caller, changed_brands: list[UUID]) -> None:
    with pytest.raises(Invalid):
        update_brand(caller=caller, brand_id=brand.id, values={"positioning": "New", "slug": "?"})
    brand.refresh_from_db()
    assert (brand.positioning, changed_brands) == ("Bread first.", [])


def test_archived_brand_is_listed_on_request_only(brand: Brand, caller: Caller, changed_brands: list[UUID]) -> None:
    archived = archive_brand(caller=caller, brand_id=brand.id)
    assert archived.archived_at is not None
    assert archive_brand(caller=caller, brand_id=brand.id).archived_at == archived.archived_at
    assert list(brands_visible_to(caller=caller, include_archived=False)) == []
    assert list(brands_visible_to(caller=caller)) == [brand]
    assert changed_brands == [brand.id]
    assert unarchive_brand(caller=caller, brand_id=brand.id).archived_at is None
    unarchive_brand(caller=caller, brand_id=brand.id)
    assert list(brands_visible_to(caller=caller, include_archived=False)) == [brand]
    assert changed_brands == [brand.id, brand.id]


@pytest.mark.parametrize("is_foreign", [True, False])
def test_brand_of_another_tenant_is_not_found(is_foreign: bool, caller: Caller) -> None:
    id_ = factories.make_brand().id if is_foreign else uuid4()
    with pytest.raises(NotFound):
        update_brand(caller=caller, brand_id=id_, values={"name": "Mine"})
    for function in (archive_brand, unarchive_brand):
        with pytest.raises(NotFound):
            function(caller=caller, brand_id=id_)


@pytest.mark.django_db(transaction=True)
def test_concurrent_creation_of_one_slug_succeeds_once(caller: Caller) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(6)

    def make() -> None:
        start.wait()
        try:
            create_brand(caller=caller, values={"slug": "same", "name": "Same"})
            outcomes.append("created")
        except SlugTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["created", *["taken"] * 5]
