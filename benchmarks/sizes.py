"""The size of a benchmark database, and the ids of its rows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Size:
    """`opportunities` and `evidence` are of a brand; every opportunity names three posts, so evidence is at least 3."""

    brands: int
    opportunities: int = 10
    evidence: int = 30
    brands_of_a_tenant: int = 100

    @property
    def name(self) -> str:
        return f"{self.brands}x{self.opportunities}x{self.evidence}"

    @property
    def tenants(self) -> int:
        return -(-self.brands // self.brands_of_a_tenant)

    def as_argument(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_argument(cls, text: str) -> Self:
        return cls(**json.loads(text))


def brand_id(number: int) -> UUID:
    return UUID(f"{number:08x}-0000-7000-8000-00000000b4a7")


def tenant_id(tenant: int) -> UUID:
    return UUID(f"{tenant:08x}-0000-7000-8000-000000000000")


def tenant_number(number: int, size: Size) -> int:
    return number % size.tenants


def secret(tenant: int) -> str:
    """The API token of a tenant."""
    return f"kairo_benchmark_{tenant:08x}"
