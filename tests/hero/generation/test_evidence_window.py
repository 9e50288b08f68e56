from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kairo.core.enums import Platform
from kairo.core.models import Brand
from kairo.db.roles import WORKER
from kairo.db.tenant_scope import tenant_scope
from kairo.hero.dto import PhraseCountDTO
from kairo.hero.engine.baseline import counts_of
from kairo.hero.gates.thresholds import EVIDENCE_CAP, EVIDENCE_WINDOW, RECENT_CAP
from kairo.hero.generation import evidence_window
from kairo.hero.generation.evidence_window import EvidenceWindow, gather
from tests import factories
from tests.hero.services.evidence_rows import analyze, fill, plans_of, scans

pytestmark = pytest.mark.django_db

_WINDOW_INDEX = "evidence_brand_window"
SINCE = "now() - interval '1 minute' - n * interval"


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand(context=False)


def read(brand: Brand, *, as_of: datetime | None = None) -> EvidenceWindow:
    return gather(brand_id=brand.id, as_of=as_of or timezone.now())


def recent_and_earlier(window: EvidenceWindow, as_of: datetime) -> tuple[int, int]:
    dates = [item.published_at for item in window.items if item.published_at]
    recent = sum(1 for published in dates if published > as_of - timedelta(days=7))
    return recent, len(dates) - recent


class TestMembership:
    def test_window_contains_posts_published_in_the_last_30_days(self, brand: Brand) -> None:
        now = timezone.now()
        ages = {
            "newest": timedelta(0),
            "oldest": EVIDENCE_WINDOW - timedelta(microseconds=1),
            "too old": EVIDENCE_WINDOW,
            "future": -timedelta(microseconds=1),
        }
        long_ago = now - timedelta(days=300)  # when something was stored does not matter where it has a date
        posts = {
            name: factories.make_post(brand, published_at=now - age, stored_at=long_ago) for name, age in ages.items()
        }
        window = read(brand, as_of=now)
        assert [item.id for item in window.items] == [posts["newest"].id, posts["oldest"].id]
        assert window.counts.posts == 2

    def test_window_dates_undated_posts_by_their_storage(self, brand: Brand) -> None:
        now = timezone.now()
        for age in (EVIDENCE_WINDOW, -timedelta(seconds=1)):
            factories.make_post(brand, published_at=None, stored_at=now - age)
        inside = factories.make_post(brand, published_at=None, stored_at=now - timedelta(days=29))
        window = read(brand, as_of=now)
        assert [item.id for item in window.items] == [inside.id]
        assert (window.counts.posts, window.counts.days, window.counts.baseline_from) == (1, (), None)

    def test_window_of_another_brand_is_not_read(self, brand: Brand) -> None:
        factories.make_posts(factories.make_brand(brand.tenant), 3)
        window = read(brand)
        assert (window.items, window.counts.posts) == ((), 0)


