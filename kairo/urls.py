from django.urls import path

from kairo.http import inbound_webhooks
from schema.server.graphiql.page import graphiql_asset

urlpatterns = [  # GraphQLServer serves /graphql, HealthMiddleware /healthz and /readyz
    path("webhooks/apify/<str:secret>", inbound_webhooks.apify),
    path("graphql/assets/<str:name>", graphiql_asset),
]

handler400 = "kairo.http.error_responses.bad_request"
handler404 = "kairo.http.error_responses.not_found"
handler500 = "kairo.http.error_responses.server_error"
