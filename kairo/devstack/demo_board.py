"""Waits for the demo brand's board, and regenerates it where it is not READY."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kairo.devstack.api_client import ApiClient, ApiRefused, ApiUnanswered

BOARD = (
    "query($brand: ID!) { todayBoard(brandId: $brand) "
    "{ state readyReason remediation opportunities { title whyNow score primaryChannel } } }"
)
REGENERATE = (
    "mutation($brand: ID!) { regenerateTodayBoard(input: {brandId: $brand}) "
    "{ __typename ... on GenerationAccepted { job { id } } ... on Problem { message } } }"
)
_JOB = "{ id status stage percent attempts }"
_STATE = (
    "query($brand: ID!) { todayBoard(brandId: $brand) "
    f"{{ state readyReason remediation opportunities {{ id }} job {_JOB} }} }}"
)
_JOB_BY_ID = f"query($id: ID!) {{ generationJob(id: $id) {_JOB} }}"

POLL_S = 0.1
PAUSE_OF_API_S = 1.0  # before the next request to an API that did not answer
NO_PROGRESS_S = 120.0  # above the 90 s within which a job is taken from a worker that died
BOOT_WITHIN_S = 600.0  # of a worker: imports on a machine that is busy with other things
_ACTIVE = {"PENDING", "RUNNING"}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The result of waiting for the demo brand's board; `sentence` is for a person."""

    is_ready: bool
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The reason for waiting. A changed reason means progress."""

    reason: str
    is_booting: bool = False


class DemoBoard:
    """The demo brand's board as the API shows it.

    `is_booting` returns whether the worker has written no log line yet. Without progress `wait` ends after
    `idle_limit_s`, or after `boot_limit_s` while the worker boots.
    """

    def __init__(
        self,
        api: ApiClient,
        *,
        brand_id: str,
        is_booting: Callable[[], bool],
        idle_limit_s: float = NO_PROGRESS_S,
        boot_limit_s: float = BOOT_WITHIN_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._brand_id = brand_id
        self._is_booting = is_booting
        self._idle_limit_s = idle_limit_s
        self._boot_limit_s = boot_limit_s
        self._clock = clock
        self._job_id: str | None = None
        self._has_regenerated = False

    def wait(self, *, pause: Callable[[float], None], note: Callable[[str], None]) -> Outcome:
        """Returns once the board is READY or cannot become so. Regenerates it once if it is not READY.

        `note` receives the reason for waiting.
        """
        before, since = None, self._clock()
        while True:
            pause_s = POLL_S
            try:
                now = self._look()
            except ApiUnanswered as error:
                now, pause_s = Waiting(reason=f"the API: {error}"), PAUSE_OF_API_S
            except ApiRefused as error:
                return Outcome(is_ready=False, sentence=f"cannot be read: {error}")
            if isinstance(now, Outcome):
                return now
            if now != before:
                before, since = now, self._clock()
            idle_s = self._clock() - since
            if idle_s > (self._boot_limit_s if now.is_booting else self._idle_limit_s):
                return Outcome(
                    is_ready=False, sentence=f"no progress for {idle_s:.0f} s while waiting for {now.reason}"
                )
            note(f"waiting for {now.reason}")
            pause(pause_s)

    def regenerate_line(self) -> str:
        """Returns the shell line that regenerates the board."""
        return self._api.curl_line(REGENERATE, brand=self._brand_id)

    def _look(self) -> Outcome | Waiting:
        # Reads the job first: the board that is read after the job has ended shows its result.
        job = self._api.graphql(_JOB_BY_ID, id=self._job_id)["generationJob"] if self._job_id else None
        board = self._api.graphql(_STATE, brand=self._brand_id)["todayBoard"]
        if board["state"] == "READY":
            return Outcome(is_ready=True, sentence=_ready_sentence(board))
        job = board["job"] or job
        if job and job["status"] in _ACTIVE:
            self._job_id = job["id"]
            return self._waiting(job)
        if self._has_regenerated:
            return Outcome(is_ready=False, sentence=_state_sentence(board))
        return self._regenerate(board)

    def _regenerate(self, board: dict[str, Any]) -> Outcome | Waiting:
        try:
            result = self._api.graphql(REGENERATE, brand=self._brand_id)["regenerateTodayBoard"]
        except ApiRefused as error:
            result = {"message": str(error)}
        self._has_regenerated = True
        if "message" in result:
            sentence = f"{_state_sentence(board)} No new board was started: {result['message']}"
            return Outcome(is_ready=False, sentence=sentence)
        self._job_id = result["job"]["id"]
        return Waiting(reason="its job to be taken", is_booting=self._is_booting())

    def _waiting(self, job: dict[str, Any]) -> Waiting:
        if job["status"] == "RUNNING":
            how_far = f"{job['stage'].lower()}, {job['percent']} %, attempt {job['attempts']}"
            return Waiting(reason=f"its running job ({how_far})")
        if self._is_booting():
            return Waiting(reason="the worker to boot", is_booting=True)
        return Waiting(reason=f"a worker to take its job ({job['attempts']} attempts so far)")


def _ready_sentence(board: dict[str, Any]) -> str:
    count = len(board["opportunities"])
    return f"READY, {count} opportunities" if count else f"READY without opportunities: {board['readyReason']}"


def _state_sentence(board: dict[str, Any]) -> str:
    return f"{board['state']}: {board['remediation']}" if board["remediation"] else f"{board['state']}."
