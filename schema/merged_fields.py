"""Counts the pairs of fields that validation compares to see whether a selection can be merged.

Each two fields of one response name on the same object are such a pair, however they are spread over inline fragments,
named fragments and repeated parents. So the time is quadratic in their number, and a limit on pairs bounds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

# A selection set, and the fragments that contain it: one that contains itself is not followed.
_Nested = tuple[SelectionSetNode, frozenset[str]]


def exceeds_merged_pairs(document: DocumentNode, *, most: int) -> bool:
    """Whether the document has more than `most` pairs, or takes too many steps to count them.

    Fragments that no operation spreads count too, because validation compares their fields as well.
    """
    definitions = document.definitions
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    counter = _Counter(fragments, most)
    try:
        for node in definitions:
            if isinstance(node, OperationDefinitionNode):
                counter.count([(node.selection_set, frozenset())])
            elif isinstance(node, FragmentDefinitionNode):
                counter.count([(node.selection_set, frozenset({node.name.value}))])
    except _Exceeded:
        return True
    return False


class _Exceeded(Exception):
    pass


class _Counter:
    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], most: int) -> None:
        self._fragments = fragments
        self._pairs_left = most
        self._steps_left = 1_000 + 10 * most

    def count(self, merged: Iterable[_Nested]) -> None:
        """Counts the pairs in selection sets of one object, and in all below.

        Raises:
            _Exceeded: there are more than the limit.
        """
        levels = [list(merged)]
        while levels:
            groups: dict[str, list[_Nested | None]] = {}
            visited: set[str] = set()
            for selection_set, inside in levels.pop():
                self._collect(selection_set, inside, groups, visited)
            for fields in groups.values():
                self._pairs_left -= len(fields) * (len(fields) - 1) // 2
                if self._pairs_left < 0:
                    raise _Exceeded
                if below := [nested for nested in fields if nested]:
                    levels.append(below)

    def _collect(
        self,
        selection_set: SelectionSetNode,
        inside: frozenset[str],
        groups: dict[str, list[_Nested | None]],
        visited: set[str],
    ) -> None:
        """Groups the selected fields by response name; a field of a leaf type has nothing nested."""
        for selection in selection_set.selections:
            self._steps_left -= 1
            if self._steps_left < 0:
                raise _Exceeded
            if isinstance(selection, FieldNode):
                nested = (selection.selection_set, inside) if selection.selection_set else None
                groups.setdefault((selection.alias or selection.name).value, []).append(nested)
            elif isinstance(selection, InlineFragmentNode):
                self._collect(selection.selection_set, inside, groups, visited)
            elif isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                if name not in visited and name not in inside and (fragment := self._fragments.get(name)):
                    visited.add(name)
                    self._collect(fragment.selection_set, inside | {name}, groups, visited)
