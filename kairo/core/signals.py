"""What the upper floors may want to know of what happens below them."""

from django.dispatch import Signal

# Something that a brand's board may show is being changed: its name, or a post. Sent with `brand_id`, in the
# transaction that changes it.
brand_shown_changed = Signal()

# An ingestion job has ended, however it did. Sent with `brand_id` and `awaited_by`, the job of an upper floor that
# waits for it or None, in the transaction that ends it.
ingestion_ended = Signal()
