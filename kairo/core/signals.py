"""What the upper floors may want to know of what happens below them."""

from django.dispatch import Signal

# Something that a brand's board shows was changed: its name, or posts it may name. Sent with `brand_id` after the
# commit; receivers must not raise.
brand_shown_changed = Signal()
