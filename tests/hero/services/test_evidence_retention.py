"""Old evidence items are deleted in batches, except those with a reference."""

from __future__ import annotations

import threading
from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from kairo.core.models import Brand
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.services.evidence_retention import prune_evidence, would_prune_evidence
from tests.factories import make_brand, make_opportunity, make_post, make_posts, make_ready_board

pytestmark = pytest.mark.django_db

MONTHS = timedelta(days=180)


def old_posts(brand: Brand, number: int, *, days_ago: int = 181) -> list[NormalizedEvidenceItem]:
    """Posts stored then, published yesterday: what counts is when a post was stored."""
    return make_posts(brand, number, stored_at=timezone.now() - timedelta(days=days_ago))


def left() -> set[UUID]:
    return set(NormalizedEvidenceItem.objects.values_list("id", flat=True))


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_prune_deletes_old_posts_and_keeps_younger_ones(batch: int) -> None:
    first, second = make_brand(), make_brand()
    old_posts(first, 5)
    old_posts(second, 2, days_ago=400)
    young = make_post(first, published_at=timezone.now() - timedelta(days=900))
    nearly = old_posts(second, 1, days_ago=179)[0]
    assert would_prune_evidence(older_than=MONTHS, batch=batch) == 7
    assert prune_evidence(older_than=MONTHS, batch=batch) == 7
    assert left() == {young.id, nearly.id}
    assert prune_evidence(older_than=MONTHS, batch=batch) == 0


@pytest.mark.parametrize("batch", [1, 100])
def test_prune_keeps_posts_that_an_opportunity_or_a_board_names(batch: int) -> None:
    brand = make_brand()
    named, shown, *free = old_posts(brand, 6)
    idea = make_opportunity(brand, evidence=[shown])
    make_ready_board(brand, [idea])
    idea.evidence_ids = [named.id]
    idea.save()
    assert would_prune_evidence(older_than=MONTHS, batch=batch) == len(free)
    assert prune_evidence(older_than=MONTHS, batch=batch) == len(free)
    assert left() == {named.id, shown.id}


@pytest.mark.django_db(transaction=True)
def test_prune_skips_a_post_that_is_locked_by_a_new_reference() -> None:
    brand = make_brand()
    naming, free = old_posts(brand, 2)
    is_named, pruned = threading.Event(), threading.Event()

    def name_it() -> None:
        try:
            with transaction.atomic():
                make_opportunity(brand, evidence=[naming])
                is_named.set()
                pruned.wait(timeout=60)
        finally:
            connection.close()

    thread = threading.Thread(target=name_it)
    thread.start()
    assert is_named.wait(timeout=60)
    try:
        assert prune_evidence(older_than=MONTHS, batch=100) == 1
    finally:
        pruned.set()
        thread.join()
    assert left() == {naming.id}
    assert prune_evidence(older_than=MONTHS, batch=100) == 0
    assert free.id not in left()


def prune(*options: str) -> str:
    out = StringIO()
    call_command("prune", *options, stdout=out)
    return out.getvalue().strip()


def test_prune_command_keeps_posts_for_the_days_of_the_setting() -> None:
    old_posts(make_brand(), 3)
    assert prune("--dry-run").endswith("and 3 posts")
    assert prune("--posts-older-than-days", "182") == "deleted 0 boards, 0 jobs and 0 posts"
    assert prune("--posts-older-than-days", "0") == "deleted 0 boards, 0 jobs and 0 posts"
    assert prune() == "deleted 0 boards, 0 jobs and 3 posts"
    with pytest.raises(CommandError, match="Days are 0 or more"):
        prune("--posts-older-than-days", "-1")
