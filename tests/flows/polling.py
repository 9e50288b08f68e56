"""Clients that poll a real server and check each response against the known history of the database."""

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
PATIENCE_S = 300.0  # for a response
VALID, REVOKED = "valid", "revoked"


class Known(Protocol):
    """The known history of a value."""

    def is_valid(self, value: Any, *, sent: float, received: float) -> bool: ...


@dataclass(frozen=True)
class Refused:
    """An error with this code instead of a board."""

    code: str


NOT_FOUND, BROKEN = Refused("NOT_FOUND"), Refused("REFERENTIAL_INTEGRITY")


@dataclass(frozen=True)
class Question:
    """A query for a brand with a token, and the history of both; `extract` returns the compared part of a response."""

    secret: str
    token: Known
    brand_id: str
    today: Known
    extract: Callable[[dict[str, Any]], object]

    def is_valid(self, status: int, payload: Any, *, sent: float, received: float) -> bool:
        when = {"sent": sent, "received": received}
        if status == 401:
            return self.token.is_valid(REVOKED, **when)
        if errors := payload.get("errors"):
            value: object = Refused(errors[0]["extensions"]["code"])
        else:
            (board,) = payload["data"].values()
            if board["brand"]["id"] != b64encode(f"Brand:{self.brand_id}".encode()).decode():
                return False
            value = self.extract(board)
        return self.token.is_valid(VALID, **when) and self.today.is_valid(value, **when)


def document(n: int) -> tuple[str, str]:
    """Returns one of several equivalent documents, and the name of its variable."""
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
    """The state that the clients share."""

    port: int
    questions: list[Question]
    responses: Counter[int] = field(default_factory=Counter)  # by index of the question
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
                sent = time.monotonic()
                connection.request("POST", "/graphql", body, headers)
                response = connection.getresponse()
                payload = json.loads(response.read())
                received = time.monotonic()
                if response.status == 503:  # on a busy machine
                    time.sleep(0.1)
                    continue
                if not question.is_valid(response.status, payload, sent=sent, received=received):
                    self.wrong.append(f"question {at}, {sent} to {received}: {response.status} {payload}")
                self.responses[at] += 1
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
