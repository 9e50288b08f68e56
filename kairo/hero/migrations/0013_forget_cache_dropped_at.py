"""The model no longer has `cache_dropped_at`, and its index goes. The column itself stays for one release more.

The statements of the release before this one name the column: each enqueued, finished and cancelled job sets it. That
release runs until the new one has taken over, so the column stays, nullable, and the next release drops it with
`ALTER TABLE hero_opportunitiesjob DROP COLUMN IF EXISTS cache_dropped_at` (docs/decisions/0012-one-stored-board.md).
No statement needs the index: without it, the old release's sweep reads the table once a minute.
"""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # DROP INDEX CONCURRENTLY waits for no writer and makes none wait

    dependencies = [("hero", "0012_lock_order")]

    operations = [
        RemoveIndexConcurrently("OpportunitiesJob", "job_cache_to_drop"),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("OpportunitiesJob", "cache_dropped_at")]
        ),
    ]
