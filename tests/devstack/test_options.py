import pytest

from kairo.devstack.options import Options, parse


def test_up_takes_a_port_and_leaves_the_demo_out() -> None:
    assert parse(["up", "--port", "9001", "--no-demo"]) == Options(command="up", port=9001, demo=False)


def test_pytest_and_manage_arguments_pass_unchanged() -> None:
    assert parse(["test", "-k", "board", "--help"]).rest == ("-k", "board", "--help")
    assert parse(["manage", "seed_demo", "--json"]).rest == ("seed_demo", "--json")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "8000.5"])
def test_invalid_port_is_refused_and_quoted(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        parse(["up", f"--port={port}"])
    assert leaving.value.code == 2
    assert f"a port is a number from 1 to 65535; this is '{port}'" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as asked:
        parse(["--help"])
    assert asked.value.code == 0
    shown = capsys.readouterr().out
    assert all(f"./dev {command}" in shown for command in ("up", "test", "manage", "reset", "setup"))
    with pytest.raises(SystemExit) as mistaken:
        parse([])
    assert mistaken.value.code == 2
