"""Reads a URL of Redis or Valkey as redis-py does, and connects to it with Kairo's time limits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

import redis
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.connection import URL_QUERY_ARGUMENT_PARSERS
from redis.exceptions import ClusterDownError, MasterDownError, MovedError, NoPermissionError, ReadOnlyError
from redis.retry import Retry

_SCHEMES = {"redis": "redis", "rediss": "rediss", "unix": "unix", "valkey": "redis", "valkeys": "rediss"}
_FILES = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_ca_path")
_TEXTS = {"client_name", "username", "password", "ssl_cert_reqs", "ssl_password", "ssl_ca_data", "ssl_ciphers", *_FILES}
_TIMEOUTS = ("socket_timeout", "socket_connect_timeout")
# Errors of a server that is not the one to talk to. The connection is closed, so that the next command is sent to the
# server that the name leads to by then; redis-py closes it only after errors of the connection itself.
_WRONG_SERVER = (ReadOnlyError, MasterDownError, MovedError, ClusterDownError, NoPermissionError)


def normalized_redis_url(name: str, url: str) -> str:
    """The URL as redis-py takes it: valkey:// is redis://, and family=0 is left out, which redis-py does anyway.

    `name` is the variable's, for the errors, which quote no password. An empty URL stays empty.

    Raises:
        ImproperlyConfigured: redis-py would refuse the URL, or a part of it.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES:
        also = " or amqp://user:password@host:5672" if name == "KAIRO_BROKER_URL" else ""
        raise ImproperlyConfigured(f"{name} must look like redis://user:password@host:6379/0{also}.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if options.get("family") == "0":  # for clients that use IPv4 alone unless told otherwise
        del options["family"]
    if unknown := sorted(options.keys() - URL_QUERY_ARGUMENT_PARSERS.keys() - _TEXTS):
        raise ImproperlyConfigured(f"{name} has options that redis-py does not know: {', '.join(unknown)}.")
    number = parts.path.strip("/")
    if parts.scheme != "unix" and number and not number.isdecimal():
        raise ImproperlyConfigured(
            f"{name} must end with the number of a database, as in redis://host:6379/0; a password's / is written %2F."
        )
    for key in _FILES:
        if key in options and not os.access(options[key], os.R_OK):
            raise ImproperlyConfigured(f"{name} names a file as {key} that cannot be read.")
    taken = _with_options(url, scheme=_SCHEMES[parts.scheme], options=options)
    try:
        pool = redis.ConnectionPool.from_url(taken)
        pool.connection_class(**pool.connection_kwargs)  # connects at its first command
    except (redis.RedisError, TypeError, ValueError):
        raise ImproperlyConfigured(
            f"{name} cannot be used: redis-py refuses its port, or the value of an option"
            " (a password's / is written %2F, its % is %25)."
        ) from None
    return taken


def connection_pool(url: str, *, timeout_s: float, retry: Retry | None = None, **more: Any) -> redis.ConnectionPool:
    """A pool in which no command waits longer than `timeout_s`, or than the URL says where that is less."""
    own = retry or Retry(NoBackoff(), 0)
    own.update_supported_errors(_WRONG_SERVER)
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))  # which win over the arguments of from_url
    for key in _TIMEOUTS:
        options[key] = str(min(timeout_s, float(options.get(key, timeout_s))))
    return redis.ConnectionPool.from_url(_with_options(url, scheme=parts.scheme, options=options), retry=own, **more)


def _with_options(url: str, *, scheme: str, options: Mapping[str, str]) -> str:
    rest = url.partition("://")[2].partition("?")[0]
    return f"{scheme}://{rest}" + (f"?{urlencode(options)}" if options else "")


def require_writes(client: redis.Redis, *, key: str) -> None:
    """Writes under `key` by a script, as messages and counters are: a server may answer PING and take neither.

    Raises:
        redis.RedisError, OSError, UnicodeError: it cannot do that, or is no Redis.
    """
    cast(Any, client).eval(_PROBE, 1, key)


_PROBE = """
redis.call('hset', KEYS[1], 'probe', '1')
return redis.call('pexpire', KEYS[1], 60000)
"""
