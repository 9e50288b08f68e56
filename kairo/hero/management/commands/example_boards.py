from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kairo.hero.evaluation.example_boards import example_page


class Command(BaseCommand):
    help = (
        "Writes docs/examples/boards.md: the boards that the engine makes of the demo's brands and of three more. "
        "No database is used."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if the page is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        root: Path = settings.BASE_DIR
        path = root / "docs" / "examples" / "boards.md"
        page = example_page([root / "kairo" / "demo", root / "tests" / "hero" / "evaluation" / "labelled" / "fresh"])
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")
            self.stdout.write(f"wrote {path.relative_to(root)}")
        elif not path.exists() or path.read_text(encoding="utf-8") != page:
            raise CommandError("docs/examples/boards.md is out of date: run `python manage.py example_boards`.")
