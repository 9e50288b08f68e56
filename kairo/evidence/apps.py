from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "kairo.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kairo.core import background  # noqa: PLC0415  as late as the other floors' ready()

        background.register("kairo.evidence.services.ingestion_runner.process_runner")
