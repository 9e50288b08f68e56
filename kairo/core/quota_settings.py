"""The quotas of a tenant and their defaults in production; elsewhere there are none."""

from __future__ import annotations

from collections.abc import Callable

DEFAULTS = {
    "brands": 2_000,
    "sources": 5_000,
    "waiting_jobs": 2_000,  # of each kind
    "stored_posts": 2_000_000,
    "kept_boards": 100_000,
    "ingested_bytes_per_day": 5_000_000_000,
}


def read_quotas(number: Callable[[str, float], float], *, is_production: bool) -> dict[str, int]:
    """Reads KAIRO_QUOTA_BRANDS and so on by `number`, which takes a variable and its default; 0 means no limit."""
    return {
        name: int(number(f"KAIRO_QUOTA_{name.upper()}", most if is_production else 0))
        for name, most in DEFAULTS.items()
    }
