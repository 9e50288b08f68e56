import pytest

from kairo.devstack.options import Options, parse


def test_up_takes_a_port_and_leaves_the_demo_out() -> None:
    assert parse(["up", "--port", "9001", "--no-demo"]) == Options(command="up", port=9001, demo=False)


def test_arguments_of_pytest_and_manage_pass_through_untouched() -> None:
    assert parse(["test", "-k", "board", "--help"]).rest == ("-k", "board", "--help")
    assert parse(["manage", "seed_demo", "--json"]).rest == ("seed_demo", "--json")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "8000.5"])
def test_a_port_that_is_none_is_refused_with_what_was_given(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        parse(["up", f"--port={port}"])
    assert leaving.value.code == 2
    assert f"a port is a number from 1 to 65535; this is '{port}'" in capsys.readouterr().err


def test_help_names_every_command_and_no_command_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as asked:
        parse(["--help"])
    assert asked.value.code == 0
    shown = capsys.readouterr().out
    assert all(f"./dev {command}" in shown for command in ("up", "test", "manage", "reset", "setup"))
    with pytest.raises(SystemExit) as mistaken:
        parse([])
    assert mistaken.value.code == 2
