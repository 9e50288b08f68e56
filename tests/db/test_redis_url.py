from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kairo.db.redis_url import connection_pool, normalized_redis_url, require_writes


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", ""),
        ("redis://h:6379/0", "redis://h:6379/0"),
        ("redis://h:6379/0?family=0", "redis://h:6379/0"),
        ("valkey://u:p@h:6379/1", "redis://u:p@h:6379/1"),
        ("valkeys://h", "rediss://h"),
        ("rediss://h?ssl_cert_reqs=none", "rediss://h?ssl_cert_reqs=none"),
        ("unix:///run/redis.sock?db=1", "unix:///run/redis.sock?db=1"),
        ("redis://:p%2Fw@h:6379/0?socket_timeout=3&protocol=2", "redis://:p%2Fw@h:6379/0?socket_timeout=3&protocol=2"),
    ],
    ids=["empty", "as it is", "family", "valkey", "valkeys", "rediss", "socket", "options"],
)
def test_url_is_read_as_redis_py_reads_it(url: str, expected: str) -> None:
    assert normalized_redis_url("REDIS_URL", url) == expected


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://h", "must look like redis://user:password@host:6379/0."),
        ("h:6379", "must look like redis://"),
        ("redis://h?family=6", "has options that redis-py does not know: family"),
        ("redis://h?retry=3&db=0", "does not know: retry"),
        ("redis://h/cache", "must end with the number of a database"),
        ("redis://h:port", "refuses its port"),
        ("redis://u:hunter2/x@h:1/0", "is written %2F"),
        ("redis://h?socket_timeout=soon", "the value of an option"),
        ("redis://h?protocol=9", "the value of an option"),
        ("rediss://h?ssl_cert_reqs=maybe", "the value of an option"),
        ("rediss://h?ssl_ca_certs=/nowhere.pem", "names a file as ssl_ca_certs that cannot be read"),
    ],
    ids=lambda value: value.partition("h")[2][:20] if "://" in value else "",
)
def test_url_that_redis_py_refuses_is_refused_by_one_sentence(url: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^REDIS_URL .*{sentence}") as refusal:
        normalized_redis_url("REDIS_URL", url)
    assert "hunter2" not in str(refusal.value)


def test_time_limits_hold_beside_the_urls_own() -> None:
    given = connection_pool("redis://h?socket_timeout=60&socket_connect_timeout=0.1", timeout_s=0.5).connection_kwargs
    assert (given["socket_timeout"], given["socket_connect_timeout"]) == (0.5, 0.1)


class TestRequireWrites:
    @pytest.fixture
    def admin(self) -> Iterator[redis.Redis]:
        admin = redis.Redis.from_url(settings.REDIS_URL)
        yield admin
        admin.acl_deluser("of_this_test")

    def test_probe_passes_where_scripts_may_write(self, admin: redis.Redis) -> None:
        require_writes(admin, key="kairo:of-this-test")
        assert 0 < admin.pttl("kairo:of-this-test") <= 60_000

    def test_user_that_may_ping_and_not_write_is_told(self, admin: redis.Redis) -> None:
        admin.acl_setuser(
            "of_this_test", enabled=True, passwords="+secret", keys="*", commands=["+ping", "+eval", "+select"]
        )
        server = settings.REDIS_URL.partition("://")[2].rpartition("@")[2]
        pool = connection_pool(f"redis://of_this_test:secret@{server}", timeout_s=5)
        with redis.Redis.from_pool(pool) as client:
            assert client.ping()
            with pytest.raises(redis.RedisError, match="permission"):
                require_writes(client, key="kairo:of-this-test")


def test_connection_to_a_server_that_refuses_writes_is_closed() -> None:
    """The next command connects again: the name may lead to another server by then."""
    with redis.Redis.from_pool(connection_pool(settings.REDIS_URL, timeout_s=5)) as client:
        first = client.client_id()
        assert client.client_id() == first
        with pytest.raises(redis.exceptions.ReadOnlyError):
            client.eval("return redis.error_reply('READONLY You cannot write against a read only replica.')", 0)
        assert client.client_id() != first
