from __future__ import annotations

import re

from kairo.core.errors import Invalid
from kairo.core.models import Tenant

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,64}")


def tenant_of_slug(*, slug: str) -> Tenant:
    """The tenant with this slug, created if it does not exist. For operators' commands: it checks no permission.

    Raises:
        Invalid: the slug has invalid characters.
    """
    if not _SLUG.fullmatch(slug):
        raise Invalid("A tenant's slug has 1 to 64 letters, digits, - or _.", field="tenant")
    tenant, _ = Tenant.objects.get_or_create(slug=slug, defaults={"name": slug.replace("-", " ").title()})
    return tenant
