"""Whether a database is one that Kairo can run on: `migrate` and /readyz refuse it by one sentence otherwise."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_RELIED_ON = {
    "client_encoding": "UTF8",
    "DateStyle": "ISO",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "standard_conforming_strings": "on",
}
_STATE = (
    "SELECT current_setting('server_encoding'), pg_is_in_recovery(), current_setting('transaction_read_only'), "
    + ", ".join(f"current_setting('{name}')" for name in _RELIED_ON)
)


def refused_because(connection: BaseDatabaseWrapper) -> str | None:
    """Why requests could not be served from this database as it is; None if they can. One SQL statement.

    Raises:
        DatabaseError: it does not answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        encoding, is_standby, is_read_only, *session = cursor.fetchone()
    if encoding != "UTF8":
        return (
            f"the database's encoding is {encoding}, and Kairo stores UTF8: make one with CREATE DATABASE … ENCODING"
            " 'UTF8' TEMPLATE template0"
        )
    if is_standby:
        return "standby: the server is in recovery and takes no writes"
    if is_read_only == "on":
        return "read_only: the server takes no writes (default_transaction_read_only)"
    for (name, wanted), found in zip(_RELIED_ON.items(), session, strict=True):
        if not found.startswith(wanted):
            return (
                f"{name} is {found} and must be {wanted}: set it by ALTER DATABASE … SET, or have the pooler pass it on"
            )
    return None
