from __future__ import annotations

import sys
from collections import Counter

import pytest

from benchmarks import engine
from benchmarks.engine_posts import AS_OF, make_brand, make_posts
from benchmarks.sections import PAGE, with_section
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.ports import SynthesisRequest


def test_engine_posts_are_the_same_for_a_seed_and_others_for_another() -> None:
    assert make_posts(60, seed=1) == make_posts(60, seed=1)
    assert {post.text_primary for post in make_posts(60, seed=1)}.isdisjoint(
        post.text_primary for post in make_posts(60, seed=2)
    )


def test_engine_posts_have_the_shape_that_is_measured() -> None:
    """Many authors, several platforms, transcripts, days, and stories that the engine makes ideas of."""
    posts = make_posts(300, seed=3)
    authors = Counter(post.author_ref for post in posts)
    assert len(authors) > 100
    assert max(authors.values()) > 2
    assert len({post.platform for post in posts}) >= 5
    assert 30 < sum(post.has_transcript for post in posts) < 200
    assert len({(AS_OF - post.published_at).days for post in posts if post.published_at}) > 20
    request = SynthesisRequest(as_of=AS_OF, brand=make_brand(), evidence=posts)
    assert len(BuiltinSynthesizer().synthesize(request).candidates) >= 4


def test_engine_table_names_every_step_size_and_target(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["engine", "--posts", "50", "60", "--rounds", "2", "--print-only"])
    monkeypatch.setattr(engine, "WARM_UP_SEEDS", ())
    page = PAGE.read_bytes()
    assert engine.main() == 0
    table = capsys.readouterr().out
    assert "| posts | gates | synthesis | review | sum |" in table
    assert "| 50 | " in table
    assert "| 60 | " in table
    assert "| 50 posts: p95 of the sum | ≤ 40 ms |" in table
    assert PAGE.read_bytes() == page


def test_engine_targets_compare_the_measured_sum() -> None:
    def size(p50: float, p95: float) -> dict[str, object]:
        steps = {name: {"p50": p50, "p95": p95} for name in (*engine.STEPS, "sum")}
        return {"rounds": 3, "ideas": 5.0, "steps": steps}

    table = engine.table({"sizes": {"50": size(30, 39), "300": size(100, 110), "2000": size(900, 1300)}})
    assert "≤ 40 ms | 39.0 ms | met |" in table
    assert "≤ 1,200 ms | 1,300.0 ms | **not met** |" in table
    assert "≤ 8 | 9.0 | **not met** |" in table


def test_section_is_put_before_the_last_heading_and_then_replaced() -> None:
    page = "# Page\n\n## One\n\na\n\n## Versions\n\nv\n"
    once = with_section(page, "The engine", "first")
    assert once == "# Page\n\n## One\n\na\n\n## The engine\n\nfirst\n\n## Versions\n\nv\n"
    assert with_section(once, "The engine", "second") == once.replace("first", "second")
