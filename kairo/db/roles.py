"""The database roles that processes act in. None can log in: whoever logs in with DATABASE_URL takes one on."""

from __future__ import annotations

import logging
from time import monotonic
from typing import Any

import psycopg
from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger("kairo.db")

WEB = "kairo_web"  # sees and writes the rows of the tenant in `kairo.tenant_id`, and none without one
WORKER = "kairo_worker"  # sees and writes every tenant's rows, API tokens excepted
READER = "kairo_reader"  # reads a few columns of every tenant's rows: what a cached answer's validity hangs on
ROLES = (WEB, WORKER, READER)

_TRIES = 10
_BY_HAND = (
    "Row security is off: the database user {user} may not make roles, or take them on ({reason}). An administrator "
    "can run `{statements}`, and then you `python manage.py row_security`."
)


def make_roles(connection: BaseDatabaseWrapper) -> bool:
    """Makes the roles that are missing and lets the user of this connection take them on; whether it can now.

    Roles belong to the whole server: another database's migration may have made them, or be making them now. Where
    the user may do neither, that is logged with what an administrator can do, and nothing fails.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            with transaction.atomic(using=connection.alias):
                for role in ROLES:
                    _make(connection, role)
        except DatabaseError as error:
            if tries_left and _sqlstate(error) in _RACES:
                continue
            _explain(connection, reason=str(error).strip().splitlines()[0])
            return False
        return True
    raise AssertionError("the last try either succeeds or explains itself")


def can_set_role(connection: BaseDatabaseWrapper, role: str) -> bool:
    """Whether there is this role and the user of this connection may act in it."""
    with connection.cursor() as cursor:
        cursor.execute(MAY_TAKE_ON, [role])
        return cursor.fetchone() is not None


def is_role_ready(connection: psycopg.Connection[Any], role: str) -> bool:
    """Whether a process may act in this role now: there is one, this user may take it on, and it was given its part.

    A yes is for good; a no is asked again after ten seconds, since the roles come with a migration.
    """
    if role not in _yes and monotonic() >= _no_until.get(role, 0):
        if connection.execute(_MAY_ACT_AS, [role]).fetchone():
            _yes.add(role)
        else:
            _note_no(role)
    return role in _yes


def set_role(connection: psycopg.Connection[Any], role: str) -> bool:
    """Makes this the role of the whole session, if it may be; whether it is."""
    taken = connection.execute(f"SELECT set_config('role', rolname, false) FROM ({_MAY_ACT_AS}) may", [role])  # noqa: S608  ours
    if taken.fetchone() is None:
        _note_no(role)
        return False
    return True


def _note_no(role: str) -> None:
    if role not in _no_until:
        logger.warning("row security is off: there is no role %s that this database user may act in", role)
    _no_until[role] = monotonic() + _ASK_AGAIN_S


# A superuser may; since 16, being a member is not enough.
MAY_TAKE_ON = (
    "SELECT rolname FROM pg_roles WHERE rolname = %s AND pg_has_role(session_user, oid,"
    " CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)"
)
# What a role is given in this database comes in one transaction with this.
_MAY_ACT_AS = f"{MAY_TAKE_ON} AND has_table_privilege(oid, to_regclass('django_migrations'), 'SELECT')"
_ASK_AGAIN_S = 10.0
_yes: set[str] = set()
_no_until: dict[str, float] = {}

# duplicate_object, unique_violation, lock_not_available, "tuple concurrently updated": others do the same right now.
_RACES = {"42710", "23505", "55P03", "XX000"}


def _make(connection: BaseDatabaseWrapper, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {role} NOLOGIN")
    if not can_set_role(connection, role):
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT {role} TO SESSION_USER")


def _explain(connection: BaseDatabaseWrapper, *, reason: str) -> None:
    user = connection.ops.quote_name(str(connection.settings_dict["USER"] or "SESSION_USER"))
    makes = "; ".join(f"CREATE ROLE {role} NOLOGIN" for role in ROLES)
    logger.warning(_BY_HAND.format(user=user, reason=reason, statements=f"{makes}; GRANT {', '.join(ROLES)} TO {user}"))


def _sqlstate(error: DatabaseError) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)
