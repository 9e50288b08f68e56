"""Runs the command import_evidence, in this process or in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def run_command(file: Path | str, *options: str) -> tuple[str, str, str]:
    """Returns the command's stdout, stderr and error, which is "" after a success."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_evidence", str(file), "--brand", "brine", *options, stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""


def rejected_rows(file: Path) -> list[dict[str, Any]]:
    """Reads the file of rejected rows."""
    return [json.loads(line) for line in file.with_name(f"{file.name}.rejected.jsonl").open()]


def state_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.import-state.json")


def command(file: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "django", "import_evidence", file, "--brand", "brine", *options]


def environment() -> dict[str, str]:
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "kairo.settings", "KAIRO_ENV": "test"}


def run_process(raw: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """Runs `import_evidence -` in a process of its own, on the test's database."""
    return subprocess.run(
        command("-", *options), input=raw, capture_output=True, check=False, timeout=60, env=environment()
    )
