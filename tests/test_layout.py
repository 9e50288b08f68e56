"""The layout of the tree, as far as import contracts cannot state it."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from kairo.devstack.checkout import ROOT

MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc"}
MAX_LINES_WITHOUT_TESTS = 60
MAX_LINES = 300
LONGER = {"kairo/settings.py": 340}  # a list of values, read from top to bottom
# Words that stood for things which PostgreSQL, HTTP, GraphQL or a job queue have a name for (docs/glossary.md).
REPLACED = re.compile(r"\b(doorbell|knock\w*|keeper|walled|garage|whoever|nobody|somebody)\b", re.IGNORECASE)


def modules_of(*folders: str) -> list[Path]:
    """The modules of the folders, by their paths in the checkout, without migrations and installed packages."""
    found = [path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if not {".venv", "node_modules", "migrations"} & set(path.parts))


SOURCE = modules_of("kairo", "schema")


def mirrored(module: Path) -> Path:
    """The test file of a module: tests/a/test_b.py for kairo/a/b.py, tests/schema/a/test_b.py for schema/a/b.py."""
    inside = module.relative_to("kairo") if module.parts[0] == "kairo" else module
    return Path("tests") / inside.parent / f"test_{module.stem.strip('_')}.py"


def lines_of(module: Path) -> int:
    return len((ROOT / module).read_text().splitlines())


def texts_of(module: Path) -> Iterator[str]:
    """The names, comments and docstrings of a module. Other strings are texts for people, or data."""
    source = (ROOT / module).read_text()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.NAME, tokenize.COMMENT):
            yield token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def test_module_names_say_what_they_contain() -> None:
    modules = [*SOURCE, *modules_of("tests", "benchmarks")]
    assert len(modules) > 500
    named = [str(module) for module in modules if {module.stem, module.parent.name} & MEANINGLESS]
    assert named == ["kairo/db/backend/base.py"]  # Django finds a database's backend by this name


def test_every_longer_module_has_its_test_file_at_the_mirrored_path() -> None:
    longer = [module for module in SOURCE if lines_of(module) > MAX_LINES_WITHOUT_TESTS and module.stem != "__init__"]
    assert len(longer) > 200
    assert [str(module) for module in longer if not (ROOT / mirrored(module)).exists()] == []


def test_test_files_lie_in_a_package_of_the_source() -> None:
    """Subjects of several modules may have files of their own; tests of the whole system have folders of their own."""
    system = {"flows", "faults", "hostile", "clients", "benchmarks"}
    strays = []
    for test in modules_of("tests"):
        folder = test.relative_to("tests").parent
        if not test.name.startswith("test_") or not folder.parts or folder.parts[0] in system:
            continue
        if not any((ROOT / package).is_dir() for package in (Path("kairo") / folder, folder)):
            strays.append(str(test))
    assert strays == []


def test_no_module_is_longer_than_a_reader_can_follow() -> None:
    too_long = {str(module): lines_of(module) for module in SOURCE}
    assert {name: lines for name, lines in too_long.items() if lines > LONGER.get(name, MAX_LINES)} == {}


def test_names_comments_and_docstrings_use_standard_terms() -> None:
    texts = ((module, text) for module in SOURCE for text in texts_of(module))
    assert [f"{module}: {word}" for module, text in texts for word in REPLACED.findall(text)] == []
