"""Django's settings. This is the only module that reads environment variables for what differs per deployment.

Names carry their units. The defaults are safe for production; `./dev up` sets `KAIRO_ENV=development`.
"""

from __future__ import annotations

import os
import secrets
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from kairo.core.quota_settings import read_quotas
from kairo.db.database_url import database_params, session_options
from kairo.db.health_checked_connection import HealthCheckedConnection, PrimaryConnection
from kairo.db.redis_url import normalized_redis_url

BASE_DIR = Path(__file__).resolve().parent.parent


def _text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


RENAMED_VARIABLES: dict[str, str] = {}  # those that are set under their old name, and the new one


def _renamed(name: str, *, old: str) -> str:
    """The variable to read: `name`, or `old` where only that one is set. CoreConfig logs the old names in use."""
    if old in os.environ:
        RENAMED_VARIABLES[old] = name
    return old if old in os.environ and name not in os.environ else name


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

# The key of the API tokens' hashes: changing it revokes every token.
SECRET_KEY = _text("KAIRO_SECRET_KEY")
if IS_PRODUCTION and len(SECRET_KEY) < 32 and (SECRET_KEY or _text("DATABASE_URL")):
    raise ImproperlyConfigured("KAIRO_SECRET_KEY must be set in production: 32 or more random characters, kept secret.")
SECRET_KEY = SECRET_KEY or secrets.token_urlsafe(48)

ALLOWED_HOSTS = _list("KAIRO_ALLOWED_HOSTS", "" if IS_PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
if railway_host := _text("RAILWAY_PUBLIC_DOMAIN"):
    ALLOWED_HOSTS.append(railway_host)

ROOT_URLCONF = "kairo.urls"
ASGI_APPLICATION = "kairo.asgi.application"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "schema",
    "kairo.core.apps.CoreConfig",
    "kairo.evidence.apps.EvidenceConfig",
    "kairo.demo.apps.DemoConfig",
    "kairo.hero.apps.HeroConfig",
]
MIDDLEWARE = [  # of every path but /graphql, whose headers are those of schema/server
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kairo.http.csp.ContentPolicyMiddleware",
    "kairo.http.request_id.RequestIdMiddleware",
    "kairo.http.health.HealthMiddleware",
    "django.middleware.common.CommonMiddleware",
]
APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_500_000  # bytes in a request body: 500 posts of 7 kB
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE + 1  # Django writes a larger body to a temporary file
REQUEST_BODY_TIMEOUT_S = _number("KAIRO_REQUEST_BODY_TIMEOUT_S", 20, least=0.1)  # from the head to the body's end
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"


def _origins(name: str) -> list[str]:
    origins = [origin.rstrip("/").lower() for origin in _list(name)]
    for origin in origins:
        parts = urlsplit(origin)
        is_origin = (
            parts.scheme in {"http", "https"} and parts.hostname and f"{parts.scheme}://{parts.netloc}" == origin
        )
        if not is_origin or "*" in origin:
            raise ImproperlyConfigured(f"{name} takes origins such as https://app.example; {origin!r} is not one.")
    return origins


# Exact origins of the web pages whose scripts may call the API. It uses no cookies, so credentials are not allowed.
CORS_ALLOWED_ORIGINS = _origins("KAIRO_CORS_ORIGINS")
CORS_MORE_HEADERS = [name.lower() for name in _list("KAIRO_CORS_HEADERS")]  # beside those of schema/server


def _database(name: str, url: str, *, is_primary: bool) -> dict[str, Any]:
    defaults = {"connect_timeout": str(int(DATABASE_CONNECT_TIMEOUT_S)), "application_name": "kairo"}
    options = database_params(name, url, is_primary=is_primary, defaults=defaults)
    parts = {key: str(options.pop(key, "")) for key in ("dbname", "user", "password", "host", "port")}
    if not DATABASE_TRANSACTION_POOLING:  # a pooler rejects options; set them with ALTER ROLE or ALTER DATABASE
        limits = {
            "statement_timeout": str(int(DATABASE_STATEMENT_TIMEOUT_S * 1000)),
            "lock_timeout": str(int(DATABASE_LOCK_TIMEOUT_S * 1000)),
            # For memory and SSDs. With the default of 4, for spinning disks, the planner scans the whole tables that a
            # job reads until they have about ten thousand rows.
            "random_page_cost": "1.1",
        }
        options["options"] = session_options(options.get("options", ""), limits)
    options["client_encoding"] = "UTF8"
    # Repeated statements are prepared: planning is half the cost of small ones.
    options["server_side_binding"] = DATABASE_PREPARED_STATEMENTS
    options["prepare_threshold"] = 3 if DATABASE_PREPARED_STATEMENTS else None
    pooled = DATABASE_POOL_MAX_SIZE > 0
    if pooled:
        # Each ASGI request runs in its own thread, so persistent connections per thread would accumulate.
        options["pool"] = {
            "min_size": 0,
            "max_size": int(DATABASE_POOL_MAX_SIZE),
            # Leaves time for one probe and for the 503 response.
            "timeout": 0.75 * DATABASE_CONNECT_TIMEOUT_S,
            "max_idle": 300,
            "reconnect_timeout": 0,  # the next request tries again, however long the database was down
            "connection_class": PrimaryConnection if is_primary else HealthCheckedConnection,
        }
    return {
        "ENGINE": "kairo.db.backend",
        "NAME": parts["dbname"],
        "USER": parts["user"],
        "PASSWORD": parts["password"],
        "HOST": parts["host"],
        "PORT": parts["port"],
        "CONN_MAX_AGE": 0 if pooled else None,
        # A worker needs none: its first statement for a job is the claim, which reconnects.
        "CONN_HEALTH_CHECKS": pooled,
        "DISABLE_SERVER_SIDE_CURSORS": DATABASE_TRANSACTION_POOLING,
        "OPTIONS": options,
    }


