from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kairo.core.enums import Channel, CreatedVia, OpportunityType
from kairo.hero.dto import ClaimDTO, OpportunityDTO, RejectedCandidateDTO, ScorePartDTO
from kairo.hero.enums import RejectionCode, ScorePartName
from kairo.hero.models.board_content import BoardContent
from kairo.hero.models.evidence_references import restored, shortened
from tests.hero.builders import an_id

POSTS = [an_id(f"post-{n}") for n in range(300)]
_places = st.lists(st.integers(0, 40), max_size=12, unique=True)


def idea(own: list[int], *claims: list[int]) -> OpportunityDTO:
    def ids(places: list[int]) -> Any:
        return tuple(POSTS[place] for place in places)

    return OpportunityDTO(
        id=an_id(str(own)),
        concept_key=f"topic:{own}",
        title="A title",
        angle="An angle",
        why_now="4 posts",
        type=OpportunityType.TREND,
        primary_channel=Channel.X,
        suggested_channels=(),
        score=50,
        score_parts=(
            ScorePartDTO(
                part=ScorePartName.CHANNEL, points=1, max=20, rule="a rule", sentence="", evidence_ids=ids(own)
            ),
        ),
        claims=tuple(
            ClaimDTO(text="4 posts", metric="posts", value="4", window="", evidence_ids=ids(places))
            for places in claims
        ),
        evidence_ids=ids(own),
        persona=None,
        pillar=None,
        created_via=CreatedVia.AI_SUGGESTED,
    )


def rejected(places: list[int]) -> RejectedCandidateDTO:
    ids = tuple(POSTS[place] for place in places)
    return RejectedCandidateDTO(title="no", code=RejectionCode.NO_FIT, detail="evidence", evidence_ids=ids)


@given(st.lists(st.tuples(_places, _places, _places), max_size=4), st.lists(_places, max_size=4))
def test_references_are_equal_after_storing(ideas: list[tuple[list[int], ...]], dropped: list[list[int]]) -> None:
    content = BoardContent(
        opportunities=tuple(idea(*each) for each in ideas),
        rejected_candidates=tuple(rejected(places) for places in dropped),
        notes=("evidence",),
    )
    stored = json.loads(msgspec.json.encode(content.to_store()))
    assert BoardContent.from_json(stored) == content
    assert BoardContent.from_json(content.to_json()) == content


def test_references_unknown_to_an_older_reader_read_as_empty() -> None:
    content = BoardContent(opportunities=(idea([0, 1, 2], [1, 2]),), rejected_candidates=(rejected([7]),))
    stored = content.to_store()
    plain = msgspec.convert({key: value for key, value in stored.items() if key != "version"}, BoardContent)
    (shown,) = plain.opportunities
    assert shown.evidence_ids == content.opportunities[0].evidence_ids
    assert [claim.evidence_ids for claim in shown.claims] == [()]
    assert replace(shown.claims[0], evidence_ids=tuple(POSTS[1:3])) == content.opportunities[0].claims[0]


def test_references_name_each_post_once() -> None:
    everything = list(range(300))
    content = BoardContent(opportunities=(idea(everything, *([everything] * 6)),), rejected_candidates=(rejected([3]),))
    text = json.dumps(content.to_store())
    assert all(text.count(str(post)) == 1 for post in POSTS)
    assert '"0-299"' in text


def test_references_are_shortened_without_changing_the_argument() -> None:
    content = BoardContent(opportunities=(idea([5, 4, 9], [9, 4]),)).to_json()
    before = json.dumps(content)
    short = shortened(content)
    assert json.dumps(content) == before
    assert short["opportunities"][0]["claims"][0]["evidence"] == "2,1"
    assert json.loads(json.dumps(restored(short))) == json.loads(before)
