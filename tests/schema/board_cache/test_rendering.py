"""What an answer takes while it is held."""

import tracemalloc

from schema.board_cache.rendering import Answer


def test_an_answer_takes_as_many_bytes_as_it_has() -> None:
    told = [{"data": "x" * length} for length in range(20_000, 40_000, 1_000)]
    tracemalloc.start()
    try:
        held = [Answer.of(one) for one in told]
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < 1.02 * sum(len(answer.content) for answer in held)
