"""No call to another party's server holds a database connection or a transaction, however long it takes."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from kairo.db.outside_calls import outside_call
from kairo.evidence import ports
from kairo.evidence.ingestion.orphaned_runs import settle_orphaned_runs
from kairo.evidence.jobs.queue import cancel
from kairo.evidence.ports import RunState, RunStatus
from kairo.evidence.services import source_connections
from kairo.hero.generation.engine_process import pool as engines_pool
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.models import OpportunitiesBoard
from tests import factories
from tests.evidence.ingestion.steps import TWO_STAGES, create_job, run_step, run_to_end
from tests.evidence.sources import Feed, Scraper, Vendor, found, make_connection, make_feed
from tests.hero.services import engines
from tests.integrations.feeds.feeds import RSS
from tests.integrations.feeds.server import serving
from tests.schema.api import Api

pytestmark = pytest.mark.django_db(transaction=True)

TEST_CONNECTION = """
mutation Test($i: SourceConnectionInput!) {
  testSourceConnection(input: $i) { ... on SourceConnectionTested { works error { code } connection { id } } }
}
"""
# The verbs of the port that call outside; the others are answered by the adapter itself.
LOCAL = {"offers", "normalize_identifier", "caps", "stages"}


def held() -> int:
    """The connections that all threads of this process have taken from the pool."""
    assert connection.pool is not None  # type: ignore[attr-defined]  # missing in the stubs
    stats = connection.pool.get_stats()  # type: ignore[attr-defined]  # as above
    return int(stats["pool_size"] - stats["pool_available"])


def test_feed_that_is_tested_finds_no_connection_held(settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = ["kairo.integrations.feeds.source.FeedSource"]
    settings.FEEDS_ALLOW_LOOPBACK = True
    seen: list[int] = []
    api = Api()
    with serving() as site:
        address = site.page("/feed", RSS, Content_Type="application/rss+xml")
        answer = site.pages["/feed"]

        def watch(handler: BaseHTTPRequestHandler) -> None:
            seen.append(held())
            answer(handler)

        site.pages["/feed"] = watch
        source = make_connection(
            factories.make_brand(api.tenant), source="feed", platform="web", kind="feed", identifier=address
        )
        tested = api.data(TEST_CONNECTION, i={"connectionId": str(source.id)})["testSourceConnection"]
    assert (tested["works"], seen) == (True, [0])
    assert api.data("{ brands { id } }")["brands"]  # the next statement takes a connection again


@pytest.fixture
def watched(vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int]]:
    """The connections that were held at each call of a source's verb."""
    calls: dict[str, list[int]] = {}

    def watch(verb: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watching(self: object, *args: Any, **kwargs: Any) -> Any:
            calls.setdefault(verb, []).append(held())
            return call(self, *args, **kwargs)

        return watching

    for source in (Feed, Scraper):
        for verb in verbs() & set(vars(source)):
            monkeypatch.setattr(source, verb, watch(verb, vars(source)[verb]))
    return calls


def verbs() -> set[str]:
    protocols = (ports.EvidenceSource, ports.ImmediateSource, ports.StagedSource)
    return {
        name for port in protocols for name, value in vars(port).items() if callable(value) and name[0] != "_"
    } - LOCAL


def test_every_verb_of_a_source_is_called_with_no_connection_held(
    watched: dict[str, list[int]], vendor: Vendor
) -> None:
    brand = factories.make_brand()
    caller = factories.make_caller(brand.tenant)
    profile, feed = make_connection(brand), make_feed(brand)
    for source in (profile, feed):
        assert source_connections.check_connection(caller=caller, connection_id=source.id).code is None
    vendor.stages, vendor.items = TWO_STAGES, found(1, 2)
    assert run_to_end(create_job(brand, profile, feed)).status == "succeeded"
    vendor.state = RunState(status=RunStatus.RUNNING)
    cancel(job_id=run_step(create_job(brand, profile)).id, by="test")
    assert settle_orphaned_runs() == 1
    assert watched.keys() == verbs()
    assert {verb: set(counts) for verb, counts in watched.items()} == {verb: {0} for verb in verbs()}


def test_engine_in_a_process_is_waited_for_with_no_connection_held(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KAIRO_SYNTHESIZER = f"{engines.__name__}.Obliging"
    seen: list[int] = []
    run = engines_pool.run

    def watching(*args: Any, **kwargs: Any) -> Any:
        seen.append(held())
        return run(*args, **kwargs)

    monkeypatch.setattr(engines_pool, "run", watching)
    brand = factories.make_brand()
    factories.make_posts(brand, 10)
    factories.make_job(brand, status="pending")
    assert JobRunner().run_next()
    assert (OpportunitiesBoard.objects.count(), seen) == (1, [0])


def test_call_outside_is_refused_in_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="in a database transaction"), outside_call():
        pass
