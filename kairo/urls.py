from django.urls import path

from kairo.health import healthz, readyz
from schema.view import graphql_view

urlpatterns = [
    path("graphql", graphql_view),
    path("healthz", healthz),
    path("readyz", readyz),
]
