import re

import pytest

from kairo.devstack.progress import step


def test_a_step_says_how_it_ended_and_how_long_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    with step("PostgreSQL") as shown:
        shown.done("port 5432")
    assert re.fullmatch(r"  PostgreSQL: port 5432 \(\d+\.\d s\)\n", capsys.readouterr().out)


def test_a_step_that_failed_does_not_claim_its_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), step("PostgreSQL") as shown:
        shown.done(f"port {1 / 0}")
    assert capsys.readouterr().out.startswith("  PostgreSQL: failed (")
