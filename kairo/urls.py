from django.urls import path

from schema.view import graphql_view

urlpatterns = [path("graphql", graphql_view)]  # /healthz and /readyz: kairo.health.HealthMiddleware
