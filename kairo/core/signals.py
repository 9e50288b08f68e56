"""Signals that the lower packages send to the upper ones."""

from django.dispatch import Signal

# A row that a brand's board may show changes, such as the brand or an evidence item. Sent with `brand_id`, in the
# transaction of the change.
brand_shown_changed = Signal()

# An ingestion job has ended, however it did. Sent with `brand_id` and `awaited_by`, the job of an upper floor that
# waits for it or None, in the transaction that ends it.
ingestion_ended = Signal()
