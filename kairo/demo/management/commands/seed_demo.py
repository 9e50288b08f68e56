from __future__ import annotations

import json
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kairo.core.errors import Invalid
from kairo.demo.seeding import SeededDemo, seed_demo


class Command(BaseCommand):
    requires_system_checks = ()  # they load the API, which takes longer than the seeding
    help = (
        "Seeds the demo: a tenant with one API token, five invented brands and their invented posts, dated as if "
        "they were recorded just now. A second run changes nothing while the newest demo post is at most 24 hours "
        "old; after that it shifts the dates again. An existing brand keeps its profile. The token is "
        'KAIRO_DEMO_TOKEN if that is set, otherwise a new one; other tokens named "demo" are revoked. No job is '
        "enqueued."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tenant", default="demo", metavar="SLUG", help="the demo's tenant (default: demo)")
        parser.add_argument("--json", action="store_true", help="print one line of JSON, for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        secret = os.environ.get("KAIRO_DEMO_TOKEN", "").strip() or None
        try:
            demo = seed_demo(tenant_slug=options["tenant"], secret=secret, now=timezone.now())
        except Invalid as error:
            raise CommandError(str(error)) from None
        self.stdout.write(_as_json(demo) if options["json"] else _as_text(demo))


def _as_json(demo: SeededDemo) -> str:
    return json.dumps(
        {
            "demo_token": demo.token,
            "demo_brand_id": str(demo.shown_first.id),
            "demo_brands": [{"id": str(brand.id), "slug": brand.slug, "name": brand.name} for brand in demo.brands],
        }
    )


def _as_text(demo: SeededDemo) -> str:
    posts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(demo.posts.items()))
    brands = "\n".join(f"  {brand.id}  {brand.slug}" for brand in demo.brands)
    return (
        f"Tenant {demo.tenant_slug}: {len(demo.brands)} brands, {demo.posts.total()} posts ({posts})\n{brands}\n"
        f"Look at {demo.shown_first.slug} first.\nToken: {demo.token}"
    )
