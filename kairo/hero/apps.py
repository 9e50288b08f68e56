from uuid import UUID

from django.apps import AppConfig


class HeroConfig(AppConfig):
    name = "kairo.hero"
    label = "hero"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kairo.core.signals import (  # noqa: PLC0415  models cannot be imported before this
            brand_shown_changed,
            ingestion_ended,
        )

        brand_shown_changed.connect(_bump_revision, dispatch_uid="hero.bump_revision")
        ingestion_ended.connect(_wait_is_over, dispatch_uid="hero.wait_is_over")


def _bump_revision(*, brand_id: UUID, **_: object) -> None:
    from kairo.hero.boards.revision import bump_revision  # noqa: PLC0415  as above

    bump_revision(brand_id=brand_id)


def _wait_is_over(*, awaited_by: UUID | None, **_: object) -> None:
    from kairo.hero.jobs import queue  # noqa: PLC0415  as above

    if awaited_by is not None:
        queue.wait_is_over(job_id=awaited_by)
