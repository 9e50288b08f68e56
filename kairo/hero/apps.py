from uuid import UUID

from django.apps import AppConfig


class HeroConfig(AppConfig):
    name = "kairo.hero"
    label = "hero"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kairo.core.signals import brand_shown_changed  # noqa: PLC0415  models cannot be imported before this

        brand_shown_changed.connect(_board_changed, dispatch_uid="hero.board_changed")


def _board_changed(*, brand_id: UUID, **_: object) -> None:
    from kairo.hero.jobs import queue  # noqa: PLC0415  as above

    queue.board_changed(brand_id=brand_id)
