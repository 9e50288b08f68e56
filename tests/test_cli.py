from __future__ import annotations

import os

import pytest

from kairo import cli
from kairo.cli import act_as_worker, main, parser


def test_web_options_have_defaults_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9001")
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    options = parser().parse_args(["web"])
    assert (options.port, options.workers) == (9001, 1)
    assert parser().parse_args(["web", "--port", "80"]).port == 80


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5"])
def test_worker_processes_must_be_a_positive_integer(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIRO_WORKER_PROCESSES", value)
    with pytest.raises(SystemExit, match="KAIRO_WORKER_PROCESSES must be a whole number above 0"):
        parser()


def test_unknown_command_exits_with_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["serve"])
    assert exit_.value.code == 2
    assert "usage: kairo" in capsys.readouterr().err


def test_worker_role_is_set_unless_the_environment_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIRO_DATABASE_ROLE", "")
    act_as_worker()
    assert os.environ["KAIRO_DATABASE_ROLE"] == ""
    monkeypatch.delenv("KAIRO_DATABASE_ROLE")
    act_as_worker()
    assert os.environ["KAIRO_DATABASE_ROLE"] == "kairo_worker"


def test_timeouts_fit_proxies_and_platforms() -> None:
    assert cli.KEEP_ALIVE_S > 60
    assert cli.DRAIN_S < 30
