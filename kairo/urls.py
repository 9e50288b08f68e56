from django.urls import path

from kairo import webhooks
from schema.graphiql.page import graphiql_asset
from schema.view import graphql_view

urlpatterns = [  # /healthz and /readyz: kairo.health.HealthMiddleware
    path("graphql", graphql_view),
    path("webhooks/apify/<str:secret>", webhooks.apify),
    path("graphql/assets/<str:name>", graphiql_asset),
]
