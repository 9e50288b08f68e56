"""Making, changing and archiving brands. `wanted` maps fields of `brand_input.BRAND` to values; absent is unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from kairo.core import brand_input, taboo_terms
from kairo.core.errors import NotFound
from kairo.core.models import Brand
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.core.services.field_updates import change
from kairo.core.services.integrity_errors import translate_integrity_errors
from kairo.db.sql import retry_transaction


@retry_transaction
def create_brand(*, caller: Caller, wanted: Mapping[str, object]) -> Brand:
    """A new brand of the caller's tenant; slug and name are among what is wanted.

    Raises:
        Invalid: values that cannot be accepted.
        SlugTaken: another brand of the tenant has the slug.
    """
    facts = brand_input.read(brand_input.BRAND, wanted)
    with translate_integrity_errors(), transaction.atomic():
        return Brand.objects.create(tenant_id=caller.tenant_id, **_columns(facts, stored={}))


@retry_transaction
def update_brand(*, caller: Caller, brand_id: UUID, wanted: Mapping[str, object]) -> Brand:
    """
    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid, SlugTaken: as for `create_brand`.
    """
    facts = brand_input.read(brand_input.BRAND, wanted)
    with translate_integrity_errors(), transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        change(brand, _columns(facts, stored=brand.taboo_synonyms), brand_id=brand.id)
    return brand


@retry_transaction
def archive_brand(*, caller: Caller, brand_id: UUID) -> Brand:
    """Takes the brand out of use: it can still be read, and a job that it has ends as it would. Twice is once.

    Raises:
        NotFound: the brand does not exist for this caller.
    """
    with transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        if brand.archived_at is None:
            change(brand, {"archived_at": Now()}, brand_id=brand.id)
            brand.refresh_from_db(fields=["archived_at"])
    return brand


@retry_transaction
def unarchive_brand(*, caller: Caller, brand_id: UUID) -> Brand:
    """Takes the brand back into use. Twice is once.

    Raises:
        NotFound: the brand does not exist for this caller.
    """
    with transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        change(brand, {"archived_at": None}, brand_id=brand.id)
    return brand


def locked_brand(*, caller: Caller, brand_id: UUID) -> Brand:
    """The brand, which nobody else changes before the caller's transaction ends.

    Raises:
        NotFound: the brand does not exist for this caller.
    """
    # Not locked against foreign keys: jobs and posts go on being stored.
    brand = access.brands(caller=caller).select_for_update(no_key=True).filter(id=brand_id).first()
    if brand is None:
        raise NotFound(noun="Brand")
    return brand


def _columns(facts: Mapping[str, Any], *, stored: taboo_terms.Synonyms) -> dict[str, Any]:
    """The brand's columns for these facts; `stored` are the synonyms it has now."""
    taboos = taboo_terms.columns(taboos=facts.get("taboos"), taboo_terms=facts.get("taboo_terms"), stored=stored)
    return {**{name: value for name, value in facts.items() if name != "taboo_terms"}, **taboos}
