from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kairo.hero.dto import EvidenceCoverageDTO
from schema.types.evidence_coverage import EvidenceCoverage


@pytest.mark.parametrize("moment", [None, datetime(2026, 3, 9, tzinfo=UTC)])
def test_coverage_reports_the_start_of_the_baseline(moment: datetime | None) -> None:
    dto = EvidenceCoverageDTO(
        as_of=datetime(2026, 3, 1, tzinfo=UTC), ready=False, items=3, gates=(), baseline_from=moment
    )
    assert EvidenceCoverage.from_dto(dto).baseline_from == moment
