"""Eight clients poll a real server while what they see changes in every way there is: each answer is what the database
held at one moment between question and answer, and nothing older than what anybody was told before."""

from __future__ import annotations

import http.client
import json
import threading
import time
import urllib.error
from base64 import b64encode
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import psycopg
import pytest

from tests.flows.boards import Idea, WrittenBrand, a_board
from tests.flows.conftest import REGENERATE, Stack
from tests.flows.history import History, change_together

CLIENTS = 8
SNOOZE_S = 2.5  # long beside the mutation that begins it, on a slow machine too
DEADLINE_S = 0.4
PAUSE_S = 0.02  # between two changes
VALID, REVOKED = "valid", "revoked"
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

_DECIDE = "mutation($i: {kind}OpportunityInput!) {{ {verb}(input: $i) {{ __typename }} }}"
_PIN = _DECIDE.format(kind="Pin", verb="pinOpportunity")
_SNOOZE = _DECIDE.format(kind="Snooze", verb="snoozeOpportunity")
_IGNORE = _DECIDE.format(kind="Ignore", verb="ignoreOpportunity")
_UNDO = "mutation($i: UndoOpportunityDecisionInput!) { undoOpportunityDecision(input: $i) { __typename } }"

_LATER = "SELECT to_json(clock_timestamp() + make_interval(secs => %s)) #>> '{}'"
_JOB = """
INSERT INTO hero_opportunitiesjob (id, brand_id, status, lease_token, lease_expires_at, locked_at, started_at, attempts,
                                   percent, deadline_at)
VALUES (gen_random_uuid(), %s, 'running', gen_random_uuid(), now() + interval '1 h', now(), now(), 3, 10,
        now() + interval '1 h')
"""
_CANCEL = """
UPDATE hero_opportunitiesjob SET status = 'cancelled', finished_at = now(), lease_token = NULL, lease_expires_at = NULL
WHERE brand_id = %s AND status = 'running'
"""
_NEWEST_JOB = """
SELECT extract(epoch FROM created_at) * 1000 FROM hero_opportunitiesjob WHERE brand_id = %s
ORDER BY created_at DESC LIMIT 1
"""
_REVOKE = """
UPDATE core_apitoken SET revoked_at = CASE WHEN %s THEN now() END
WHERE tenant_id = (SELECT tenant_id FROM core_brand WHERE id = %s)
"""


class Known(Protocol):
    """What is known of a thing over time."""

    def can_tell(self, value: Any, *, asked: float, answered: float) -> bool: ...


@dataclass(frozen=True)
class Refused:
    """No board, but this code."""

    code: str


NOT_FOUND, BROKEN = Refused("NOT_FOUND"), Refused("REFERENTIAL_INTEGRITY")


@dataclass(frozen=True)
class Question:
    """A brand asked about with a token, and what is known of both; `tell` is what is looked at in an answer."""

    secret: str
    token: Known
    brand_id: str
    today: Known
    tell: Callable[[dict[str, Any]], object]

    def can_have(self, status: int, answer: Any, *, asked: float, answered: float) -> bool:
        when = {"asked": asked, "answered": answered}
        if status == 401:
            return self.token.can_tell(REVOKED, **when)
        if errors := answer.get("errors"):
            told: object = Refused(errors[0]["extensions"]["code"])
        else:
            (board,) = answer["data"].values()
            if board["brand"]["id"] != b64encode(f"Brand:{self.brand_id}".encode()).decode():
                return False
            told = self.tell(board)
        return self.token.can_tell(VALID, **when) and self.today.can_tell(told, **when)


def document(n: int) -> tuple[str, str]:
    """One of several ways to ask for the same, and the name of its variable."""
    variable, alias, flag = f"v{n % 5}", f"x{n % 7}", str(n % 2 == 0).lower()
    fields = "__typename asOf brand { id name } job { percent } "
    ideas = f"opportunities {{ {alias}: __typename title decision {{ kind }} evidence {{ metrics {{ views }} }} }}"
    if n % 3 == 0:
        return (
            f"query(${variable}: ID!) {{ {alias}: todayBoard(brandId: ${variable}) {{ {fields} {ideas} }} }}",
            variable,
        )
    return (
        f"query Q{n % 11}(${variable}: ID!, $f: Boolean = {flag}) {{ {alias}: todayBoard(brandId: ${variable}) "
        f"{{ ...F @include(if: $f) ...F @skip(if: $f) }} }} fragment F on TodayBoard {{ {fields} {ideas} }}",
        variable,
    )


