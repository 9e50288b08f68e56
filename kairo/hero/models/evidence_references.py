"""The compact form of a board's stored content, in which only opportunities and mentions contain evidence ids.

Claims, score parts and the like mostly repeat these ids: a board of 2,000 evidence items would be five times as large.
In the compact form each of them has an empty `evidence_ids`, which releases without this form can read, and in
`evidence` the positions of its items, as "0-7,12". Positions count in the list of the ids of opportunities and
mentions, each once and in order, followed by `other_evidence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

_NAMING = ("opportunities", "brand_mentions")


def shortened(content: dict[str, Any]) -> dict[str, Any]:
    """The compact form of JSON-ready content with ids as text. The argument is not changed."""
    positions = {id_: place for place, id_ in enumerate(_named(content))}
    named = len(positions)
    short = {
        key: [_shorter_within(each, positions) for each in value] if key in _NAMING else _shorter(value, positions)
        for key, value in content.items()
    }
    return {**short, "other_evidence": list(positions)[named:]}


def restored(content: dict[str, Any]) -> dict[str, Any]:
    """The content before `shortened`; content in another form unchanged."""
    if "other_evidence" not in content:
        return content
    ids = [*_named(content), *content["other_evidence"]]
    return {key: _longer(value, ids) for key, value in content.items() if key != "other_evidence"}


def _named(content: dict[str, Any]) -> list[str]:
    naming = chain.from_iterable(content.get(key, ()) for key in _NAMING)
    return list(dict.fromkeys(chain.from_iterable(each["evidence_ids"] for each in naming)))


def _shorter_within(naming: dict[str, Any], positions: dict[str, int]) -> dict[str, Any]:
    return {key: value if key == "evidence_ids" else _shorter(value, positions) for key, value in naming.items()}


def _shorter(value: Any, positions: dict[str, int]) -> Any:
    if isinstance(value, dict):
        short = {key: _shorter(each, positions) for key, each in value.items()}
        if short.get("evidence_ids"):
            places = [positions.setdefault(id_, len(positions)) for id_ in short["evidence_ids"]]
            short |= {"evidence_ids": [], "evidence": ",".join(_runs(places))}
        return short
    if isinstance(value, list | tuple):
        return [_shorter(each, positions) for each in value]
    return value


def _longer(value: Any, ids: list[str]) -> Any:
    if isinstance(value, dict):
        long = {key: _longer(each, ids) for key, each in value.items() if key != "evidence"}
        if isinstance(runs := value.get("evidence"), str):
            long["evidence_ids"] = [ids[place] for place in _places(runs)]
        elif "evidence" in value:
            long["evidence"] = _longer(value["evidence"], ids)
        return long
    if isinstance(value, list):
        return [_longer(each, ids) for each in value]
    return value


def _runs(places: Iterable[int]) -> Iterator[str]:
    """The positions in order; consecutive ones as "first-last"."""
    first = last = -2
    for place in chain(places, [-2]):
        if place == last + 1 and first >= 0:
            last = place
            continue
        if first >= 0:
            yield str(first) if first == last else f"{first}-{last}"
        first = last = place


def _places(runs: str) -> Iterator[int]:
    for run in runs.split(","):
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)
