import json
import shlex
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kairo.devstack.api_client import ApiClient
from kairo.devstack.demo_board import BOARD, BOOT_WITHIN_S, NO_PROGRESS_S, DemoBoard, Outcome

BRAND = "b-1"


def job(status: str = "RUNNING", *, stage: str = "GATHERING", percent: int = 0, attempts: int = 1) -> dict[str, Any]:
    return {"id": "j-1", "status": status, "stage": stage, "percent": percent, "attempts": attempts}


def board(state: str, *, of: dict[str, Any] | None = None, ideas: int = 0, **facts: str) -> dict[str, Any]:
    empty = {"readyReason": None, "remediation": None}
    return {"state": state, **empty, "opportunities": [{"id": str(n)} for n in range(ideas)], "job": of, **facts}


READY = board("READY", ideas=3)
PENDING = board("GENERATING", of=job("PENDING", stage="QUEUED", attempts=0))


class Api(ThreadingHTTPServer):
    """Answers on a socket: each reading of the board with the next of `boards`, the last one again and again."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.boards: list[Any] = []
        self.job: dict[str, Any] | None = None  # the answer to generationJob
        self.regenerated: dict[str, Any] = {"__typename": "RegenerateTodayBoardSuccess", "job": {"id": "j-1"}}
        self.regenerations = 0

    def respond(self, query: str) -> tuple[int, dict[str, Any]]:
        if "regenerateTodayBoard" in query:
            self.regenerations += 1
            return 200, {"data": {"regenerateTodayBoard": self.regenerated}}
        if "generationJob" in query:
            return 200, {"data": {"generationJob": self.job}}
        found = self.boards.pop(0) if len(self.boards) > 1 else self.boards[0]
        return found if isinstance(found, tuple) else (200, {"data": {"todayBoard": found}})


class Handler(BaseHTTPRequestHandler):
    server: Api

    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["query"]
        status, content = self.server.respond(query)
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the standard library's name
        """Not on the tests' output."""


@pytest.fixture
def api() -> Iterator[Api]:
    with Api() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Watch:
    """Waits for the board by a clock of its own, on which `step_s` pass between two looks."""

    def __init__(self, api: Api, *, step_s: float = 1.0, booting_for_s: float = 0.0) -> None:
        self.now = 0.0
        self.notes: list[str] = []
        self._step_s = step_s
        host, port = api.server_address[:2]
        self.board = DemoBoard(
            ApiClient(url=f"http://{host!s}:{port}/graphql", token="tok_1"),
            brand_id=BRAND,
            is_booting=lambda: self.now < booting_for_s,
            clock=lambda: self.now,
        )

    def outcome(self) -> Outcome:
        return self.board.wait(pause=self._pause, note=self.notes.append)

    def _pause(self, seconds: float) -> None:
        self.now += self._step_s


def test_curl_line_is_one_line_of_valid_shell_with_valid_body() -> None:
    line = ApiClient(url="http://127.0.0.1:8000/graphql", token="tok_1").curl_line(BOARD, brand="b-1")
    assert "\n" not in line
    words = shlex.split(line)
    assert words[:3] == ["curl", "-s", "http://127.0.0.1:8000/graphql"]
    assert "Authorization: Bearer tok_1" in words
    assert json.loads(words[words.index("-d") + 1]) == {"query": BOARD, "variables": {"brand": "b-1"}}


def test_ready_board_is_returned_at_once(api: Api) -> None:
    api.boards = [READY]
    watch = Watch(api)
    assert watch.outcome() == Outcome(is_ready=True, sentence="READY, 3 opportunities")
    assert (watch.now, api.regenerations) == (0, 0)


def test_ready_board_without_opportunities_says_why(api: Api) -> None:
    api.boards = [board("READY", readyReason="GATES_ONLY_NO_SYNTHESIS")]
    assert Watch(api).outcome().sentence == "READY without opportunities: GATES_ONLY_NO_SYNTHESIS"


def test_wait_goes_on_while_the_job_moves(api: Api) -> None:
    running = [board("GENERATING", of=job(stage="SYNTHESIZING", percent=percent)) for percent in range(50)]
    api.boards = [PENDING, *running, READY]
    watch = Watch(api, step_s=NO_PROGRESS_S - 1)
    assert watch.outcome().is_ready
    assert watch.notes[0] == "waiting for a worker to take its job (0 attempts so far)"
    assert watch.notes[-1] == "waiting for its running job (synthesizing, 49 %, attempt 1)"
    assert api.regenerations == 0


