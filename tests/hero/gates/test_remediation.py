from __future__ import annotations

import pytest

from kairo.hero.enums import GenerationErrorCode
from kairo.hero.gates import remediation
from kairo.hero.gates import thresholds as t


@pytest.mark.parametrize("code", list(GenerationErrorCode))
def test_remediation_of_an_error_board_starts_alike_and_ends_with_the_jobs_advice(code: GenerationErrorCode) -> None:
    text = remediation.for_error(code)
    assert text == f"Generation job failed after maximum retries. {remediation.for_job(code)}"


def test_remediation_discourages_a_retry_only_after_workers_died() -> None:
    assert [code for code in GenerationErrorCode if not remediation.retry_helps(code)] == [
        GenerationErrorCode.WORKER_DIED
    ]


def test_remediation_of_few_items_counts_what_is_missing() -> None:
    assert "There are 7 of the 8 posts a first board needs. Add 1 more post;" in remediation.for_few_items(found=7)
    assert f"Add {t.MIN_EVIDENCE_ITEMS} more posts;" in remediation.for_few_items(found=0)
