"""The database roles of Kairo's processes. None can log in: the user of DATABASE_URL switches to one with SET ROLE."""

from __future__ import annotations

import logging
from time import monotonic
from typing import Any

import psycopg
from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger("kairo.db")

WEB = "kairo_web"  # reads and writes the rows of the tenant in `kairo.tenant_id`; no rows without one
WORKER = "kairo_worker"  # reads and writes the rows of every tenant, except API tokens
READER = "kairo_reader"  # reads the few columns, of every tenant, that decide whether a cached response is valid
ROLES = (WEB, WORKER, READER)

_ATTEMPTS = 10
_MANUAL_SETUP = (
    "Row security is off: the database user {user} may not create roles, or may not switch to them ({reason}). An "
    "administrator can run `{statements}`, and then you `python manage.py row_security`."
)


def create_roles(connection: BaseDatabaseWrapper) -> bool:
    """Creates the missing roles and grants them to the connection's user; returns whether it succeeded.

    Roles belong to the whole server, so a migration of another database may have created them, or may be creating them
    now. Without the privilege to do so, it logs the statements for an administrator and raises nothing.
    """
    for attempts_left in reversed(range(_ATTEMPTS)):
        try:
            with transaction.atomic(using=connection.alias):
                for role in ROLES:
                    _create_role(connection, role)
        except DatabaseError as error:
            if attempts_left and _sqlstate(error) in _CONCURRENT_DDL:
                continue
            _log_manual_setup(connection, reason=str(error).strip().splitlines()[0])
            return False
        return True
    raise AssertionError("the last attempt returns")


def can_set_role(connection: BaseDatabaseWrapper, role: str) -> bool:
    """Whether the role exists and the connection's user may SET ROLE to it."""
    with connection.cursor() as cursor:
        cursor.execute(SETTABLE_ROLE, [role])
        return cursor.fetchone() is not None


def existing_roles(connection: BaseDatabaseWrapper, *roles: str) -> list[str]:
    """Those of the roles for which `can_set_role` is true."""
    return [role for role in roles if can_set_role(connection, role)]


def is_role_ready(connection: psycopg.Connection[Any], role: str) -> bool:
    """Whether the connection's user may SET ROLE to this role and the migrations have granted its privileges.

    The process caches a positive result for good and a negative one for ten seconds, because a migration may run.
    """
    if role not in _ready_roles and monotonic() >= _next_check_at.get(role, 0):
        if is_role_ready_now(connection, role):
            _ready_roles.add(role)
        else:
            _note_missing(role)
    return role in _ready_roles


def is_role_ready_now(connection: psycopg.Connection[Any], role: str) -> bool:
    """As `is_role_ready`, from the database each time."""
    return connection.execute(_READY_ROLE, [role]).fetchone() is not None


def had_role(role: str) -> bool:
    """Whether `is_role_ready` was true once in this process."""
    return role in _ready_roles


def set_role(connection: psycopg.Connection[Any], role: str) -> bool:
    """Sets the session's role if it is ready; returns whether it is set."""
    result = connection.execute(f"SELECT set_config('role', rolname, false) FROM ({_READY_ROLE}) ready", [role])  # noqa: S608  constant SQL
    if result.fetchone() is None:
        _note_missing(role)
        return False
    return True


def _note_missing(role: str) -> None:
    if role not in _next_check_at:
        logger.warning("row security is off: there is no role %s that this database user may act in", role)
    _next_check_at[role] = monotonic() + _CHECK_INTERVAL_S


# A superuser may set any role; since PostgreSQL 16, membership alone is not enough.
SETTABLE_ROLE = (
    "SELECT rolname FROM pg_roles WHERE rolname = %s AND pg_has_role(session_user, oid,"
    " CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)"
)
# One migration grants this privilege and all others of the role in the same transaction.
_READY_ROLE = f"{SETTABLE_ROLE} AND has_table_privilege(oid, to_regclass('django_migrations'), 'SELECT')"
_CHECK_INTERVAL_S = 10.0
_ready_roles: set[str] = set()
_next_check_at: dict[str, float] = {}

# duplicate_object, unique_violation, lock_not_available, "tuple concurrently updated"
_CONCURRENT_DDL = {"42710", "23505", "55P03", "XX000"}


def _create_role(connection: BaseDatabaseWrapper, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {role} NOLOGIN")
    if not can_set_role(connection, role):
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT {role} TO SESSION_USER")


def _log_manual_setup(connection: BaseDatabaseWrapper, *, reason: str) -> None:
    user = connection.ops.quote_name(str(connection.settings_dict["USER"] or "SESSION_USER"))
    creates = "; ".join(f"CREATE ROLE {role} NOLOGIN" for role in ROLES)
    statements = f"{creates}; GRANT {', '.join(ROLES)} TO {user}"
    logger.warning(_MANUAL_SETUP.format(user=user, reason=reason, statements=statements))


def _sqlstate(error: DatabaseError) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)
