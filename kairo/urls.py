from django.urls import path

from schema.graphiql.page import graphiql_asset
from schema.view import graphql_view

urlpatterns = [  # /healthz and /readyz: kairo.health.HealthMiddleware
    path("graphql", graphql_view),
    path("graphql/assets/<str:name>", graphiql_asset),
]
