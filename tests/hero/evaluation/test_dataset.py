from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kairo.core.enums import Channel, Platform
from kairo.hero.dto import TabooTermDTO
from kairo.hero.evaluation.dataset import id_of, read_boards, read_brand, read_item

POST: dict[str, Any] = {
    "id": "p1", "platform": "x", "content_type": "text_post", "external_id": "1", "text_primary": "A loaf",
    "published_at": "2026-03-01T10:00:00+00:00", "metrics": {"likes": 3}, "synthetic": True,
}  # fmt: skip
BRAND: dict[str, Any] = {
    "slug": "loaf", "name": "Loaf", "channels": ["x"], "as_of": "2026-03-02T00:00:00+00:00",
    "taboo_terms": [{"term": "detox", "synonyms": ["cleanse"]}, {"term": "hype"}],
    "pillars": [{"id": "a", "name": "First"}, {"id": "b", "name": "Second", "keywords": ["rye"]}],
    "active_campaigns": [{"name": "Rye", "starts": "2026-03-01", "ends": "2026-03-31"}],
}  # fmt: skip


def test_dataset_item_has_unknown_metrics_and_a_deterministic_id() -> None:
    item = read_item(POST)
    assert (item.id, item.platform, item.metrics.likes, item.metrics.views) == (id_of("p1"), Platform.X, 3, None)
    assert item.published_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert read_item({**POST, "id": None}).id == id_of("x|1")


def test_dataset_brand_has_taboos_pillars_by_rank_and_campaigns() -> None:
    brand = read_brand(BRAND)
    assert brand.taboos == ("detox", "hype")
    assert brand.taboo_terms == (TabooTermDTO(term="detox", synonyms=("cleanse",)),)
    assert [(pillar.name, pillar.rank) for pillar in brand.pillars] == [("First", 0), ("Second", 1)]
    assert brand.campaigns[0].ends == date(2026, 3, 31)
    assert brand.channels == (Channel.X,)


def test_dataset_boards_join_posts_and_labels(tmp_path: Path) -> None:
    (tmp_path / "brands.json").write_text(json.dumps({"brands": [BRAND]}))
    (tmp_path / "demo-loaf.jsonl").write_text(
        f"{json.dumps(POST)}\n\n{json.dumps({**POST, 'id': 'p2', 'synthetic': False})}\n"
    )
    (tmp_path / "labels-demo.json").write_text(json.dumps({"labels": {"p1": {"topic": "rye", "kind": "burst"}}}))
    (board,) = read_boards(tmp_path)
    assert [(id_, label.topic, label.kind) for id_, label in board.labels.items()] == [(id_of("p1"), "rye", "burst")]
    assert board.posts == board.evidence
    assert [item.id for item in board.only_synthetic().evidence] == [id_of("p1")]
