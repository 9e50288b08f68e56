"""Kairo turns stored posts into a short, ranked, explained list of content opportunities."""

__version__ = "0.1.0"

# The version of the GraphQL contract, in /healthz and /readyz. A change that is not purely additive increments it; see
# docs/schema-changelog.md.
CONTRACT_VERSION = "1"