@pytest.mark.parametrize(
    ("shown", "reason"),
    [(PENDING, "a worker to take its job"), (board("GENERATING", of=job(percent=40)), "its running job")],
)
def test_wait_ends_where_the_job_does_not_move(api: Api, shown: dict[str, Any], reason: str) -> None:
    api.boards = [shown]
    watch = Watch(api)
    outcome = watch.outcome()
    assert not outcome.is_ready
    assert reason in outcome.sentence
    assert NO_PROGRESS_S < watch.now < NO_PROGRESS_S + 3


def test_worker_that_boots_has_more_time(api: Api) -> None:
    api.boards = [PENDING]
    watch = Watch(api, booting_for_s=NO_PROGRESS_S * 3)
    watch.outcome()
    assert watch.notes[0] == "waiting for the worker to boot"
    assert NO_PROGRESS_S * 4 < watch.now < NO_PROGRESS_S * 4 + 3


def test_wait_ends_where_the_worker_never_boots(api: Api) -> None:
    api.boards = [PENDING]
    watch = Watch(api, booting_for_s=float("inf"))
    assert "the worker to boot" in watch.outcome().sentence
    assert BOOT_WITHIN_S < watch.now < BOOT_WITHIN_S + 3


def test_job_past_its_deadline_is_waited_for_while_a_worker_may_take_it(api: Api) -> None:
    """Its board reads as ERROR by then, though the job is still to be run."""
    overdue = board("ERROR", remediation="Ask for a new board.")
    api.boards, api.job = [PENDING, *[overdue] * 5, READY], job("PENDING", attempts=0)
    assert Watch(api).outcome().is_ready
    assert api.regenerations == 0


@pytest.mark.parametrize("state", ["ERROR", "INSUFFICIENT_EVIDENCE", "NOT_GENERATED_YET"])
def test_board_that_is_not_ready_is_regenerated_once(api: Api, state: str) -> None:
    shown = board(state, remediation="Add posts.")
    api.boards, api.job = [shown, PENDING, READY], job("SUCCEEDED")
    assert Watch(api).outcome().is_ready
    assert api.regenerations == 1

    api.boards, api.job = [shown, PENDING, shown], job("FAILED")
    assert Watch(api).outcome() == Outcome(is_ready=False, sentence=f"{state}: Add posts.")
    assert api.regenerations == 2


def test_refused_regeneration_says_why(api: Api) -> None:
    api.boards = [board("ERROR", remediation="Ask for a new board.")]
    api.regenerated = {"__typename": "ConflictProblem", "message": "The brand is archived."}
    expected = "ERROR: Ask for a new board. No new board was started: The brand is archived."
    watch = Watch(api)
    assert watch.outcome() == Outcome(is_ready=False, sentence=expected)
    words = shlex.split(watch.board.regenerate_line())
    assert json.loads(words[words.index("-d") + 1])["variables"] == {"brand": BRAND}


def refusal(*, retryable: bool, status: int = 200) -> tuple[int, dict[str, Any]]:
    return status, {"errors": [{"message": "Not now.", "extensions": {"retryable": retryable}}], "data": None}


@pytest.mark.parametrize("answer", [refusal(retryable=True), refusal(retryable=True, status=503), (429, {})])
def test_api_that_cannot_serve_is_retried(api: Api, answer: tuple[int, dict[str, Any]]) -> None:
    api.boards = [answer, answer, READY]
    watch = Watch(api)
    assert watch.outcome().is_ready
    assert watch.notes[0].startswith("waiting for the API: ")


@pytest.mark.parametrize("answer", [refusal(retryable=False), refusal(retryable=False, status=400)])
def test_board_that_cannot_be_read_ends_the_wait(api: Api, answer: tuple[int, dict[str, Any]]) -> None:
    api.boards = [answer]
    outcome = Watch(api).outcome()
    assert not outcome.is_ready
    assert outcome.sentence.startswith("cannot be read: ")
    assert "Not now." in outcome.sentence
