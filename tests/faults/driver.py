"""Stands for the web process: asks for boards and reads them, told by JSON lines on standard input.

A process of its own, so that faults hit it as they would hit the web process, and with the settings of the test's
world rather than those of the test run.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kairo.settings")
django.setup()

from django.db import close_old_connections, transaction  # noqa: E402  Django must be set up first

from kairo.core.enums import JobTrigger  # noqa: E402  as above
from kairo.core.models import Brand  # noqa: E402  as above
from kairo.core.services.access import Caller  # noqa: E402  as above
from kairo.evidence.services.evidence_refresh import refresh_evidence  # noqa: E402  as above
from kairo.hero.jobs import queue  # noqa: E402  as above
from kairo.hero.services.today_service import get_today_board, regenerate_today_board  # noqa: E402  as above


def regenerate(brand_ids: list[str], threads: int = 1) -> list[dict[str, Any]]:
    """As the mutation does it, for each of these brands. Answers with the job and the seconds it took."""

    def one(brand_id: str) -> dict[str, Any]:
        began = time.monotonic()
        try:
            answer = regenerate_today_board(caller=_owner(brand_id), brand_id=UUID(brand_id))
        finally:
            close_old_connections()
        return {"job": str(answer.job.id), "created": answer.created, "spent_s": time.monotonic() - began}

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, brand_ids))


def refresh(brand_ids: list[str]) -> list[str]:
    """Requests fresh evidence for each of these brands, as the mutation does."""
    return [str(refresh_evidence(caller=_owner(brand_id), brand_id=UUID(brand_id))[0].id) for brand_id in brand_ids]


def schedule(brand_ids: list[str]) -> list[str]:
    """Enqueues as a schedule does, at the lowest priority."""
    made = []
    for brand_id in brand_ids:
        with transaction.atomic():
            job, _ = queue.enqueue(brand_id=UUID(brand_id), trigger=JobTrigger.SCHEDULE, priority=0)
        made.append(str(job.id))
    return made


def today(brand_id: str) -> dict[str, Any]:
    board = get_today_board(caller=_owner(brand_id), brand_id=UUID(brand_id))
    return {"state": board.state.value, "error_code": board.error_code, "cache_hit": board.meta.cache_hit}


def cancel(job_id: str) -> str:
    return queue.cancel(job_id=UUID(job_id), by="a test").value


def sweep() -> int:
    return queue.release_stale_jobs()


def _owner(brand_id: str) -> Caller:
    tenant_id = Brand.objects.values_list("tenant_id", flat=True).get(id=brand_id)
    return Caller(tenant_id=tenant_id, token_id=tenant_id, scopes=frozenset({"read", "write"}))


COMMANDS: dict[str, Callable[..., Any]] = {
    command.__name__: command for command in (regenerate, refresh, schedule, today, cancel, sweep)
}


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"answer": COMMANDS[asked["do"]](**asked["with"])}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        finally:
            close_old_connections()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
