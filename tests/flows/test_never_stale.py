"""Eight clients poll a real server while the boards change in every way.

Each response must equal the content of the database at one moment between request and response, and must not be older
than an earlier response.
"""

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
from tests.flows.busy import Busy, Today, until_seen
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
    """A number that only grows; None while the next one is being made."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self._since, self._least = [-1.0], [0]

    def grew_to(self, number: int) -> None:
        self._least.append(number)
        self._since.append(time.monotonic())

    def is_valid(self, value: int | None, *, sent: float, received: float) -> bool:
        if value is None:
            return True
        self.seen.add(value)
        return value >= self._least[bisect(self._since, sent) - 1]


ONE_IDEA = Today(ideas=(("An idea", None),), views=(0,))


def made(board: dict[str, Any]) -> int | None:
    return None if board["job"] else int(datetime.fromisoformat(board["asOf"]).timestamp() * 1000)


@pytest.fixture(scope="class")
def environment() -> dict[str, str]:
    """Switches off the reaper, because a reader detects overdue jobs by itself, and the address limit, which revoked
    tokens reach."""
    return {
        "KAIRO_JOB_SWEEP_INTERVAL_S": "3600",
        "KAIRO_RATE_LIMIT_FAILED_AUTH_PER_MIN": "0",
    }


@pytest.fixture
def database(stack: Stack) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as database:
        yield database


class Everything:
    """The polled brands, their tokens and all changes."""

    MORTAL = 0

    def __init__(self, stack: Stack, database: psycopg.Connection[Any]) -> None:
        self.stack, self.database = stack, database
        self.lasting, self.revocable = History(VALID), History(VALID)
        self.busy = Busy(stack, database, tenant="lasting")
        self.regenerated, self.boards = a_board(database, "lasting"), Growing()
        self.revocable_one = a_board(database, "revocable")
        self.mortal, self.deaths = a_board(database, "lasting"), [History(ONE_IDEA)]
        busy = self.lasting_question(self.busy.brand, self.busy.history)
        self.polling = Polling(
            stack.port,
            [
                self.lasting_question(self.mortal, self.deaths[-1]),
                self.lasting_question(self.regenerated, self.boards, extract=made),
                self.revocable_question(self.revocable_one, History(ONE_IDEA)),
                self.revocable_question(self.busy.brand, History(NOT_FOUND)),  # another tenant's
                *(busy,) * 8,  # cached, and so cheap
            ],
        )
        self.rounds = 0
        self.busy.is_over = self.is_over

    def is_over(self) -> bool:
        """Returns whether a response was wrong, which stops the clients."""
        return bool(self.polling.wrong)

    def lasting_question(
        self, brand: WrittenBrand, today: Known, *, extract: Callable[[dict[str, Any]], object] = Today.from_board
    ) -> Question:
        return Question(self.stack.token("lasting"), self.lasting, brand.id, today, extract)

    def revocable_question(self, brand: WrittenBrand, today: Known) -> Question:
        return Question(self.stack.token("revocable"), self.revocable, brand.id, today, Today.from_board)

    def happens(self) -> None:
        self.rounds += 1
        self.regenerates()
        self.busy.everything(self.rounds)
        self.dies()
        self.revokes()

    def regenerates(self) -> None:
        served(lambda: self.stack.ask(self.busy.token, REGENERATE, i={"brandId": self.regenerated.id}))
        # From here on there is a job, or a board that is younger than the job.
        (created_at,) = self.database.execute(_NEWEST_JOB, [self.regenerated.id]).fetchone() or (0,)
        self.boards.grew_to(int(created_at))

    def dies(self) -> None:
        self.deaths[-1].change("brand deleted", NOT_FOUND, self.mortal.delete)
        until_seen(self.deaths[-1], "brand deleted", is_over=self.is_over)
        self.mortal = a_board(self.database, "lasting")
        self.deaths.append(History(ONE_IDEA))
        self.polling.questions[self.MORTAL] = self.lasting_question(self.mortal, self.deaths[-1])

    def revokes(self) -> None:
        for kind, value in (("token revoked", REVOKED), ("token valid again", VALID)):
            params = [value == REVOKED, self.revocable_one.id]
            self.revocable.change(kind, value, partial(self.busy.write, _REVOKE, params))
            until_seen(self.revocable, kind, is_over=self.is_over)

    def seen(self) -> Counter[str]:
        """Returns the number of responses by the kind of change that they show."""
        counted = self.busy.history.seen + self.revocable.seen
        for death in self.deaths:
            counted += death.seen
        return counted + Counter({"regenerated": len(self.boards.seen)})

    def is_enough(self) -> bool:
        seen = self.seen()
        return self.rounds > 0 and all(seen[kind] > 1 for kind in KINDS)


@pytest.mark.board_cache
class TestPolling:
    @pytest.mark.parametrize("least_s", [2.5, pytest.param(60, marks=pytest.mark.slow)])
    def test_responses_match_the_database_during_every_change(
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
        seen = everything.seen()
        assert {kind for kind in KINDS if seen[kind] < 2} == set()
        assert all(polling.responses[at] > 1 for at in range(len(polling.questions)))
