from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kairo.core.brand_profile import parse_brand
from kairo.core.errors import Invalid
from kairo.core.services.brand_import import BrandChange, ImportedBrand, import_brand
from kairo.core.services.quotas import QuotaExceeded
from kairo.core.services.tenants import tenant_of_slug


class Command(BaseCommand):
    requires_system_checks = ()  # they load the API, which takes longer than the import
    help = (
        'Creates and updates brands from FILE: {"brands": [...]}, a list of brands, or one brand. A brand is matched '
        "by its slug in the tenant; its pillars (ranked as in the file), personas and campaigns by their names. Fields "
        "that are absent stay unchanged; unknown keys are ignored. Where a list is present, pillars that are not in it "
        "are switched off (opportunities refer to them), personas and campaigns that are not in it are removed. An "
        "invalid brand is reported with its position and the reason, the valid ones are stored, and the exit code is "
        "1. A second run changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.json", help="the file to read; - for standard input")
        parser.add_argument(
            "--tenant", default="demo", metavar="SLUG", help="the brands' tenant; created if new (default: demo)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        entries = _entries(_read(options["file"]))
        try:
            tenant = tenant_of_slug(slug=options["tenant"])
        except Invalid as error:
            raise CommandError(str(error)) from None
        changes, rejected, slugs = Counter[BrandChange](), 0, set[str]()
        for index, entry in enumerate(entries):
            try:
                profile = parse_brand(entry)
                if profile.slug in slugs:
                    raise Invalid(f"slug {profile.slug} appears twice; the first one counts", field="slug")
                slugs.add(profile.slug)
                imported = import_brand(tenant=tenant, profile=profile)
            except (Invalid, QuotaExceeded) as error:
                rejected += 1
                self.stderr.write(f"{_position(entry, index)}: {error}")
                continue
            changes[imported.change] += 1
            self._write_dropped_parts(imported, position=_position(entry, index))
        counts = ", ".join(f"{changes[change]} {change}" for change in BrandChange)
        self.stdout.write(f"{tenant.slug}: {len(entries)} read, {counts}, {rejected} rejected")
        if rejected:
            raise CommandError(f"{rejected} of {len(entries)} brands were rejected.")

    def _write_dropped_parts(self, imported: ImportedBrand, *, position: str) -> None:
        for names, what in (
            (imported.deactivated_pillars, "pillars switched off"),
            (imported.removed_personas, "personas removed"),
            (imported.removed_campaigns, "campaigns removed"),
        ):
            if names:
                self.stdout.write(f"{position}: {what}: {', '.join(names)}")


def _read(name: str) -> object:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from None
    try:
        content: object = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CommandError(f"{name} is not UTF-8 text.") from None
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{name} is not JSON: {error}.") from None
    return content


def _entries(content: object) -> Sequence[object]:
    """The brands in a file of any of the three forms."""
    if isinstance(content, dict):
        content = content.get("brands", [content])
    if not isinstance(content, list):
        raise CommandError('The file must hold {"brands": [...]}, a list of brands, or one brand.')
    return content


def _position(entry: object, index: int) -> str:
    """The brand's number in the file, and its slug if it has one."""
    slug = entry.get("slug") if isinstance(entry, dict) else None
    return f"brand {index + 1} ({slug})" if isinstance(slug, str) and slug.strip() else f"brand {index + 1}"
