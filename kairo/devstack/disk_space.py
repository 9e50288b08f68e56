"""Checks the free disk space."""

import shutil
from pathlib import Path

from kairo.devstack.errors import DiskFull

MEGABYTE = 1_000_000


def require_disk_space(*, at: Path, megabytes: int, purpose: str) -> None:
    """Raises DiskFull, with both numbers in MB, when less is free than `purpose` needs."""
    free = shutil.disk_usage(at).free // MEGABYTE
    if free < megabytes:
        raise DiskFull(where=at, detail=f": {purpose} need {megabytes} MB and {free} MB are free")
