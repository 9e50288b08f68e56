from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "kairo.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kairo.jobs import worker_registry  # noqa: PLC0415  models cannot be imported before this

        worker_registry.register("kairo.evidence.ingestion.runner.process_runner")
