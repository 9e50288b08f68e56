"""The web process: `uvicorn kairo.asgi:application`."""

import gc
import os
import sys

from kairo.http.body_limit import BodyLimitMiddleware

gc.disable()  # almost every object below lives as long as the process, so collections would free nothing

from django.core.asgi import get_asgi_application  # noqa: E402  imported while the collector is off

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kairo.settings")
django = get_asgi_application()

from django.conf import settings  # noqa: E402  after Django is set up

from schema.server.app import GraphQLServer  # noqa: E402  after Django is set up

application = GraphQLServer(
    BodyLimitMiddleware(
        django,  # type: ignore[arg-type]  # Django types ASGI messages differently
        max_bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        timeout_s=settings.REQUEST_BODY_TIMEOUT_S,
    )
)

# How long an executing thread keeps the interpreter while others wait. By default 5 ms, which a short request waits
# beside long ones each time that it comes back from the database.
sys.setswitchinterval(0.001)

gc.freeze()  # excludes these objects from later collections
gc.enable()
