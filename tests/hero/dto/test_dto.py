"""`kairo.hero.dto` lists every value class of its modules: the engine's process accepts no other."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import is_dataclass

import pytest

from kairo.hero import dto

MODULES = [importlib.import_module(f"{dto.__name__}.{module.name}") for module in pkgutil.iter_modules(dto.__path__)]
CLASSES = [
    value
    for module in MODULES
    for value in vars(module).values()
    if isinstance(value, type) and value.__module__ == module.__name__
]


def test_dto_package_lists_every_class_of_its_modules() -> None:
    assert {value.__name__ for value in CLASSES} <= set(dto.__all__)
    assert all(getattr(dto, value.__name__) is value for value in CLASSES)


@pytest.mark.parametrize("value", CLASSES, ids=lambda value: value.__name__)
def test_dto_classes_are_frozen_and_have_slots(value: type) -> None:
    assert is_dataclass(value)
    assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]  # typeshed does not declare it
    assert "__slots__" in vars(value)
    assert vars(value)["__match_args__"] == ()  # keyword-only
