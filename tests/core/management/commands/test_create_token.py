from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kairo.core.models import ApiToken, Tenant
from kairo.core.services.access import authenticate

pytestmark = pytest.mark.django_db


def create_token(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command("create_token", *arguments, stdout=out, **options)
    return out.getvalue().strip()


def test_secret_is_printed_and_authenticates() -> None:
    Tenant.objects.create(slug="acme", name="Acme")
    secret = create_token("--tenant", "acme", "--name", "frontend")
    caller = authenticate(secret=secret)
    assert caller.scopes == {"read", "write"}
    assert secret not in str(list(ApiToken.objects.values()))


def test_scope_and_days_options_apply() -> None:
    secret = create_token("--tenant", "acme", "--name", "report", "--scope", "read", "--days", "7", "--new-tenant")
    assert authenticate(secret=secret).scopes == {"read"}
    assert ApiToken.objects.get().expires_at is not None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--tenant", "missing", "--name", "x"), "no tenant 'missing'"),
        (("--tenant", "not a slug!", "--name", "x", "--new-tenant"), "slug"),
        (("--tenant", "acme", "--name", " ", "--new-tenant"), "--name"),
        (("--tenant", "acme", "--name", "x", "--days", "0", "--new-tenant"), "--days"),
    ],
)
def test_invalid_options_are_refused(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        create_token(*arguments)
    assert not ApiToken.objects.exists()
