"""Strawberry + Django by best practice: one query a level, caches for parsing and validation, orjson, no middleware."""

import orjson
import strawberry
from bench import models
from django.db.models import Prefetch
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from strawberry.django.views import GraphQLView
from strawberry.extensions import ParserCache, ValidationCache
from strawberry_types import Board

IDEAS = models.Opportunity.objects.select_related("persona", "pillar").prefetch_related("evidence")
BOARDS = models.Board.objects.prefetch_related(Prefetch("opportunities", IDEAS))


@strawberry.type
class Query:
    @strawberry.field
    def today_board(self, brand_id: strawberry.ID) -> Board | None:
        return BOARDS.filter(brand_id=brand_id).first()


class View(GraphQLView):
    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


schema = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache])
urlpatterns = [path("graphql", csrf_exempt(View.as_view(schema=schema, graphql_ide=None)))]
