from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

from tests import running

hypothesis.settings.register_profile("kairo", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("kairo")

OF_PROCESSES = {Path(__file__).parent / name for name in ("flows", "faults", "devstack")}
LEFT_OUT = {"slow": "--faults", "clients": "--clients"}  # by marker, unless the option is given


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--faults", action="store_true", help="also run the slow tests, with real processes and faults")
    parser.addoption("--clients", action="store_true", help="also run the clients of docs/clients.md; needs Node.js")


def pytest_runtest_setup(item: pytest.Item) -> None:
    running.item = item


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Tests that wait for processes go first, so that the others fill the cores meanwhile.
    items.sort(key=lambda item: item.path.parent not in OF_PROCESSES)
    for marker, option in LEFT_OUT.items():
        for item in items:
            if item.get_closest_marker(marker) and not config.getoption(option):
                item.add_marker(pytest.mark.skip(reason=f"{marker}: run with {option}"))
