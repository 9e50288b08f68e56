import pytest
from django.db import OperationalError

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ingestion.runner import Ingestion, process_runner
from kairo.evidence.ports import SourceError


def test_source_error_keeps_its_code_and_its_retry() -> None:
    error = SourceError(IngestionErrorCode.DATABASE_UNAVAILABLE, detail="busy", retryable=True, retry_after_s=30)
    failure = Ingestion().failure(error)
    assert (failure.error_code, failure.detail) == (IngestionErrorCode.DATABASE_UNAVAILABLE.value, "busy")
    assert (failure.retry, failure.retry_after_s) == (True, 30)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("gone"), IngestionErrorCode.DATABASE_UNAVAILABLE),
        (KeyError("secret"), IngestionErrorCode.INTERNAL),
    ],
)
def test_other_errors_are_named_by_their_type_alone(error: Exception, code: IngestionErrorCode) -> None:
    failure = Ingestion().failure(error)
    assert (failure.error_code, failure.detail) == (code.value, type(error).__name__)


def test_process_has_one_runner() -> None:
    assert process_runner() is process_runner()
