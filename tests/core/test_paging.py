from __future__ import annotations

import pytest

from kairo.core.errors import Invalid
from kairo.core.models import Brand
from kairo.core.paging import NEWEST_FIRST
from tests.factories import make_brand

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("added", ["A", "=", "====", "\n", " ", "!"])
def test_cursor_is_refused_after_any_change(added: str) -> None:
    cursor = NEWEST_FIRST.cursor(make_brand())
    assert list(NEWEST_FIRST.after(Brand.objects.all(), cursor)) == []
    with pytest.raises(Invalid):
        NEWEST_FIRST.after(Brand.objects.all(), cursor + added)
