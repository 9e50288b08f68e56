"""The GraphQL types of both Strawberry peers, with strawberry-django's fields over the models."""

from enum import Enum

import strawberry
import strawberry_django
from bench import models
from strawberry import auto

Channel = strawberry.enum(Enum("Channel", "LINKEDIN X YOUTUBE INSTAGRAM TIKTOK NEWSLETTER"))
Platform = strawberry.enum(Enum("Platform", "INSTAGRAM TIKTOK LINKEDIN YOUTUBE X WEB"))
OpportunityType = strawberry.enum(Enum("OpportunityType", "TREND EVERGREEN COMPETITIVE CAMPAIGN"))
CreatedVia = strawberry.enum(Enum("CreatedVia", "MANUAL AI_SUGGESTED IMPORTED"))
State = strawberry.enum(Enum("State", "NOT_GENERATED_YET GENERATING READY INSUFFICIENT_EVIDENCE ERROR"))
Reason = strawberry.enum(Enum("Reason", "GENERATED GATES_ONLY_NO_SYNTHESIS NO_VALID_CANDIDATES EMPTY_BRAND_CONTEXT"))


@strawberry_django.type(models.Persona)
class Persona:
    id: strawberry.ID
    name: auto


@strawberry_django.type(models.Pillar)
class Pillar:
    id: strawberry.ID
    name: auto


@strawberry_django.type(models.Evidence)
class Evidence:
    id: strawberry.ID
    url: auto
    author: auto
    snippet: auto
    has_transcript: auto
    published_at: auto

    @strawberry_django.field(only=["platform"])
    def platform(self) -> Platform:
        return Platform[self.platform]


@strawberry_django.type(models.Opportunity)
class Opportunity:
    id: strawberry.ID
    title: auto
    angle: auto
    why_now: auto
    score: auto
    created_at: auto
    persona: Persona | None
    pillar: Pillar | None
    evidence: list[Evidence]

    @strawberry_django.field(only=["type"])
    def type(self) -> OpportunityType:
        return OpportunityType[self.type]

    @strawberry_django.field(only=["primary_channel"])
    def primary_channel(self) -> Channel:
        return Channel[self.primary_channel]

    @strawberry_django.field(only=["suggested_channels"])
    def suggested_channels(self) -> list[Channel]:
        return [Channel[name] for name in self.suggested_channels]

    @strawberry_django.field(only=["created_via"])
    def created_via(self) -> CreatedVia:
        return CreatedVia[self.created_via]


@strawberry_django.type(models.Board)
class Board:
    as_of: auto
    remediation: auto
    opportunities: list[Opportunity]

    @strawberry_django.field(only=["state"])
    def state(self) -> State:
        return State[self.state]

    @strawberry_django.field(only=["ready_reason"])
    def ready_reason(self) -> Reason | None:
        return Reason[self.ready_reason] if self.ready_reason else None
