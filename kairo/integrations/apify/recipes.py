"""Which actor reads what, with which input, at most how many items, for at most how much. Data, and nothing else.

The price of an item is what its actor asks at most when this was written. It need not be exact: Apify itself ends a run
of a paid actor rather than charge more than the estimate that is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kairo.core.enums import Platform
from kairo.evidence.enums import SourceKind
from kairo.evidence.ports import SourceRequest, Stage

MIN_VIEWS = 1_000  # of a video that is worth its transcript
RUN_TIMEOUT_S = 300  # Apify ends a run that takes longer

Followups = tuple[str, ...]
ActorInput = dict[str, object]


def no_followup(item: Mapping[str, object]) -> str:
    """Nothing of it is looked at more closely."""
    return ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A stage as Apify is told of it. `input` is made of what is asked for, the leads, and the most items."""

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
    """The address of a video that enough people saw; empty for any other post."""
    seen = [item.get(name) for name in ("videoPlayCount", "videoViewCount")]
    views = max((count for count in seen if isinstance(count, int) and not isinstance(count, bool)), default=0)
    is_video = item.get("type") == "Video" or item.get("productType") == "clips"
    url = item.get("url")
    return url if is_video and views >= MIN_VIEWS and isinstance(url, str) else ""


def _instagram_posts(request: SourceRequest, _: Followups, most: int) -> ActorInput:
    path = f"explore/tags/{request.identifier}" if request.kind == SourceKind.HASHTAG else request.identifier
    asked: ActorInput = {
        "directUrls": [f"https://www.instagram.com/{path}/"],
        "resultsType": "posts",
        "resultsLimit": most,
    }
    return asked | ({"onlyPostsNewerThan": f"{request.since:%Y-%m-%d}"} if request.since else {})


def _instagram_reels(_: SourceRequest, leads: Followups, most: int) -> ActorInput:
    return {"username": list(leads), "resultsLimit": most, "includeTranscript": True}


def _tiktok(request: SourceRequest, _: Followups, most: int) -> ActorInput:
    field = {SourceKind.PROFILE: "profiles", SourceKind.HASHTAG: "hashtags", SourceKind.SEARCH: "searchQueries"}
    return {
        field[request.kind]: [request.identifier],
        "resultsPerPage": most,
        "shouldDownloadSubtitles": True,
        "shouldDownloadVideos": False,
        "shouldDownloadCovers": False,
    }


def _linkedin(request: SourceRequest, _: Followups, most: int) -> ActorInput:
    return {"company_name": request.identifier, "limit": most, "sort": "recent"}


def _youtube(request: SourceRequest, _: Followups, most: int) -> ActorInput:
    limits: ActorInput = {
        "maxResults": most,
        "maxResultsShorts": 0,
        "maxResultStreams": 0,
        "downloadSubtitles": True,
        "subtitlesFormat": "srt",
    }
    if request.kind == SourceKind.SEARCH:
        return {"searchQueries": [request.identifier], **limits}
    return {"startUrls": [{"url": f"https://www.youtube.com/@{request.identifier}/videos"}], **limits}


def _web(request: SourceRequest, _: Followups, most: int) -> ActorInput:
    return {
        "startUrls": [{"url": request.identifier}],
        "maxCrawlPages": most,
        "maxResults": most,
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
