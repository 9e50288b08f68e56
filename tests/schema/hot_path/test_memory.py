from __future__ import annotations

import pytest
from pytest_django import Settings

from schema.documents import KEPT_DOCUMENTS, checked
from schema.hot_path.board_only import board_only
from schema.hot_path.memory import BoundedMemory
from schema.hot_path.plan import plan
from tests.schema.api import Api
from tests.schema.door import Door
from tests.schema.hot_path.test_same_answers import ready


def test_what_was_not_used_for_longest_is_forgotten_first() -> None:
    memory: BoundedMemory[str, int] = BoundedMemory(most_bytes=3 * 2000)
    for n, name in enumerate("abc"):
        memory.put(name, n, size=1000)
    assert memory.get("a") == 0
    memory.put("d", 3, size=1000)
    assert [memory.get(name) for name in "abcd"] == [0, None, 2, 3]


def test_a_hundred_thousand_things_stay_within_the_bound() -> None:
    memory: BoundedMemory[int, bytes] = BoundedMemory(most_bytes=1_000_000)
    for n in range(100_000):
        memory.put(n, b"", size=n % 5000)
        assert memory.bytes <= 1_000_000
    assert len(memory) > 100
    for n in range(100_000):
        memory.drop(n)
    assert (memory.bytes, len(memory)) == (0, 0)


def test_what_is_put_again_counts_once_and_what_is_too_large_is_not_kept() -> None:
    memory: BoundedMemory[str, int] = BoundedMemory(most_bytes=5000)
    for n in range(9):
        memory.put("a", n, size=1000)
    assert (memory.get("a"), memory.bytes) == (8, 2000)
    memory.put("a", 9, size=9000)
    assert (memory.get("a"), memory.bytes) == (None, 0)


@pytest.mark.django_db
def test_distinct_documents_stay_within_the_bound(settings: Settings) -> None:
    settings.KAIRO_HOT_PATH_MEMORY_MB = 0.1
    api = Api(door=Door(hot=True))
    brand = ready(api.tenant)
    assert api.door.hot_path
    for n in range(3 * KEPT_DOCUMENTS):
        api.data(
            f"query($b: ID!) {{ todayBoard(brandId: $b) {{ x{n}: id opportunities {{ title }} }} }}", b=str(brand.id)
        )
        assert not api.door.bypassed
        assert api.door.hot_path.tally.memory_bytes() <= 100_000
    assert api.door.hot_path.tally.misses == 3 * KEPT_DOCUMENTS
    assert {kept.cache_info().currsize for kept in (checked, board_only, plan)} == {KEPT_DOCUMENTS}
