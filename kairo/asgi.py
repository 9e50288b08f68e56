"""The web process: `uvicorn kairo.asgi:application`."""

import gc
import os

from kairo.http.body_limit import Application, BodyLimitMiddleware

gc.disable()  # nearly all that is made below lives as long as the process: looking for garbage finds none

from django.core.asgi import get_asgi_application  # noqa: E402  made while no garbage is looked for

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kairo.settings")
django = get_asgi_application()

from django.conf import settings  # noqa: E402  after Django is set up, like all that imports models

bounded = BodyLimitMiddleware(
    django,  # type: ignore[arg-type]  # Django names its messages' type otherwise
    most_bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    timeout_s=settings.REQUEST_BODY_TIMEOUT_S,
)
application: Application = bounded
if settings.KAIRO_HOT_PATH:
    from schema.board_cache.app import BoardCache

    application = BoardCache(bounded)

gc.freeze()  # nor is it looked at again while requests are served
gc.enable()
