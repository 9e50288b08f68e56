from __future__ import annotations

import gc
import tracemalloc

import pytest
from pytest_django import Settings

from schema.board_cache.eligibility import cacheable_operation
from schema.board_cache.executor import compile_operation
from schema.documents import parse_and_validate
from schema.lru_cache import ByteBoundedLRU, memoize
from schema.schema import schema
from tests.schema.api import Api
from tests.schema.asgi_client import AsgiClient
from tests.schema.board_cache.boards import ready


def test_lru_cache_evicts_the_least_recently_used_entry() -> None:
    memory: ByteBoundedLRU[str, int] = ByteBoundedLRU(max_bytes=3 * 2000)
    for n, name in enumerate("abc"):
        memory.put(name, n, size=1000)
    assert memory.get("a") == 0
    memory.put("d", 3, size=1000)
    assert [memory.get(name) for name in "abcd"] == [0, None, 2, 3]


def test_lru_cache_stays_within_max_bytes() -> None:
    memory: ByteBoundedLRU[int, bytes] = ByteBoundedLRU(max_bytes=1_000_000)
    for n in range(100_000):
        memory.put(n, b"", size=n % 5000)
        assert memory.bytes <= 1_000_000
    assert len(memory) > 100
    for n in range(100_000):
        memory.drop(n)
    assert (memory.bytes, len(memory)) == (0, 0)


def test_lru_cache_replaces_entries_and_skips_oversized_ones() -> None:
    memory: ByteBoundedLRU[str, int] = ByteBoundedLRU(max_bytes=5000)
    for n in range(9):
        memory.put("a", n, size=1000)
    assert (memory.get("a"), memory.bytes) == (8, 2000)
    memory.put("a", 9, size=9000)
    assert (memory.get("a"), memory.bytes) == (None, 0)


def test_memoize_caches_results_that_fit_and_no_exceptions() -> None:
    asked = []

    @memoize(max_bytes=3 * 2000, size=lambda found, n, text: 900)
    def half(n: int, text: str) -> float | None:
        asked.append(n)
        return 1 / n if n < 9 else None

    assert [half(1, "a"), half(9, "a"), half(1, "a"), half(9, "a")] == [1, None, 1, None]
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            half(0, "a")
    half(1, "a" * 1500)  # its text counts: it leaves no room for two others
    half(9, "a")
    assert asked == [1, 9, 0, 0, 1]
    half(1, "a")
    assert asked == [1, 9, 0, 0, 1, 1]
    assert half.cache.bytes <= 3 * 2000


def large(n: int) -> str:
    """A document of nearly as many fields as there may be."""
    ideas = "id title angle whyNow score evidence { id url author snippet metrics { views likes } } " * 3
    boards = " ".join(f"x{n}x{at}: todayBoard(brandId: $b) {{ id opportunities {{ {ideas} }} }}" for at in range(11))
    return f"query($b: ID!) {{ {boards} }}"


@pytest.mark.django_db
def test_distinct_documents_stay_within_the_bound(settings: Settings) -> None:
    settings.KAIRO_HOT_PATH_MEMORY_MB = 0.1
    api = Api(client=AsgiClient(board_cache=True))
    brand = ready(api.tenant)
    for n in range(120):
        small = f"query($b: ID!) {{ todayBoard(brandId: $b) {{ x{n}: id opportunities {{ title }} }} }}"
        api.data(small if n % 8 else large(n), b=str(brand.id))
        assert not api.client.bypassed
        assert api.client.server.metrics.memory_bytes() <= 100_000
        for known, most in (
            (parse_and_validate, 24_000_000),
            (cacheable_operation, 12_000_000),
            (compile_operation, 12_000_000),
        ):
            assert known.cache.bytes <= most
    assert api.client.server.metrics.misses == 120
    assert len(compile_operation.cache) < 120


@pytest.mark.parametrize("document", [large(0), "{ " + "a " * 1990 + "}", "{ brands { " + "id: nothing " * 5 + "} }"])
def test_document_memory_is_below_its_estimate(document: str) -> None:
    # Of several at once: validating one leaves some 20 kB in the interpreter's own cache of attribute names, which is
    # bounded and the same for all of them, but more than a small document takes.
    documents = [document + " " * n for n in range(3 if len(document) > 1000 else 10)]
    parse_and_validate.cache.clear()
    gc.collect()
    tracemalloc.start()
    try:
        thought = sum(_kept(text) for text in documents)
        gc.collect()
        took, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert thought / 5 < took <= thought + sum(2 * len(text) for text in documents)


def _kept(document: str) -> int:
    """Reads it as a request does, and says how much of the memory's bounds that counts for."""
    found = parse_and_validate(schema, document)
    cacheable_operation(document, None)
    if found.errors:
        return found.bytes
    compile_operation(document, None, frozenset())
    return found.bytes + 3_000 * found.measures[None].fields