@dataclass
class Polling:
    """What the clients share."""

    port: int
    questions: list[Question]
    answers: Counter[int] = field(default_factory=Counter)  # by question
    wrong: list[str] = field(default_factory=list)
    over: bool = False

    def poll(self, client: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        n = client * 1000
        try:
            while not self.over and not self.wrong:
                n += 1
                at = n % len(self.questions)
                question = self.questions[at]
                query, variable = document(n % 12)
                body = json.dumps({"query": query, "variables": {variable: question.brand_id}})
                headers = {"Content-Type": "application/json", "Authorization": f"Bearer {question.secret}"}
                asked = time.monotonic()
                connection.request("POST", "/graphql", body, headers)
                got = connection.getresponse()
                answer = json.loads(got.read())
                answered = time.monotonic()
                if got.status == 503:  # a slow machine's: it asks to come again
                    continue
                if not question.can_have(got.status, answer, asked=asked, answered=answered):
                    self.wrong.append(f"question {at}, {asked} to {answered}: {got.status} {answer}")
                self.answers[at] += 1
        except Exception as error:
            self.wrong.append(repr(error))


@contextmanager
def polled(polling: Polling) -> Iterator[None]:
    threads = [threading.Thread(target=polling.poll, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        polling.over = True
        for thread in threads:
            thread.join()


@dataclass(frozen=True)
class Today:
    """What is looked at in a board: its ideas by title, each with the decision that stands, and one post's views."""

    state: str = "TodayBoardReady"
    name: str = "0"
    percent: int | None = None
    ideas: tuple[tuple[str, str | None], ...] = ()
    views: tuple[int, ...] = ()

    @classmethod
    def told(cls, board: dict[str, Any]) -> Today:
        ideas = board["opportunities"]
        return cls(
            state=board["__typename"],
            name=board["brand"]["name"],
            percent=board["job"] and board["job"]["percent"],
            ideas=tuple((idea["title"], idea["decision"] and idea["decision"]["kind"]) for idea in ideas),
            views=tuple({post["metrics"]["views"] for idea in ideas for post in idea["evidence"]}),
        )


class Parts:
    """A board that changes, and what is known of it: each part was true at a moment between question and answer. They
    need not be of the same one, because decisions and posts are read after the board."""

    def __init__(self, today: Today) -> None:
        self.today: Today | Refused = today
        self._histories = [History(part) for part in self._parts(today)]

    @staticmethod
    def _parts(value: Today | Refused) -> list[object]:
        if isinstance(value, Refused):
            return [value, None, None]
        return [(value.state, value.name, value.percent), value.ideas, value.views or None]

    def _changed(self, value: Today | Refused) -> list[tuple[History, object]]:
        """What is new; None is not told, and so neither new nor old."""
        before, self.today = self._parts(self.today), value
        parts = zip(self._histories, self._parts(value), before, strict=True)
        return [(history, part) for history, part, old in parts if part is not None and part != old]

    def change(self, kind: str, value: Today | Refused, write: Callable[[], object], *, later_by: float = 0) -> None:
        change_together(self._changed(value), kind=kind, write=write, later_by=later_by)

    def can_tell(self, value: Today | Refused, *, asked: float, answered: float) -> bool:
        told = zip(self._histories, self._parts(value), strict=True)
        return all(part is None or one.can_tell(part, asked=asked, answered=answered) for one, part in told)

    @property
    def was_belied(self) -> bool:
        return any(history.was_belied for history in self._histories)

    @property
    def told(self) -> Counter[str]:
        return sum((history.told for history in self._histories), Counter())


class Busy:
    """A brand to which everything happens, time and again. Each verb ends when what it did is committed."""

    def __init__(self, stack: Stack, database: psycopg.Connection[Any], *, tenant: str) -> None:
        self.stack, self.database = stack, database
        self.brand = WrittenBrand(database, tenant)
        self.post = self.brand.post()
        self.first, self.second = (self.brand.idea(title, post=self.post) for title in ("First", "Second"))
        self.brand.board(self.first, self.second)
        # An idea need not name for ever what its board shows.
        database.execute(
            "UPDATE core_opportunity SET evidence_ids = ARRAY[%s]::uuid[] WHERE brand_id = %s",
            [self.brand.post(), self.brand.id],
        )
        self.token = stack.token(tenant)
        self.past: list[Idea] = []
        self.today = Today(ideas=(("First", None), ("Second", None)), views=(0,))
        self.history = Parts(self.today)

    def everything(self, n: int) -> None:
        self.edited(n)
        self.counted(n)
        self.decided()
        self.snoozed()
        self.overdue()
        self.idea_lost()
        self.post_lost(n)
        self.board_lost(n)

    def edited(self, n: int) -> None:
        sql = "UPDATE core_brand SET name = %s WHERE id = %s"
        self.change("brand edited", lambda: self.write(sql, [str(n), self.brand.id]), name=str(n))

    def counted(self, n: int) -> None:
        sql = "UPDATE evidence_normalizedevidenceitem SET views = %s WHERE id = %s"
        self.change("post counted anew", lambda: self.write(sql, [n, self.post]), views=(n,))

    def decided(self) -> None:
        for kind, mutation, idea, ideas in (
            ("pinned", _PIN, self.second, (("Second", "PINNED"), ("First", None))),
            ("ignored", _IGNORE, self.first, (("Second", "PINNED"),)),
            ("decision undone", _UNDO, self.second, (("Second", None),)),
            ("decision undone", _UNDO, self.first, (("First", None), ("Second", None))),
        ):
            self.change(kind, partial(self.decide, mutation, idea), ideas=ideas)

    def snoozed(self) -> None:
        both = self.today
        shown = replace(both, ideas=(("First", "SNOOZED"), ("Second", None)))
        until = []

        def write() -> None:
            fetch = partial(self.fetch, _LATER, [SNOOZE_S])
            self.history.change("snooze ended", shown, lambda: until.append(fetch()), later_by=SNOOZE_S)
            self.decide(_SNOOZE, self.first, until=until[0])

        self.change("snoozed", write, ideas=(("Second", None),))
        self.comes("snooze ended", shown)
        self.put("decision undone", partial(self.decide, _UNDO, self.first), both)

    def overdue(self) -> None:
        usual, job = self.today, "UPDATE hero_opportunitiesjob SET {} WHERE brand_id = %s AND status = 'running'"
        self.change("job began", partial(self.write, _JOB, [self.brand.id]), state="TodayBoardGenerating", percent=10)
        self.change("job went on", partial(self.write, job.format("percent = 60"), [self.brand.id]), percent=60)
        late = replace(self.today, state="TodayBoardError", ideas=(), views=())
        sql = job.format("deadline_at = clock_timestamp() + make_interval(secs => %s)")
        hurry = partial(self.write, sql, [DEADLINE_S, self.brand.id])
        self.history.change("deadline passed", late, hurry, later_by=DEADLINE_S)
        self.comes("deadline passed", late)
        self.put("job cancelled", partial(self.write, _CANCEL, [self.brand.id]), usual)

    def post_lost(self, n: int) -> None:
        usual = self.today
        sql = "DELETE FROM evidence_normalizedevidenceitem WHERE id = %s"
        self.put("post deleted", lambda: self.write(sql, [self.post]), BROKEN)
        self.put("post came again", lambda: self.brand.post(self.post, views=n), usual)

    def idea_lost(self) -> None:
        """One that no board names any more: to delete another is refused."""
        for idea in self.past:
            self.write("DELETE FROM core_opportunity WHERE id = %s", [idea.id])

    def board_lost(self, n: int) -> None:
        usual = self.today
        self.past = [self.brand.idea(f"Idea {n}", post=self.post)]
        come = partial(self.brand.board, *self.past)
        self.change("board came", come, ideas=((f"Idea {n}", None),))
        sql = "DELETE FROM hero_opportunitiesboard WHERE opportunity_ids = %s::uuid[]"
        self.put("board deleted", partial(self.write, sql, [[idea.id for idea in self.past]]), usual)

    def write(self, sql: str, params: list[Any]) -> None:
        assert self.database.execute(sql, params).rowcount == 1  # pyright: ignore

    def fetch(self, sql: str, params: list[Any]) -> Any:
        (found,) = self.database.execute(sql, params).fetchone() or (None,)  # pyright: ignore
        return found

    def decide(self, mutation: str, idea: Idea, **more: Any) -> None:
        asked = {"opportunityId": b64encode(f"Opportunity:{idea.id}".encode()).decode(), **more}
        (answer,) = in_time(lambda: self.stack.ask(self.token, mutation, i=asked)).values()
        assert answer == {"__typename": "OpportunityDecided"}

    def change(self, kind: str, write: Callable[[], object], **new: Any) -> None:
        self.put(kind, write, replace(self.today, **new))

    def put(self, kind: str, write: Callable[[], object], value: Today | Refused) -> None:
        self.history.change(kind, value, write)
        if isinstance(value, Today):
            self.today = value
        until_told(self.history, kind)

    def comes(self, kind: str, today: Today) -> None:
        """Waits for what time alone makes."""
        self.today = today
        until_told(self.history, kind)


def until_told(known: Parts | History, kind: str) -> None:
    """A pause; the first time for as long as it takes until clients were told what this kind of change made."""
    end = time.monotonic() + 10
    time.sleep(PAUSE_S)
    while known.told[kind] < 2 and not known.was_belied and time.monotonic() < end:
        time.sleep(PAUSE_S)


def in_time(ask: Callable[[], Any]) -> Any:
    """The answer of a server that, on a slow machine, may ask to come again."""
    end = time.monotonic() + 30
    while True:
        try:
            return ask()
        except urllib.error.HTTPError as error:
            if error.code != 503 or time.monotonic() > end:
                raise


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
    """Some changes are made here by SQL, past the services that drop the copy in Redis: Django's answers go without it.
    No worker writes down that a job is overdue: the reader has to know. And tokens are revoked so often that their
    address would be blocked."""
    return {
        "OPPORTUNITIES_CACHE_TTL_S": "0",
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
        in_time(lambda: self.stack.ask(self.busy.token, REGENERATE, i={"brandId": self.regenerated.id}))
        # From here on there is a job, or a board that is younger than the job.
        (asked_at,) = self.database.execute(_NEWEST_JOB, [self.regenerated.id]).fetchone() or (0,)
        self.boards.grew_to(int(asked_at))

    def dies(self) -> None:
        self.deaths[-1].change("brand deleted", NOT_FOUND, self.mortal.delete)
        until_told(self.deaths[-1], "brand deleted")
        self.mortal = a_board(self.database, "lasting")
        self.deaths.append(History(ONE_IDEA))
        self.polling.questions[self.MORTAL] = self.asked_by_lasting(self.mortal, self.deaths[-1])

    def revokes(self) -> None:
        for kind, value in (("token revoked", REVOKED), ("token valid again", VALID)):
            params = [value == REVOKED, self.revocable_one.id]
            self.revocable.change(kind, value, partial(self.busy.write, _REVOKE, params))
            until_told(self.revocable, kind)

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
    def test_tells_what_the_database_held_whatever_happens(
        self, stack: Stack, database: psycopg.Connection[Any], pytestconfig: pytest.Config
    ) -> None:
        everything = Everything(stack, database)
        polling, since = everything.polling, time.monotonic()
        least_s = 60 if pytestconfig.getoption("--faults") else 2.5
        with polled(polling):
            # A slow machine needs longer to see everything; to the end of all patience.
            while not polling.wrong and (
                (lasted := time.monotonic() - since) < least_s or (lasted < 120 and not everything.is_enough())
            ):
                everything.happens()
        assert polling.wrong == []
        told = everything.told()
        assert {kind for kind in KINDS if told[kind] < 2} == set()
        assert all(polling.answers[at] > 1 for at in range(len(polling.questions)))
