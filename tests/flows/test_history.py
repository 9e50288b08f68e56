from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.flows.history import History


def nothing() -> None:
    return None


def now() -> float:
    return time.monotonic()


class TestHistory:
    def test_value_is_valid_until_the_next_commit(self) -> None:
        history = History(1)
        before = now()
        history.change("edit", 2, nothing)
        after = now()
        assert history.is_valid(1, sent=before, received=after)
        assert not history.is_valid(1, sent=after, received=now())
        assert history.is_valid(2, sent=after, received=now())

    def test_both_values_are_valid_during_a_write(self) -> None:
        history = History(1)
        results: list[bool] = []

        def write() -> None:
            sent = now()
            results.extend(history.is_valid(value, sent=sent, received=now()) for value in (1, 2))

        history.change("edit", 2, write)
        assert results == [True, True]

    def test_older_value_is_invalid_after_a_newer_response(self) -> None:
        history, results = History(1), []

        def write() -> None:
            assert history.is_valid(2, sent=now(), received=now())
            results.append(history.is_valid(1, sent=now(), received=now()))

        history.change("edit", 2, write)
        assert results == [False]

    @pytest.mark.parametrize(
        ("shift", "old", "new"),
        [(-1.0, True, False), (0.01, True, True), (2.0, False, True)],
        ids=["before", "meanwhile", "after"],
    )
    def test_values_that_change_with_time_are_valid_from_then_on(self, shift: float, old: bool, new: bool) -> None:
        history, at = History("hidden"), now() + 10
        history.change("end", "shown", lambda: time.sleep(0.02), later_by=10)
        for value, expected in (("hidden", old), ("shown", new)):
            assert history.is_valid(value, sent=at + shift, received=at + shift) is expected

    def test_value_is_invalid_before_its_write(self) -> None:
        history = History(1)
        received = now()
        history.change("edit", 2, nothing)
        assert not history.is_valid(2, sent=received, received=received)
        assert not history.is_valid(3, sent=now(), received=now())

    def test_responses_are_counted_by_kind_of_change(self) -> None:
        history = History(1)
        change: Callable[..., object] = history.change
        change("edit", 2, nothing)
        for _ in range(3):
            history.is_valid(2, sent=now(), received=now())
        assert history.seen == {"edit": 3}
