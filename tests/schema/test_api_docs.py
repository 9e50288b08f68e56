"""What docs/api.md tells about codes and limits is what the code does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

from django.conf import settings

from kairo.hero.notes import NoteCode
from schema import errors, limits
from schema.errors import Code
from schema.schema import schema

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text()


def table(title: str) -> dict[str, str]:
    """The rows under a heading, first column to second."""
    section = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", section, re.MULTILINE)
    return {first.strip("`"): second for first, second in rows[1:]}


def test_every_code_is_documented_and_no_other() -> None:
    assert set(table("Error codes")) == set(Code)


def test_every_code_of_a_note_is_documented_and_no_other() -> None:
    assert set(table("Notes on a board")) == set(NoteCode)
    description = schema._schema.type_map["TodayBoardMeta"].fields["notes"].description  # type: ignore[attr-defined]  # an object
    assert all(code in description for code in NoteCode)


def test_limits_are_documented() -> None:
    assert {name: int(most.replace(",", "")) for name, most in table("Limits of a document").items()} == {
        "characters": limits.MAX_CHARACTERS,
        "tokens": limits.MAX_TOKENS,
        "levels of fields": limits.MAX_DEPTH,
        "levels of selections, fragments included": limits.MAX_NESTING,
        "fields": limits.MAX_FIELDS,
        "the same field in one selection": limits.MAX_SAME_FIELD,
        "pairs of fields to merge": limits.MAX_MERGED_PAIRS,
        "aliases": limits.MAX_ALIASES,
        "directives": limits.MAX_DIRECTIVES,
        "root fields of a query": limits.MAX_ROOT_FIELDS,
        "root fields of a mutation": limits.MAX_ROOT_MUTATIONS,
        "cost": limits.MAX_COST,
    }
    assert f"or as {limits.ASSUMED_LIST} items" in PAGE
    assert f"at most {errors.MAX_ERRORS} errors" in PAGE
    assert f"up to {settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,} bytes" in PAGE


def test_rate_limits_are_documented() -> None:
    asked = "import json; from kairo import settings as s; print(json.dumps(vars(s), default=str))"
    for column, environment in ((0, "production"), (1, "development")):
        variables = {**os.environ, "KAIRO_ENV": environment, "KAIRO_SECRET_KEY": "x" * 32}
        told = json.loads(subprocess.run([sys.executable, "-c", asked], env=variables, stdout=PIPE, check=True).stdout)
        section = PAGE.split("## Limits of a minute\n")[1].split("\n## ")[0]
        rows = re.findall(r"^\| `KAIRO_(\w+)` \| ([\d,]+) \| ([\d,]+) \|$", section, re.MULTILINE)
        assert len(rows) == 3
        for name, *values in rows:
            assert told[name] == int(values[column].replace(",", ""))
