"""Recorded inputs are restored from what is stored now, and every changed input is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kairo.core.models import Brand
from kairo.hero.enums import JobStatus
from kairo.hero.generation.inputs import from_record
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.generation.record_format import fingerprint
from kairo.hero.generation.replay import replay
from kairo.hero.models import OpportunitiesBoard
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brand() -> Brand:
    brand = factories.make_brand()
    factories.make_story(brand)
    return brand


def generate(brand: Brand) -> OpportunitiesBoard:
    factories.make_job(brand, status=JobStatus.PENDING)
    assert JobRunner().run_next()
    return OpportunitiesBoard.objects.filter(brand=brand).latest("created_at")


def test_inputs_keep_the_counts_of_the_window(brand: Brand) -> None:
    board = generate(brand)
    before, _ = from_record(board.inputs)
    factories.make_posts(brand, 5)
    after, changes = from_record(board.inputs)
    assert changes == ()
    assert before.counts is not None
    assert before.counts.posts == len(before.evidence) == 13
    assert after == before


def test_inputs_of_version_1_are_restored_and_replayed(brand: Brand) -> None:
    board = generate(brand)
    inputs, _ = from_record(board.inputs)
    first = {name: value for name, value in board.inputs.items() if name != "counts"}
    first |= {"version": 1, "evidence": [[str(item.id), fingerprint(item)] for item in inputs.evidence]}
    again, changes = from_record(first)
    assert changes == ()
    assert again == replace(inputs, counts=None)
    old = OpportunitiesBoard.objects.create(
        brand=brand,
        state=board.state,
        ready_reason=board.ready_reason,
        opportunity_ids=board.opportunity_ids,
        content=board.content,
        diagnostics_json=board.diagnostics_json,
        as_of=board.as_of,
        inputs=first,
    )
    assert replay(board_id=old.id).changed_inputs == ()
    brand.evidence_items.filter(id=inputs.evidence[0].id).update(likes=1)
    assert from_record(first)[1] == (f"Evidence {inputs.evidence[0].id} was stored again with other content.",)
