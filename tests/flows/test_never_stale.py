"""Eight clients poll a real server while what they see changes in every way there is: each answer is what the database
held at one moment between question and answer, and nothing older than what anybody was told before."""

from __future__ import annotations

import time
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import psycopg
import pytest

from tests.flows.boards import WrittenBrand, a_board
from tests.flows.busy import Busy, Today, until_told
from tests.flows.conftest import PATIENCE_S, REGENERATE, Stack, served
from tests.flows.history import History
from tests.flows.polling import NOT_FOUND, REVOKED, VALID, Known, Polling, Question, polled

KINDS = (
    "brand edited",
    "post counted anew",
    "pinned",
    "ignored",
    "snoozed",
    "snooze ended",
    "decision undone",
    "job began",
    "job went on",
    "deadline passed",
    "job cancelled",
    "regenerated",
    "post deleted",
    "post came again",
    "board came",
    "board deleted",
    "brand deleted",
    "token revoked",
    "token valid again",
)

_NEWEST_JOB = """
SELECT extract(epoch FROM created_at) * 1000 FROM hero_opportunitiesjob WHERE brand_id = %s
ORDER BY created_at DESC LIMIT 1
"""
_REVOKE = """
UPDATE core_apitoken SET revoked_at = CASE WHEN %s THEN now() END
WHERE tenant_id = (SELECT tenant_id FROM core_brand WHERE id = %s)
"""


class Growing:
    """A number that only grows; None tells that the next is being made."""

    def __init__(self) -> None:
        self.told: set[int] = set()
        self._since, self._least = [-1.0], [0]

    def grew_to(self, number: int) -> None:
        self._least.append(number)
        self._since.append(time.monotonic())

    def can_tell(self, value: int | None, *, asked: float, answered: float) -> bool:
        if value is None:
            return True
        self.told.add(value)
        return value >= self._least[bisect(self._since, asked) - 1]


ONE_IDEA = Today(ideas=(("An idea", None),), views=(0,))


def made(board: dict[str, Any]) -> int | None:
    return None if board["job"] else int(datetime.fromisoformat(board["asOf"]).timestamp() * 1000)


@pytest.fixture(scope="class")
def environment() -> dict[str, str]:
    """No worker writes down that a job is overdue: the reader has to know. And tokens are revoked so often that their
    address would be blocked."""
    return {
        "KAIRO_JOB_SWEEP_INTERVAL_S": "3600",
        "KAIRO_RATE_LIMIT_FAILED_AUTH_PER_MIN": "0",
    }


@pytest.fixture
def database(stack: Stack) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as database:
        yield database


class Everything:
    """The brands that are asked about, by whom, and all that happens to them."""

    MORTAL = 0

    def __init__(self, stack: Stack, database: psycopg.Connection[Any]) -> None:
        self.stack, self.database = stack, database
        self.lasting, self.revocable = History(VALID), History(VALID)
        self.busy = Busy(stack, database, tenant="lasting")
        self.regenerated, self.boards = a_board(database, "lasting"), Growing()
        self.revocable_one = a_board(database, "revocable")
        self.mortal, self.deaths = a_board(database, "lasting"), [History(ONE_IDEA)]
        busy = self.asked_by_lasting(self.busy.brand, self.busy.history)
        self.polling = Polling(
            stack.port,
            [
                self.asked_by_lasting(self.mortal, self.deaths[-1]),
                self.asked_by_lasting(self.regenerated, self.boards, tell=made),
                self.asked_by_revocable(self.revocable_one, History(ONE_IDEA)),
                self.asked_by_revocable(self.busy.brand, History(NOT_FOUND)),  # another tenant's
                *(busy,) * 8,  # which are held, and cost little
            ],
        )
        self.rounds = 0
        self.busy.is_over = self.is_over

    def is_over(self) -> bool:
        """An answer was wrong: clients ask no more."""
        return bool(self.polling.wrong)

    def asked_by_lasting(
        self, brand: WrittenBrand, today: Known, *, tell: Callable[[dict[str, Any]], object] = Today.told
    ) -> Question:
        return Question(self.stack.token("lasting"), self.lasting, brand.id, today, tell)

    def asked_by_revocable(self, brand: WrittenBrand, today: Known) -> Question:
        return Question(self.stack.token("revocable"), self.revocable, brand.id, today, Today.told)

    def happens(self) -> None:
        self.rounds += 1
        self.regenerates()
        self.busy.everything(self.rounds)
        self.dies()
        self.revokes()

    def regenerates(self) -> None:
        served(lambda: self.stack.ask(self.busy.token, REGENERATE, i={"brandId": self.regenerated.id}))
        # From here on there is a job, or a board that is younger than the job.
        (asked_at,) = self.database.execute(_NEWEST_JOB, [self.regenerated.id]).fetchone() or (0,)
        self.boards.grew_to(int(asked_at))

    def dies(self) -> None:
        self.deaths[-1].change("brand deleted", NOT_FOUND, self.mortal.delete)
        until_told(self.deaths[-1], "brand deleted", is_over=self.is_over)
        self.mortal = a_board(self.database, "lasting")
        self.deaths.append(History(ONE_IDEA))
        self.polling.questions[self.MORTAL] = self.asked_by_lasting(self.mortal, self.deaths[-1])

    def revokes(self) -> None:
        for kind, value in (("token revoked", REVOKED), ("token valid again", VALID)):
            params = [value == REVOKED, self.revocable_one.id]
            self.revocable.change(kind, value, partial(self.busy.write, _REVOKE, params))
            until_told(self.revocable, kind, is_over=self.is_over)

    def told(self) -> Counter[str]:
        """How many answers told what each kind of change had made."""
        counted = self.busy.history.told + self.revocable.told
        for death in self.deaths:
            counted += death.told
        return counted + Counter({"regenerated": len(self.boards.told)})

    def is_enough(self) -> bool:
        told = self.told()
        return self.rounds > 0 and all(told[kind] > 1 for kind in KINDS)


class TestPolling:
    @pytest.mark.parametrize("least_s", [2.5, pytest.param(60, marks=pytest.mark.slow)])
    def test_tells_what_the_database_held_whatever_happens(
        self, stack: Stack, database: psycopg.Connection[Any], least_s: float
    ) -> None:
        everything = Everything(stack, database)
        polling, since = everything.polling, time.monotonic()
        with polled(polling):
            # A busy machine needs longer to see everything.
            while not polling.wrong and (
                (lasted := time.monotonic() - since) < least_s or (lasted < PATIENCE_S and not everything.is_enough())
            ):
                everything.happens()
        assert polling.wrong == []
        told = everything.told()
        assert {kind for kind in KINDS if told[kind] < 2} == set()
        assert all(polling.answers[at] > 1 for at in range(len(polling.questions)))
