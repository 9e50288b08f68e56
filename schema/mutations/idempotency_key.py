"""The `idempotencyKey` of mutations that start a job."""

import re

from kairo.core.errors import Invalid

KEY_DESCRIPTION = (
    "A key of the client's own choosing, 1 to 200 visible ASCII characters. The same key for the same brand "
    "gives the same job, also after it has ended."
)
_KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)


def checked_key(key: str | None) -> str | None:
    """Returns the key.

    Raises:
        Invalid: it is too long, or has other characters.
    """
    if key is not None and not _KEY.fullmatch(key):
        raise Invalid("An idempotency key is 1 to 200 visible ASCII characters.", field="idempotencyKey")
    return key
