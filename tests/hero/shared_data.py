"""Where the labelled data lies on a machine that has it. Tests that need it are skipped elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

needs_shared_data = pytest.mark.skipif(
    not (SHARED_DATA / "brands.json").is_file(), reason="../shared/data is not on this machine"
)
