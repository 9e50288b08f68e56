"""A replay generates the stored board again, or shows the difference."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from kairo.core.models import Brand, ContentPillar
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.enums import JobStatus
from kairo.hero.generation.job_runner import JobRunner
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


def test_replay_is_identical_after_the_brand_changed(brand: Brand) -> None:
    first = generate(brand)
    assert first.opportunity_ids
    caller = factories.make_caller(brand.tenant)
    opportunity_decisions.pin(caller=caller, opportunity_id=first.opportunity_ids[0])
    second = generate(brand)
    ContentPillar.objects.filter(brand=brand).update(name="Renamed", keywords=["nothing"])
    factories.make_posts(brand, 5)
    opportunity_decisions.ignore(caller=caller, opportunity_id=first.opportunity_ids[0])
    for board in (first, second):
        outcome = replay(board_id=board.id)
        assert outcome.difference == ()
        assert outcome.changed_inputs == ()


def test_replay_of_insufficient_evidence_is_identical() -> None:
    brand = factories.make_brand()
    factories.make_posts(brand, 9, has_transcript=False)
    board = generate(brand)
    assert board.state == "insufficient_evidence"
    assert replay(board_id=board.id).identical


def test_replay_names_changed_evidence_and_shows_the_difference(brand: Brand) -> None:
    board = generate(brand)
    idea = board.to_dto().opportunities[0]
    post = brand.evidence_items.get(id=idea.evidence_ids[0])
    post.text_primary = "Something else altogether, about a bicycle."
    post.text_secondary, post.hashtags = "", []
    post.save()
    out = StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("replay", str(board.id), stdout=out)
    assert exit_.value.code == 1
    assert f"changed input: Evidence {post.id} was stored again with other content." in out.getvalue()
    assert "--- stored" in out.getvalue()


def test_replay_names_deleted_evidence(brand: Brand) -> None:
    board = generate(brand)
    named = {id_ for idea in board.to_dto().opportunities for id_ in idea.evidence_ids}
    gone = brand.evidence_items.exclude(id__in=named).latest("id")
    gone_id = gone.id
    gone.delete()
    assert replay(board_id=board.id).changed_inputs == (f"Evidence {gone_id} is not stored any more.",)


def test_replay_command_prints_identical(brand: Brand) -> None:
    out = StringIO()
    call_command("replay", str(generate(brand).id), stdout=out)
    assert out.getvalue() == "identical\n"


def test_replay_with_another_engine_shows_a_difference(brand: Brand, settings: Settings) -> None:
    board = generate(brand)
    settings.KAIRO_SYNTHESIZER = ""
    assert any('"ready_reason": "gates_only_no_synthesis"' in line for line in replay(board_id=board.id).difference)


def test_replay_of_an_unrecorded_board_says_why_it_fails() -> None:
    brand = factories.make_brand()
    board = OpportunitiesBoard.objects.create(brand=brand, state="error", error_code="internal")
    with pytest.raises(CommandError, match="inputs were not recorded"):
        call_command("replay", str(board.id))
    with pytest.raises(CommandError, match="Board not found"):
        call_command("replay", "01a20cdc-395d-7003-91b8-82d810381151")
