from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kairo.core.enums import TokenScope
from kairo.core.errors import KairoError
from kairo.core.models import Tenant
from kairo.core.services.api_tokens import MAX_NAME_LENGTH, create_token
from kairo.core.services.tenants import tenant_of_slug


class Command(BaseCommand):
    help = "Creates an API token for a tenant and prints its secret once: only a hash is stored."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, metavar="SLUG", help="whose token it is")
        parser.add_argument("--name", required=True, help="what the token is for, such as frontend")
        parser.add_argument(
            "--scope",
            action="append",
            choices=TokenScope.values,
            dest="scopes",
            help="what it may do; repeat for several; default read and write",
        )
        parser.add_argument("--days", type=int, help="how many days it is valid; default until it is revoked")
        parser.add_argument("--new-tenant", action="store_true", help="create the tenant if it does not exist")

    def handle(
        self,
        *args: Any,
        tenant: str,
        name: str,
        scopes: list[str] | None,
        days: int | None,
        new_tenant: bool,
        **options: Any,
    ) -> None:
        if not 0 < len(name.strip()) <= MAX_NAME_LENGTH:
            raise CommandError(f"--name must have 1 to {MAX_NAME_LENGTH} characters.")
        if days is not None and days < 1:
            raise CommandError("--days must be 1 or more.")
        _, secret = create_token(
            tenant=_tenant(tenant, create=new_tenant),
            name=name.strip(),
            scopes=scopes or ("read", "write"),
            expires_at=timezone.now() + timedelta(days=days) if days else None,
        )
        self.stdout.write(secret)


def _tenant(slug: str, *, create: bool) -> Tenant:
    if create:
        try:
            return tenant_of_slug(slug=slug)
        except KairoError as error:
            raise CommandError(str(error)) from error
    row = Tenant.objects.filter(slug=slug).first()
    if row is None:
        raise CommandError(f"There is no tenant {slug!r}: check the slug, or create it with --new-tenant.")
    return row
