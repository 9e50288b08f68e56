import pytest

from kairo.devstack.run_tests import pytest_runs

SHARED_OUT = ["-n", "4", "--dist", "loadscope", "--no-loadscope-reorder"]


@pytest.mark.parametrize("options", [[], ["-q"]])
def test_whole_suite_is_shared_out_over_the_cores(options: list[str]) -> None:
    assert pytest_runs(options, cores=2) == [[*options, *SHARED_OUT]]


def test_slow_tests_run_after_the_others_in_one_process() -> None:
    assert pytest_runs(["-q", "--faults"], cores=2) == [["-q", *SHARED_OUT], ["-q", "--faults", "-m", "slow"]]


@pytest.mark.parametrize("choice", [["tests/faults", "--faults"], ["-k", "gates"], ["-x"]])
def test_choice_of_tests_runs_in_one_process(choice: list[str]) -> None:
    assert pytest_runs(choice, cores=2) == [choice]


def test_workers_are_limited_by_the_redis_databases() -> None:
    assert pytest_runs([], cores=64)[0][:2] == ["-n", "4"]
