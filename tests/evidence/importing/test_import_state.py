from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kairo.evidence.enums import IngestOutcome
from kairo.evidence.importing.import_state import ImportKey, ImportState, load, save

STATE = ImportState(
    key=ImportKey(brand_id="b", size=7, modified_ns=2**61, options=("None", "True")),
    shift_s=-3600.0,
    done=500,
    rejected_bytes=80,
    outcomes={IngestOutcome.CREATED: 499, IngestOutcome.REJECTED: 1},
)


def test_state_is_loaded_as_saved(tmp_path: Path) -> None:
    path = tmp_path / "state"
    save(STATE, path)
    assert load(path) == STATE
    assert STATE.shift == timedelta(hours=-1)
    assert [each.name for each in tmp_path.iterdir()] == ["state"]


@pytest.mark.parametrize("text", ["", "null", "[]", "7", "{}", '{"version": 1}', '{"version": 2, "done": 1}', "\x00"])
def test_state_that_is_missing_or_invalid_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "state"
    assert load(path) is None
    path.write_text(text)
    assert load(path) is None
