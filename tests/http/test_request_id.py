from __future__ import annotations

from django.test import Client


def test_request_id_is_returned_unless_it_is_unsafe(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "abc-123"}).headers["X-Request-ID"] == "abc-123"
    generated = client.get("/healthz", headers={"X-Request-ID": "a b\nc"}).headers["X-Request-ID"]
    assert len(generated) == 36
