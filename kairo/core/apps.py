import logging

from django.apps import AppConfig
from django.conf import settings

logger = logging.getLogger(__name__)


class CoreConfig(AppConfig):
    name = "kairo.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        if renamed := settings.RENAMED_VARIABLES:
            names = ", ".join(f"{old} is now {new}" for old, new in sorted(renamed.items()))
            logger.warning("environment variables were renamed, and work under both names: %s", names)
