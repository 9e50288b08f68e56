from __future__ import annotations

import os
import subprocess
import sys

import pytest

# A process of its own, because pytest's own handlers would see the record as well.
ASK = """
import django; django.setup()
from django.test import Client
from kairo.observability.logs import bound
with bound(worker_id="w"):
    assert Client().get("/graphql", headers={"host": HOST}).status_code == 400
"""


@pytest.mark.parametrize("host", ["evil.example", "evil.example/\\n<x>"])
@pytest.mark.parametrize("environment", ["development", "production"])
def test_a_host_that_is_not_ours_is_one_line_of_warning(environment: str, host: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK.replace("HOST", repr(host))],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "kairo.settings",
            "KAIRO_ENV": environment,
            "KAIRO_SECRET_KEY": "x",
            "KAIRO_ALLOWED_HOSTS": "api.example",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    (line,) = done.stderr.splitlines()
    assert "WARNING" in line
    assert "evil.example" in line
    assert "Traceback" not in line
    assert "request_id" in line