DATABASE_STATEMENT_TIMEOUT_S = _number("KAIRO_DATABASE_STATEMENT_TIMEOUT_S", 30)
# The client's own timeout, for a frozen server that does not enforce the statement timeout.
DATABASE_CLIENT_TIMEOUT_S = DATABASE_STATEMENT_TIMEOUT_S + 2 if DATABASE_STATEMENT_TIMEOUT_S else None
DATABASE_LOCK_TIMEOUT_S = _number("KAIRO_DATABASE_LOCK_TIMEOUT_S", 5)
DATABASE_CONNECT_TIMEOUT_S = _number("KAIRO_DATABASE_CONNECT_TIMEOUT_S", 2, least=1)
# 0 means no pool: each thread keeps its connection, as in workers.
DATABASE_POOL_MAX_SIZE = _number("KAIRO_DATABASE_POOL_MAX_SIZE", 10)
# Whether DATABASE_URL is PgBouncer in transaction mode, which keeps no session state: no prepared statements, no role.
DATABASE_TRANSACTION_POOLING = _flag("KAIRO_DATABASE_TRANSACTION_POOLING", default=False)
DATABASE_PREPARED_STATEMENTS = _flag("KAIRO_DATABASE_PREPARED_STATEMENTS", default=not DATABASE_TRANSACTION_POOLING)
# Whether requests run in the web role, which sees only its tenant's rows. Migrations create the roles.
ROW_SECURITY = _text("KAIRO_ROW_SECURITY", "on").lower() not in {"0", "false", "no", "off"}
# The role of a process without tenant scopes; `kairo worker` sets it. Empty: the database user's own role.
DATABASE_ROLE = "" if DATABASE_TRANSACTION_POOLING else _text("KAIRO_DATABASE_ROLE")
DATABASE_URL = _text("DATABASE_URL", "postgresql://kairo@127.0.0.1:5432/kairo")
DATABASES = {"default": _database("DATABASE_URL", DATABASE_URL, is_primary=True)}
# A replica for reads that tolerate lag: see kairo/db/replica.py.
if DATABASE_READ_URL := _text("KAIRO_DATABASE_READ_URL"):
    DATABASES["replica"] = _database("KAIRO_DATABASE_READ_URL", DATABASE_READ_URL, is_primary=False)
    DATABASE_ROUTERS = ["kairo.db.replica.ReplicaRouter"]

# Without Redis nothing is rate limited and, without KAIRO_BROKER_URL, opportunities_worker polls PostgreSQL for jobs.
REDIS_URL = normalized_redis_url("REDIS_URL", _text("REDIS_URL"))
# A separate broker: another Redis, or RabbitMQ (amqp://user:password@host:5672/%2F).
BROKER_URL = _text("KAIRO_BROKER_URL")
if urlsplit(BROKER_URL).scheme not in {"amqp", "amqps"}:
    BROKER_URL = normalized_redis_url("KAIRO_BROKER_URL", BROKER_URL)
REDIS_TIMEOUT_S = _number("KAIRO_REDIS_TIMEOUT_S", 0.5, least=0.05)

# Dotted path of the class that implements kairo.hero.ports.Synthesizer; empty disables synthesis.
KAIRO_SYNTHESIZER = os.environ.get("KAIRO_SYNTHESIZER", "kairo.hero.engine.built_in.BuiltinSynthesizer").strip()

# Dotted paths of the source adapters, which implement kairo.evidence.ports.
KAIRO_EVIDENCE_SOURCES = _list(
    "KAIRO_EVIDENCE_SOURCES", "kairo.integrations.apify.source.ApifySource,kairo.integrations.feeds.source.FeedSource"
)
# Feeds on loopback addresses are refused. Tests override this; no environment variable can.
FEEDS_ALLOW_LOOPBACK = False
# Dotted paths of the functions that parse files of a scraper's raw items (kairo.evidence.importing.raw_readers).
KAIRO_RAW_READERS = _list("KAIRO_RAW_READERS", "kairo.integrations.apify.normalizers.index.read_raw")

