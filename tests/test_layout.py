"""What import contracts cannot say about the layout."""

from pathlib import Path

from kairo.devstack.checkout import ROOT

NO_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [*(ROOT / "kairo").rglob("*.py"), *(ROOT / "schema").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    # What the tests of clients install is not ours.
    modules = [module for module in found if not {".venv", "node_modules"} & set(module.parts)]
    assert len(modules) > 50
    named = [module for module in modules if {module.stem, module.parent.name} & NO_NAMES]
    assert named == [
        ROOT / "kairo" / "db" / "backend" / "base.py"
    ]  # the name by which Django finds a database's backend


def test_every_test_file_stands_where_what_it_tests_stands() -> None:
    """tests/X/test_Y.py is about kairo/X/Y.py or schema/X/Y.py; the whole-system folders are free."""
    free = {"flows", "faults", "clients"}
    strays = []
    for test in (ROOT / "tests").rglob("test_*.py"):
        place = test.relative_to(ROOT / "tests").parent
        if not place.parts or place.parts[0] in free:
            continue
        packages = [Path("kairo") / place, Path("schema").joinpath(*place.parts[1:])]
        if not any((ROOT / package).is_dir() for package in packages):
            strays.append(test)
    assert strays == []
