from __future__ import annotations

from kairo.hero.enums import JobStatus, TodayBoardState


def test_board_states_that_are_derived_are_not_stored() -> None:
    derived = {TodayBoardState.NOT_GENERATED_YET, TodayBoardState.GENERATING}
    assert set(TodayBoardState.stored()) == set(TodayBoardState.values) - derived


def test_job_statuses_that_are_active_may_still_change() -> None:
    assert JobStatus.active() == ["pending", "running"]
