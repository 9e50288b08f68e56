from pathlib import Path

import pytest

from kairo.devstack import __main__ as devstack
from kairo.devstack.checkout import LocalState


@pytest.mark.parametrize("command", ["up", "test", "servers", "setup"])
def test_installed_package_refuses_commands_that_need_a_checkout(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(devstack, "IS_CHECKOUT", False)
    assert devstack.main([command]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"kairo: `kairo {command}` runs in a checkout")
    assert "./dev up" in error


def test_manage_without_a_stack_names_the_command_that_starts_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(LocalState.__init__, "__defaults__", (tmp_path,))
    assert devstack.main(["manage", "check"]) == 1
    assert "start it with ./dev up" in capsys.readouterr().err
