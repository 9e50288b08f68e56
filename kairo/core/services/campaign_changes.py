"""Making, changing and deleting campaigns. `wanted` maps fields of `brand_input.CAMPAIGN` to values."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from kairo.core import brand_input
from kairo.core.models import Campaign
from kairo.core.services import brand_parts
from kairo.core.services.access import Caller
from kairo.core.services.brand_changes import locked_brand
from kairo.core.services.field_updates import change
from kairo.core.services.integrity_errors import translate_integrity_errors
from kairo.db.sql import retry_transaction


@retry_transaction
def create_campaign(*, caller: Caller, brand_id: UUID, wanted: Mapping[str, object]) -> Campaign:
    """A new campaign; name, first and last day are among what is wanted.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: values that cannot be accepted, such as a last day before the first.
        NameTaken: the brand has a campaign of this name.
        LimitReached: the brand has as many as a brand may have.
    """
    facts = brand_input.read(brand_input.CAMPAIGN, wanted)
    with translate_integrity_errors(), transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        return brand_parts.add(Campaign, brand=brand, facts=facts)


@retry_transaction
def update_campaign(*, caller: Caller, campaign_id: UUID, wanted: Mapping[str, object]) -> Campaign:
    """Absent fields stay as they are.

    Raises:
        NotFound: the campaign does not exist for this caller.
        Invalid, NameTaken: as for `create_campaign`.
    """
    facts = brand_input.read(brand_input.CAMPAIGN, wanted)
    with translate_integrity_errors(), transaction.atomic():
        campaign = brand_parts.locked(Campaign, caller=caller, part_id=campaign_id)
        change(campaign, facts, brand_id=campaign.brand_id)
    return campaign


@retry_transaction
def delete_campaign(*, caller: Caller, campaign_id: UUID) -> UUID:
    """The id of the brand it was of.

    Raises:
        NotFound: the campaign does not exist for this caller.
    """
    with transaction.atomic():
        return brand_parts.remove(Campaign, caller=caller, part_id=campaign_id)
