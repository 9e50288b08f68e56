"""The run key: one hash of everything that a board depends on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest

from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.engine.run_key import canonical, run_key
from kairo.hero.ports import SynthesisRequest
from tests.hero.builders import AS_OF, brand
from tests.hero.engine.workshop_board import decision, planes


def key_of(**changes: Any) -> str:
    request = SynthesisRequest(as_of=AS_OF, brand=brand(), evidence=tuple(planes(5, 20)))
    return run_key(replace(request, **changes), engine="e", engine_version="1")


def test_run_key_changes_with_everything_the_board_depends_on() -> None:
    assert key_of() == key_of(evidence=tuple(reversed(planes(5, 20))))
    assert key_of() == key_of(time_limit_s=1.0)
    changed = [
        key_of(as_of=AS_OF + timedelta(seconds=1)),
        key_of(brand=brand(taboos=("x",))),
        key_of(evidence=tuple(planes(5, 21))),
        key_of(evidence=tuple(replace(item, text_primary="other") for item in planes(5, 20))),
        key_of(decisions=(decision("a", "pinned"),)),
        key_of(max_opportunities=3),
    ]
    assert len({key_of(), *changed}) == 7


def test_run_key_is_part_of_the_result() -> None:
    request = SynthesisRequest(as_of=AS_OF, brand=brand(), evidence=tuple(planes(5, 20)))
    result = BuiltinSynthesizer().synthesize(request)
    assert result.run_key == run_key(request, engine=result.engine, engine_version=result.engine_version)


def test_run_key_accepts_text_with_half_of_a_surrogate_pair() -> None:
    broken = tuple(replace(item, text_primary="\ud800") for item in planes(5, 20))
    assert key_of(evidence=broken) not in ("", key_of())


def test_canonical_json_sorts_keys_and_refuses_foreign_types() -> None:
    assert canonical({"b": AS_OF.date(), "a": "é"}) == '{"a":"\\u00e9","b":"2025-11-01"}'
    assert canonical(AS_OF) == canonical(AS_OF.astimezone(timezone(timedelta(hours=5))))
    with pytest.raises(TypeError, match="set is no value of a board"):
        canonical({1, 2})
