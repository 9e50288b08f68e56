"""A brand that changes in every way, and the responses that are valid at each moment."""

from __future__ import annotations

import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import psycopg

from tests.flows.boards import Idea, WrittenBrand
from tests.flows.conftest import PATIENCE_S, Stack, served
from tests.flows.history import History, change_together
from tests.flows.polling import BROKEN, Refused

SNOOZE_S = 2.5  # the first; one that is refused, because its end has passed by then, is followed by one of twice that
DEADLINE_S = 0.4
PAUSE_S = 0.02  # between two changes

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


@dataclass(frozen=True)
class Today:
    """The compared part of a board: its opportunities by title, each with its decision, and one post's views."""

    state: str = "TodayBoardReady"
    name: str = "0"
    percent: int | None = None
    ideas: tuple[tuple[str, str | None], ...] = ()
    views: tuple[int, ...] = ()

    @classmethod
    def from_board(cls, board: dict[str, Any]) -> Today:
        ideas = board["opportunities"]
        return cls(
            state=board["__typename"],
            name=board["brand"]["name"],
            percent=board["job"] and board["job"]["percent"],
            ideas=tuple((idea["title"], idea["decision"] and idea["decision"]["kind"]) for idea in ideas),
            views=tuple({post["metrics"]["views"] for idea in ideas for post in idea["evidence"]}),
        )


class Parts:
    """The history of a board by part: each part must be valid at a moment between request and response, not all at the
    same one, because decisions and posts are read after the board."""

    def __init__(self, today: Today) -> None:
        self.today: Today | Refused = today
        self._histories = [History(part) for part in self._parts(today)]

    @staticmethod
    def _parts(value: Today | Refused) -> list[object]:
        if isinstance(value, Refused):
            return [value, None, None]
        return [(value.state, value.name, value.percent), value.ideas, value.views or None]

    def _changed(self, value: Today | Refused) -> list[tuple[History, object]]:
        """Returns the parts that changed; None is absent from a response, and so neither new nor old."""
        before, self.today = self._parts(self.today), value
        parts = zip(self._histories, self._parts(value), before, strict=True)
        return [(history, part) for history, part, old in parts if part is not None and part != old]

    def change(self, kind: str, value: Today | Refused, write: Callable[[], object], *, later_by: float = 0) -> None:
        change_together(self._changed(value), kind=kind, write=write, later_by=later_by)

    def is_valid(self, value: Today | Refused, *, sent: float, received: float) -> bool:
        pairs = zip(self._histories, self._parts(value), strict=True)
        return all(part is None or history.is_valid(part, sent=sent, received=received) for history, part in pairs)

    @property
    def seen(self) -> Counter[str]:
        return sum((history.seen for history in self._histories), Counter())


class NotDecidedError(Exception):
    """The API refused the decision."""


class Busy:
    """A brand that changes in every way, repeatedly. Each method returns when its change is committed."""

    def __init__(self, stack: Stack, database: psycopg.Connection[Any], *, tenant: str) -> None:
        self.stack, self.database = stack, database
        self.brand = WrittenBrand(database, tenant)
        self.post = self.brand.post()
        self.first, self.second = (self.brand.idea(title, post=self.post) for title in ("First", "Second"))
        self.brand.board(self.first, self.second)
        # An opportunity may later name other posts than its board shows.
        database.execute(
            "UPDATE core_opportunity SET evidence_ids = ARRAY[%s]::uuid[] WHERE brand_id = %s",
            [self.brand.post(), self.brand.id],
        )
        self.token = stack.token(tenant)
        self.past: list[Idea] = []
        self.today = Today(ideas=(("First", None), ("Second", None)), views=(0,))
        self.history = Parts(self.today)
        self.snooze_s = SNOOZE_S
        self.is_over: Callable[[], bool] = lambda: False  # whether clients have stopped

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
        while not self._snoozed(shown):
            # Nothing changed: from here on the snoozed state is invalid.
            self.history.change("snooze refused", both, lambda: None)
            self.snooze_s *= 2
        self.comes("snooze ended", shown)
        self.put("decision undone", partial(self.decide, _UNDO, self.first), both)

    def _snoozed(self, shown: Today) -> bool:
        """Returns whether the opportunity was snoozed; a busy machine may run the mutation after the end it names."""

        def ends() -> None:
            self.decide(_SNOOZE, self.first, until=self.fetch(_LATER, [self.snooze_s]))

        def write() -> None:
            self.history.change("snooze ended", shown, ends, later_by=self.snooze_s)

        try:
            # The opportunity is hidden for that long; slower clients see it in another round.
            self.change("snoozed", write, within_s=self.snooze_s, ideas=(("Second", None),))
        except NotDecidedError:
            return False
        if self.history.seen["snoozed"] < 2:
            self.snooze_s *= 2
        return True

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
        """Deletes opportunities that no board names any more; the database refuses any other."""
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
        (value,) = self.database.execute(sql, params).fetchone() or (None,)  # pyright: ignore
        return value

    def decide(self, mutation: str, idea: Idea, **more: Any) -> None:
        data = {"opportunityId": b64encode(f"Opportunity:{idea.id}".encode()).decode(), **more}
        (result,) = served(lambda: self.stack.ask(self.token, mutation, i=data)).values()
        if result != {"__typename": "OpportunityDecided"}:
            raise NotDecidedError(result)

    def change(self, kind: str, write: Callable[[], object], *, within_s: float = PATIENCE_S, **new: Any) -> None:
        self.put(kind, write, replace(self.today, **new), within_s=within_s)

    def put(
        self, kind: str, write: Callable[[], object], value: Today | Refused, *, within_s: float = PATIENCE_S
    ) -> None:
        self.history.change(kind, value, write)
        if isinstance(value, Today):
            self.today = value
        until_seen(self.history, kind, is_over=self.is_over, within_s=within_s)

    def comes(self, kind: str, today: Today) -> None:
        """Waits for a change by time alone."""
        self.today = today
        until_seen(self.history, kind, is_over=self.is_over)


def until_seen(known: Parts | History, kind: str, *, is_over: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
    """Pauses; the first time until clients have seen this kind of change, at most `within_s`, or until they stop."""
    end = time.monotonic() + within_s
    time.sleep(PAUSE_S)
    while known.seen[kind] < 2 and not is_over() and time.monotonic() < end:
        time.sleep(PAUSE_S)
