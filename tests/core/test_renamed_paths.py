from __future__ import annotations

import logging

import pytest
from django.utils.module_loading import import_string

from kairo.core.renamed_paths import _NEW_PATHS, current_path


@pytest.fixture(autouse=True)
def no_path_logged_yet() -> None:
    current_path.cache_clear()


def test_renamed_path_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        found = {current_path("kairo.hero.synthesis.BuiltinSynthesizer") for _ in range(3)}
    assert found == {"kairo.hero.engine.built_in.BuiltinSynthesizer"}
    assert len(caplog.records) == 1


def test_other_path_is_unchanged(caplog: pytest.LogCaptureFixture) -> None:
    assert current_path("theirs.Engine") == "theirs.Engine"
    assert not caplog.records


@pytest.mark.parametrize("path", sorted(set(_NEW_PATHS.values())))
def test_new_path_can_be_imported(path: str) -> None:
    assert callable(import_string(path))
