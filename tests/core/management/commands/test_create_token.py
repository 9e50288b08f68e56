from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kairo.core.models import ApiToken, Tenant
from kairo.core.services.access import authenticate

pytestmark = pytest.mark.django_db


def made(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command("create_token", *arguments, stdout=out, **options)
    return out.getvalue().strip()


def test_the_secret_is_printed_once_and_works() -> None:
    Tenant.objects.create(slug="acme", name="Acme")
    secret = made("--tenant", "acme", "--name", "frontend")
    caller = authenticate(secret=secret)
    assert caller.scopes == {"read", "write"}
    assert secret not in str(list(ApiToken.objects.values()))


def test_scopes_and_days_are_as_asked() -> None:
    secret = made("--tenant", "acme", "--name", "report", "--scope", "read", "--days", "7", "--new-tenant")
    assert authenticate(secret=secret).scopes == {"read"}
    assert ApiToken.objects.get().expires_at is not None


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--tenant", "nobody", "--name", "x"), "no tenant 'nobody'"),
        (("--tenant", "not a slug!", "--name", "x", "--new-tenant"), "slug"),
        (("--tenant", "acme", "--name", " ", "--new-tenant"), "--name"),
        (("--tenant", "acme", "--name", "x", "--days", "0", "--new-tenant"), "--days"),
    ],
)
def test_what_makes_no_sense_is_a_clear_error(arguments: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        made(*arguments)
    assert not ApiToken.objects.exists()
