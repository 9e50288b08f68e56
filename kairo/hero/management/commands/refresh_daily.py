from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kairo.core.errors import Invalid
from kairo.core.models import Brand
from kairo.hero.jobs.scheduler import refresh_daily, stop_refreshing
from kairo.hero.models import RefreshSchedule


class Command(BaseCommand):
    help = (
        "Schedule a daily refresh of a brand's board from stored evidence. It runs once a day, however many workers "
        "there are. Without --hour and --off: show the schedule."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, help="the tenant's slug")
        parser.add_argument("--brand", required=True, help="the brand's slug")
        parser.add_argument("--hour", type=int, help="0 to 23, by the clock on the wall")
        parser.add_argument("--time-zone", default="UTC", help="such as Europe/Lisbon (UTC)")
        parser.add_argument("--off", action="store_true", help="stop refreshing")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(tenant__slug=options["tenant"], slug=options["brand"]).first()
        if brand is None:
            raise CommandError(f"Tenant {options['tenant']!r} has no brand {options['brand']!r}.")
        if options["off"]:
            stopped = stop_refreshing(brand_id=brand.id)
            self.stdout.write(f"{brand.slug} is no longer refreshed" if stopped else f"{brand.slug} was not refreshed")
            return
        if options["hour"] is not None:
            try:
                refresh_daily(brand_id=brand.id, hour=options["hour"], time_zone=options["time_zone"])
            except Invalid as error:
                raise CommandError(str(error)) from error
        schedule = RefreshSchedule.objects.filter(brand=brand).first()
        self.stdout.write(f"{brand.slug} is refreshed " + (f"daily at {schedule}" if schedule else "only when asked"))
