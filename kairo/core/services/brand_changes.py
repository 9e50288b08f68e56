"""Creates, updates and archives brands. `values` maps fields of `brand_input.BRAND` to input values."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from kairo.core import brand_input, taboo_terms
from kairo.core.errors import NotFound
from kairo.core.models import Brand
from kairo.core.services import access, quotas
from kairo.core.services.access import Caller
from kairo.core.services.field_updates import update_fields
from kairo.core.services.integrity_errors import translate_integrity_errors
from kairo.db.sql import retry_transaction


@retry_transaction
def create_brand(*, caller: Caller, values: Mapping[str, object]) -> Brand:
    """Creates a brand of the caller's tenant; `values` include slug and name.

    Raises:
        Invalid: a value is not accepted.
        SlugTaken: another brand of the tenant has the slug.
        QuotaExceeded: the tenant has as many brands as it may.
    """
    checked = brand_input.read(brand_input.BRAND, values)
    with translate_integrity_errors(), transaction.atomic():
        admit_brand(tenant_id=caller.tenant_id)
        return Brand.objects.create(tenant_id=caller.tenant_id, **taboo_terms.to_columns(checked, stored={}))


@retry_transaction
def update_brand(*, caller: Caller, brand_id: UUID, values: Mapping[str, object]) -> Brand:
    """Updates a brand; absent fields stay unchanged.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid, SlugTaken: as for `create_brand`.
    """
    checked = brand_input.read(brand_input.BRAND, values)
    with translate_integrity_errors(), transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        update_fields(brand, taboo_terms.to_columns(checked, stored=brand.taboo_synonyms), brand_id=brand.id)
    return brand


@retry_transaction
def archive_brand(*, caller: Caller, brand_id: UUID) -> Brand:
    """Archives the brand: it stays readable, and its running job finishes. Idempotent.

    Raises:
        NotFound: the brand does not exist for this caller.
    """
    with transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        if brand.archived_at is None:
            update_fields(brand, {"archived_at": Now()}, brand_id=brand.id)
            brand.refresh_from_db(fields=["archived_at"])
    return brand


@retry_transaction
def unarchive_brand(*, caller: Caller, brand_id: UUID) -> Brand:
    """Takes the brand out of the archive. Idempotent.

    Raises:
        NotFound: the brand does not exist for this caller.
    """
    with transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        update_fields(brand, {"archived_at": None}, brand_id=brand.id)
    return brand


def admit_brand(*, tenant_id: UUID) -> None:
    """Call before creating a brand, in its transaction.

    Raises:
        QuotaExceeded: the tenant has as many brands as it may.
    """
    brands = Brand.objects.filter(tenant_id=tenant_id)
    quotas.admit(quotas.BRANDS, tenant_id=tenant_id, count=lambda most: brands[:most].count())


def locked_brand(*, caller: Caller, brand_id: UUID) -> Brand:
    """The brand, locked against updates until the caller's transaction ends.

    Raises:
        NotFound: the brand does not exist for this caller.
    """
    # NO KEY UPDATE still allows foreign key checks, so jobs and evidence items can be inserted.
    brand = access.brands(caller=caller).select_for_update(no_key=True).filter(id=brand_id).first()
    if brand is None:
        raise NotFound(noun="Brand")
    return brand
