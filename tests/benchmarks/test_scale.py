"""Every read of the schema on databases big enough for PostgreSQL to choose: many brands, and brands of many rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.runs import run

MANY_BRANDS = {"--brands": "1500", "--opportunities": "8", "--evidence": "20", "--grows": "1400"}
BIG_BRANDS = {"--brands": "8", "--opportunities": "300", "--evidence": "4000", "--grows": "2000"}


@pytest.mark.parametrize(
    "size", [MANY_BRANDS, pytest.param(BIG_BRANDS, marks=pytest.mark.slow)], ids=["many brands", "big brands"]
)
def test_reads_use_indexes_and_stay_within_their_statements(size: dict[str, str], tmp_path: Path) -> None:
    words = [word for option in size.items() for word in option]
    run("scale", *words, size="{--brands}x{--opportunities}x{--evidence}".format(**size), state=tmp_path)
