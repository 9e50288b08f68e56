"""Computes, in its own process, the fingerprint of the boards of the inputs on standard input."""

from __future__ import annotations

import sys

import django


def main() -> None:
    """Reads inputs as JSON from standard input, writes a hash to standard output."""
    django.setup()
    from kairo.hero.evaluation.reproducibility import fingerprint_of_inputs  # noqa: PLC0415  Django is set up by now

    sys.stdout.write(fingerprint_of_inputs(sys.stdin.buffer.read()) + "\n")


if __name__ == "__main__":
    main()
