"""From a file of posts to a board that a client reads, through the Procfile's processes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.flows.conftest import REGENERATE, Stack, eventually

BRAND = {
    "name": "North Loom",
    "positioning": "Wool that lasts: knitting kits and repair guides for people who mend.",
    "pillars": [
        {"name": "Mend it", "keywords": ["darning", "mending", "visible mending", "repair"]},
        {"name": "Wool sense", "keywords": ["wool", "yarn", "felting"]},
    ],
    "personas": [{"name": "Weekend mender", "keywords": ["sock", "jumper", "elbow"]}],
    "channels": ["instagram", "tiktok"],
    "taboos": ["fast fashion haul"],
    "languages": ["en"],
}

SENTENCES = [
    "Darning mushroom out, grey sock on, and the heel is whole again before the kettle boils #darning",
    "Three rows of darning on the elbow of a jumper my aunt knitted in 1987 #darning #mending",
    "Nobody taught me darning at school so here is the slow version, no cuts #darning",
    "Why darning beats patching on fine wool, shown on two of the same sock #darning",
    "A darning loom the size of a matchbox: speedweve test on denim #darning #repair",
    "Visible mending with leftover yarn, orange on navy, no apologies #visiblemending",
    "Felting happens at 40 degrees, and this jumper is the proof #wool",
    "Moths ate the cuff. Sashiko grid, wool thread, one evening #mending",
    "Yarn weights explained by a person who bought the wrong one twice #yarn",
    "Wash wool cold, dry it flat, and it will bury you #wool",
]


def post(n: int, *, now: datetime) -> dict[str, Any]:
    """Five authors post about darning in the last two days; the other posts are older."""
    recent = n < 5
    platform = "tiktok" if n % 2 else "instagram"
    return {
        "platform": platform,
        "content_type": "short_video" if n % 2 else "reel",
        "external_id": f"flow-{n}",
        "canonical_url": f"https://{platform}.example/p/flow-{n}",
        "published_at": (now - (timedelta(hours=6 * n + 3) if recent else timedelta(days=4 + n))).isoformat(),
        "author_ref": f"mender{n}",
        "text_primary": SENTENCES[n],
        "text_secondary": f"So this is about number {n}, and the wool is what matters here.",
        "has_transcript": True,
        "hashtags": [word[1:] for word in SENTENCES[n].split() if word.startswith("#")],
        "metrics": {"views": 4_000_000_000 + n, "likes": 900 * (n + 1), "comments": 40, "shares": None},
    }


def import_everything(
    stack: Stack, folder: Path, posts: list[dict[str, Any]], *, slug: str = "north-loom", tenant: str = "demo"
) -> str:
    """Imports the brand and the posts; returns the brand's id."""
    (folder / "brands.json").write_text(json.dumps({"brands": [{**BRAND, "slug": slug}]}))
    (folder / "posts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in posts))
    stack.manage("import_brands", "--tenant", tenant, str(folder / "brands.json"))
    stack.manage("import_evidence", "--tenant", tenant, "--brand", slug, str(folder / "posts.jsonl"))
    brands = stack.ask(stack.token(tenant), "{ brands { id slug name } }")["brands"]
    return next(str(brand["id"]) for brand in brands if (brand["slug"], brand["name"]) == (slug, "North Loom"))


@pytest.mark.board_cache
class TestBoards:
    def test_board_names_the_imported_posts(self, stack: Stack, tmp_path: Path) -> None:
        posts = [post(n, now=datetime.now(UTC)) for n in range(len(SENTENCES))]
        brand_id = import_everything(stack, tmp_path, posts)
        token = stack.token("demo")

        first = stack.today(token, brand_id)
        assert first["__typename"] == "TodayBoardGenerating"
        assert first["job"]["status"] in {"PENDING", "RUNNING"}

        board = stack.await_today(token, brand_id)
        assert (board["__typename"], board["readyReason"]) == ("TodayBoardReady", "GENERATED")
        ideas = board["opportunities"]
        assert board["meta"]["opportunityCount"] == len(ideas) > 0
        assert [idea["score"] for idea in ideas] == sorted((idea["score"] for idea in ideas), reverse=True)
        assert "darning" in ideas[0]["title"].lower()
        urls = {row["canonical_url"] for row in posts}
        for idea in ideas:
            assert sum(part["points"] for part in idea["scoreParts"]) == idea["score"]
            assert idea["primaryChannel"] in {"INSTAGRAM", "TIKTOK"}
            assert idea["evidence"]
            assert {item["url"] for item in idea["evidence"]} <= urls
            assert all(item["metrics"]["views"] > 2**31 for item in idea["evidence"])
            assert any(character.isdigit() for character in idea["whyNow"])

        assert board["meta"]["cacheHit"] is True  # the worker stored the snapshot with the board
        assert stack.today(token, brand_id) == board

        assert stack.ask(token, REGENERATE, i={"brandId": brand_id})
        renewed = eventually(
            lambda: stack.today(token, brand_id),
            lambda seen: seen["state"] == "READY" and seen["meta"]["generatedAt"] != board["meta"]["generatedAt"],
            within_s=120,
        )
        assert [idea["id"] for idea in renewed["opportunities"]] == [idea["id"] for idea in ideas]

    def test_insufficient_evidence_lists_failed_gates(self, stack: Stack, tmp_path: Path) -> None:
        posts = [{**post(n, now=datetime.now(UTC)), "has_transcript": False, "platform": "linkedin"} for n in range(9)]
        brand_id = import_everything(stack, tmp_path, posts, slug="thin")
        board = stack.await_today(stack.token("demo"), brand_id)
        assert board["__typename"] == "TodayBoardInsufficientEvidence"
        assert {gate["code"] for gate in board["failedGates"]} == {
            "MISSING_REQUIRED_PLATFORMS",
            "INSUFFICIENT_TRANSCRIPT_COVERAGE",
        }
        assert board["opportunities"] == []
        assert board["remediation"]

    def test_first_job_starts_with_the_eighth_post(self, stack: Stack, tmp_path: Path) -> None:
        posts = [post(n, now=datetime.now(UTC)) for n in range(len(SENTENCES))]
        brand_id = import_everything(stack, tmp_path, posts[:7], slug="slow")
        token = stack.token("demo")
        assert stack.today(token, brand_id)["__typename"] == "TodayBoardNotGeneratedYet"
        import_everything(stack, tmp_path, posts, slug="slow")
        assert stack.today(token, brand_id)["__typename"] == "TodayBoardGenerating"
        assert stack.await_today(token, brand_id)["state"] == "READY"


RETRYING_SOON = {
    "KAIRO_JOB_RETRY_BASE_S": "0.1",
    "KAIRO_JOB_SWEEP_INTERVAL_S": "0.2",
    "KAIRO_JOB_REDISPATCH_S": "0.2",
}


class TestFailingEngine:
    @pytest.fixture(scope="class")
    @classmethod
    def environment(cls) -> dict[str, str]:
        return {**RETRYING_SOON, "KAIRO_SYNTHESIZER": "tests.flows.engines.Failing"}

    @pytest.mark.slow
    def test_failing_engine_falls_back_to_the_built_in_one(self, stack: Stack, tmp_path: Path) -> None:
        brand_id = import_everything(stack, tmp_path, [post(n, now=datetime.now(UTC)) for n in range(10)])
        board = stack.await_today(stack.token("demo"), brand_id)
        assert board["__typename"] == "TodayBoardReady"
        assert board["state"] == "READY"
        assert board["meta"]["notes"][0].startswith("BUILT_IN_ENGINE: The engine failed: RuntimeError.")
        assert "out of ideas" not in json.dumps(board)


class TestUnbuildableEngine:
    @pytest.fixture(scope="class")
    @classmethod
    def environment(cls, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
        return {
            **RETRYING_SOON,
            "KAIRO_SYNTHESIZER": "tests.flows.engines.BuiltOnce",
            "KAIRO_TEST_BUILT": str(tmp_path_factory.mktemp("engine") / "built"),
        }

    def test_unbuildable_engine_ends_in_an_error_board(self, stack: Stack, tmp_path: Path) -> None:
        brand_id = import_everything(stack, tmp_path, [post(n, now=datetime.now(UTC)) for n in range(10)])
        board = stack.await_today(stack.token("demo"), brand_id)
        assert board["__typename"] == "TodayBoardError"
        assert (board["errorCode"], board["retryable"]) == ("INTERNAL", True)
        assert board["remediation"].startswith("Generation job failed after maximum retries")
        assert "out of ideas" not in json.dumps(board)


class TestWithoutRedis:
    @pytest.fixture(scope="class")
    @classmethod
    def environment(cls) -> dict[str, str]:
        return {"REDIS_URL": "", "KAIRO_HOT_PATH": "false"}

    def test_polling_worker_makes_the_board(self, stack: Stack, tmp_path: Path) -> None:
        brand_id = import_everything(stack, tmp_path, [post(n, now=datetime.now(UTC)) for n in range(10)])
        token = stack.token("demo")
        assert stack.await_today(token, brand_id)["state"] == "READY"
        assert stack.today(token, brand_id)["meta"]["cacheHit"] is True
