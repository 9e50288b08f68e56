from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kairo.core.enums import TokenScope
from kairo.core.models.record import Record
from kairo.core.models.tenant import Tenant


class ApiToken(Record):
    """A tenant's API token. Only a keyed hash is stored; the secret is shown once, on creation."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=200)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(max_length=16, editable=False)
    scopes = ArrayField(models.CharField(max_length=16), default=list, db_default=[], blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(("token_hash__regex", r"^[0-9a-f]{64}$")), name="api_token_holds_a_hash"
            ),
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=TokenScope.values),
                name="api_token_scopes_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