class TestCounts:
    def test_counts_in_sql_are_those_of_the_items(self, brand: Brand) -> None:
        now = timezone.now()
        ages = [0, 1, 23.99, 24, 24.01, 167.9, 168, 400, 700, 719.9, 720, 721, -1, *range(30, 300, 23)]
        for n, hours in enumerate(ages):
            factories.make_post(
                brand,
                platform=["tiktok", "x", "instagram"][n % 3],
                author_ref=["Anna", "anna ", "ben", "", " "][n % 5],
                published_at=now - timedelta(hours=hours),
            )
        factories.make_posts(brand, 2, published_at=None, stored_at=now, author_ref="ben")
        window = read(brand, as_of=now)
        assert window.counts == counts_of(window.items, as_of=now)
        assert sum(day.posts for day in window.counts.days) == len(window.items) - 2 > 15
        assert window.counts.baseline_from is not None

    def test_gather_takes_two_statements(self, brand: Brand, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        factories.make_posts(brand, 3)
        with django_assert_num_queries(2):
            read(brand)


class TestSample:
    def test_sample_is_the_whole_window_up_to_the_cap(self, brand: Brand) -> None:
        fill(brand.id, f"'x', 'a' || n, {SINCE} '20 minutes', now(), 'text', ARRAY[]::text[]", rows=EVIDENCE_CAP)
        window = read(brand)
        assert len({item.id for item in window.items}) == window.counts.posts == EVIDENCE_CAP
        moments = [item.published_at for item in window.items if item.published_at]
        assert moments == sorted(moments, reverse=True)

    def test_sample_does_not_limit_the_counts(self, brand: Brand) -> None:
        fill(brand.id, f"'x', 'a' || n % 50, {SINCE} '7 minutes', now(), 'text', ARRAY[]::text[]", rows=5_000)
        window = read(brand)
        assert len(window.items) == EVIDENCE_CAP
        assert (window.counts.posts, window.counts.authors) == (5_000, 50)
        assert sum(day.posts for day in window.counts.days) == 5_000
        assert {day.posts for day in window.counts.days if 0 < day.age_days < 24} <= {205, 206}

    def test_sample_of_recent_posts_keeps_the_share_of_each_platform_and_author(self, brand: Brand) -> None:
        # Of 6,000 recent posts every sixth can be read; authors have between 1 and 1,000 of them.
        author = "CASE WHEN n <= 3000 THEN 'loud' || n % 3 WHEN n <= 5000 THEN 'usual' || n % 100 ELSE 'once' || n END"
        platform = "CASE WHEN n % 4 = 0 THEN 'x' ELSE 'tiktok' END"
        fill(brand.id, f"{platform}, {author}, {SINCE} '1 minute', now(), 'text', ARRAY[]::text[]", rows=6_000)
        old = "now() - interval '8 days' - n * interval '10 minutes'"
        fill(brand.id, f"'web', 'old' || n, {old}, now(), 'text', ARRAY[]::text[]", rows=1_500, name="old")
        now = timezone.now()
        window = read(brand, as_of=now)
        assert recent_and_earlier(window, now) == (RECENT_CAP, EVIDENCE_CAP - RECENT_CAP)
        found = Counter((item.platform, item.author_ref) for item in window.items if item.platform != "web")
        assert {found[Platform.TIKTOK, f"loud{n}"] for n in range(3)} <= set(range(122, 129))  # of 750 posts each
        assert {found[Platform.X, f"loud{n}"] for n in range(3)} <= set(range(40, 45))  # of 250
        usual = {author: number for (_, author), number in found.items() if author.startswith("usual")}
        assert set(usual.values()) <= {3, 4}  # of 20 posts each
        once = sum(number for (_, author), number in found.items() if author.startswith("once"))
        assert 120 < once < 215  # of 1,000 authors with one post, about a sixth

    def test_sample_of_earlier_posts_is_even_over_the_days(self, brand: Brand) -> None:
        # 20 earlier days with 60 posts each, but for one with 2,000; and 1,500 posts of the last week.
        quiet = "now() - interval '7 days 1 hour' - (n % 20) * interval '1 day'"
        busy = "now() - interval '17 days 2 hours'"
        fill(brand.id, f"'x', 'a' || n, {quiet}, now(), 'text', ARRAY[]::text[]", rows=1_200, name="quiet")
        fill(brand.id, f"'x', 'b' || n, {busy}, now(), 'text', ARRAY[]::text[]", rows=2_000, name="busy")
        fill(brand.id, f"'x', 'c' || n, {SINCE} '5 minutes', now(), 'text', ARRAY[]::text[]", rows=1_500, name="new")
        now = timezone.now()
        days = Counter((now - item.published_at).days for item in read(brand, as_of=now).items if item.published_at)
        assert {days[age] for age in range(7, 27)} == {50}

    @pytest.mark.parametrize(("recent", "earlier"), [(300, 1_900), (2_500, 100), (999, 1_001), (1_200, 900)])
    def test_sample_part_takes_what_the_other_leaves(self, brand: Brand, recent: int, earlier: int) -> None:
        old = "now() - interval '8 days' - n * interval '10 minutes'"
        fill(brand.id, f"'x', 'a' || n % 9, {SINCE} '3 minutes', now(), '', ARRAY[]::text[]", rows=recent, name="new")
        fill(brand.id, f"'x', 'a' || n % 9, {old}, now(), '', ARRAY[]::text[]", rows=earlier, name="old")
        now = timezone.now()
        expected = min(recent, max(RECENT_CAP, EVIDENCE_CAP - earlier))
        assert recent_and_earlier(read(brand, as_of=now), now) == (expected, EVIDENCE_CAP - expected)

    def test_sample_does_not_depend_on_where_rows_lie(self, brand: Brand) -> None:
        fill(brand.id, f"'x', 'a' || n % 40, {SINCE} '10 minutes', now(), 'text', ARRAY[]::text[]", rows=4_000)
        now = timezone.now()
        before = read(brand, as_of=now)
        with connection.cursor() as cursor:  # writes every row again, the last ones first
            cursor.execute(
                "CREATE TEMP TABLE moved ON COMMIT DROP AS SELECT * FROM evidence_normalizedevidenceitem;"
                "ALTER TABLE moved DROP COLUMN words; DELETE FROM evidence_normalizedevidenceitem"
            )
            cursor.execute("SELECT * FROM moved LIMIT 0")
            columns = ", ".join(column.name for column in cursor.description)
            cursor.execute(
                f"INSERT INTO evidence_normalizedevidenceitem ({columns}) "
                f"SELECT {columns} FROM moved ORDER BY md5(external_id)"
            )
        assert read(brand, as_of=now) == before


class TestPhrases:
    def phrases(self, brand: Brand, **spellings: tuple[str, ...]) -> tuple[PhraseCountDTO, ...]:
        return evidence_window.phrase_counts(brand_id=brand.id, as_of=timezone.now(), spellings=spellings)

    def test_phrase_counts_are_of_posts_and_authors_by_day(self, brand: Brand) -> None:
        day = timedelta(hours=25)
        now = timezone.now() - timedelta(hours=1)
        quiet = {"hashtags": [], "text_secondary": ""}
        factories.make_post(brand, text_primary="Pickle Brine soup", author_ref="Anna", published_at=now, **quiet)
        factories.make_post(brand, text_primary="more pickle brines", author_ref="anna", published_at=now, **quiet)
        factories.make_post(
            brand, text_primary="x", author_ref="b", published_at=now, **{**quiet, "hashtags": ["picklebrine"]}
        )
        factories.make_post(brand, text_primary="pickle brine", author_ref="b", published_at=now - day, **quiet)
        factories.make_post(brand, text_primary="brine pickle", author_ref="c", published_at=now, **quiet)
        factories.make_post(brand, text_primary="pickle brine", published_at=None, **quiet)
        factories.make_post(brand, text_primary="pickle brine", published_at=now - 40 * day, **quiet)
        factories.make_post(factories.make_brand(brand.tenant), text_primary="pickle brine", published_at=now, **quiet)
        assert self.phrases(brand, pb=("pickle brine", "pickle brines", "picklebrine"), none=("quince",)) == (
            PhraseCountDTO(key="pb", age_days=0, posts=3, authors=2),
            PhraseCountDTO(key="pb", age_days=1, posts=1, authors=1),
        )

    @pytest.mark.parametrize("spelling", ["", "'", "& | ! ( ) <->", "🥒", "a:b\\c", "it's"])
    def test_phrase_counts_accept_any_spelling(self, brand: Brand, spelling: str) -> None:
        factories.make_post(brand)
        assert self.phrases(brand, odd=(spelling,)) == ()

    def test_phrase_counts_without_spellings_take_no_statement(
        self, brand: Brand, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            assert self.phrases(brand) == ()
        with django_assert_num_queries(1):
            self.phrases(brand, one=("a b", "ab"), two=("c",))


@contextmanager
def acting_as_worker() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WORKER}")
        yield
        cursor.execute("SET LOCAL ROLE NONE")


def test_window_of_a_large_brand_is_read_by_index() -> None:
    brand = factories.make_brand(context=False)
    texts = "'word' || n % 500 || ' other' || n % 11 || ' phrase' || n % 500, ARRAY['tag' || n % 300]"
    fill(brand.id, f"'tiktok', 'author' || n % 9000, {SINCE} '25 seconds', now(), {texts}", rows=100_000)
    for n in range(3):  # neighbours, whose posts are not read
        neighbour: UUID = factories.make_brand(brand.tenant, context=False).id
        fill(neighbour, f"'x', 'author' || n, {SINCE} '1 hour', now(), {texts}", rows=5_000, name=f"other{n}-")
    analyze()
    now = timezone.now()
    spellings = {f"key{n}": (f"word{n} other{n % 11}", f"tag{n}") for n in range(200)}
    assert len(gather(brand_id=brand.id, as_of=now).items) == EVIDENCE_CAP
    for scope in (nullcontext(), tenant_scope(brand.tenant_id), acting_as_worker()):
        with scope:
            counts, sample = plans_of(lambda: gather(brand_id=brand.id, as_of=now))
            assert set(scans(counts)) == {("Index Only Scan", _WINDOW_INDEX)}
            assert set(scans(sample)) == {
                ("Index Only Scan", _WINDOW_INDEX),
                ("Index Scan", "evidence_normalizedevidenceitem_pkey"),
            }
            (first,) = plans_of(lambda: evidence_window.window_posts(brand_id=brand.id, as_of=now, most=8))
            assert list(scans(first)) == [("Index Only Scan", _WINDOW_INDEX)]
            (phrases,) = plans_of(
                lambda: evidence_window.phrase_counts(brand_id=brand.id, as_of=now, spellings=spellings)
            )
            assert {index for _, index in scans(phrases)} <= {"evidence_words_gin", _WINDOW_INDEX}
            assert "evidence_words_gin" in {index for _, index in scans(phrases)}


def test_window_below_the_cap_is_read_by_index(brand: Brand) -> None:
    fill(brand.id, f"'x', 'a' || n, {SINCE} '1 hour', now(), 'text', ARRAY[]::text[]", rows=3_000)
    analyze()
    for plan in plans_of(lambda: read(brand)):
        assert {index for _, index in scans(plan)} == {_WINDOW_INDEX}
