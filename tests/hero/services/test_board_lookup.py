from __future__ import annotations

import asyncio
from dataclasses import MISSING, fields
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from kairo.core.models import Brand
from kairo.core.services.access import token_hash
from kairo.db.roles import WEB
from kairo.hero.boards import brand_snapshot
from kairo.hero.dto import BrandSnapshotDTO, TabooTermDTO
from kairo.hero.generation.board_store import GeneratedBoard, store_boards
from kairo.hero.services.board_lookup import LookupResult, versioned_board
from schema.board_cache.connections import ConnectionPool
from tests import factories
from tests.hero.boards.test_snapshot import an_outcome
from tests.schema.asgi_client import rows


def stored_value(field: models.Field[Any, Any]) -> Any:
    """A value of the column that is not its default."""
    if isinstance(field, ArrayField):
        return [stored_value(field.base_field)]
    if field.choices:
        return [value for value, _ in field.flatchoices if value != field.get_default()][-1]
    if isinstance(field, models.JSONField):
        return {"taboos-stored": [f"{field.name}-stored"]}  # by a taboo that is there
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.CharField | models.TextField):
        return f"{field.name or 'item'}-stored"[: field.max_length]
    raise AssertionError(f"give {field.name} a value that is not its default")


def brand_without_defaults() -> Brand:
    values = {
        field.attname: stored_value(field)
        for field in Brand._meta.concrete_fields
        if not (field.primary_key or field.is_relation)
    }
    return Brand.objects.create(tenant=factories.make_tenant(), **values)


def columns_shown_by_default(brand: BrandSnapshotDTO) -> list[str]:
    """The fields named as a column of the brand, of which `brand` has the default."""
    columns = {field.name for field in Brand._meta.concrete_fields}
    return [
        field.name
        for field in fields(brand)
        if field.name in columns and field.default is not MISSING and getattr(brand, field.name) == field.default
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("own", [True, False], ids=["own_connection", "django_connection"])
def test_board_shows_every_stored_column_of_its_brand(own: bool) -> None:
    brand = brand_without_defaults()
    outcome = an_outcome(brand, ideas=1)
    store_boards([GeneratedBoard(brand_id=brand.id, job_id=factories.make_job(brand).id, attempt=1, outcome=outcome)])
    caller = token_hash(factories.make_secret(brand.tenant))

    async def lookup_by_own_connection() -> LookupResult | None:
        pool = ConnectionPool(role=WEB, max_size=1)
        try:
            return await versioned_board(pool, token_hash=caller, brand_id=brand.id)
        finally:
            await pool.close()

    if own:
        lookup = asyncio.run(lookup_by_own_connection())
    else:
        lookup = async_to_sync(versioned_board)(rows, token_hash=caller, brand_id=brand.id)
    expected = brand_snapshot.to_summary(Brand.objects.get(id=brand.id))
    assert columns_shown_by_default(expected) == []
    assert expected.taboo_terms == (TabooTermDTO(term="taboos-stored", synonyms=("taboo_synonyms-stored",)),)
    assert lookup is not None
    assert lookup.board is not None
    assert lookup.board.board.brand == expected
