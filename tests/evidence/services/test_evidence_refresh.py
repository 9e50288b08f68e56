from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kairo.core.errors import BrandArchived, NotFound, NothingToRead
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.evidence.services.evidence_refresh import refresh_evidence
from tests import factories
from tests.evidence.sources import make_connection

pytestmark = pytest.mark.django_db


def test_refresh_reads_the_connections_first_that_were_read_longest_ago(brand: Brand, caller: Caller) -> None:
    now = timezone.now()
    recent = make_connection(brand, identifier="a", last_read_at=now)
    old = make_connection(brand, identifier="b", last_read_at=now - timedelta(days=1))
    never = make_connection(brand, identifier="c")
    make_connection(brand, identifier="d", enabled=False)
    job, is_new = refresh_evidence(caller=caller, brand_id=brand.id)
    assert (job.connection_ids, is_new) == ([never.id, old.id, recent.id], True)


def test_refresh_returns_the_active_job(brand: Brand, caller: Caller) -> None:
    connection = make_connection(brand)
    first, _ = refresh_evidence(caller=caller, brand_id=brand.id)
    second, is_new = refresh_evidence(caller=caller, brand_id=brand.id, connection_ids=[connection.id])
    assert (second.id, is_new) == (first.id, False)


def test_refresh_without_an_enabled_connection_is_refused(brand: Brand, caller: Caller) -> None:
    make_connection(brand, enabled=False)
    with pytest.raises(NothingToRead):
        refresh_evidence(caller=caller, brand_id=brand.id)


def test_refresh_of_an_unknown_connection_or_brand_is_not_found(brand: Brand, caller: Caller) -> None:
    theirs = make_connection(factories.make_brand())
    for connection_id in (theirs.id, uuid4()):
        with pytest.raises(NotFound):
            refresh_evidence(caller=caller, brand_id=brand.id, connection_ids=[connection_id])
    with pytest.raises(NotFound):
        refresh_evidence(caller=caller, brand_id=theirs.brand_id)


def test_refresh_of_an_archived_brand_is_refused(brand: Brand, caller: Caller) -> None:
    make_connection(brand)
    brand.archived_at = timezone.now()
    brand.save()
    with pytest.raises(BrandArchived):
        refresh_evidence(caller=caller, brand_id=brand.id)
