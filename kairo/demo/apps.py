from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kairo.demo"
    label = "demo"
