"""What the code knows about each platform: one `PlatformSpec` a platform, read by every package that needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kairo.core.enums import Channel, ContentType, Platform


@dataclass(frozen=True, kw_only=True, slots=True)
class PostUrl:
    """One form in which a platform links a post.

    `path`, `hosts` and `parameter_value` are regular expressions that match whole strings. Their named groups fill the
    post's canonical `address`. `hosts` defaults to the platform's. Where the query string holds the post's id,
    `parameter` names the parameter and `parameter_value` matches its value.
    """

    path: str
    address: str
    hosts: str = ""
    parameter: str = ""
    parameter_value: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlatformSpec:
    """One platform.

    `prose_name` is its name inside a sentence. `aliases` are other names that imported records use, in lower case.
    `content_type_aliases` are its own words for content types; they apply to records of any platform.
    `hosts` is a regular expression of its host names, and `canonical_host` replaces each of them.
    `channels` are the channels for which the gates require its posts. `channel_affinity` says how well its posts
    carry over to other channels, 0 to 1. `has_handles` is true where authors are cited with @. `stopwords` are words
    for the platform that say nothing about a post's topic.
    """

    prose_name: str
    default_content_type: ContentType
    aliases: tuple[str, ...] = ()
    content_type_aliases: Mapping[str, ContentType] = field(default_factory=dict)
    hosts: str = ""
    canonical_host: str = ""
    post_urls: tuple[PostUrl, ...] = ()
    channels: tuple[Channel, ...] = ()
    channel_affinity: Mapping[Channel, float] = field(default_factory=dict)
    has_handles: bool = False
    stopwords: tuple[str, ...] = ()


_YOUTUBE_ID = r"(?P<id>(?!videoseries|live_stream)[\w-]{11})"
_YOUTUBE_VIDEO = "https://www.youtube.com/watch?v={id}"
_LINKEDIN_POST = "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}"

PLATFORMS: Mapping[Platform, PlatformSpec] = {
    Platform.INSTAGRAM: PlatformSpec(
        prose_name="Instagram",
        default_content_type=ContentType.POST,
        content_type_aliases={
            "image": ContentType.POST,
            "photo": ContentType.POST,
            "carousel": ContentType.POST,
            "sidecar": ContentType.POST,
            "reels": ContentType.REEL,
        },
        hosts=r"((www|m)\.)?(instagram\.com|instagr\.am)",
        canonical_host="www.instagram.com",
        post_urls=(
            PostUrl(
                path=r"/([\w.]+/)?(?P<kind>p|tv)/(?P<id>[\w-]+)(/.*)?",
                address="https://www.instagram.com/{kind}/{id}/",
            ),
            PostUrl(
                path=r"/([\w.]+/)?reels?/(?!audio/|videos/)(?P<id>[\w-]+)(/.*)?",
                address="https://www.instagram.com/reel/{id}/",
            ),
        ),
        channels=(Channel.INSTAGRAM,),
        channel_affinity={Channel.TIKTOK: 0.8, Channel.YOUTUBE: 0.6, Channel.LINKEDIN: 0.35},
        has_handles=True,
        stopwords=("instagram",),
    ),
    Platform.TIKTOK: PlatformSpec(
        prose_name="TikTok",
        default_content_type=ContentType.SHORT_VIDEO,
        hosts=r"((www|m)\.)?tiktok\.com",
        canonical_host="www.tiktok.com",
        post_urls=(
            PostUrl(
                path=r"/@(?P<author>[\w.-]*)/(?P<kind>video|photo)/(?P<id>\d+)/?",
                address="https://www.tiktok.com/@{author}/{kind}/{id}",
            ),
        ),
        channels=(Channel.TIKTOK,),
        channel_affinity={Channel.INSTAGRAM: 0.8, Channel.YOUTUBE: 0.6, Channel.LINKEDIN: 0.3},
        has_handles=True,
        stopwords=("tiktok",),
    ),
    Platform.LINKEDIN: PlatformSpec(
        prose_name="LinkedIn",
        default_content_type=ContentType.TEXT_POST,
        content_type_aliases={"text": ContentType.TEXT_POST},
        hosts=r"((www|m|[a-z]{2})\.)?linkedin\.com",
        canonical_host="www.linkedin.com",
        post_urls=(
            PostUrl(
                path=r"/(feed/update|embed/feed/update)/urn(:|%3A)li(:|%3A)"
                r"(?P<kind>activity|share|ugcPost)(:|%3A)(?P<id>\d+)/?",
                address=_LINKEDIN_POST,
            ),
            PostUrl(
                path=r"/posts/.*[-_](?P<kind>activity|share|ugcPost)-(?P<id>\d{10,})(-[\w-]*)?/?",
                address=_LINKEDIN_POST,
            ),
        ),
        channels=(Channel.LINKEDIN,),
        channel_affinity={Channel.X: 0.6, Channel.NEWSLETTER: 0.6},
        stopwords=("linkedin",),
    ),
    Platform.YOUTUBE: PlatformSpec(
        prose_name="YouTube",
        default_content_type=ContentType.VIDEO,
        content_type_aliases={"short": ContentType.SHORT_VIDEO, "shorts": ContentType.SHORT_VIDEO},
        hosts=r"((www|m|music|gaming)\.)?(youtube|youtube-nocookie)\.com",
        canonical_host="www.youtube.com",
        post_urls=(
            PostUrl(hosts=r"(www\.)?youtu\.be", path=rf"/{_YOUTUBE_ID}/?", address=_YOUTUBE_VIDEO),
            PostUrl(path=r"/watch/?", parameter="v", parameter_value=_YOUTUBE_ID, address=_YOUTUBE_VIDEO),
            PostUrl(path=rf"/(shorts|embed|live|v|e)/{_YOUTUBE_ID}/?", address=_YOUTUBE_VIDEO),
        ),
        channels=(Channel.YOUTUBE,),
        channel_affinity={Channel.TIKTOK: 0.5, Channel.INSTAGRAM: 0.5},
        stopwords=("youtube",),
    ),
    Platform.X: PlatformSpec(
        prose_name="X",
        default_content_type=ContentType.TEXT_POST,
        aliases=("twitter",),
        content_type_aliases={"tweet": ContentType.TEXT_POST},
        hosts=r"((www|m|mobile)\.)?(x|twitter)\.com",
        canonical_host="x.com",
        post_urls=(
            PostUrl(path=r"/i/(web/)?status/(?P<id>\d+)(/.*)?", address="https://x.com/i/status/{id}"),
            PostUrl(
                path=r"/(?P<author>\w+)/status(es)?/(?P<id>\d+)(/.*)?", address="https://x.com/{author}/status/{id}"
            ),
        ),
        channels=(Channel.X,),
        channel_affinity={Channel.LINKEDIN: 0.6},
        has_handles=True,
        stopwords=("twitter",),
    ),
    Platform.WEB: PlatformSpec(
        prose_name="the web",
        default_content_type=ContentType.WEB_PAGE,
        aliases=("website",),
        content_type_aliases={"article": ContentType.WEB_PAGE, "page": ContentType.WEB_PAGE},
        channels=(Channel.NEWSLETTER,),
        channel_affinity={Channel.NEWSLETTER: 0.8, Channel.LINKEDIN: 0.5},
    ),
}
