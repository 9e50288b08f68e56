"""Kairo: from stored posts to a short, ranked, explained list of content opportunities."""

__version__ = "0.1.0"

# What a client may rely on, told by /healthz and /readyz. It goes up when the GraphQL contract changes in a
# way that is not purely additive; docs/schema-changelog.md says how.
CONTRACT_VERSION = "1"
