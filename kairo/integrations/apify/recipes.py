"""The recipes per platform: which actors run, with which input, item limit and price.

A price per item is the actor's maximum when this was written. It need not be exact: Apify ends a run rather than charge
more than the estimate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kairo.core.enums import Platform
from kairo.evidence.enums import SourceKind
from kairo.evidence.ports import SourceRequest, Stage

MIN_VIEWS = 1_000  # below this a video's transcript is not worth its price
RUN_TIMEOUT_S = 300  # Apify ends a run that takes longer

Followups = tuple[str, ...]
ActorInput = dict[str, object]


def no_followup(item: Mapping[str, object]) -> str:
    """The followup of a step whose items need no second stage."""
    return ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A stage as a run of an actor. `input` builds the actor's input from the request, the followups and max_items."""

    name: str
    actor: str
    max_items: int
    usd_per_item: Decimal
    input: Callable[[SourceRequest, Followups, int], ActorInput]
    followup: Callable[[Mapping[str, object]], str] = no_followup
    takes_followups: bool = False

    @property
    def stage(self) -> Stage:
        return Stage(
            name=self.name,
            max_items=self.max_items,
            estimate_usd=self.max_items * self.usd_per_item,
            takes_followups=self.takes_followups,
        )


def transcript_followup(item: Mapping[str, object]) -> str:
    """Returns the URL of a video with at least MIN_VIEWS views; "" for any other post."""
    counts = [item.get(name) for name in ("videoPlayCount", "videoViewCount")]
    views = max((count for count in counts if isinstance(count, int) and not isinstance(count, bool)), default=0)
    is_video = item.get("type") == "Video" or item.get("productType") == "clips"
    url = item.get("url")
    return url if is_video and views >= MIN_VIEWS and isinstance(url, str) else ""


def _instagram_posts(request: SourceRequest, _: Followups, max_items: int) -> ActorInput:
    path = f"explore/tags/{request.identifier}" if request.kind == SourceKind.HASHTAG else request.identifier
    run_input: ActorInput = {
        "directUrls": [f"https://www.instagram.com/{path}/"],
        "resultsType": "posts",
        "resultsLimit": max_items,
    }
    return run_input | ({"onlyPostsNewerThan": f"{request.since:%Y-%m-%d}"} if request.since else {})


def _instagram_reels(_: SourceRequest, followups: Followups, max_items: int) -> ActorInput:
    return {"username": list(followups), "resultsLimit": max_items, "includeTranscript": True}


def _tiktok(request: SourceRequest, _: Followups, max_items: int) -> ActorInput:
    field = {SourceKind.PROFILE: "profiles", SourceKind.HASHTAG: "hashtags", SourceKind.SEARCH: "searchQueries"}
    return {
        field[request.kind]: [request.identifier],
        "resultsPerPage": max_items,
        "shouldDownloadSubtitles": True,
        "shouldDownloadVideos": False,
        "shouldDownloadCovers": False,
    }


def _linkedin(request: SourceRequest, _: Followups, max_items: int) -> ActorInput:
    return {"company_name": request.identifier, "limit": max_items, "sort": "recent"}


def _youtube(request: SourceRequest, _: Followups, max_items: int) -> ActorInput:
    limits: ActorInput = {
        "maxResults": max_items,
        "maxResultsShorts": 0,
        "maxResultStreams": 0,
        "downloadSubtitles": True,
        "subtitlesFormat": "srt",
    }
    if request.kind == SourceKind.SEARCH:
        return {"searchQueries": [request.identifier], **limits}
    return {"startUrls": [{"url": f"https://www.youtube.com/@{request.identifier}/videos"}], **limits}


def _web(request: SourceRequest, _: Followups, max_items: int) -> ActorInput:
    return {
        "startUrls": [{"url": request.identifier}],
        "maxCrawlPages": max_items,
        "maxResults": max_items,
        "maxCrawlDepth": 1,
        "crawlerType": "cheerio",
    }


RECIPES: dict[Platform, tuple[Step, ...]] = {
    Platform.INSTAGRAM: (
        Step(
            name="discovery",
            actor="apify/instagram-scraper",
            max_items=20,
            usd_per_item=Decimal("0.0027"),
            input=_instagram_posts,
            followup=transcript_followup,
        ),
        Step(
            name="enrichment",
            actor="apify/instagram-reel-scraper",
            max_items=5,
            usd_per_item=Decimal("0.01"),
            input=_instagram_reels,
            takes_followups=True,
        ),
    ),
    Platform.TIKTOK: (
        Step(
            name="posts",
            actor="clockworks/tiktok-scraper",
            max_items=15,
            usd_per_item=Decimal("0.005"),
            input=_tiktok,
        ),
    ),
    Platform.LINKEDIN: (
        Step(
            name="posts",
            actor="apimaestro/linkedin-company-posts",
            max_items=20,
            usd_per_item=Decimal("0.005"),
            input=_linkedin,
        ),
    ),
    Platform.YOUTUBE: (
        Step(
            name="videos",
            actor="streamers/youtube-scraper",
            max_items=10,
            usd_per_item=Decimal("0.005"),
            input=_youtube,
        ),
    ),
    Platform.WEB: (
        Step(
            name="pages",
            actor="apify/website-content-crawler",
            max_items=10,
            usd_per_item=Decimal("0.005"),
            input=_web,
        ),
    ),
}
