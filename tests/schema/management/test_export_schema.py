from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

SDL = (settings.BASE_DIR / "schema" / "schema.graphql").read_text()


def test_export_schema_prints_the_released_sdl() -> None:
    out = StringIO()
    call_command("export_schema", "schema.schema:schema", stdout=out)
    assert out.getvalue().rstrip("\n") == SDL.rstrip("\n")


def test_export_schema_writes_a_file(tmp_path: Path) -> None:
    call_command("export_schema", "schema.schema", "--path", str(tmp_path / "schema.graphql"))
    assert (tmp_path / "schema.graphql").read_text() == SDL


@pytest.mark.parametrize("symbol", ["schema.schema:Schema", "schema.schema:nothing", "schema.nowhere:schema"])
def test_export_schema_refuses_what_is_not_a_schema(symbol: str) -> None:
    with pytest.raises(CommandError):
        call_command("export_schema", symbol)
