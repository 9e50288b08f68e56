"""A bare production service: no middleware, a pool of connections, prepared statements."""

import os
from urllib.parse import unquote, urlsplit

url = urlsplit(os.environ["DATABASE_URL"])
size = int(os.environ["POOL"])
DEBUG = False
SECRET_KEY = "a benchmark"  # noqa: S105  it guards nothing
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = os.environ["ROOT_URLCONF"]
INSTALLED_APPS = ["bench"]
MIDDLEWARE = []
USE_TZ = True
LOGGING_CONFIG = None
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname,
        "PORT": url.port,
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 0,
            "pool": {"min_size": size, "max_size": size},
        },
    }
}
