"""Runs Kairo on one machine: `./dev up`, `./dev test` and their servers.

Nothing here is used in production except the Procfile it reads; nothing of Kairo imports it but kairo/cli.py
and manage.py. `bootstrap`, `reset` and what they import keep to the standard library: they run before, or
without, the packages.
"""
