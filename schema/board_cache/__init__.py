"""The board cache: rendered responses to `todayBoard`, served only after the database confirms that they are current.

docs/decisions/0007-hot-path.md says what is cached and why no response is stale.
"""
