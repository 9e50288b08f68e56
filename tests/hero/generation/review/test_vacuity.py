from __future__ import annotations

import pytest

from kairo.hero.enums import RejectionCode
from kairo.hero.generation.review.vacuity import has_anchor
from tests.hero.builders import an_id
from tests.hero.generation.review.bench_planes import EVIDENCE, code_for


@pytest.mark.parametrize(
    "why_now",
    [
        "Planes are always relevant, 3 people say.",
        "It is TIMELESS: 4 posts.",
        "Siempre relevante: 3 veces.",
        "Zeitlos, 5-mal.",
    ],
)
def test_vacuous_why_now_is_rejected_even_with_a_number(why_now: str) -> None:
    assert code_for(why_now=why_now) is RejectionCode.WHY_NOW_VACUOUS


@pytest.mark.parametrize(
    "why_now",
    [
        "Posts about planes went up by a lot, 40 %.",
        "planes.pia showed how a plane comes back to life.",
        "Interest doubled within a fortnight or so.",
        "The fair opens on Saturday in Leeds.",
        'Somebody wrote "the teeth of an old saw" and more.',
        "In den letzten Tagen ४ Beiträge dazu.",
    ],
)
def test_anchor_is_a_number_date_rate_or_named_post(why_now: str) -> None:
    assert has_anchor(why_now, [item for item in EVIDENCE if item.id in {an_id("bench"), an_id("saws")}])


def test_anchor_is_required_in_a_why_now() -> None:
    assert code_for(why_now="People talk about planes these days.") is RejectionCode.WHY_NOW_WITHOUT_ANCHOR
