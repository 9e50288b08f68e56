"""Compares a schema with the last release, and checks that the changelog announces each breaking change."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graphql import build_schema, find_breaking_changes, find_dangerous_changes

UNRELEASED = "Unreleased"
MARK = "**Breaking:**"
_ITEM = re.compile(r"^- (.*(?:\n  .*)*)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """One sentence a change. A breaking change makes an existing operation fail; a dangerous one may change its
    result.
    """

    breaking: tuple[str, ...]
    dangerous: tuple[str, ...]


def changes(*, released: str, current: str) -> Changes:
    """The changes between two schemas in SDL."""
    before, after = build_schema(released), build_schema(current)
    return Changes(
        breaking=tuple(change.description for change in find_breaking_changes(before, after)),
        dangerous=tuple(change.description for change in find_dangerous_changes(before, after)),
    )


def announcement(change: str) -> str:
    """The beginning of the changelog item that announces a breaking change; the rest of the item explains it."""
    return f"- {MARK} {change}"


def unannounced(breaking: tuple[str, ...], *, changelog: str) -> tuple[str, ...]:
    """The breaking changes that no item of the changelog's section "Unreleased" announces."""
    section = re.search(rf"^## {UNRELEASED}$(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    items = [" ".join(item.split()) for item in _ITEM.findall(section.group(1))] if section else []
    return tuple(change for change in breaking if not any(f"{item} ".startswith(f"{MARK} {change} ") for item in items))
