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
        from kairo.jobs import worker_registry  # noqa: PLC0415  as above

        worker_registry.register("kairo.hero.generation.job_runner.process_runner")
        brand_shown_changed.connect(_bump_revision, dispatch_uid="hero.bump_revision")
        ingestion_ended.connect(_make_due, dispatch_uid="hero.make_due")


def _bump_revision(*, brand_id: UUID, **_: object) -> None:
    from kairo.hero.boards.revision import bump_revision  # noqa: PLC0415  as above

    bump_revision(brand_id=brand_id)


def _make_due(*, parent_job_id: UUID | None, **_: object) -> None:
    from kairo.hero.jobs import queue  # noqa: PLC0415  as above

    if parent_job_id is not None:
        queue.make_due(job_id=parent_job_id)
