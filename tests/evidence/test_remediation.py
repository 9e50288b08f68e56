from __future__ import annotations

import pytest

from kairo.evidence import remediation
from kairo.evidence.enums import IngestionErrorCode


@pytest.mark.parametrize("code", IngestionErrorCode)
def test_remediation_exists_for_every_code(code: IngestionErrorCode) -> None:
    sentence = remediation.for_code(code)
    assert sentence.endswith(".")
    assert ("try again" in sentence.lower()) <= remediation.retry_helps(code)


def test_retry_does_not_help_where_a_change_is_needed() -> None:
    for code in (IngestionErrorCode.UNAUTHORIZED, IngestionErrorCode.TOTAL_CAP_REACHED, IngestionErrorCode.NO_ITEMS):
        assert not remediation.retry_helps(code)
