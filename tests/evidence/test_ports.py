from __future__ import annotations

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ports import ImmediateSource, SourceError, StagedSource
from tests.evidence.sources import Feed, Scraper


def test_source_error_says_its_code_and_detail() -> None:
    assert str(SourceError(IngestionErrorCode.NOT_FOUND)) == "not_found"
    error = SourceError(IngestionErrorCode.RATE_LIMITED, "HTTP 429", retryable=True, retry_after_s=5)
    assert str(error) == "rate_limited: HTTP 429"
    assert (error.retryable, error.retry_after_s) == (True, 5)


def test_source_kinds_are_distinguished_by_their_methods() -> None:
    assert isinstance(Feed(), ImmediateSource)
    assert not isinstance(Feed(), StagedSource)
    assert isinstance(Scraper(), StagedSource)
    assert not isinstance(Scraper(), ImmediateSource)
