from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from kairo.core.models import Brand, Tenant
from kairo.core.services.access import authenticate
from kairo.hero.models import OpportunitiesJob

pytestmark = pytest.mark.django_db


def run(*options: str) -> str:
    out = io.StringIO()
    call_command("seed_demo", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def no_token_in_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAIRO_DEMO_TOKEN", raising=False)


def test_json_output_is_one_line() -> None:
    printed = run("--json")
    assert printed.endswith("}\n")
    assert printed.count("\n") == 1
    output = json.loads(printed)
    assert set(output) == {"demo_token", "demo_brand_id", "demo_brands"}
    tenant = Tenant.objects.get(slug="demo")
    assert authenticate(secret=output["demo_token"]).tenant_id == tenant.id
    assert Brand.objects.get(pk=output["demo_brand_id"]).slug == "ledgerloom"
    assert output["demo_brands"] == [
        {"id": str(brand.id), "slug": brand.slug, "name": brand.name}
        for brand in (Brand.objects.get(slug=entry["slug"]) for entry in output["demo_brands"])
    ]
    assert len(output["demo_brands"]) == 5


def test_text_output_has_token_and_first_brand() -> None:
    printed = run()
    assert printed.startswith("Tenant demo: 5 brands, 80 posts (80 created)\n")
    assert "Look at ledgerloom first." in printed
    authenticate(secret=printed.rsplit("Token: ", 1)[1].strip())


def test_token_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIRO_DEMO_TOKEN", "kairo_from-the-environment")
    assert json.loads(run("--json"))["demo_token"] == "kairo_from-the-environment"


def test_invalid_token_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIRO_DEMO_TOKEN", "short")
    with pytest.raises(CommandError, match="16 to 512"):
        run()


def test_no_job_is_enqueued() -> None:
    run()
    assert not OpportunitiesJob.objects.exists()
