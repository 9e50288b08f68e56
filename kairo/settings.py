"""The one settings file. Everything that differs between places is read from the environment, here only.

Names carry their units. The defaults are safe for production; `KAIRO_ENV=development` is what `./dev up` sets.
"""

from __future__ import annotations

import os
import secrets
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from kairo.db.health_checked_connection import HealthCheckedConnection

BASE_DIR = Path(__file__).resolve().parent.parent


def _text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def _number(name: str, default: float, *, least: float = 0) -> float:
    raw = _text(name)
    try:
        value = float(raw) if raw else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number; it is {raw!r}.") from None
    if not value >= least:
        raise ImproperlyConfigured(f"{name} must be at least {least:g}; it is {value:g}.")
    return value


def _usd(name: str, default: str) -> Decimal:
    raw = _text(name) or default
    try:
        value = Decimal(raw)
    except InvalidOperation:
        raise ImproperlyConfigured(f"{name} must be an amount in US dollars such as 0.25; it is {raw!r}.") from None
    if not value.is_finite() or value < 0:
        raise ImproperlyConfigured(f"{name} must be an amount in US dollars, 0 or more; it is {raw!r}.")
    return value


def _flag(name: str, *, default: bool) -> bool:
    raw = _text(name).lower()
    if raw not in {"", "1", "true", "yes", "0", "false", "no"}:
        raise ImproperlyConfigured(f"{name} must be true or false; it is {raw!r}.")
    return raw in {"1", "true", "yes"} if raw else default


def _list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in _text(name, default).split(",") if part.strip()]


KAIRO_ENV = _text("KAIRO_ENV", "production")
if KAIRO_ENV not in {"development", "test", "production"}:
    raise ImproperlyConfigured(f"KAIRO_ENV must be development, test or production; it is {KAIRO_ENV!r}.")
DEBUG = False
IS_PRODUCTION = KAIRO_ENV == "production"

# API tokens are stored as hashes keyed with this: keep it, or every token is void.
SECRET_KEY = _text("KAIRO_SECRET_KEY")
if not SECRET_KEY:
    if IS_PRODUCTION and _text("DATABASE_URL"):
        raise ImproperlyConfigured("KAIRO_SECRET_KEY must be set in production: a long random string, kept secret.")
    SECRET_KEY = secrets.token_urlsafe(48)

ALLOWED_HOSTS = _list("KAIRO_ALLOWED_HOSTS", "" if IS_PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
if railway_host := _text("RAILWAY_PUBLIC_DOMAIN"):
    ALLOWED_HOSTS.append(railway_host)

ROOT_URLCONF = "kairo.urls"
ASGI_APPLICATION = "kairo.asgi.application"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "corsheaders",
    "schema",
    "kairo.core.apps.CoreConfig",
    "kairo.evidence.apps.EvidenceConfig",
    "kairo.demo.apps.DemoConfig",
    "kairo.hero.apps.HeroConfig",
]
MIDDLEWARE = [
    "kairo.http.conditional.NotModifiedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kairo.http.csp.ContentPolicyMiddleware",
    "kairo.http.request_id.RequestIdMiddleware",
    "kairo.http.health.HealthMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.common.CommonMiddleware",
]
APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_500_000  # bytes in a request body: 500 posts of 7 kB
REQUEST_BODY_TIMEOUT_S = _number(
    "KAIRO_REQUEST_BODY_TIMEOUT_S", 20, least=0.1
)  # from a request's head to its body's end
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"


def _origins(name: str) -> list[str]:
    origins = [origin.rstrip("/").lower() for origin in _list(name)]
    for origin in origins:
        parts = urlsplit(origin)
        whole = parts.scheme in {"http", "https"} and parts.hostname and f"{parts.scheme}://{parts.netloc}" == origin
        if not whole or "*" in origin:
            raise ImproperlyConfigured(f"{name} takes origins such as https://app.example; {origin!r} is not one.")
    return origins


