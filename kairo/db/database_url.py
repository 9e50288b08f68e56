"""Reads a database URL as libpq does, so that a mistake in it ends the start and not the first request."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict, make_conninfo, timeout_from_conninfo
from psycopg.pq import Conninfo, ConnStatus, PGconn

PRIMARY = "primary"
# Settings of a session on which Kairo's SQL and psycopg's decoding rely, whatever the role or the database says.
SESSION = {
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "standard_conforming_strings": "on",
    "default_transaction_isolation": "read committed",
    "row_security": "on",
}
# A server's machine that is gone is noticed within about ten seconds; the system's own default is two hours.
_KEEPALIVE = {
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
_WRITABLE = {PRIMARY, "read-write"}
_OPTIONS = re.compile(r"\s*(?:(?:-c\s*|--)[A-Za-z_][\w.-]*=(?:\\.|[^\s\\])*(?:\s+|$))*", re.DOTALL)
_SAFE_QUOTES = re.compile(r'(?:URI query parameter:|[a-z_]+ value:|definition of service) "[^"]*"|weak sslmode ')
_NOWHERE = "/nonexistent"  # no socket lies here, so libpq checks the parameters and reaches no server
_FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl", "sslcrldir")


def database_params(name: str, url: str, *, is_primary: bool, defaults: Mapping[str, str]) -> dict[str, Any]:
    """libpq's parameters: the URL's, those of libpq's environment variables that it leaves out, and `defaults`.

    The primary's connections lead to a server that is not a standby. `name` is the variable's, for the errors.

    Raises:
        ImproperlyConfigured: libpq would refuse the URL, or no request could be served with it. The sentence quotes no
            part that may be a password.
    """
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"{name} must look like postgresql://user:password@host:5432/name.")
    try:
        given = conninfo_to_dict(_with_escaped_password(url))
    except psycopg.Error as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {_without_secrets(str(error))}") from None
    params = {**_from_environment(), **given}
    if is_primary and params.setdefault("target_session_attrs", PRIMARY) not in _WRITABLE:
        raise ImproperlyConfigured(
            f"{name} must lead to the server that takes writes: target_session_attrs may be primary (the default) or"
            f" read-write; it is {params['target_session_attrs']!r}."
        )
    if not params.get("dbname") and not params.get("service"):
        raise ImproperlyConfigured(f"{name} must name a database, as in postgresql://user:password@host:5432/name.")
    for key, value in {**_KEEPALIVE, **defaults}.items():
        params.setdefault(key, value)
    _check(name, params)
    _check_files(name, params)
    if not _OPTIONS.fullmatch(str(params.get("options", ""))):
        raise ImproperlyConfigured(
            f"{name}'s options must look like `-c name=value`, percent-encoded: %20 for a space, %3D for the sign."
        )
    return params


def session_options(given: str, limits: Mapping[str, str]) -> str:
    """The start-up options of a session: `limits`, then the URL's own, which win over them, then `SESSION`."""
    return " ".join(filter(None, (_as_options(limits), given.strip(), _as_options(SESSION))))


def _as_options(values: Mapping[str, str]) -> str:
    return " ".join(f"-c {name}={value}".replace(" ", "\\ ").replace("-c\\ ", "-c ") for name, value in values.items())


def _with_escaped_password(url: str) -> str:
    """The URL with each @ but the last before the host encoded: libpq ends a password at the first."""
    scheme, _, rest = url.partition("://")
    authority = re.split(r"[/?]", rest)[0]
    user, at, place = authority.rpartition("@")
    return f"{scheme}://{user.replace('@', '%40')}{at}{place}{rest[len(authority) :]}"


def _from_environment() -> dict[str, str]:
    """What PGHOST, PGOPTIONS and libpq's other variables set."""
    return {
        option.keyword.decode(): option.val.decode()
        for option in Conninfo.get_defaults()
        if option.envvar and option.val and os.environ.get(option.envvar.decode())
    }


def _check(name: str, params: Mapping[str, Any]) -> None:
    """Has libpq check the parameters. Nothing is sent: no host is resolved, and no server reached."""
    hosts = str(params.get("hostaddr") or params.get("host") or "").count(",") + 1
    unreachable = {key: value for key, value in params.items() if key not in {"host", "hostaddr"}}
    for key in (*_KEEPALIVE, "keepalives"):
        if not str(params.get(key, "0")).isdecimal():
            raise ImproperlyConfigured(f"{name} has a {key} that is no whole number.")
    try:
        timeout_from_conninfo(dict(params))
        conninfo = make_conninfo(host=",".join([_NOWHERE] * hosts), **unreachable)
        connection = PGconn.connect_start(conninfo.encode())
        refusal = connection.get_error_message() if connection.status == ConnStatus.BAD else ""
        connection.finish()
    except psycopg.Error as error:
        refusal = str(error)
    if refusal and not refusal.startswith("connection to server on socket"):
        raise ImproperlyConfigured(f"{name} cannot be used: {_without_secrets(refusal)}")


def _check_files(name: str, params: dict[str, Any]) -> None:
    for key in _FILES:
        path = params.get(key)
        if path and not (key == "sslrootcert" and path == "system") and not os.access(str(path), os.R_OK):
            raise ImproperlyConfigured(f"{name} names a file as {key} that cannot be read.")
    home = Path(os.environ.get("HOME") or "/") / ".postgresql"
    verifies = str(params.get("sslmode", "")).startswith("verify-")
    if verifies and not params.get("sslrootcert") and not os.access(home / "root.crt", os.R_OK):
        raise ImproperlyConfigured(
            f"{name} asks for sslmode={params['sslmode']}, which needs sslrootcert: a file of certificates, or system."
        )
    if not params.get("sslcert") and not _can_look_for(home / "postgresql.crt"):
        # libpq would fail at a home folder that it may not enter, and go on without TLS.
        params["sslcertmode"] = "disable"


def _can_look_for(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return os.access(path, os.R_OK)


def _without_secrets(message: str) -> str:
    """The first line of libpq's message; a quoted text is left out if it may be a part of the password."""
    line = message.strip().splitlines()[0] if message.strip() else "libpq refuses it"
    if '"' not in line or _SAFE_QUOTES.search(line):
        return f"{line}."
    return f"{line.split(chr(34))[0].rstrip(' :')} … (a password's / must be written %2F, its % as %25)."
