"""Signals that the lower packages send to the upper ones."""

from django.dispatch import Signal

# A row that a brand's board shows is about to change, such as the brand or an item. Sent with `brand_id` before
# the first UPDATE of the transaction, so that receivers lock in the order of docs/decisions/0010-lock-order.md.
brand_shown_changed = Signal()

# An ingestion job has ended, in any status. Sent with `brand_id` and `parent_job_id`, the generation job that waits
# for it or None, in the transaction that ends it.
ingestion_ended = Signal()
