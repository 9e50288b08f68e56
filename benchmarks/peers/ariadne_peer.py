"""Ariadne over psycopg: resolvers by field, a DataLoader for each list, orjson."""

import os
from collections import defaultdict
from contextlib import asynccontextmanager
from pathlib import Path

import orjson
from aiodataloader import DataLoader
from ariadne import ObjectType, QueryType, ScalarType, make_executable_schema
from ariadne.asgi import GraphQL
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

BOARD = """SELECT brand_id, state, ready_reason AS "readyReason", as_of AS "asOf", remediation
  FROM bench.board WHERE brand_id = %s"""
IDEAS = """SELECT o.key, o.id, o.title, o.angle, o.why_now AS "whyNow", o.type,
    o.primary_channel AS "primaryChannel", o.suggested_channels AS "suggestedChannels", o.score,
    o.created_via AS "createdVia", o.created_at AS "createdAt",
    json_build_object('id', r.id, 'name', r.name) AS persona, json_build_object('id', p.id, 'name', p.name) AS pillar
  FROM bench.opportunity o LEFT JOIN bench.persona r ON r.key = o.persona_key
  LEFT JOIN bench.pillar p ON p.key = o.pillar_key WHERE o.brand_id = %s ORDER BY o.position"""
POSTS = """SELECT opportunity_key, id, platform, url, author, snippet, has_transcript AS "hasTranscript",
    published_at AS "publishedAt"
  FROM bench.evidence WHERE opportunity_key = ANY(%s) ORDER BY opportunity_key, position"""
size = int(os.environ["POOL"])
pool = AsyncConnectionPool(
    os.environ["DATABASE_URL"],
    min_size=size,
    max_size=size,
    open=False,
    kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row},
)


async def rows(sql, *values):
    async with pool.connection() as connection:
        return await (await connection.execute(sql, values)).fetchall()


class PostsLoader(DataLoader):
    async def batch_load_fn(self, keys):
        found = defaultdict(list)
        for row in await rows(POSTS, keys):
            found[row["opportunity_key"]].append(row)
        return [found[key] for key in keys]


query, board, idea = QueryType(), ObjectType("Board"), ObjectType("Opportunity")


@query.field("todayBoard")
async def today_board(_, info, brandId):  # noqa: N803  GraphQL's name
    found = await rows(BOARD, brandId)
    return found[0] if found else None


@board.field("opportunities")
async def opportunities(parent, info):
    return await rows(IDEAS, parent["brand_id"])


@idea.field("evidence")
async def evidence(parent, info):
    return await info.context["posts"].load(parent["key"])


moment = ScalarType("DateTime", serializer=lambda value: value.isoformat())
words = Path(__file__).with_name("schema.graphql").read_text()


class Server(GraphQL):
    async def create_json_response(self, request, result, success):
        return Response(orjson.dumps(result), 200 if success else 400, media_type="application/json")


server = Server(
    make_executable_schema(words, query, board, idea, moment),
    context_value=lambda request, data=None: {"posts": PostsLoader()},
    introspection=False,
    explorer=None,
)


@asynccontextmanager
async def lifespan(_):
    async with pool:
        yield


application = Starlette(routes=[Route("/graphql", server, methods=["POST"])], lifespan=lifespan)
