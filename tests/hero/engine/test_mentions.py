"""Brand mentions: what authors say of the brand, counted and never scored."""

from __future__ import annotations

from kairo.hero.dto import BrandMentionDTO, EvidenceItemDTO
from kairo.hero.engine.claims import why_unproven
from kairo.hero.engine.mentions import find_mentions
from kairo.hero.engine.state import initial_state
from tests.hero.builders import AS_OF, an_id, brand, post
from tests.hero.engine.workshop_board import request_for

BRAND = brand("Lanternwood", taboos=("gift card",))
LATE = [
    post(f"late-{n}", f"{text} #lanternwood", hours_ago=20 + n)
    for n, text in enumerate(("My parcel box came late", "Second parcel box, crushed", "A parcel box for nobody"))
]
ALONE = post("alone", "Lanternwood answered today", hours_ago=24 * 10)


def mentions(*posts: EvidenceItemDTO) -> tuple[BrandMentionDTO, ...]:
    return find_mentions(initial_state(request_for(posts, BRAND)))


def test_mention_is_by_the_phrase_that_authors_share_and_the_rest_by_the_name() -> None:
    named, shared = mentions(*LATE, ALONE)
    assert shared.phrase.lower() == "parcel box"
    assert shared.authors == 3
    assert set(shared.evidence_ids) == {item.id for item in LATE}
    assert shared.newest_published_at == LATE[0].published_at
    assert (named.phrase, named.authors) == ("Lanternwood", 4)


def test_mention_claim_is_proven_by_its_posts() -> None:
    (mention,) = mentions(*LATE)
    (claim,) = mention.claims
    assert (claim.metric, claim.value, claim.window) == ("authors", "3", mention.window)
    evidence = {item.id: item for item in LATE}
    assert why_unproven(claim, evidence=evidence, as_of=AS_OF, brand=BRAND) is None


def test_mention_of_an_undated_post_has_no_claim() -> None:
    (mention,) = mentions(post("undated", "Lanternwood again", hours_ago=None))
    assert (mention.claims, mention.newest_published_at) == ((), None)


def test_mention_phrase_has_no_taboo_and_future_posts_are_left_out() -> None:
    assert mentions(*[post(f"card-{n}", "Lanternwood sells a gift card", hours_ago=9 + n) for n in range(3)]) == ()
    assert mentions(post("later", "Lanternwood again", hours_ago=-1)) == ()


def test_mention_ignores_a_phrase_that_posts_on_other_things_share() -> None:
    others = [post(f"other-{n}", f"My parcel box number {n} arrived", hours_ago=30 + n) for n in range(4)]
    (mention,) = mentions(*LATE, *others)
    assert mention.phrase == "Lanternwood"
    assert an_id("other-0") not in mention.evidence_ids


def test_mention_phrase_of_three_authors_is_enough_among_many_who_name_the_brand() -> None:
    words = ("opens", "window", "ladder", "candles", "quiet")
    alone = [post(f"alone-{word}", f"Lanternwood {word}", hours_ago=24 * 10) for word in words]
    named, shared = mentions(*LATE, *alone)
    assert (shared.phrase.lower(), shared.authors) == ("parcel box", 3)
    assert (named.phrase, named.authors) == ("Lanternwood", 8)
