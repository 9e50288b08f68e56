from __future__ import annotations

import re

from kairo.core.errors import Invalid
from kairo.core.models import Tenant

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,64}")


def tenant_of_slug(*, slug: str) -> Tenant:
    """The tenant with this slug, made when there is none. For operators' commands: it asks for no permission.

    Raises:
        Invalid: no tenant can have this slug.
    """
    if not _SLUG.fullmatch(slug):
        raise Invalid("A tenant's slug has 1 to 64 letters, digits, - or _.", field="tenant")
    tenant, _ = Tenant.objects.get_or_create(slug=slug, defaults={"name": slug.replace("-", " ").title()})
    return tenant
