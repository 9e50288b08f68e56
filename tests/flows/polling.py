"""Clients that poll a real server, and hold each answer against what is known of the database."""

from __future__ import annotations

import http.client
import json
import threading
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

CLIENTS = 8
PATIENCE_S = 300.0  # for an answer
VALID, REVOKED = "valid", "revoked"


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
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
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
                if got.status == 503:  # a busy machine's: it asks to come again
                    time.sleep(0.1)
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
