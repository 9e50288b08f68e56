from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tests.faults import invariants
from tests.faults.world import Valkey, World
from tests.migrated import migrate, migrated

BRANDS = 1000
TENANTS = 2

_SEED = f"""
INSERT INTO core_tenant (id, slug, name)
SELECT gen_random_uuid(), 'tenant-' || n, 'Tenant' FROM generate_series(1, {TENANTS}) n;
INSERT INTO core_brand (id, tenant_id, slug, name, channels)
SELECT gen_random_uuid(), t.id, 'brand-' || to_char(n, 'FM0000'), 'Brand', ARRAY['instagram']
FROM generate_series(1, {BRANDS}) n JOIN core_tenant t ON t.slug = 'tenant-' || (n % {TENANTS} + 1);
INSERT INTO core_contentpillar (id, brand_id, name, description, keywords, rank, is_active)
SELECT gen_random_uuid(), id, 'Bread', '', ARRAY['bread'], 1, TRUE FROM core_brand;
INSERT INTO evidence_normalizedevidenceitem
    (id, brand_id, platform, content_type, external_id, canonical_url, published_at, author_ref, title,
     text_primary, text_secondary, has_transcript)
SELECT gen_random_uuid(), b.id, 'instagram', 'reel', 'p' || n, 'https://instagram.example/' || b.slug || '/' || n,
       now() - make_interval(hours => n), 'author-' || n, '',
       'bread number ' || n || ' of ' || md5(b.slug || n) || ' is baked today', 'spoken ' || md5(n::text), TRUE
FROM core_brand b, generate_series(1, 10) n;
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="session")
def template() -> Iterator[str]:
    """A database with every migration and a thousand brands whose evidence passes the gates; to be copied."""
    name = f"faults_{uuid4().hex[:12]}"
    with psycopg.connect(_server(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {migrated()}")
    _seed(_named(name))
    yield name
    with psycopg.connect(_server(), autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def fill(url: str) -> None:
    """Migrates an empty database and puts the brands in."""
    migrate(url)
    _seed(url)


def _seed(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_SEED)
        connection.execute("ANALYZE")


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not tmp_path: as root that lies below a folder which the account that runs PostgreSQL may not enter."""
    made = Path(tempfile.mkdtemp(prefix="kairo-faults-", dir="/var/tmp" if os.geteuid() == 0 else None))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def database(template: str) -> Iterator[str]:
    """The url of a fresh copy."""
    name = f"{template}_{uuid4().hex[:8]}"
    with psycopg.connect(_server(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(name)
    with psycopg.connect(_server(), autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The url of a database without a table."""
    name = f"faults_{uuid4().hex[:12]}"
    with psycopg.connect(_server(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield _named(name)
    with psycopg.connect(_server(), autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def world(database: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """A world with Valkey up and no worker yet. When its test has passed, the invariants are checked."""
    made = World(database_url=database, folder=folder, valkey=Valkey(folder=folder / "valkey"))
    made.valkey.start()
    failed_before = request.session.testsfailed
    try:
        yield made
        if request.session.testsfailed == failed_before:
            invariants.check(made)
        else:
            for log in sorted(folder.glob("*.log")):
                sys.stderr.write(f"--- {log.name}\n{log.read_text()[-3000:]}\n")
    finally:
        made.close()


def _server() -> str:
    return os.environ["DATABASE_URL"]


def _named(database: str) -> str:
    return urlunsplit(urlsplit(_server())._replace(path=f"/{database}"))
