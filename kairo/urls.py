from django.urls import path

from kairo.http import inbound_webhooks
from schema.server.graphiql.page import graphiql_asset
from schema.server.view import graphql_view

urlpatterns = [  # HealthMiddleware serves /healthz and /readyz
    path("graphql", graphql_view),
    path("webhooks/apify/<str:secret>", inbound_webhooks.apify),
    path("graphql/assets/<str:name>", graphiql_asset),
]
