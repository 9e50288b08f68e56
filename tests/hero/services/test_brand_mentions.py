"""Brand mentions: stored with the board, shown with the posts that are still there, compared between boards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from kairo.core.errors import Invalid, NotFound
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.dto import BrandMentionDTO, TodayBoardDTO
from kairo.hero.enums import DeleteOutcome, JobStatus, MentionChangeKind
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent
from kairo.hero.ports import SynthesisRequest, SynthesisResult
from kairo.hero.services.board_history import boards_by_id, diff_mentions, get_board, list_boards
from kairo.hero.services.evidence_deletion import delete_evidence, delete_unreferenced
from kairo.hero.services.today_service import get_today_board
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


Read = Callable[[Caller, OpportunitiesBoard], TodayBoardDTO]
READS: list[Read] = [
    lambda caller, board: get_today_board(caller=caller, brand_id=board.brand_id),
    lambda caller, board: get_board(caller=caller, board_id=board.id),
    lambda caller, board: list_boards(caller=caller, brand_id=board.brand_id, first=1, after=None).items[0][1],
    lambda caller, board: boards_by_id(caller=caller, ids=[board.id])[board.id],
]
every_read = pytest.mark.parametrize("read", READS, ids=["today", "board", "boards", "nodes"])


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


def test_a_generation_stores_the_mentions_that_pass_review(brand: Brand, caller: Caller, settings: Settings) -> None:
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


@every_read
def test_a_mention_is_shown_with_its_posts(brand: Brand, caller: Caller, read: Read) -> None:
    posts = factories.make_posts(brand, 3)
    board = factories.make_ready_board(
        brand,
        [factories.make_opportunity(brand)],
        mentions=[factories.a_mention(posts), factories.a_mention(posts[:1])],
    )
    first, second = read(caller, board).brand_mentions
    assert [post.url for post in first.posts] == [post.canonical_url for post in posts]
    assert [post.author for post in second.posts] == [posts[0].author_ref]


@every_read
def test_a_mention_shows_the_posts_that_remain(brand: Brand, caller: Caller, read: Read) -> None:
    stays, goes = factories.make_posts(brand, 2)
    mentions = [factories.a_mention([goes, stays]), factories.a_mention([goes], phrase="loaf")]
    board = factories.make_ready_board(brand, [factories.make_opportunity(brand)], mentions=mentions)
    read(caller, board)  # so that what is cached has to go
    (deleted,) = delete_evidence(caller=caller, ids=[goes.id])
    assert deleted.outcome == DeleteOutcome.DELETED
    (mention,) = read(caller, board).brand_mentions
    assert [post.id for post in mention.posts] == [stays.id]
    assert [claim.evidence_ids for claim in mention.claims] == [(stays.id,)]
    assert mention.authors == 2


def test_a_mention_without_posts_is_gone_from_a_cached_board(brand: Brand, caller: Caller) -> None:
    post = factories.make_post(brand)
    factories.make_ready_board(brand, [], mentions=[factories.a_mention([post])])
    for _ in range(2):
        assert get_today_board(caller=caller, brand_id=brand.id).brand_mentions
    assert delete_unreferenced(brand_id=brand.id, ids=[post.id]) == 1
    assert get_today_board(caller=caller, brand_id=brand.id).brand_mentions == ()


@every_read
def test_a_mention_never_shows_another_brands_post(brand: Brand, caller: Caller, read: Read) -> None:
    own = factories.make_post(brand)
    sibling, stranger = (
        factories.make_post(factories.make_brand(brand.tenant)),
        factories.make_post(factories.make_brand()),
    )
    board = factories.make_ready_board(brand, [], mentions=[factories.a_mention([sibling, own, stranger])])
    factories.make_ready_board(sibling.brand, [])
    assert [post.id for post in read(caller, board).brand_mentions[0].posts] == [own.id]


def test_boards_of_two_brands_read_together_keep_to_their_own_posts(brand: Brand, caller: Caller) -> None:
    sibling = factories.make_brand(brand.tenant)
    posts = [factories.make_post(brand), factories.make_post(sibling)]
    boards = [factories.make_ready_board(one, [], mentions=[factories.a_mention(posts)]) for one in (brand, sibling)]
    read = boards_by_id(caller=caller, ids=[board.id for board in boards])
    shown = [[post.id for post in read[board.id].brand_mentions[0].posts] for board in boards]
    assert shown == [[post.id] for post in posts]


@every_read
def test_a_board_from_before_there_were_mentions_has_none(brand: Brand, caller: Caller, read: Read) -> None:
    board = factories.make_ready_board(brand, [factories.make_opportunity(brand)])
    del board.content["brand_mentions"]
    board.save()
    shown = read(caller, board)
    assert (shown.brand_mentions, len(shown.opportunities)) == ((), 1)


@pytest.mark.parametrize("number", [1, 20])
def test_mentions_cost_no_statement_of_their_own(
    brand: Brand, caller: Caller, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mentions = [factories.a_mention(factories.make_posts(brand, 2), phrase=f"phrase {n}") for n in range(number)]
    board = factories.make_ready_board(brand, [factories.make_opportunity(brand)], mentions=mentions)
    with django_assert_num_queries(3):
        assert len(get_today_board(caller=caller, brand_id=brand.id).brand_mentions) == number
    with django_assert_num_queries(3):
        assert len(get_board(caller=caller, board_id=board.id).brand_mentions) == number


def test_mentions_without_ideas_cost_one_statement(brand: Brand, caller: Caller) -> None:
    factories.make_ready_board(brand, [], mentions=[factories.a_mention(factories.make_posts(brand, 2))])
    with CaptureQueriesContext(connection) as statements:
        assert get_today_board(caller=caller, brand_id=brand.id).brand_mentions
    assert len(statements) == 2


@pytest.mark.parametrize("ideas", [0, 1])
def test_the_previous_boards_mentions_are_shown_while_a_board_is_made(brand: Brand, caller: Caller, ideas: int) -> None:
    rows = [factories.make_opportunity(brand) for _ in range(ideas)]
    factories.make_ready_board(brand, rows, mentions=[factories.a_mention(factories.make_posts(brand, 2))])
    OpportunitiesBoard.objects.create(brand=brand, state="error", error_code="internal", remediation="…")
    assert get_today_board(caller=caller, brand_id=brand.id).brand_mentions == ()
    factories.make_job(brand, status=JobStatus.RUNNING)
    board = get_today_board(caller=caller, brand_id=brand.id)
    assert [len(mention.posts) for mention in board.brand_mentions] == [2]
    assert board.stale


def two_boards(brand: Brand, before: list[BrandMentionDTO], after: list[BrandMentionDTO]) -> list[OpportunitiesBoard]:
    moment = timezone.now() - timedelta(days=1)
    return [
        factories.make_ready_board(brand, [], mentions=before, created_at=moment),
        factories.make_ready_board(brand, [], mentions=after),
    ]


def test_the_difference_names_mentions_that_came_stayed_and_went(brand: Brand, caller: Caller) -> None:
    posts = factories.make_posts(brand, 4)
    first, second = two_boards(
        brand,
        [factories.a_mention(posts[:2], phrase="Late refunds"), factories.a_mention(posts[2:], phrase="mould")],
        [factories.a_mention(posts[3:], phrase="new jars"), factories.a_mention(posts[1:], phrase="late refunds")],
    )
    changes = diff_mentions(caller=caller, from_id=first.id, to_id=second.id)
    assert [(one.phrase, one.kind, one.previous_authors, one.authors) for one in changes] == [
        ("new jars", MentionChangeKind.NEW, None, 1),
        ("late refunds", MentionChangeKind.ONGOING, 2, 3),
        ("mould", MentionChangeKind.GONE, 2, None),
    ]
    assert changes[0].cause == "It was not on the previous board; it has 1 post now."
    assert changes[1].cause == "2 new posts, 1 post no longer counted."
    same = diff_mentions(caller=caller, from_id=second.id, to_id=second.id)
    assert {(one.kind, one.cause) for one in same} == {(MentionChangeKind.ONGOING, "Same posts.")}


def test_mentions_of_another_brands_or_tenants_board_are_not_compared(brand: Brand, caller: Caller) -> None:
    here, _ = two_boards(brand, [], [])
    sibling = factories.make_ready_board(factories.make_brand(brand.tenant), [])
    with pytest.raises(Invalid, match="same brand"):
        diff_mentions(caller=caller, from_id=here.id, to_id=sibling.id)
    stranger = factories.make_caller(factories.make_tenant())
    with pytest.raises(NotFound, match="Board not found"):
        diff_mentions(caller=stranger, from_id=here.id, to_id=here.id)


def test_a_post_that_an_idea_names_as_well_stays(brand: Brand, caller: Caller) -> None:
    post = factories.make_post(brand)
    idea = factories.make_opportunity(brand, evidence=[post])
    factories.make_ready_board(brand, [idea], mentions=[factories.a_mention([post])])
    (kept,) = delete_evidence(caller=caller, ids=[post.id])
    assert kept.outcome == DeleteOutcome.NAMED
    assert NormalizedEvidenceItem.objects.filter(id=post.id).exists()
