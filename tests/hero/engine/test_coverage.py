"""Coverage says for each pillar why it has its opportunities or none."""

from __future__ import annotations

from tests.hero.builders import brand, persona, pillar, post
from tests.hero.engine.workshop_board import planes, synthesize


def test_coverage_explains_each_pillar() -> None:
    by = brand(
        pillars=(
            pillar("Planes", "bench plane"),
            pillar("Glue", "hide glue", rank=1),
            pillar("Saws", "hand saw", rank=2),
            pillar("Clamps", "bar clamp", rank=3),
        ),
        personas=(persona("Maker", "bench"),),
    )
    posts = [
        *planes(5, 20, 30, 50),
        post("glue", "Hide glue is forgiving", hours_ago=30),
        post("saw-1", "A hand saw sings", hours_ago=30),
        post("saw-2", "Old hand saw, new handle", hours_ago=60),
    ]
    reasons = {one.pillar.name: one.reason for one in synthesize(posts, by).coverage}
    assert reasons["Planes"] == "4 items match, 4 authors: 1 idea."
    assert reasons["Glue"] == "1 item matches, 1 author, need 2."
    assert reasons["Saws"].startswith("2 items match, 2 authors. No burst, and its posts by 2 authors lie 1 day apart")
    assert reasons["Clamps"] == "0 items match, 0 authors, need 2."
