"""What this web server and this database can do at most: no GraphQL, one SQL statement, or none."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from psycopg_pool import AsyncConnectionPool

# The whole answer as PostgreSQL's own JSON.
BOARD = """
SELECT json_build_object('data', json_build_object('todayBoard', json_build_object(
  'state', b.state, 'readyReason', b.ready_reason, 'asOf', b.as_of, 'remediation', b.remediation,
  'opportunities', (
    SELECT coalesce(json_agg(json_build_object(
      'id', o.id, 'title', o.title, 'angle', o.angle, 'whyNow', o.why_now, 'type', o.type,
      'primaryChannel', o.primary_channel, 'suggestedChannels', o.suggested_channels, 'score', o.score,
      'createdVia', o.created_via, 'createdAt', o.created_at,
      'persona', json_build_object('id', r.id, 'name', r.name),
      'pillar', json_build_object('id', p.id, 'name', p.name),
      'evidence', (
        SELECT json_agg(json_build_object(
          'id', e.id, 'platform', e.platform, 'url', e.url, 'author', e.author, 'snippet', e.snippet,
          'hasTranscript', e.has_transcript, 'publishedAt', e.published_at) ORDER BY e.position)
        FROM bench.evidence e WHERE e.opportunity_key = o.key)
    ) ORDER BY o.position), '[]')
    FROM bench.opportunity o
    LEFT JOIN bench.persona r ON r.key = o.persona_key LEFT JOIN bench.pillar p ON p.key = o.pillar_key
    WHERE o.brand_id = b.brand_id)
)))::text FROM bench.board b WHERE b.brand_id = %s::uuid
"""
FIXED: dict[str, bytes] = {"/empty": b""}
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

pool = AsyncConnectionPool(
    os.environ["DATABASE_URL"],
    min_size=int(os.environ["POOL"]),
    max_size=int(os.environ["POOL"]),
    kwargs={"autocommit": True, "prepare_threshold": 0},
    open=False,
)


async def application(scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Any]], send: Send) -> None:
    if scope["type"] == "lifespan":
        return await live(receive, send)
    path = scope["path"]
    if path == "/limit":
        return await answer(send, await board(scope["query_string"].partition(b"=")[2].decode()))
    if path == "/fixed" and path not in FIXED:
        FIXED[path] = await board(scope["query_string"].partition(b"=")[2].decode())
    return await answer(send, FIXED.get(path, b""))


async def board(brand_id: str) -> bytes:
    async with pool.connection() as connection:
        cursor = await connection.execute(BOARD, [brand_id])
        row = await cursor.fetchone()
    return row[0].encode() if row else b""


async def answer(send: Send, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def live(receive: Callable[[], Awaitable[Any]], send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await pool.open(wait=True)
        else:
            await pool.close()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
