from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from kairo.core.enums import DecisionKind
from kairo.core.ids import new_id
from kairo.core.models.api_token import ApiToken
from kairo.core.models.opportunity import Opportunity


class OpportunityDecision(models.Model):
    """A person's decision about an opportunity. Append-only: the newest one is the opportunity's state.

    `until` is the end of a snooze; `reason` is the person's text about an ignored opportunity.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=16, choices=DecisionKind.choices)
    until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, default="", db_default="")
    decided_by = models.ForeignKey(ApiToken, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=DecisionKind.values), name="decision_kind_known"),
            models.CheckConstraint(
                condition=(models.Q(kind=DecisionKind.SNOOZED) & models.Q(until__isnull=False))
                | (~models.Q(kind=DecisionKind.SNOOZED) & models.Q(until__isnull=True)),
                name="decision_snoozed_iff_until",
            ),
        ]
        indexes = [models.Index(fields=["opportunity", "-at", "-id"], name="decision_newest")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
