import tracemalloc

from schema.board_cache.rendering import ResponseBody


def test_response_body_takes_no_more_memory_than_its_length() -> None:
    payloads = [{"data": "x" * length} for length in range(20_000, 40_000, 1_000)]
    tracemalloc.start()
    try:
        bodies = [ResponseBody.encode(payload) for payload in payloads]
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert used < 1.02 * sum(len(body.content) for body in bodies)
