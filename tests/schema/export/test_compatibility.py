from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from schema.export.compatibility import Changes, announcement, changes, unannounced

RELEASED = """
type Query { brands(first: Int): [Brand!]! }
type Brand { id: ID! slug: String! name: String! }
enum Order { NEWEST OLDEST }
"""
WITHOUT_SLUG = RELEASED.replace("slug: String! ", "")
[REMOVED] = changes(released=RELEASED, current=WITHOUT_SLUG).breaking


def test_schema_has_no_unannounced_breaking_change() -> None:
    call_command("check_schema_changes", stdout=StringIO())


@pytest.mark.parametrize(
    "current",
    [
        WITHOUT_SLUG,
        RELEASED.replace("name: String!", "name: String"),
        RELEASED.replace("first: Int)", "first: Int!)"),
        RELEASED.replace("first: Int)", "first: Int, q: String!)"),
        RELEASED.replace("NEWEST ", ""),
        RELEASED.replace("enum Order { NEWEST OLDEST }", ""),
    ],
)
def test_change_that_fails_an_operation_is_breaking(current: str) -> None:
    assert len(changes(released=RELEASED, current=current).breaking) == 1


def test_change_of_a_result_is_dangerous_and_an_addition_is_neither() -> None:
    found = changes(released=RELEASED, current=RELEASED.replace("OLDEST", "OLDEST BEST"))
    assert (len(found.breaking), len(found.dangerous)) == (0, 1)
    more = RELEASED.replace("slug:", "city: String slug:")
    assert changes(released=RELEASED, current=more) == Changes(breaking=(), dangerous=())


@pytest.mark.parametrize(
    ("section", "told"),
    [
        (announcement(REMOVED), True),
        (f"{announcement(REMOVED)} Ask for `id` instead.", True),
        (announcement(REMOVED).replace(" ", "\n  ", 4).replace("-\n  ", "- "), True),
        (f"- Something else.\n{announcement(REMOVED)}\n  Ask for `id`.\n- More.", True),
        ("", False),
        (f"- {REMOVED}", False),
        (announcement("Brand.name was removed."), False),
        (announcement(REMOVED.removesuffix(".") + "ly."), False),
    ],
)
def test_breaking_change_is_announced_by_its_own_sentence(section: str, told: bool) -> None:
    changelog = f"# Schema changelog\n\n## Unreleased\n\n{section}\n\n## 0.1.0\n\nThe first.\n"
    assert unannounced((REMOVED,), changelog=changelog) == (() if told else (REMOVED,))


@pytest.mark.parametrize(
    "changelog",
    ["", f"## 0.2.0\n\n{announcement(REMOVED)}\n", f"## Unreleased\n\n## 0.1.0\n\n{announcement(REMOVED)}\n"],
)
def test_announcement_of_an_earlier_release_does_not_count(changelog: str) -> None:
    assert unannounced((REMOVED,), changelog=changelog) == (REMOVED,)


def test_check_schema_changes_fails_with_the_missing_lines(tmp_path: Path) -> None:
    released, current, changelog = (tmp_path / name for name in ("released", "current", "changelog.md"))
    released.write_text(RELEASED)
    current.write_text(WITHOUT_SLUG)
    changelog.write_text("## Unreleased\n")
    files = {"released": released, "current": current, "changelog": changelog}
    with pytest.raises(CommandError) as caught:
        call_command("check_schema_changes", **files)
    missing = str(caught.value).splitlines()[-1]
    assert missing == announcement(REMOVED)
    changelog.write_text(f"## Unreleased\n\n{missing}\n")
    told = StringIO()
    call_command("check_schema_changes", **files, stdout=told)
    assert "all of them announced: 1" in told.getvalue()
