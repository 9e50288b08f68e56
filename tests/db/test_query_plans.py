from __future__ import annotations

import pytest
from django.db import connection

from kairo.core.models import Brand
from kairo.db.query_plans import with_custom_plan
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_custom_plan_restores_the_prepare_threshold() -> None:
    brand = factories.make_brand()
    before = connection.connection.prepare_threshold
    assert with_custom_plan(Brand.objects.filter(id=brand.id)) == [brand]
    assert connection.connection.prepare_threshold == before
