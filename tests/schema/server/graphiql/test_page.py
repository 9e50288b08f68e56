from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.http import HttpResponse
from pytest_django import Settings

import schema.server.graphiql.page
from schema.documents import parse_and_validate
from schema.schema import schema as kairo
from tests.schema.asgi_client import Client

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"
ASSETS = Path(schema.server.graphiql.page.__file__).parent / "assets"


@pytest.fixture
def development(settings: Settings) -> None:
    settings.KAIRO_ENV = "development"


def browse(path: str = "/graphql", accept: str = HTML) -> HttpResponse:
    response = Client(headers={"Accept": accept}).get(path)
    assert isinstance(response, HttpResponse)
    return response


@pytest.mark.parametrize("environment", ["production", "test"])
def test_page_is_served_in_development_only(settings: Settings, environment: str) -> None:
    settings.KAIRO_ENV = environment
    assert browse().status_code == 401
    assert "html" not in browse()["Content-Type"]
    assert browse("/graphql/assets/start.js").status_code == 404


@pytest.mark.usefixtures("development")
def test_page_is_served_to_a_browser() -> None:
    page = browse()
    assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in page["Content-Security-Policy"]


@pytest.mark.usefixtures("development")
@pytest.mark.parametrize(
    ("path", "accept"),
    [("/graphql", "*/*"), ("/graphql", "application/json"), ("/graphql?query={__typename}", HTML)],
)
def test_page_is_not_served_to_graphql_clients(path: str, accept: str) -> None:
    assert browse(path, accept).status_code == 401


class Sources(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"src", "href"} and value]


@pytest.mark.usefixtures("development")
def test_page_loads_only_its_own_assets() -> None:
    sources = Sources()
    sources.feed(browse().content.decode())
    assert len(sources.found) == 6
    for source in sources.found:
        if source != "data:,":
            assert source.startswith("/graphql/assets/")
            assert browse(source).status_code == 200
    assert not re.search(rb"@import|url\((?!\"?data:)", (ASSETS / "graphiql.min.css").read_bytes())


@pytest.mark.usefixtures("development")
@pytest.mark.parametrize("name", ["page.html", "LICENSES.txt", "..", "nothing.js", "%2e%2e%2fpage.py", "start.js%00"])
def test_asset_outside_the_folder_is_404(name: str) -> None:
    assert browse(f"/graphql/assets/{name}").status_code == 404


@pytest.mark.usefixtures("development")
def test_examples_are_valid_operations() -> None:
    found = re.search(
        r'<script id="examples" type="application/json">(.*?)</script>', browse().content.decode(), re.DOTALL
    )
    assert found is not None
    tabs = json.loads(found[1])
    assert len(tabs) == 3
    for tab in tabs:
        assert parse_and_validate(kairo, tab["query"]).errors == ()
        assert ("$brandId" in tab["query"]) == bool(tab["variables"])
