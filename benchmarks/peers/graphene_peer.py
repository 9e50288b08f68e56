"""graphene-django: its types over the models, prefetching every level."""

import graphene
from bench import models
from django.db.models import Prefetch
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from graphene_django import DjangoObjectType
from graphene_django.views import GraphQLView

IDEAS = models.Opportunity.objects.select_related("persona", "pillar").prefetch_related("evidence")
BOARDS = models.Board.objects.prefetch_related(Prefetch("opportunities", IDEAS))
CHANNELS = ["LINKEDIN", "X", "YOUTUBE", "INSTAGRAM", "TIKTOK", "NEWSLETTER"]
Channel = graphene.Enum("Channel", [(name, name) for name in CHANNELS])


class Persona(DjangoObjectType):
    class Meta:
        model, fields = models.Persona, ["id", "name"]

    id = graphene.ID(required=True, source="id")


class Pillar(DjangoObjectType):
    class Meta:
        model, fields = models.Pillar, ["id", "name"]

    id = graphene.ID(required=True, source="id")


class Evidence(DjangoObjectType):
    class Meta:
        model = models.Evidence
        fields = ["id", "platform", "url", "author", "snippet", "has_transcript", "published_at"]

    id = graphene.ID(required=True, source="id")


class Opportunity(DjangoObjectType):
    class Meta:
        model = models.Opportunity
        fields = ["title", "angle", "why_now", "type", "score", "created_via", "created_at", "persona", "pillar"]

    id = graphene.ID(required=True, source="id")
    primary_channel = Channel(required=True)
    suggested_channels = graphene.List(graphene.NonNull(Channel), required=True)
    evidence = graphene.List(graphene.NonNull(Evidence), required=True)

    def resolve_evidence(self, info):
        return self.evidence.all()


class Board(DjangoObjectType):
    class Meta:
        model, fields = models.Board, ["state", "ready_reason", "as_of", "remediation"]

    opportunities = graphene.List(graphene.NonNull(Opportunity), required=True)

    def resolve_opportunities(self, info):
        return self.opportunities.all()


class Query(graphene.ObjectType):
    today_board = graphene.Field(Board, brand_id=graphene.ID(required=True))

    def resolve_today_board(self, info, brand_id):
        return BOARDS.filter(brand_id=brand_id).first()


urlpatterns = [path("graphql", csrf_exempt(GraphQLView.as_view(schema=graphene.Schema(query=Query))))]
