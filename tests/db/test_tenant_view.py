from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from psycopg.pq import TransactionStatus

from kairo.core.models import Brand
from kairo.db.query_plans import tenant_view_name, through_tenant_view, with_custom_plan
from kairo.db.roles import READER, WEB, WORKER
from kairo.db.tenant_scope import tenant_scope
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.services.evidence_search import EvidenceFilter, list_evidence
from tests import factories
from tests.db.test_row_level_security import acting_as

VIEW = tenant_view_name(NormalizedEvidenceItem)


def ids_in_view() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {VIEW}")
        return [id_ for (id_,) in cursor.fetchall()]


@pytest.mark.django_db
class TestTenantView:
    def test_view_shows_web_the_tenants_posts(self) -> None:
        mine, theirs = (factories.make_post(factories.make_brand()) for _ in range(2))
        for post in (mine, theirs):
            with acting_as(WEB, post.brand.tenant_id):
                assert ids_in_view() == [post.id]
        with acting_as(WEB):
            assert ids_in_view() == []

    @pytest.mark.parametrize("role", [READER, WORKER])
    def test_view_is_granted_to_web_only(self, role: str) -> None:
        with acting_as(role), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            ids_in_view()

    def test_view_is_read_only(self) -> None:
        post = factories.make_post(factories.make_brand())
        with acting_as(WEB, post.brand.tenant_id), connection.cursor() as cursor:
            for attempt in (f"UPDATE {VIEW} SET title = ''", f"DELETE FROM {VIEW}"):
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute(attempt)

    def test_view_has_every_column_of_its_table(self) -> None:
        """Fails for a new column until a migration creates the view again: TenantView("NormalizedEvidenceItem", …)."""
        with connection.cursor() as cursor:
            columns = "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY 1"
            cursor.execute(columns, [NormalizedEvidenceItem._meta.db_table])
            table = cursor.fetchall()
            cursor.execute(columns, [VIEW])
            assert cursor.fetchall() == table


@pytest.mark.django_db(transaction=True)
class TestMissingAccessCheck:
    """A service without an access check, reading another tenant's brand."""

    @pytest.mark.parametrize("read", [through_tenant_view, lambda rows: rows], ids=["by the view", "by the table"])
    def test_query_for_another_tenants_brand_returns_nothing(self, read: Callable[[Any], Any]) -> None:
        mine, theirs = (factories.make_post(factories.make_brand()) for _ in range(2))

        def posts_of(brand: Brand) -> list[NormalizedEvidenceItem]:
            return with_custom_plan(read(NormalizedEvidenceItem.objects.filter(brand=brand)))

        with tenant_scope(mine.brand.tenant_id):
            assert posts_of(mine.brand) == [mine]
            assert posts_of(theirs.brand) == []
            assert with_custom_plan(read(NormalizedEvidenceItem.objects.all())) == [mine]
        with tenant_scope():
            assert posts_of(mine.brand) == []
        assert posts_of(mine.brand) == [mine]


@pytest.mark.django_db(transaction=True)
def test_scoped_search_uses_the_full_text_index() -> None:
    brand = factories.make_brand()
    caller = factories.make_caller(brand.tenant)
    factories.make_post(brand, text_primary="a quokka baked it")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO evidence_normalizedevidenceitem (id, brand_id, platform, content_type, external_id,"
            " published_at, text_primary) SELECT gen_random_uuid(), %s, 'x', 'post', n::text,"
            " now() - n * interval '1 minute', 'Loaf number ' || n FROM generate_series(1, 3000) n",
            [brand.id],
        )
        cursor.execute("ANALYZE evidence_normalizedevidenceitem")
        cursor.execute("SELECT gin_clean_pending_list('evidence_words_gin')")
    plans: list[str] = []

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "websearch_to_tsquery" in sql:
            raw = connection.connection
            assert raw.info.transaction_status == TransactionStatus.INTRANS
            plans.append("\n".join(line for (line,) in raw.execute(f"EXPLAIN {sql}", params).fetchall()))
        return execute(sql, params, many, context)

    with tenant_scope(brand.tenant_id):
        # Django runs the last wrapper first; this one must run inside the scope's transaction.
        connection.execute_wrappers.insert(0, explain)
        try:
            filter_ = EvidenceFilter(search="quokka")
            page = list_evidence(caller=caller, brand_id=brand.id, first=50, after=None, filter_=filter_)
        finally:
            connection.execute_wrappers.remove(explain)
    assert len(page.items) == 1
    assert len(plans) == 1
    assert "evidence_words_gin" in plans[0], plans
    assert "SubPlan" not in plans[0], "the policy was evaluated per row"
