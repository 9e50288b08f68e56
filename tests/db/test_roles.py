from __future__ import annotations

import pytest
from django.db import connection, connections
from pytest_django import Settings

from kairo.db import roles
from kairo.db.roles import ROLES, WEB, WORKER, can_set_role, create_roles, existing_roles, is_role_ready, set_role


@pytest.mark.django_db
def test_create_roles_is_idempotent() -> None:
    assert create_roles(connection)
    assert create_roles(connection)
    assert existing_roles(connection, *ROLES) == list(ROLES)


@pytest.mark.django_db
def test_existing_roles_leaves_out_unknown_roles() -> None:
    assert not can_set_role(connection, "kairo_missing")
    assert existing_roles(connection, "kairo_missing", WORKER) == [WORKER]


@pytest.mark.django_db
def test_role_readiness_is_checked_again_after_ten_seconds_where_it_was_missing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(roles, "_ready_roles", set())
    monkeypatch.setattr(roles, "_next_check_at", {})
    now = [100.0]
    monkeypatch.setattr(roles, "monotonic", lambda: now[0])
    raw = connection.connection
    assert not is_role_ready(raw, "kairo_late")
    with connection.cursor() as cursor:  # rolled back with the test
        cursor.execute("CREATE ROLE kairo_late; GRANT SELECT ON django_migrations TO kairo_late")
        cursor.execute("GRANT kairo_late TO SESSION_USER")
    assert not is_role_ready(raw, "kairo_late")
    now[0] += 11
    assert is_role_ready(raw, "kairo_late")
    assert len(caplog.records) == 1


@pytest.mark.django_db
def test_role_without_its_privileges_is_not_set() -> None:
    raw = connection.connection
    with connection.cursor() as cursor:  # rolled back with the test
        cursor.execute("CREATE ROLE kairo_bare; GRANT kairo_bare TO SESSION_USER")
    assert can_set_role(connection, "kairo_bare")
    assert not set_role(raw, "kairo_bare")
    assert set_role(raw, WEB)
    raw.execute("RESET ROLE")


@pytest.mark.django_db(transaction=True)
def test_database_role_setting_applies_to_the_whole_connection(settings: Settings) -> None:
    settings.DATABASE_ROLE = "kairo_worker"
    other = connections.create_connection("default")
    other.settings_dict = {**other.settings_dict, "OPTIONS": {**other.settings_dict["OPTIONS"], "pool": None}}
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT current_user::text")
            assert cursor.fetchone() == ("kairo_worker",)
    finally:
        other.close()
