"""Which media type a body has and which one an answer may have, by the GraphQL-over-HTTP specification."""

from __future__ import annotations

from email.message import Message

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
_WILDCARDS = frozenset({"*/*", "application/*"})


def accepted_answer(accept: str | None) -> str:
    """The media type to answer in: the one the caller prefers of the two there are.

    JSON where the caller does not say: that is what clients older than the specification expect. Where neither
    is acceptable the answer is JSON all the same, as the specification allows.
    """
    best, chosen = 0.0, JSON
    for part in (accept or "").split(","):
        media_type, parameters = _parsed(part)
        offered = JSON if media_type in _WILDCARDS else media_type
        if offered not in {GRAPHQL, JSON} or parameters.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            continue
        # A named type wins over a wildcard of the same weight.
        weight = _weight(parameters.get("q")) - (0.0001 if media_type in _WILDCARDS else 0)
        if weight > best:
            best, chosen = weight, offered
    return chosen


def is_json(content_type: str) -> bool:
    """Whether a body of this type is JSON in UTF-8. Exact: `application/json-patch+json` is not."""
    media_type, parameters = _parsed(content_type)
    return media_type == JSON and parameters.get("charset", "utf-8").lower() in {"utf-8", "utf8"}


def _parsed(text: str) -> tuple[str, dict[str, str]]:
    message = Message()
    message["Content-Type"] = text.strip()
    (media_type, _), *parameters = message.get_params(failobj=[("", "")])
    return media_type.strip().lower(), {name.lower(): value for name, value in parameters}


def _weight(q: str | None) -> float:
    try:
        return min(max(float(q), 0.0), 1.0) if q is not None else 1.0
    except ValueError:
        return 0.0
