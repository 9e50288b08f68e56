#!/usr/bin/env python3
"""Django's commands. Without DATABASE_URL they work on the stack that ./dev up runs here."""

import sys

from kairo.cli import manage

if __name__ == "__main__":
    manage(sys.argv[1:])
