from __future__ import annotations

import msgspec
import pytest

from kairo.core.enums import Platform
from kairo.hero.dto import DayCountDTO, EvidenceItemDTO, MetricsDTO, PhraseCountDTO, WindowCountsDTO
from tests.hero.builders import AS_OF, post

VALUES = [
    post("full", "A #loaf", transcript="spoken"),
    post("undated", "", hours_ago=None, metrics=MetricsDTO(likes=0)),
    WindowCountsDTO(
        posts=9,
        authors=3,
        days=(DayCountDTO(age_days=0, platform=Platform.X, posts=9, authors=3),),
        phrases=(PhraseCountDTO(key="loaf", age_days=0, posts=2, authors=1),),
        baseline_from=AS_OF,
    ),
]


@pytest.mark.parametrize("value", VALUES, ids=["full", "undated", "counts"])
def test_evidence_is_equal_after_it_is_sent_to_the_engine(value: EvidenceItemDTO | WindowCountsDTO) -> None:
    """A request crosses to the engine's process as MessagePack, which has no tuples, enums or UUIDs of its own."""
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=type(value)) == value


def test_evidence_metrics_are_unknown_unless_counted() -> None:
    metrics = MetricsDTO()
    assert (metrics.views, metrics.likes, metrics.comments, metrics.shares) == (None, None, None, None)
