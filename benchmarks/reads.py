"""Every way to read the schema, as documents: run on a big database by `scale.py`.

`most` is the number of SQL statements that a document may take with its token's check, however many rows there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

IDEA = """id title angle whyNow type primaryChannel score scoreParts { part points sentence evidence { id } }
  claims { text evidence { id } } persona { id name role } pillar { id name keywords } decision { kind }
  evidence { id url snippet }"""


@dataclass(frozen=True, kw_only=True)
class Read:
    document: str
    most: int
    variables: dict[str, str] = field(default_factory=dict)  # by name, the name of an id: see `ids_of`


def ids_of(world: dict[str, Any], wanted: dict[str, str]) -> dict[str, Any]:
    return {name: world[known] for name, known in wanted.items()}


READS = {
    "todayBoard": Read(
        document=f"query($b: ID!) {{ todayBoard(brandId: $b) {{ state opportunities {{ {IDEA} }} }} }}",
        variables={"b": "brand"},
        most=7,
    ),
    "todayBoard of the past": Read(
        document="query($b: ID!, $at: DateTime!) "
        f"{{ todayBoard(brandId: $b, asOf: $at) {{ state opportunities {{ {IDEA} }} }} }}",
        variables={"b": "brand", "at": "now"},
        most=8,
    ),
    "board": Read(
        document=f"query($id: ID!) {{ board(id: $id) {{ state opportunities {{ {IDEA} }} }} }}",
        variables={"id": "board"},
        most=7,
    ),
    "boards": Read(
        document="query($b: ID!) { boards(brandId: $b) { nodes { id state meta { opportunityCount } }"
        " pageInfo { hasNextPage } } }",
        variables={"b": "brand"},
        most=5,
    ),
    "boardDiff": Read(
        document="query($a: ID!, $b: ID!) { boardDiff(from: $a, to: $b) { kind title } }",
        variables={"a": "board", "b": "board"},
        most=3,
    ),
    "boardMentionDiff": Read(
        document="query($a: ID!, $b: ID!) { boardMentionDiff(from: $a, to: $b) { kind } }",
        variables={"a": "board", "b": "board"},
        most=3,
    ),
    "brands": Read(
        document="{ brands { id slug name pillars { id name } personas { id name } campaigns { id } } }", most=5
    ),
    "brandConnection": Read(
        document="{ brandConnection(first: 20) { nodes { id slug name pillars { id name } personas { id name }"
        " campaigns { id } } pageInfo { hasNextPage endCursor } } }",
        most=5,
    ),
    "brand": Read(
        document="query($b: ID!) { brand(id: $b) { id name pillars { name } personas { name } campaigns { name } } }",
        variables={"b": "brand"},
        most=5,
    ),
    "opportunity": Read(
        document=f"query($id: ID!) {{ opportunity(id: $id) {{ {IDEA} }} }}", variables={"id": "idea"}, most=6
    ),
    "opportunities, newest": Read(
        document=f"query($b: ID!) {{ opportunities(brandId: $b, first: 50) {{ nodes {{ {IDEA} }} }} }}",
        variables={"b": "brand"},
        most=7,
    ),
    "opportunities, best": Read(
        document=f"query($b: ID!) {{ opportunities(brandId: $b, order: SCORE_DESC) {{ nodes {{ {IDEA} }} }} }}",
        variables={"b": "brand"},
        most=7,
    ),
    "opportunities, CREATED_ASC": Read(
        document="query($b: ID!) { opportunities(brandId: $b, order: CREATED_ASC) { nodes { id } } }",
        variables={"b": "brand"},
        most=7,
    ),
    "opportunities, SCORE_ASC": Read(
        document="query($b: ID!) { opportunities(brandId: $b, order: SCORE_ASC) { nodes { id } } }",
        variables={"b": "brand"},
        most=7,
    ),
    "opportunities of a type": Read(
        document="query($b: ID!) { opportunities(brandId: $b, filter: { types: [TREND] }) { nodes { id } } }",
        variables={"b": "brand"},
        most=7,
    ),
    "opportunities of a score": Read(
        document="query($b: ID!) { opportunities(brandId: $b, filter: { minimumScore: 50 }) { nodes { id } } }",
        variables={"b": "brand"},
        most=7,
    ),
    "opportunities undecided": Read(
        document="query($b: ID!) { opportunities(brandId: $b, filter: { decided: false }) { nodes { id } } }",
        variables={"b": "brand"},
        most=7,
    ),
    "opportunities of a time": Read(
        document='query($b: ID!) { opportunities(brandId: $b, filter: { createdFrom: "2000-01-01T00:00:00Z" })'
        " { nodes { id } } }",
        variables={"b": "brand"},
        most=7,
    ),
    "evidenceItem": Read(
        document="query($id: ID!) { evidenceItem(id: $id) { url snippet } }", variables={"id": "post"}, most=2
    ),
    "evidence": Read(
        document="query($b: ID!) { evidence(brandId: $b, first: 50) { nodes { id snippet } pageInfo { endCursor } } }",
        variables={"b": "brand"},
        most=3,
    ),
    "evidence, searched": Read(
        document='query($b: ID!) { evidence(brandId: $b, filter: { search: "denim pictures" }) { nodes { id } } }',
        variables={"b": "brand"},
        most=3,
    ),
    "evidence of a platform": Read(
        document="query($b: ID!) { evidence(brandId: $b, filter: { platforms: [YOUTUBE] }) { nodes { id } } }",
        variables={"b": "brand"},
        most=3,
    ),
    "evidence by an author": Read(
        document='query($b: ID!) { evidence(brandId: $b, filter: { author: "author_1" }) { nodes { id } } }',
        variables={"b": "brand"},
        most=3,
    ),
    "evidence of a time": Read(
        document='query($b: ID!) { evidence(brandId: $b, filter: { publishedFrom: "2000-01-01T00:00:00Z" })'
        " { nodes { id } } }",
        variables={"b": "brand"},
        most=3,
    ),
    "evidenceCoverage": Read(
        document="query($b: ID!) { evidenceCoverage(brandId: $b) { __typename } }", variables={"b": "brand"}, most=4
    ),
    "generationJob": Read(
        document="query($id: ID!) { generationJob(id: $id) { status } }", variables={"id": "job"}, most=2
    ),
    "generationJobs": Read(
        document="query($b: ID!) { generationJobs(brandId: $b) { nodes { id status } } }",
        variables={"b": "brand"},
        most=3,
    ),
    "ingestionJob": Read(
        document="query($id: ID!) { ingestionJob(id: $id) { id status runs { id status } } }",
        variables={"id": "ingestion"},
        most=3,
    ),
    "ingestionJobs": Read(
        document="query($b: ID!) { ingestionJobs(brandId: $b) { nodes { id status runs { id status } } } }",
        variables={"b": "brand"},
        most=4,
    ),
    "nodes of every type": Read(
        document="query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }",
        variables={"ids": "all"},
        most=16,
    ),
    "node": Read(document="query($id: ID!) { node(id: $id) { id } }", variables={"id": "idea"}, most=3),
    "nodes": Read(
        document="query($x: ID!, $y: ID!, $z: ID!) { nodes(ids: [$x, $y, $z]) { id } }",
        variables={"x": "idea", "y": "post", "z": "brand"},
        most=4,
    ),
    "viewer": Read(document="{ viewer { __typename } }", most=2),
    "apiTokens": Read(document="{ apiTokens { nodes { name } } }", most=2),
}
