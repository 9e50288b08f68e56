"""Eight clients change one brand in every way there is, at once: each change is answered, and no wake-up is lost."""

from __future__ import annotations

import json
import os
import random
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.flows.conftest import Stack, eventually
from tests.flows.test_board_over_http import SENTENCES, import_everything, post

CLIENTS = 8
SECONDS = float(os.environ.get("KAIRO_TEST_SOUP_S", "60"))

_MUTATION = "mutation($i: {input}!) {{ {field}(input: $i) {{ __typename }} }}"
_UNFINISHED = "SELECT count(*) FROM hero_opportunitiesjob WHERE finished_at IS NULL"


class Client(threading.Thread):
    """Sends mutations of one brand until the time is over."""

    def __init__(self, stack: Stack, token: str, brand: str, number: int, until: float) -> None:
        super().__init__(daemon=True)
        self.stack, self.token, self.brand, self.until = stack, token, brand, until
        self.chance = random.Random(number)
        self.number = number
        self.answers: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.ideas: list[str] = []
        self.job = ""

    def run(self) -> None:
        while time.monotonic() < self.until:
            field, kind, values = self.mutation()
            self.send(field, kind, values)
            if self.chance.random() < 0.1:
                self.look()

    def look(self) -> None:
        board = self.stack.today(self.token, self.brand)
        self.ideas = [idea["id"] for idea in board["opportunities"]] or self.ideas
        self.job = (board["job"] or {}).get("id", "") or self.job

    def mutation(self) -> tuple[str, str, dict[str, Any]]:
        """The field of a mutation, the name of its input without "Input", and the input."""
        chance, brand = self.chance, {"brandId": self.brand}
        name = f"n{self.number} {chance.randrange(10**9)}"
        today = datetime.now(UTC).date()
        found: list[tuple[str, str, dict[str, Any]]] = [
            ("regenerateTodayBoard", "RegenerateTodayBoard", brand),
            ("updateBrand", "UpdateBrand", {**brand, "name": name}),
            ("updateBrand", "UpdateBrand", {**brand, "slug": f"s{chance.randrange(10**9)}"}),
            ("createContentPillar", "CreateContentPillar", {**brand, "name": name, "keywords": ["darning"]}),
            ("createPersona", "CreatePersona", {**brand, "name": name}),
            ("createCampaign", "CreateCampaign", {**brand, "name": name, "starts": str(today), "ends": str(today)}),
            ("setBrandRefreshSchedule", "SetBrandRefreshSchedule", {**brand, "hour": chance.randrange(24)}),
            ("clearBrandRefreshSchedule", "ClearBrandRefreshSchedule", brand),
            ("ingestEvidence", "IngestEvidence", {**brand, "items": [self.item(name)]}),
        ]
        if self.job:
            found.append(("cancelGenerationJob", "CancelGenerationJob", {"jobId": self.job}))
        if self.ideas:
            idea = {"opportunityId": chance.choice(self.ideas)}
            until = (datetime.now(UTC) + timedelta(days=chance.randint(1, 90))).isoformat()
            found += [
                ("pinOpportunity", "PinOpportunity", idea),
                ("ignoreOpportunity", "IgnoreOpportunity", {**idea, "reason": name}),
                ("snoozeOpportunity", "SnoozeOpportunity", {**idea, "until": until}),
                ("undoOpportunityDecision", "UndoOpportunityDecision", idea),
            ]
        return chance.choice(found)

    def item(self, name: str) -> dict[str, Any]:
        return {
            "platform": "INSTAGRAM",
            "contentType": "REEL",
            "externalId": name,
            "canonicalUrl": f"https://instagram.example/{self.chance.randrange(10**9)}",
            "publishedAt": datetime.now(UTC).isoformat(),
            "authorRef": name,
            "textPrimary": f"Darning a sock by {name}",
        }

    def send(self, field: str, kind: str, values: dict[str, Any]) -> None:
        body = {"query": _MUTATION.format(input=f"{kind}Input", field=field), "variables": {"i": values}}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.stack.port}/graphql",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            self.wrong.append(f"{field}: {error.code} {error.read()[:500]!r}")
            return
        if "errors" in answer:
            self.wrong.append(f"{field}: {answer['errors']}")
        else:
            self.answers[field] += 1


@pytest.mark.slow
class TestOneBrand:
    def test_every_change_is_answered_and_every_job_ends(self, stack: Stack, tmp_path: Path) -> None:
        brand = import_everything(stack, tmp_path, [post(n, now=datetime.now(UTC)) for n in range(len(SENTENCES))])
        token = stack.token("demo")
        stack.await_today(token, brand)
        clients = [Client(stack, token, brand, number, time.monotonic() + SECONDS) for number in range(CLIENTS)]
        for client in clients:
            client.look()
            client.start()
        for client in clients:
            client.join()

        assert [wrong for client in clients for wrong in client.wrong] == []
        told = sum((client.answers for client in clients), Counter())
        print(dict(told))  # noqa: T201  how much was done is the point
        assert {"regenerateTodayBoard", "updateBrand", "pinOpportunity", "ignoreOpportunity"} <= told.keys()
        with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as database:
            eventually(lambda: database.execute(_UNFINISHED).fetchone(), lambda left: left == (0,), within_s=60)
            deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
            assert database.execute(deadlocks).fetchone() == (0,)
        log = (stack.logs / "web.log").read_text()
        assert "Error calling" not in log, "a wake-up was lost after a commit"
        assert "the wake-up waits" not in log
