from __future__ import annotations

import logging

from kairo.db.failures import database_failure
from kairo.observability import metrics


def log_failure(logger: logging.Logger, error: BaseException, message: str) -> None:
    """Logs a failure that its thread survives: one line that names the reason where the database cannot do its work,
    and a traceback for everything else."""
    if reason := database_failure(error):
        logger.error("%s: the database cannot do its work (%s): %s", message, reason, str(error).strip().split("\n")[0])
        metrics.count(f"database_unavailable_{reason}")
    else:
        logger.error("%s", message, exc_info=error)
