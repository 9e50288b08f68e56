from __future__ import annotations

import ctypes
import threading
from collections.abc import Sequence

import pytest
from django.db import transaction

from kairo.db.batching import BackgroundBatcher, Batcher


class Slow:
    """Doubles numbers; its first call waits to be let go. Fails for every lot with a 13 in it."""

    def __init__(self) -> None:
        self.lots: list[list[int]] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.lots.append(list(numbers))
        if len(self.lots) == 1:
            self.begun.set()
            self.go.wait(10)
        if 13 in numbers:
            raise ValueError("unlucky")
        return [2 * number for number in numbers]


def all_of(slow: Slow, *numbers: int) -> dict[int, int | str]:
    """What each number's own thread gets; the first is under way when the others come."""
    joined: Batcher[int, int] = Batcher(slow)
    answers: dict[int, int | str] = {}

    def ask(number: int) -> None:
        try:
            answers[number] = joined(number)
        except ValueError as error:
            answers[number] = str(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in numbers]
    threads[0].start()
    assert slow.begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(joined._waiting) < len(numbers) - 1:
        threading.Event().wait(0.01)
    slow.go.set()
    for thread in threads:
        thread.join(10)
    return answers


def test_those_that_come_meanwhile_are_asked_for_together() -> None:
    slow = Slow()
    assert all_of(slow, 1, 2, 3, 4) == {1: 2, 2: 4, 3: 6, 4: 8}
    assert [sorted(lot) for lot in slow.lots] == [[1], [2, 3, 4]]


def test_nobody_suffers_for_anothers_sake() -> None:
    slow = Slow()
    assert all_of(slow, 1, 2, 13, 4) == {1: 2, 2: 4, 13: "unlucky", 4: 8}
    assert sorted(map(len, slow.lots)) == [1, 1, 1, 1, 3]


def test_whoever_has_an_answer_does_not_wait_for_the_next_to_be_asked() -> None:
    slow = Slow()
    told: list[int] = []
    all_told = threading.Event()
    kept_waiting: list[Sequence[int]] = []

    def ask(numbers: Sequence[int]) -> list[int]:
        if max(numbers) > 3 and not all_told.wait(10):
            kept_waiting.append(numbers)
        return slow(numbers)

    joined: Batcher[int, int] = Batcher(ask)

    def use(number: int) -> None:
        joined(number)
        told.append(number)
        if len(told) == 3:
            all_told.set()
        if number > 1:
            joined(10 * number)  # at once: it comes before whoever is still to be told

    threads = [threading.Thread(target=use, args=(number,)) for number in (1, 2, 3)]
    threads[0].start()
    assert slow.begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(joined._waiting) < 2:
        threading.Event().wait(0.01)
    slow.go.set()
    for thread in threads:
        thread.join(40)

    assert kept_waiting == []


@pytest.mark.django_db
def test_a_transaction_of_the_callers_is_nobody_elses() -> None:
    slow = Slow()
    slow.go.set()
    joined: Batcher[int, int] = Batcher(slow)
    joined._running = True  # another thread runs a batch
    with transaction.atomic():
        assert joined(1) == 2


class Recorder:
    """A BackgroundBatcher's results by value: the result, or the name of the error."""

    def __init__(self, run: Slow) -> None:
        self.of: dict[int, int | str] = {}
        self.batcher: BackgroundBatcher[int, int] = BackgroundBatcher(
            run, done=self.of.__setitem__, failed=self.failed, max_size=32, name="test-batcher"
        )

    def failed(self, value: int, error: Exception) -> None:
        self.of[value] = str(error)


def put_all(slow: Slow, *numbers: int) -> Recorder:
    """The first is under way when the others come."""
    recorder = Recorder(slow)
    recorder.batcher.put(numbers[0])
    assert slow.begun.wait(10)
    for number in numbers[1:]:
        recorder.batcher.put(number)
    slow.go.set()
    recorder.batcher.wait()
    return recorder


def test_background_batcher_runs_together_what_comes_meanwhile() -> None:
    slow = Slow()
    assert put_all(slow, 1, 2, 3, 4).of == {1: 2, 2: 4, 3: 6, 4: 8}
    assert slow.lots == [[1], [2, 3, 4]]


def test_background_batcher_retries_a_failing_batch_one_by_one() -> None:
    slow = Slow()
    assert put_all(slow, 1, 2, 13, 4).of == {1: 2, 2: 4, 13: "unlucky", 4: 8}
    assert slow.lots == [[1], [2, 13, 4], [2], [13], [4]]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_background_batcher_replaces_a_thread_that_died() -> None:
    slow = Slow()
    slow.go.set()
    recorder = Recorder(slow)
    recorder.batcher.put(1)
    recorder.batcher.wait()
    thread = recorder.batcher._thread
    assert thread
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(SystemExit))

    # Interrupted as soon as it does something: `wait` returns all the same.
    recorder.batcher.wait()
    thread.join(10)
    assert not thread.is_alive()
    recorder.batcher.put(2)
    recorder.batcher.wait()

    assert recorder.of == {1: 2, 2: 4}
