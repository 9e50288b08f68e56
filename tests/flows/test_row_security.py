"""Row-level security in the processes, and with the database users, of a deployment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tests.flows.conftest import REGENERATE, ROOT, Stack
from tests.flows.test_board_over_http import import_everything, post

RECORD_WRITERS = """
CREATE TABLE writers (table_name text, role text);
GRANT INSERT ON writers TO PUBLIC;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO writers VALUES (TG_TABLE_NAME, current_user); RETURN NULL; END $$;
CREATE TRIGGER noted AFTER INSERT ON hero_opportunitiesjob FOR EACH ROW EXECUTE FUNCTION note();
CREATE TRIGGER noted AFTER INSERT ON hero_opportunitiesboard FOR EACH ROW EXECUTE FUNCTION note();
"""


class TestRoles:
    @pytest.fixture(scope="class")
    @classmethod
    def environment(cls) -> dict[str, str]:
        return {"KAIRO_ROW_SECURITY": "on"}

    def test_processes_act_in_their_roles(self, stack: Stack, tmp_path: Path) -> None:
        now = datetime.now(tz=UTC)
        brand_id = import_everything(stack, tmp_path, [post(n, now=now) for n in range(10)])
        token = stack.token("demo")
        with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as owner:
            owner.execute(RECORD_WRITERS)
            stack.ask(token, REGENERATE, i={"brandId": brand_id})
            assert stack.await_today(token, brand_id)["state"] == "READY"
            wrote = owner.execute("SELECT * FROM writers").fetchall()
            assert sorted(wrote) == [
                ("hero_opportunitiesboard", "kairo_worker"),
                ("hero_opportunitiesjob", "kairo_web"),
            ]
            # The API returns only rows that the policies allow.
            owner.execute("ALTER POLICY kairo_tenant_rows ON core_brand USING (false)")
            assert stack.ask(token, "{ brands { id } }") == {"brands": []}


@dataclass(frozen=True)
class Owner:
    """A user that owns its database, is no superuser and may not create roles, as in a managed PostgreSQL."""

    name: str
    url: str

    def manage(self, *arguments: str, code: int = 0) -> str:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("KAIRO_", "DJANGO_"))}
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={
                **environment,
                "KAIRO_ENV": "test",
                "KAIRO_SECRET_KEY": "a secret of this test, of 32 or more",
                "DATABASE_URL": self.url,
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def ask(self) -> str:
        """Returns the status of row security, the number of brands that one of two tenants sees, and the role used."""
        return self.manage("shell", "--no-imports", "-c", _ASK)


_ASK = """
from django.db import connection
from django.test import Client
from tests.schema.asgi_client import Client as AsgiClient
from kairo.core.services.tenants import tenant_of_slug
from kairo.core.services.api_tokens import create_token
from kairo.core.models import Brand
for slug in ("one", "two"):
    Brand.objects.get_or_create(tenant=tenant_of_slug(slug=slug), slug="b", defaults={"name": "B"})
secret = create_token(tenant=tenant_of_slug(slug="one"), name="t")[1]
roles = set()
def note(execute, sql, *rest):
    result = execute(sql, *rest)
    if "core_apitoken" not in sql:  # which a server runs on a connection of its own
        roles.add(connection.connection.execute("SELECT current_user::text").fetchone()[0])
    return result
print(Client().get("/readyz").json()["checks"]["rowSecurity"])
with connection.execute_wrapper(note):
    body = '{"query": "{ brands { slug } }"}'
    answer = AsgiClient().post("/graphql", body, headers={"Authorization": "Bearer " + secret})
print(len(answer.json()["data"]["brands"]), "brand for", *roles)
"""


@pytest.fixture
def owner() -> Iterator[Owner]:
    name = f"owner_{uuid4().hex[:12]}"
    url = urlsplit(os.environ["DATABASE_URL"])
    place = f"{url.hostname}:{url.port}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'owner'")
        server.execute(f"CREATE DATABASE {name} OWNER {name}")
        try:
            yield Owner(name=name, url=urlunsplit(url._replace(netloc=f"{name}:owner@{place}", path=f"/{name}")))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
            server.execute(f"DROP ROLE {name}")


@pytest.mark.slow
def test_owner_without_createrole_is_served_until_an_administrator_creates_the_roles(owner: Owner) -> None:
    output = owner.manage("migrate", "--noinput")
    assert output.count("Row security is off") == 1
    assert f'GRANT kairo_web, kairo_worker, kairo_reader TO "{owner.name}"' in output
    assert "python manage.py row_security" in output

    assert f"off: this database user may not act as kairo_web\n1 brand for {owner.name}\n" in owner.ask()
    assert "The roles do not exist" in owner.manage("row_security", code=1)

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as administrator:
        administrator.execute(f"GRANT kairo_web, kairo_worker, kairo_reader TO {owner.name}")
    assert f"1 brand for {owner.name}\n" in owner.ask()  # the roles have no grants in this database yet
    assert "Row security is in place" in owner.manage("row_security")
    assert "ok\n1 brand for kairo_web\n" in owner.ask()
