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
    def test_tells_a_value_until_another_was_committed(self) -> None:
        history = History(1)
        before = now()
        history.change("edit", 2, nothing)
        after = now()
        assert history.can_tell(1, asked=before, answered=after)
        assert not history.can_tell(1, asked=after, answered=now())
        assert history.can_tell(2, asked=after, answered=now())

    def test_tells_either_value_while_the_other_is_being_written(self) -> None:
        history = History(1)
        told: list[bool] = []

        def write() -> None:
            asked = now()
            told.extend(history.can_tell(value, asked=asked, answered=now()) for value in (1, 2))

        history.change("edit", 2, write)
        assert told == [True, True]

    def test_goes_on_from_what_anybody_was_told(self) -> None:
        history, told = History(1), []

        def write() -> None:
            assert history.can_tell(2, asked=now(), answered=now())
            told.append(history.can_tell(1, asked=now(), answered=now()))

        history.change("edit", 2, write)
        assert told == [False]

    @pytest.mark.parametrize(
        ("shift", "old", "new"),
        [(-1.0, True, False), (0.01, True, True), (2.0, False, True)],
        ids=["before", "meanwhile", "after"],
    )
    def test_knows_what_time_alone_changes(self, shift: float, old: bool, new: bool) -> None:
        history, at = History("hidden"), now() + 10
        history.change("end", "shown", lambda: time.sleep(0.02), later_by=10)
        for value, may in (("hidden", old), ("shown", new)):
            assert history.can_tell(value, asked=at + shift, answered=at + shift) is may

    def test_tells_no_value_that_was_not_there_yet(self) -> None:
        history = History(1)
        answered = now()
        history.change("edit", 2, nothing)
        assert not history.can_tell(2, asked=answered, answered=answered)
        assert not history.can_tell(3, asked=now(), answered=now())

    def test_counts_what_was_told_by_what_made_it(self) -> None:
        history = History(1)
        change: Callable[..., object] = history.change
        change("edit", 2, nothing)
        for _ in range(3):
            history.can_tell(2, asked=now(), answered=now())
        assert history.told == {"edit": 3}
