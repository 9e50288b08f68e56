from __future__ import annotations

import logging
import os
import subprocess
import sys

import pytest

from kairo.observability.logs import ContextFilter, JsonFormatter, TextFormatter, bound, current

# In a separate process, because pytest's handlers would see the record as well.
REQUEST = """
import django; django.setup()
from tests.schema.asgi_client import AsgiClient
from kairo.observability.logs import bound
with bound(worker_id="w"):
    assert AsgiClient().send("GET", headers={"Host": HOST}).status_code == 400
"""


@pytest.mark.parametrize("host", ["evil.example", "evil.example/\\n<x>"])
@pytest.mark.parametrize("environment", ["development", "production"])
def test_unknown_host_is_a_one_line_warning(environment: str, host: str) -> None:
    process = subprocess.run(
        [sys.executable, "-c", REQUEST.replace("HOST", repr(host))],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "kairo.settings",
            "KAIRO_ENV": environment,
            "KAIRO_SECRET_KEY": "x" * 32,
            "KAIRO_ALLOWED_HOSTS": "api.example",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    (line,) = process.stderr.splitlines()
    assert "WARNING" in line
    assert "evil.example" in line
    assert "Traceback" not in line
    assert "request_id" in line


def test_bound_ids_nest_and_are_removed_after_the_block() -> None:
    with bound(job_id="j", attempt=1):
        with bound(attempt=2):
            assert (current("job_id"), current("attempt")) == ("j", "2")
        assert current("attempt") == "1"
    assert current("job_id") == ""


def test_context_filter_keeps_the_ids_of_the_record() -> None:
    record = logging.makeLogRecord({"job_id": "own"})
    with bound(job_id="bound", brand_id="b"):
        assert ContextFilter().filter(record)
    assert (record.__dict__["job_id"], record.__dict__["brand_id"]) == ("own", "b")


@pytest.mark.parametrize("formatter", [JsonFormatter(), TextFormatter()])
def test_formatters_mask_api_tokens_and_print_bound_ids(formatter: logging.Formatter) -> None:
    record = logging.makeLogRecord({"msg": "refused kairo_" + "a" * 40, "job_id": "j-1"})
    line = formatter.format(record)
    assert "kairo_…" in line or "kairo_\\u2026" in line
    assert "aaaa" not in line
    assert "j-1" in line
