from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kairo.core.brand_profile import BrandProfile, parse_brand
from kairo.core.errors import Invalid


def a_brand(**changes: Any) -> dict[str, Any]:
    return {"slug": "brine", "name": "Brine & Co", **changes}


def test_slug_and_name_are_required_and_unknown_keys_ignored() -> None:
    expected = BrandProfile(slug="brine", values={"name": "Brine & Co"}, pillars=None, personas=None, campaigns=None)
    assert parse_brand(a_brand(colour="green", taboos=None)) == expected


def test_values_are_cleaned_and_lists_deduplicated() -> None:
    profile = parse_brand(
        a_brand(
            positioning=" Low\x00 waste ",
            channels=["Instagram", "tiktok", "instagram", " "],
            competitor_handles=["@plate.pronto", "@", "plate.pronto"],
            handles=["@brine", " brine"],
            product_names=["Jar  One", ""],
            taboos=["detox", "detox", ""],
            taboo_terms=[{"term": " detox ", "synonyms": ["cleanse", "detox", "cleanse"]}],
            pillars=[{"name": "Waste less", "keywords": ["brine"], "rank": 9}, {"name": "Fast", "is_active": False}],
            personas=[{"name": "Cook", "role": "At home", "pains": ["tired"], "priorities": None}],
            active_campaigns=[{"name": "Soup", "starts": "2025-11-01", "ends": "2025-11-30T23:00:00Z"}],
        )
    )
    assert profile.values == {
        "name": "Brine & Co",
        "positioning": "Low waste",
        "channels": ["instagram", "tiktok"],
        "competitor_handles": ["plate.pronto"],
        "handles": ["brine"],
        "product_names": ["Jar One"],
        "taboos": ["detox"],
        "taboo_terms": {"detox": ["cleanse"]},
    }
    assert profile.pillars is not None
    assert [(pillar["name"], pillar["keywords"], pillar["is_active"]) for pillar in profile.pillars] == [
        ("Waste less", ["brine"], True),
        ("Fast", [], False),
    ]
    assert profile.personas is not None
    assert (profile.personas[0]["role"], profile.personas[0]["pains"]) == ("At home", ["tired"])
    assert profile.campaigns is not None
    assert (profile.campaigns[0]["starts"], profile.campaigns[0]["ends"]) == (date(2025, 11, 1), date(2025, 11, 30))


def test_campaigns_are_read_from_either_key() -> None:
    campaign = {"name": "Soup", "starts": "2025-11-01", "ends": "2025-11-01"}
    assert parse_brand(a_brand(campaigns=[campaign])) == parse_brand(a_brand(active_campaigns=[campaign]))


def test_slug_may_have_letters_of_any_script() -> None:
    assert parse_brand(a_brand(slug="bücher_и-книги")).slug == "bücher_и-книги"
    assert parse_brand(a_brand(slug="cafe\u0301")).slug == "caf\u00e9"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "brand must be an object; it is null"),
        (["slug"], "brand must be an object; it is a list"),
        ({"name": "x"}, "slug is missing"),
        ({"slug": "x"}, "name is missing"),
        (a_brand(name=" \x00 "), "name is missing"),
        (a_brand(slug="a b"), "slug may hold letters, digits, - and _ only; it is 'a b'"),
        (a_brand(slug="a/b"), "slug may hold"),
        (a_brand(slug="x" * 65), "slug must have at most 64 characters; it has 65"),
        (a_brand(slug=7), "slug must be text; it is a number"),
        (a_brand(name="x" * 201), "name must have at most 200"),
        (
            a_brand(channels=["instagram", "myspace"]),
            "channels: myspace unknown; allowed are linkedin, x, youtube, instagram, tiktok, newsletter",
        ),
        (a_brand(channels="instagram"), "channels must be a list; it is text"),
        (a_brand(taboos=["ok", 5]), "taboos[1] must be text; it is a number"),
        (a_brand(taboos=["x" * 201]), "taboos[0] must have at most 200 characters"),
        (a_brand(taboos=["x"] * 501), "taboos must have at most 500 entries; it has 501"),
        (a_brand(taboo_terms={"detox": ["cleanse"]}), "taboo_terms must be a list; it is an object"),
        (a_brand(taboo_terms=["detox"]), "taboo_terms[0] must be an object; it is text"),
        (a_brand(taboo_terms=[{"synonyms": ["cleanse"]}]), "taboo_terms[0].term is missing"),
        (a_brand(taboo_terms=[{"term": "x", "synonyms": "y"}]), "taboo_terms[0].synonyms must be a list; it is text"),
        (
            a_brand(taboo_terms=[{"term": "x", "synonyms": ["y" * 201]}]),
            "taboo_terms[0].synonyms[0] must have at most 200 characters",
        ),
        (
            a_brand(taboo_terms=[{"term": t, "synonyms": [f"{t}{n}" for n in range(251)]} for t in "ab"]),
            "taboo_terms must have at most 500 synonyms in all; it has 502",
        ),
        (a_brand(taboos=["x"], taboo_terms=[{"term": "y"}]), "taboo_terms: 'y' is not among taboos"),
        (a_brand(taboos=[], taboo_terms=[{"term": "y"}]), "taboo_terms: 'y' is not among taboos"),
        (a_brand(handles="@brine"), "handles must be a list; it is text"),
        (a_brand(product_names=["x" * 201]), "product_names[0] must have at most 200 characters"),
        (a_brand(pillars={"name": "x"}), "pillars must be a list; it is an object"),
        (a_brand(pillars=["x"]), "pillars[0] must be an object; it is text"),
        (a_brand(pillars=[{"name": "x"}, {}]), "pillars[1].name is missing"),
        (a_brand(pillars=[{"name": "x"}, {"name": " x "}]), "pillars[1].name 'x' appears twice"),
        (a_brand(pillars=[{"name": "x", "is_active": 1}]), "pillars[0].is_active must be true or false"),
        (a_brand(personas=[{"name": "x", "keywords": "y"}]), "personas[0].keywords must be a list; it is text"),
        (a_brand(campaigns=[{"name": "x", "starts": "soon"}]), "campaigns[0].starts must be a day such as 2025-11-03"),
        (
            a_brand(active_campaigns=[{"name": "x", "starts": "2025-11-02", "ends": "2025-11-01"}]),
            "active_campaigns[0].ends is before active_campaigns[0].starts",
        ),
    ],
)
def test_invalid_value_is_reported_with_its_path(data: object, message: str) -> None:
    with pytest.raises(Invalid) as error:
        parse_brand(data)
    assert str(error.value).startswith(message)
