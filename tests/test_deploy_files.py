"""The Procfile and Railway's files say what the code starts, and all of them say the same."""

import importlib.util
import os
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.test import Client

from kairo import cli, settings
from kairo.devstack.checkout import ROOT
from kairo.devstack.procfile import procfile_commands

RAILWAY = {name: tomllib.loads((ROOT / name).read_text()) for name in ("railway.toml", "railway.worker.toml")}
COMMANDS = {
    **{f"Procfile {name}": shlex.join(words) for name, words in procfile_commands().items()},
    **{
        f"{name} {key}": command
        for name, sections in RAILWAY.items()
        for section in sections.values()
        for key, command in section.items()
        if key.endswith("Command")
    },
}


def test_the_procfile_has_the_three_processes_that_railway_runs() -> None:
    procfile = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    assert procfile == {
        "release": RAILWAY["railway.toml"]["deploy"]["preDeployCommand"],
        "web": RAILWAY["railway.toml"]["deploy"]["startCommand"],
        "worker": RAILWAY["railway.worker.toml"]["deploy"]["startCommand"],
    }


@pytest.mark.parametrize("where", COMMANDS)
def test_every_command_resolves(where: str) -> None:
    words = [sys.executable if word == "python" else word for word in shlex.split(COMMANDS[where])]
    match words[1:]:
        case ["-m", "kairo", process]:
            assert (
                process
                in subprocess.run([*words[:3], "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
            )
            subprocess.run([*words, "--help"], cwd=ROOT, capture_output=True, check=True)
        case ["-m", module, *rest]:
            assert importlib.util.find_spec(module)
            assert all((ROOT / word).is_dir() for word in rest if not word.startswith("-"))
        case ["manage.py", command, *_]:
            assert (ROOT / "manage.py").is_file()
            assert command in get_commands()
        case other:
            pytest.fail(f"{where} starts {other}, which nobody here knows")


@pytest.mark.django_db
def test_the_health_check_is_a_path_that_answers_200_when_all_is_well() -> None:
    answer = Client().get(RAILWAY["railway.toml"]["deploy"]["healthcheckPath"], headers={"host": "10.1.2.3:8000"})
    assert answer.status_code == 200, answer.content


def test_what_is_being_finished_gets_its_time_before_the_platform_kills() -> None:
    assert RAILWAY["railway.toml"]["deploy"]["drainingSeconds"] > cli.DRAIN_S
    assert RAILWAY["railway.worker.toml"]["deploy"]["drainingSeconds"] > settings.WORKER_SHUTDOWN_GRACE_S


def test_old_web_release_serves_until_the_new_one_is_known() -> None:
    assert RAILWAY["railway.toml"]["deploy"]["overlapSeconds"] >= 10
    assert "overlapSeconds" not in RAILWAY["railway.worker.toml"]["deploy"]  # workers need no address


def test_both_services_build_alike_and_come_back_when_they_die() -> None:
    web, worker = RAILWAY["railway.toml"], RAILWAY["railway.worker.toml"]
    assert web["build"] == worker["build"]
    assert web["deploy"]["restartPolicyType"] in ("ON_FAILURE", "ALWAYS")
    assert worker["deploy"]["restartPolicyType"] == "ALWAYS"


def test_platforms_install_the_lock_and_nothing_else() -> None:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["-r requirements.lock"]


def test_the_console_script_is_the_module_that_the_procfile_runs() -> None:
    script = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]["kairo"]
    assert script == f"{cli.__name__}:{cli.main.__name__}"
    assert Path(cli.MANAGE).is_file()


@pytest.mark.parametrize("redis_url", ["", "redis://127.0.0.1:1/0"])
def test_a_worker_whose_engine_cannot_be_loaded_says_so_in_one_line(redis_url: str) -> None:
    environment = {**os.environ, "REDIS_URL": redis_url, "KAIRO_SYNTHESIZER": "nowhere.Engine"}
    ended = subprocess.run(
        [sys.executable, "-m", "kairo", "worker"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    said = [line for line in ended.stderr.splitlines() if "KAIRO_SYNTHESIZER" in line]
    assert len(said) == 1
    assert "Traceback" not in ended.stderr
