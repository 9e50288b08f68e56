from pathlib import Path

import pytest

from kairo.devstack.disk_space import require_disk_space
from kairo.devstack.errors import DiskFull, explain


def test_disk_space_error_has_both_numbers(folder: Path) -> None:
    require_disk_space(at=folder, megabytes=1, purpose="tests")
    with pytest.raises(DiskFull, match=r"The disk is full at .*: tests need 1000000000 MB and \d+ MB are free"):
        require_disk_space(at=folder, megabytes=1_000_000_000, purpose="tests")


def test_full_disk_in_a_log_is_named(folder: Path) -> None:
    said = "initdb: error: could not write to file: No space left on device"
    error = explain(what="initdb", how="exited with code 1", log=None, tail=said, where=folder)
    assert isinstance(error, DiskFull)
    assert "\n" not in str(error)
