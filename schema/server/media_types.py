"""Media types of requests and responses, by the GraphQL-over-HTTP specification."""

from __future__ import annotations

MAX_LENGTH = 1_000  # characters of a header; a longer one names no type that is served
GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
_WILDCARDS = frozenset({"*/*", "application/*"})


def negotiate(accept: str | None) -> str:
    """Returns the response's media type: the one of the two that `Accept` prefers.

    JSON is the default, because clients older than the specification expect it. It is also the result where `Accept`
    excludes both, as the specification allows, or is longer than MAX_LENGTH.
    """
    best_weight, best_type = 0.0, JSON
    if accept is None or len(accept) > MAX_LENGTH:
        return best_type
    for part in accept.split(","):
        media_type, parameters = _parse(part)
        candidate = JSON if media_type in _WILDCARDS else media_type
        if candidate not in {GRAPHQL, JSON} or parameters.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            continue
        # A named type precedes a wildcard of the same weight.
        weight = _weight(parameters.get("q")) - (0.0001 if media_type in _WILDCARDS else 0)
        if weight > best_weight:
            best_weight, best_type = weight, candidate
    return best_type


def is_json(content_type: str) -> bool:
    """Returns whether the type is exactly application/json in UTF-8; `application/json-patch+json` is not."""
    if len(content_type) > MAX_LENGTH:
        return False
    media_type, parameters = _parse(content_type)
    return media_type == JSON and parameters.get("charset", "utf-8").lower() in {"utf-8", "utf8"}


def _parse(text: str) -> tuple[str, dict[str, str]]:
    """Returns the type and its parameters, in time linear in the text."""
    media_type, *parts = text.split(";")
    parameters = {}
    for part in parts:
        name, _, value = part.partition("=")
        parameters[name.strip().lower()] = value.strip().strip('"')
    return media_type.strip().lower(), parameters


def _weight(q: str | None) -> float:
    try:
        return min(max(float(q), 0.0), 1.0) if q is not None else 1.0
    except ValueError:
        return 0.0
