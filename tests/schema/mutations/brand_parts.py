"""The mutations of pillars, personas and campaigns, as the tests of all three send them."""

from __future__ import annotations

from typing import Any

from tests.schema.api import Api

# Family: the field of its success, its own fields, and a whole one as a client gives it.
FAMILIES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "ContentPillar": (
        "contentPillar",
        "id name description keywords rank isActive",
        {"name": "Ovens", "description": "Heat.", "keywords": ["oven", "stone"], "rank": 4},
    ),
    "Persona": (
        "persona",
        "id name role summary priorities pains keywords",
        {
            "name": "Cook",
            "role": "Chef",
            "summary": "Busy.",
            "priorities": ["speed"],
            "pains": ["heat"],
            "keywords": ["pan"],
        },
    ),
    "Campaign": (
        "campaign",
        "id name starts ends keywords",
        {"name": "Spring", "starts": "2026-03-01", "ends": "2026-03-31", "keywords": ["rye"]},
    ),
}
PROBLEM = "... on Problem { code message } ... on InvalidInputProblem { path }"


def ask(api: Api, verb: str, family: str, **given: Any) -> dict[str, Any]:
    field, fields, _ = FAMILIES[family]
    saved = f"{family}Saved {{ {field} {{ {fields} }} }} ... on ConflictProblem {{ path }}"
    done = f"{family}Deleted {{ {field}Id }}" if verb == "delete" else saved
    query = (
        f"mutation ($i: {verb.title()}{family}Input!) {{ "
        f"{verb}{family}(input: $i) {{ __typename ... on {done} {PROBLEM} }} }}"
    )
    answer: dict[str, Any] = api.data(query, i=given)[f"{verb}{family}"]
    return answer
