"""Answers about today's board that are held in memory, and served while the database says that they are true.

See docs/decisions/0007-hot-path.md for what is held, and why none of it is ever stale.
"""
