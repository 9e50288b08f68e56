from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import Settings

from kairo.core.enums import Platform
from kairo.evidence.enums import SourceKind
from tests.integrations.apify.runs import NIKE, SOURCE, collected, post, start
from tests.integrations.apify.server import Apify


def test_instagram_discovery_sends_the_profile_and_the_item_limit(apify: Apify) -> None:
    start(hook="https://kairo.example/webhooks/apify/s")
    (call,) = apify.of("start")
    assert call.path == "/v2/actors/apify~instagram-scraper/runs"
    assert call.body == {
        "directUrls": ["https://www.instagram.com/nike/"],
        "resultsType": "posts",
        "resultsLimit": 20,
        "onlyPostsNewerThan": "2026-02-08",
    }
    assert (call.query["maxItems"], call.query["maxTotalChargeUsd"], call.query["timeout"]) == (
        "20",
        "0.0540",
        "300",
    )
    assert [hook["requestUrl"] for hook in apify.webhooks()] == ["https://kairo.example/webhooks/apify/s"]
    assert "ACTOR.RUN.TIMED_OUT" in apify.webhooks()[0]["eventTypes"]


def test_instagram_enrichment_sends_at_most_five_followups_with_transcripts(apify: Apify) -> None:
    followups = tuple(f"https://www.instagram.com/reel/C{number}/" for number in range(8))
    start(number=1, followups=followups)
    (call,) = apify.of("start")
    assert call.path == "/v2/actors/apify~instagram-reel-scraper/runs"
    assert call.body == {"username": list(followups[:5]), "resultsLimit": 5, "includeTranscript": True}


@pytest.mark.parametrize(
    ("target", "actor", "named", "cap"),
    [
        ("instagram hashtag", "apify~instagram-scraper", "https://www.instagram.com/explore/tags/x/", 20),
        ("tiktok profile", "clockworks~tiktok-scraper", "x", 15),
        ("tiktok hashtag", "clockworks~tiktok-scraper", "x", 15),
        ("tiktok search", "clockworks~tiktok-scraper", "x", 15),
        ("linkedin profile", "apimaestro~linkedin-company-posts", "x", 20),
        ("youtube profile", "streamers~youtube-scraper", "https://www.youtube.com/@x/videos", 10),
        ("youtube search", "streamers~youtube-scraper", "x", 10),
        ("web site", "apify~website-content-crawler", "x", 10),
    ],
)
def test_recipe_of_each_platform_has_its_actor_and_item_limit(
    apify: Apify, target: str, actor: str, named: str, cap: int
) -> None:
    platform, kind = target.split()
    request = replace(NIKE, platform=Platform(platform), kind=SourceKind(kind), identifier="x")
    assert (request.platform, request.kind) in SOURCE.offers()
    start(request)
    (call,) = apify.of("start")
    assert call.path == f"/v2/actors/{actor}/runs"
    assert named in str(call.body)
    assert cap in call.body.values()
    assert call.query["maxItems"] == str(cap)


def test_recipe_estimates_are_within_the_cap_of_a_job(settings: Settings) -> None:
    for platform, kind in SOURCE.offers():
        stages = SOURCE.stages(replace(NIKE, platform=platform, kind=kind))
        assert sum(stage.estimate_usd for stage in stages) <= settings.APIFY_PER_REGENERATE_CAP_USD


def test_followups_are_videos_with_enough_views(apify: Apify) -> None:
    apify.items["apify/instagram-scraper"] = [
        post(1),
        post(2, videoPlayCount=999),
        post(3, videoPlayCount=None, videoViewCount=1_000),
        post(4, type="Image"),
        post(5, videoPlayCount="many"),
        post(6, url=None),
        post(7, type="Sidecar", productType="clips"),
    ]
    followups = [item.followup for item in collected(start())]
    assert followups == [f"https://www.instagram.com/reel/C{n}/" if n in (1, 3, 7) else "" for n in range(1, 8)]