# A worker leases an ingestion job for one step; a job that waits for a source run has no lease.
INGEST_LEASE_S = _number("KAIRO_INGEST_LEASE_S", 60, least=0.2)
INGEST_DEADLINE_S = _number(_renamed("KAIRO_INGEST_DEADLINE_S", old="KAIRO_INGEST_CEILING_S"), 900, least=1)
INGEST_POLL_S = _number("KAIRO_INGEST_POLL_S", 10, least=0.1)
# The deployment's public base URL, such as https://kairo.example, for the webhooks of sources.
KAIRO_PUBLIC_URL = _text("KAIRO_PUBLIC_URL").rstrip("/")
# Apify runs, which cost money, start only with a token and with this set to true. Caps are in US dollars.
APIFY_ENABLED = _text("APIFY_ENABLED").lower() == "true"
APIFY_TOKEN = _text("APIFY_TOKEN")
APIFY_API_URL = _text("APIFY_API_URL", "https://api.apify.com")
APIFY_TIMEOUT_S = _number("APIFY_TIMEOUT_S", 20, least=0.1)  # per request
APIFY_PER_REGENERATE_CAP_USD = _usd("APIFY_PER_REGENERATE_CAP_USD", "0.25")
APIFY_DAILY_SPEND_CAP_USD = _usd("APIFY_DAILY_SPEND_CAP_USD", "0.50")
APIFY_BUDGET_TOTAL_USD = _usd("APIFY_BUDGET_TOTAL_USD", "5.00")
# Dotted path of the function that decides whether a brand has enough evidence to stop ingestion; empty: never.
KAIRO_EVIDENCE_ENOUGH = _text("KAIRO_EVIDENCE_ENOUGH", "kairo.hero.generation.evidence_enough.enough")

JOB_LEASE_S = _number("KAIRO_JOB_LEASE_S", 60, least=0.2)
JOB_HEARTBEAT_S = _number("KAIRO_JOB_HEARTBEAT_S", 10, least=0.05)
JOB_DEADLINE_S = _number(_renamed("KAIRO_JOB_DEADLINE_S", old="KAIRO_JOB_CEILING_S"), 600, least=1)
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

# Days after which an unreferenced evidence item may be pruned; 0 keeps all.
EVIDENCE_RETENTION_DAYS = _number("KAIRO_EVIDENCE_RETENTION_DAYS", 180)
if 0 < EVIDENCE_RETENTION_DAYS < 30:
    raise ImproperlyConfigured(
        f"KAIRO_EVIDENCE_RETENTION_DAYS must be 0, which keeps all, or 30 or more: boards are made from 30 days of "
        f"posts. It is {EVIDENCE_RETENTION_DAYS:g}."
    )

# The manifest of persisted operations, and whether only those are served.
KAIRO_PERSISTED_OPERATIONS = _text("KAIRO_PERSISTED_OPERATIONS")
KAIRO_PERSISTED_ONLY = _flag("KAIRO_PERSISTED_ONLY", default=False)
if KAIRO_PERSISTED_ONLY and not KAIRO_PERSISTED_OPERATIONS:
    raise ImproperlyConfigured("KAIRO_PERSISTED_ONLY needs KAIRO_PERSISTED_OPERATIONS, or nothing would be served.")

# Cost per minute, in the API's cost units; 0 means no limit. Counted in Redis, across processes. A token that polls a
# whole board every second spends about 110,000.
RATE_LIMIT_TOKEN_COST_PER_MIN = int(_number("KAIRO_RATE_LIMIT_TOKEN_COST_PER_MIN", 20_000_000 if IS_PRODUCTION else 0))
RATE_LIMIT_TENANT_COST_PER_MIN = int(
    _number("KAIRO_RATE_LIMIT_TENANT_COST_PER_MIN", 60_000_000 if IS_PRODUCTION else 0)
)
QUOTAS = read_quotas(_number, is_production=IS_PRODUCTION)
# The number of own proxies that append to X-Forwarded-For; 0 ignores the header.
PROXY_HOPS = int(_number("KAIRO_PROXY_HOPS", 0))
# Failed authentications per client address before it is refused without a database query.
RATE_LIMIT_FAILED_AUTH_PER_MIN = int(_number("KAIRO_RATE_LIMIT_FAILED_AUTH_PER_MIN", 60 if IS_PRODUCTION else 0))

# The board cache: responses about today's board, in memory, each revalidated against the database before it is served;
# see docs/decisions/0007. With KAIRO_HOT_PATH_JOINED, concurrent requests share one revalidation statement.
KAIRO_HOT_PATH = _flag("KAIRO_HOT_PATH", default=True)
KAIRO_HOT_PATH_JOINED = _flag("KAIRO_HOT_PATH_JOINED", default=True)
KAIRO_HOT_PATH_MEMORY_MB = _number("KAIRO_HOT_PATH_MEMORY_MB", 64)
KAIRO_HOT_PATH_CONNECTIONS = int(_number("KAIRO_HOT_PATH_CONNECTIONS", 4, least=1))

# Who may introspect the schema: every caller, or tokens with the scope admin.
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
        "django.security.DisallowedHost": {"filters": ["one_warning"]},  # any client can send an unknown Host
        "strawberry.execution": {"level": "CRITICAL"},  # schema/schema.py logs each error once, with its request id
        "uvicorn": {"handlers": [], "propagate": True},
        "uvicorn.access": {"handlers": [], "propagate": False},  # the proxy in front writes access logs
    },
}
