"""Asks the running API for the demo brand's board, as any client would, and has it made if need be."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from kairo.devstack.errors import DevstackError

BOARD = (
    "query($brand: ID!) { todayBoard(brandId: $brand) "
    "{ state readyReason remediation opportunities { title whyNow score primaryChannel } } }"
)
REGENERATE = "mutation($brand: ID!) { regenerateTodayBoard(input: {brandId: $brand}) { __typename } }"
BOARD_WITHIN_S = 30.0
POLL_S = 0.1
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback goes through no proxy


class NotReady(DevstackError):
    """The board did not become READY in time; says what it is instead."""

    def __init__(self, *, state: str, remediation: str | None) -> None:
        self.how = f"is {state} after {BOARD_WITHIN_S:.0f} s, not READY" + (f" ({remediation})" if remediation else "")
        super().__init__(f"The demo brand's board {self.how}.")


def curl_line(*, api_url: str, token: str, brand_id: str) -> str:
    """One line for a shell, valid as it is pasted: nothing in it holds a single quote."""
    body = json.dumps({"query": BOARD, "variables": {"brand": brand_id}})
    return f"curl -s {api_url} -H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' -d '{body}'"


def make_ready(*, api_url: str, token: str, brand_id: str, pause: Callable[[float], None]) -> int:
    """How many opportunities the READY board has; asks for a board to be made unless there is one."""

    def ask(query: str) -> dict[str, Any]:
        return graphql(api_url, token=token, query=query, variables={"brand": brand_id})

    board = ask(BOARD)["todayBoard"]
    if board["state"] != "READY":
        ask(REGENERATE)
    end = time.monotonic() + BOARD_WITHIN_S
    while board["state"] != "READY" and time.monotonic() < end:
        pause(POLL_S)
        board = ask(BOARD)["todayBoard"]
    if board["state"] != "READY":
        raise NotReady(state=board["state"], remediation=board["remediation"])
    return len(board["opportunities"])


def graphql(api_url: str, *, token: str, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 - http on loopback
        api_url,
        data=json.dumps({"query": query, "variables": variables}).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    answer = json.loads(read(request))
    if answer.get("errors") or not answer.get("data"):
        raise DevstackError(f"The API answered the demo's own question with {json.dumps(answer)[:1000]}")
    data: dict[str, Any] = answer["data"]
    return data


def is_ready(api_url: str) -> bool:
    """Whether the API says that it, its database and its Redis are ready to serve."""
    try:
        read(urllib.request.Request(api_url.replace("/graphql", "/readyz")), timeout_s=2)  # noqa: S310 - loopback
    except DevstackError:
        return False
    return True


def read(request: urllib.request.Request, *, timeout_s: float = 10) -> bytes:
    try:
        with _DIRECT.open(request, timeout=timeout_s) as response:
            body: bytes = response.read()
            return body
    except urllib.error.HTTPError as error:
        detail = error.read()[:1000].decode(errors="replace")
        raise DevstackError(f"{request.full_url} answered {error.code}: {detail}") from None
    except OSError as error:
        raise DevstackError(f"{request.full_url} did not answer: {error}") from None
