from __future__ import annotations

from django.core.cache import cache

from kairo.redis_cache import RedisCache


def test_the_cache_keeps_its_client() -> None:
    own = cache._connections["default"]  # type: ignore[attr-defined]  # the proxy shows no private names
    assert isinstance(own, RedisCache)
    client = own._cache.get_client(write=True)
    cache.set("kept", "value", 10)
    assert cache.get("kept") == "value"
    assert own._cache.get_client(write=True) is client
