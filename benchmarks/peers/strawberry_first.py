"""Strawberry + Django as one first writes it: types over models, the stock view, each relation read when asked for."""

import strawberry
from bench import models
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from strawberry.django.views import GraphQLView
from strawberry_types import Board


@strawberry.type
class Query:
    @strawberry.field
    def today_board(self, brand_id: strawberry.ID) -> Board | None:
        return models.Board.objects.filter(brand_id=brand_id).first()


urlpatterns = [path("graphql", csrf_exempt(GraphQLView.as_view(schema=strawberry.Schema(Query), graphql_ide=None)))]
