from django.apps import AppConfig


class HeroConfig(AppConfig):
    name = "kairo.hero"
    label = "hero"
    default_auto_field = "django.db.models.BigAutoField"
