from __future__ import annotations

from kairo.evidence.enums import IngestionErrorCode, IngestionStatus, SourceRunStatus
from kairo.evidence.models import IngestionJob, SourceRun


def test_active_statuses_are_those_without_an_end() -> None:
    assert IngestionStatus.active() == ["pending", "running"]
    assert SourceRunStatus.open() == ["starting", "running"]


def test_error_codes_fit_their_columns() -> None:
    longest = max(IngestionErrorCode.values, key=len)
    for model in (IngestionJob, SourceRun):
        max_length = model._meta.get_field("error_code").max_length
        assert max_length is not None
        assert len(longest) <= max_length
