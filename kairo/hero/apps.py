from uuid import UUID

from django.apps import AppConfig


class HeroConfig(AppConfig):
    name = "kairo.hero"
    label = "hero"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kairo.core.signals import brand_shown_changed  # noqa: PLC0415  models cannot be imported before this

        brand_shown_changed.connect(_drop_cached_board, dispatch_uid="hero.drop_cached_board")


def _drop_cached_board(*, brand_id: UUID, **_: object) -> None:
    from kairo.hero import cache  # noqa: PLC0415  as above

    cache.drop(brand_id)
