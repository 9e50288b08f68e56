import re

import pytest

from kairo.devstack.progress import step


def test_step_prints_outcome_and_duration(capsys: pytest.CaptureFixture[str]) -> None:
    with step("PostgreSQL") as shown:
        shown.done("port 5432")
    assert re.fullmatch(r"  PostgreSQL: port 5432 \(\d+\.\d s\)\n", capsys.readouterr().out)


def test_failed_step_does_not_print_its_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), step("PostgreSQL") as shown:
        shown.done(f"port {1 / 0}")
    assert capsys.readouterr().out.startswith("  PostgreSQL: failed (")
