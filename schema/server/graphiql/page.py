"""Serves GraphiQL in development, from assets of its own, so that it works offline."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

_HERE = Path(__file__).parent
_EXAMPLES = sorted((_HERE / "examples").glob("*.graphql"))
_MEDIA_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_ASSETS = {file.name: file for file in (_HERE / "assets").iterdir() if file.suffix in _MEDIA_TYPES}
# GraphiQL's editor sets inline styles; its style sheet embeds fonts and images as data.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def wants_page(method: str, accept: str, query_string: bytes) -> bool:
    """Returns whether the request is a browser's that opens the endpoint in development."""
    return (
        settings.KAIRO_ENV == "development"
        and method == "GET"
        and "text/html" in accept
        and "query" not in QueryDict(query_string)
    )


def graphiql_page() -> bytes:
    """Returns the page, with a tab for each example."""
    tabs = [{"query": file.read_text(), "variables": _variables(file)} for file in _EXAMPLES]
    examples = json.dumps(tabs).replace("<", "\\u003c")
    return (_HERE / "assets" / "page.html").read_text().replace("EXAMPLES", examples).encode()


def graphiql_asset(request: HttpRequest, name: str) -> HttpResponse:
    """Returns one of the page's files."""
    file = _ASSETS.get(name)
    if file is None or settings.KAIRO_ENV != "development":
        raise Http404
    return HttpResponse(
        file.read_bytes(), content_type=_MEDIA_TYPES[file.suffix], headers={"Cache-Control": "private, max-age=3600"}
    )


def _variables(file: Path) -> str:
    return '{ "brandId": "" }' if "$brandId" in file.read_text() else ""
