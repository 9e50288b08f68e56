"""A generated board is stored with its opportunities, brand mentions and snapshot."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from kairo.core.models import Brand, Opportunity
from kairo.core.services.access import Caller
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.dto import BrandMentionDTO
from kairo.hero.enums import JobStatus
from kairo.hero.generation.board_store import GeneratedBoard, store_boards
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.jobs import queue
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent
from kairo.hero.ports import SynthesisRequest, SynthesisResult
from kairo.hero.services.opportunity_service import get_opportunity
from kairo.hero.services.today_service import get_today_board
from tests import factories
from tests.hero.boards.test_snapshot import an_outcome, statements
from tests.hero.jobs.rows import claimed, pending

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


class Mentioning:
    """An engine that finds one brand mention in all evidence, one that it made up, and one that it miscounts."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        ids = tuple(item.id for item in request.evidence)
        authors = len({item.author_ref for item in request.evidence})
        found = BrandMentionDTO(phrase="sourdough", authors=authors, window="", evidence_ids=ids)
        made_up = BrandMentionDTO(phrase="lawsuit", authors=9, window="", evidence_ids=(uuid4(),))
        miscounted = BrandMentionDTO(phrase="crumb", authors=authors + 1, window="", evidence_ids=ids)
        return SynthesisResult(candidates=(), mentions=(made_up, found, miscounted), engine="mentioning")


def make_mentioning_posts(brand: Brand) -> list[NormalizedEvidenceItem]:
    """Ten posts by ten authors, each of which names the brand."""
    what = ["rye", "spelt", "einkorn", "emmer", "wheat", "barley", "oat", "maize", "millet", "buckwheat"]
    texts = [f"{brand.name} sent me sourdough of {grain}: crumb {n * 7}, crust {n}" for n, grain in enumerate(what)]
    return [factories.make_post(brand, text_primary=text) for text in texts]


def test_store_keeps_the_mentions_that_pass_review(brand: Brand, caller: Caller, settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = f"{__name__}.Mentioning"
    brand.name = "Loafworks"
    brand.save()
    posts = make_mentioning_posts(brand)
    factories.make_job(brand, status=JobStatus.PENDING)
    assert JobRunner().run_next()
    miscounted, mention = get_today_board(caller=caller, brand_id=brand.id).brand_mentions
    assert (miscounted.phrase, miscounted.authors) == ("crumb", 10)
    newest = sorted(posts, key=lambda post: post.published_at or timezone.now(), reverse=True)
    assert (mention.phrase, mention.authors) == ("sourdough", 10)
    assert [post.id for post in mention.posts] == [post.id for post in newest]
    assert mention.newest_published_at == newest[0].published_at
    stored = BoardContent.from_json(OpportunitiesBoard.objects.get().content)
    assert [(one.phrase, one.posts) for one in stored.brand_mentions] == [("crumb", ()), ("sourdough", ())]


def test_store_keeps_angle_parts_and_phrases_when_written_again(brand: Brand, caller: Caller) -> None:
    for _ in range(2):  # written, and written again
        outcome = an_outcome(brand, ideas=1)
        job = factories.make_job(brand)
        store_boards([GeneratedBoard(brand_id=brand.id, job_id=job.id, attempt=1, outcome=outcome)])
        living = get_opportunity(caller=caller, opportunity_id=Opportunity.objects.get(brand=brand).id).opportunity
        assert living.angle_parts == outcome.candidates[0].angle_parts
        assert [claim.phrase for claim in living.claims] == ["loaf"]


def test_store_of_24_opportunities_takes_six_statements_with_the_job(brand: Brand) -> None:
    outcome = an_outcome(brand)
    lease = claimed(pending(brand))
    with CaptureQueriesContext(connection) as captured:
        made = GeneratedBoard(brand_id=brand.id, job_id=lease.job_id, attempt=1, outcome=outcome)
        queue.complete(ends={lease: JobStatus.SUCCEEDED}, store=lambda _: store_boards([made]))
    assert len(statements(captured)) <= 6