# Web pages whose scripts may call the API, by exact origin. No cookie is ever looked at, so none is asked for.
CORS_ALLOWED_ORIGINS = _origins("KAIRO_CORS_ORIGINS")
CORS_URLS_REGEX = r"^/graphql$"
CORS_ALLOW_METHODS = ("GET", "POST")
# The last four make a browser ask before a request from another page: a GET needs one.
CORS_ALLOW_HEADERS = (
    "authorization",
    "content-type",
    "if-none-match",
    "x-request-id",
    "apollo-require-preflight",
    "graphql-require-preflight",
    "x-apollo-operation-name",
    "x-requested-with",
)
CORS_EXPOSE_HEADERS = ("ETag", "Retry-After", "X-Request-ID")


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("A database URL must look like postgresql://user:password@host:5432/name.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    statement_ms, lock_ms = int(DATABASE_STATEMENT_TIMEOUT_S * 1000), int(DATABASE_LOCK_TIMEOUT_S * 1000)
    if not DATABASE_TRANSACTION_POOLING:  # a pooler takes no options: there the database or its user has them
        # Rows are looked up in memory or on an SSD. At the server's default, made for turning disks, what a job
        # touches is read by whole tables until these have some ten thousand rows.
        planning = "-c random_page_cost=1.1"
        options.setdefault("options", f"-c statement_timeout={statement_ms} -c lock_timeout={lock_ms} {planning}")
    options.setdefault("connect_timeout", str(int(DATABASE_CONNECT_TIMEOUT_S)))
    options.setdefault("application_name", "kairo")
    # A statement that a connection sees again is planned once: planning is half the cost of the small ones here.
    options["server_side_binding"] = DATABASE_PREPARED_STATEMENTS
    options["prepare_threshold"] = 3 if DATABASE_PREPARED_STATEMENTS else None
    pooled = DATABASE_POOL_MAX_SIZE > 0
    if pooled:
        # Every request under ASGI runs in a thread of its own: connections that outlive it would pile up.
        options["pool"] = {
            "min_size": 0,
            "max_size": int(DATABASE_POOL_MAX_SIZE),
            # With a last probe in the end, and the answer "not available" itself, that is still in time.
            "timeout": 0.75 * DATABASE_CONNECT_TIMEOUT_S,
            "max_idle": 300,
            "reconnect_timeout": 0,  # whoever asks next tries again, however long the database was away
            "connection_class": HealthCheckedConnection,
        }
    return {
        "ENGINE": "kairo.db.backend",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0 if pooled else None,
        # A worker's first statement for a job is its claim, which is repeated on a new connection by itself.
        "CONN_HEALTH_CHECKS": pooled,
        "DISABLE_SERVER_SIDE_CURSORS": DATABASE_TRANSACTION_POOLING,
        "OPTIONS": options,
    }


DATABASE_STATEMENT_TIMEOUT_S = _number("KAIRO_DATABASE_STATEMENT_TIMEOUT_S", 30)
# The server ends a statement at its timeout. One that is frozen does not: a bit later its client gives up by itself.
DATABASE_CLIENT_TIMEOUT_S = DATABASE_STATEMENT_TIMEOUT_S + 2 if DATABASE_STATEMENT_TIMEOUT_S else None
DATABASE_LOCK_TIMEOUT_S = _number("KAIRO_DATABASE_LOCK_TIMEOUT_S", 5)
DATABASE_CONNECT_TIMEOUT_S = _number("KAIRO_DATABASE_CONNECT_TIMEOUT_S", 2, least=1)
# 0 is no pool: each thread keeps a connection, as a worker's few threads may.
DATABASE_POOL_MAX_SIZE = _number("KAIRO_DATABASE_POOL_MAX_SIZE", 10)
# Whether DATABASE_URL leads to PgBouncer in transaction mode: nothing may stay on a connection then, no role either.
DATABASE_TRANSACTION_POOLING = _flag("KAIRO_DATABASE_TRANSACTION_POOLING", default=False)
DATABASE_PREPARED_STATEMENTS = _flag("KAIRO_DATABASE_PREPARED_STATEMENTS", default=not DATABASE_TRANSACTION_POOLING)
# Whether requests are served in a role that sees the rows of their tenant alone; the roles come with the migrations.
ROW_SECURITY = _text("KAIRO_ROW_SECURITY", "on").lower() not in {"0", "false", "no", "off"}
# The role of a process that acts for no tenant: what workers take on by themselves; empty is the database user's own.
DATABASE_ROLE = "" if DATABASE_TRANSACTION_POOLING else _text("KAIRO_DATABASE_ROLE")
DATABASE_URL = _text("DATABASE_URL", "postgresql://kairo@127.0.0.1:5432/kairo")
DATABASES = {"default": _database(DATABASE_URL)}
# A replica, for reads that may be a moment old: see kairo/db/replica.py.
if DATABASE_READ_URL := _text("KAIRO_DATABASE_READ_URL"):
    DATABASES["replica"] = _database(DATABASE_READ_URL)
    DATABASE_ROUTERS = ["kairo.db.replica.ReplicaRouter"]

# Without Redis there is no broker and no rate limit: opportunities_worker runs the jobs.
REDIS_URL = _text("REDIS_URL")
# Where messages go instead: another Redis than that of the rate limits, or RabbitMQ (amqp://user:password@host:5672/%2F).
BROKER_URL = _text("KAIRO_BROKER_URL")
if BROKER_URL and urlsplit(BROKER_URL).scheme not in {"redis", "rediss", "unix", "amqp", "amqps"}:
    raise ImproperlyConfigured("KAIRO_BROKER_URL must look like redis://host:6379/0 or amqp://user:password@host:5672.")
REDIS_TIMEOUT_S = _number("KAIRO_REDIS_TIMEOUT_S", 0.5, least=0.05)

# The engine behind kairo.hero.ports.Synthesizer, by dotted path; empty switches synthesis off.
KAIRO_SYNTHESIZER = os.environ.get("KAIRO_SYNTHESIZER", "kairo.hero.engine.built_in.BuiltinSynthesizer").strip()

# What evidence is fetched by: dotted paths of classes that fill kairo.evidence.ports.
KAIRO_EVIDENCE_SOURCES = _list(
    "KAIRO_EVIDENCE_SOURCES", "kairo.integrations.apify.source.ApifySource,kairo.integrations.feeds.source.FeedSource"
)
# Feeds are asked for on the public internet only. Tests have theirs on this machine; no environment can say so.
FEEDS_ALLOW_LOOPBACK = False
# What files of scrapers' own items are read by: dotted paths of functions (kairo.evidence.importing.raw_readers).
KAIRO_RAW_READERS = _list("KAIRO_RAW_READERS", "kairo.integrations.apify.normalizers.index.read_raw")

# A worker holds an ingestion job for one step; while a run elsewhere is waited for, nobody does.
INGEST_LEASE_S = _number("KAIRO_INGEST_LEASE_S", 120, least=0.2)
INGEST_CEILING_S = _number("KAIRO_INGEST_CEILING_S", 900, least=1)
INGEST_POLL_S = _number("KAIRO_INGEST_POLL_S", 10, least=0.1)
# Where this deployment is reached from outside, such as https://kairo.example: sources tell it of their runs' ends.
KAIRO_PUBLIC_URL = _text("KAIRO_PUBLIC_URL").rstrip("/")
# Apify starts nothing, and so costs nothing, unless there is a token and this says true. Caps are in US dollars.
APIFY_ENABLED = _text("APIFY_ENABLED").lower() == "true"
APIFY_TOKEN = _text("APIFY_TOKEN")
APIFY_API_URL = _text("APIFY_API_URL", "https://api.apify.com")
APIFY_TIMEOUT_S = _number("APIFY_TIMEOUT_S", 20, least=0.1)  # of one call
APIFY_PER_REGENERATE_CAP_USD = _usd("APIFY_PER_REGENERATE_CAP_USD", "0.25")
APIFY_DAILY_SPEND_CAP_USD = _usd("APIFY_DAILY_SPEND_CAP_USD", "0.50")
APIFY_BUDGET_TOTAL_USD = _usd("APIFY_BUDGET_TOTAL_USD", "5.00")
# Says whether a brand's evidence is enough, so that reading more can stop; a dotted path, empty for never.
KAIRO_EVIDENCE_ENOUGH = _text("KAIRO_EVIDENCE_ENOUGH", "kairo.hero.generation.evidence_enough.enough")

JOB_LEASE_S = _number("KAIRO_JOB_LEASE_S", 60, least=0.2)
JOB_HEARTBEAT_S = _number("KAIRO_JOB_HEARTBEAT_S", 10, least=0.05)
JOB_CEILING_S = _number("KAIRO_JOB_CEILING_S", 600, least=1)
JOB_TIME_LIMIT_S = _number("KAIRO_JOB_TIME_LIMIT_S", 120, least=0.5)
JOB_MAX_ATTEMPTS = int(_number("KAIRO_JOB_MAX_ATTEMPTS", 3, least=1))
JOB_RETRY_BASE_S = _number("KAIRO_JOB_RETRY_BASE_S", 30)
JOB_REDISPATCH_S = _number("KAIRO_JOB_REDISPATCH_S", 5, least=0.1)
JOB_POLL_INTERVAL_S = _number("KAIRO_JOB_POLL_INTERVAL_S", 5, least=0.1)
JOB_SWEEP_INTERVAL_S = _number("KAIRO_JOB_SWEEP_INTERVAL_S", 15, least=0.1)
SYNTHESIS_TIME_LIMIT_S = _number("KAIRO_SYNTHESIS_TIME_LIMIT_S", 30, least=0.05)
WORKER_SHUTDOWN_GRACE_S = _number("KAIRO_WORKER_SHUTDOWN_GRACE_S", 25, least=0)

if JOB_LEASE_S < 2 * JOB_HEARTBEAT_S:
    raise ImproperlyConfigured(
        f"KAIRO_JOB_LEASE_S ({JOB_LEASE_S:g}) must be at least two heartbeats (KAIRO_JOB_HEARTBEAT_S is "
        f"{JOB_HEARTBEAT_S:g}): a lease that one late heartbeat ends would take jobs from living workers."
    )

# Days after which a stored post that nothing names may be pruned; 0 keeps all.
EVIDENCE_RETENTION_DAYS = _number("KAIRO_EVIDENCE_RETENTION_DAYS", 180)
if 0 < EVIDENCE_RETENTION_DAYS < 30:
    raise ImproperlyConfigured(
        f"KAIRO_EVIDENCE_RETENTION_DAYS must be 0, which keeps all, or 30 or more: boards are made from 30 days of "
        f"posts. It is {EVIDENCE_RETENTION_DAYS:g}."
    )

# A manifest of the operations that frontends were published with, and whether any other is served.
KAIRO_PERSISTED_OPERATIONS = _text("KAIRO_PERSISTED_OPERATIONS")
KAIRO_PERSISTED_ONLY = _flag("KAIRO_PERSISTED_ONLY", default=False)
if KAIRO_PERSISTED_ONLY and not KAIRO_PERSISTED_OPERATIONS:
    raise ImproperlyConfigured("KAIRO_PERSISTED_ONLY needs KAIRO_PERSISTED_OPERATIONS, or nothing would be served.")

# What may be asked for in a minute, in values as the API's limits count them; 0 is no limit. Counted in Redis, over
# all processes. A token that polls a whole board every second spends about 110,000.
RATE_LIMIT_TOKEN_COST_PER_MIN = int(_number("KAIRO_RATE_LIMIT_TOKEN_COST_PER_MIN", 20_000_000 if IS_PRODUCTION else 0))
RATE_LIMIT_TENANT_COST_PER_MIN = int(
    _number("KAIRO_RATE_LIMIT_TENANT_COST_PER_MIN", 60_000_000 if IS_PRODUCTION else 0)
)
# How many proxies of ours stand in front, each appending to X-Forwarded-For; 0 believes that header from nobody.
PROXY_HOPS = int(_number("KAIRO_PROXY_HOPS", 0))
# Failed authentications from one address, before it is answered without asking the database.
RATE_LIMIT_FAILED_AUTH_PER_MIN = int(_number("KAIRO_RATE_LIMIT_FAILED_AUTH_PER_MIN", 60 if IS_PRODUCTION else 0))

# Answers about today's board, held in memory in front of everything else and checked against the database each time
# they are served; see docs/decisions/0007. The checks of requests that wait at once are joined in one statement.
KAIRO_HOT_PATH = _flag("KAIRO_HOT_PATH", default=True)
KAIRO_HOT_PATH_JOINED = _flag("KAIRO_HOT_PATH_JOINED", default=True)
KAIRO_HOT_PATH_MEMORY_MB = _number("KAIRO_HOT_PATH_MEMORY_MB", 64)
KAIRO_HOT_PATH_CONNECTIONS = int(_number("KAIRO_HOT_PATH_CONNECTIONS", 4, least=1))

# Who may ask the API for its schema: every caller, or tokens with the scope admin.
KAIRO_INTROSPECTION = _text("KAIRO_INTROSPECTION", "admin" if IS_PRODUCTION else "everyone")
if KAIRO_INTROSPECTION not in {"everyone", "admin"}:
    raise ImproperlyConfigured(f"KAIRO_INTROSPECTION must be everyone or admin; it is {KAIRO_INTROSPECTION!r}.")

LOG_LEVEL = _text("KAIRO_LOG_LEVEL", "INFO").upper()
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "context": {"()": "kairo.observability.logs.ContextFilter"},
        "one_warning": {"()": "kairo.observability.logs.OneWarningFilter"},
    },
    "formatters": {
        "json": {"()": "kairo.observability.logs.JsonFormatter"},
        "text": {"()": "kairo.observability.logs.TextFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["context"],
            "formatter": "json" if IS_PRODUCTION else "text",
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"filters": ["one_warning"]},  # anyone can send a Host that is not ours
        "strawberry.execution": {"level": "CRITICAL"},  # schema/schema.py logs each error once, with its request id
        "uvicorn": {"handlers": [], "propagate": True},
        "uvicorn.access": {"handlers": [], "propagate": False},  # a line a request: the proxy in front writes those
    },
}
