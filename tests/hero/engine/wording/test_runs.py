"""Labels of topics in Japanese: the longest run that all posts share, without particles of its neighbours."""

from __future__ import annotations

import pytest

from kairo.hero.engine.wording.runs import longest_shared_run
from tests.hero.engine.wording.builders import tokenized


@pytest.mark.parametrize(
    ("run", "key"), [("もち米粉", "米粉"), ("お茶漬け", "茶漬"), ("はちみつ梅酒", "梅酒"), ("とんかつ定食", "定食")]
)
def test_longest_shared_run_keeps_the_first_kana_of_its_own(run: str, key: str) -> None:
    texts = [f"{run}が朝から気になる", f"今日は、{run}の店へ", f"{run}と散歩"]
    members = [tokenized(text, name=str(n), language="ja") for n, text in enumerate(texts)]
    assert all(key in member.written_keys for member in members)
    assert longest_shared_run(key, members) == run


@pytest.mark.parametrize(
    "texts",
    [
        ("冬の手帳を買う", "夏の手帳を使う", "春の手帳を選ぶ"),
        ("冬の手帳を買う", "夏の手帳を買う", "春の手帳を買う"),
        ("手帳は青", "手帳は赤", "手帳は白"),
    ],
)
def test_longest_shared_run_drops_a_particle_that_belongs_to_its_neighbours(texts: tuple[str, ...]) -> None:
    members = [tokenized(text, name=str(n), language="ja") for n, text in enumerate(texts)]
    assert longest_shared_run("手帳", members) == "手帳"


def test_longest_shared_run_ends_before_an_object_particle() -> None:
    members = [tokenized(text, name=text, language="ja") for text in ("万年筆を洗う", "万年筆を洗う日")]
    assert longest_shared_run("年筆", members) == "万年筆"


def test_longest_shared_run_of_no_post_is_the_key() -> None:
    assert longest_shared_run("手帳", [tokenized("万年筆", language="ja")]) == "手帳"
