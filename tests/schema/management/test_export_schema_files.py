from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from schema.management.commands.export_schema_files import PAGE, SDL


def test_export_schema_files_writes_and_checks_both(tmp_path: Path) -> None:
    for file in (SDL, PAGE):
        (tmp_path / file).parent.mkdir()
    call_command("export_schema_files", to=tmp_path)
    for file in (SDL, PAGE):
        assert (tmp_path / file).read_text() == (settings.BASE_DIR / file).read_text()
    call_command("export_schema_files", "--check", to=tmp_path)
    for file in (SDL, PAGE):
        text = (tmp_path / file).read_text()
        (tmp_path / file).write_text(text + "\n# more")
        with pytest.raises(CommandError, match=f"^{file} is not what the code says"):
            call_command("export_schema_files", "--check", to=tmp_path)
        (tmp_path / file).write_text(text)
