from __future__ import annotations

import socket
from contextlib import closing

import pytest
from django.core.exceptions import ImproperlyConfigured

from kairo.http.listeners import open_listeners


def connects(family: socket.AddressFamily, address: str, port: int) -> bool:
    with closing(socket.socket(family)) as client:
        return client.connect_ex((address, port)) == 0


@pytest.mark.parametrize("host", ["", "*", "::"])
@pytest.mark.skipif(not socket.has_ipv6, reason="this Python is built without IPv6")
def test_all_listens_on_both_families_at_one_port(host: str) -> None:
    sockets = open_listeners(host, 0, backlog=8)
    try:
        port = sockets[0].getsockname()[1]
        assert [opened.family for opened in sockets] == [socket.AF_INET, socket.AF_INET6]
        assert {opened.getsockname()[1] for opened in sockets} == {port}
        assert connects(socket.AF_INET, "127.0.0.1", port)
        assert connects(socket.AF_INET6, "::1", port)
    finally:
        for opened in sockets:
            opened.close()


@pytest.mark.parametrize("host", ["loopback v4", "loopback v6"])
def test_one_address_listens_on_its_family_only(host: str) -> None:
    address, other = ("127.0.0.1", "::1") if host.endswith("4") else ("::1", "127.0.0.1")
    families = (socket.AF_INET, socket.AF_INET6) if host.endswith("4") else (socket.AF_INET6, socket.AF_INET)
    (opened,) = open_listeners(address, 0, backlog=8)
    with opened:
        port = opened.getsockname()[1]
        assert connects(families[0], address, port)
        assert not connects(families[1], other, port)


def test_taken_port_is_named_and_nothing_stays_open() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            ImproperlyConfigured, match=rf"cannot listen on host \*, port {port}: address already in use"
        ):
            open_listeners("*", port, backlog=8)
        assert not connects(socket.AF_INET, "127.0.0.1", port)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_host_that_is_not_of_this_machine_is_refused(host: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"cannot listen on host {host}, port 0"):
        open_listeners(host, 0, backlog=8)
