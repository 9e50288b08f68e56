"""A brand's newest board as it is shown, kept in one row, so that showing it again is one row read.

Only a transaction that has changed the board may write it: it holds the brand's revision then, and nothing that the
board shows can be committed by anybody else between reading it and writing it down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models.functions import Now

from kairo.db.sql import fetch
from kairo.hero.boards import rendering
from kairo.hero.boards.part_names import PartNames, with_current_names
from kairo.hero.boards.rendering import RenderedBoard, Stored
from kairo.hero.dto import BrandSnapshotDTO, TodayBoardDTO
from kairo.hero.models import OpportunitiesBoard

# Goes up with every change of what a board shows, or of how the DTOs are shaped: a snapshot of another version is
# as good as none.
VERSION = 2

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(TodayBoardDTO)


def write(boards: Sequence[tuple[Stored, datetime]]) -> None:
    """Keeps each brand's newest board as it shows at a moment of the database's clock.

    One SQL statement for all, and at most two more where one has ideas or brand mentions.
    """
    kept = [
        (each.board.brand.id, _encoder.encode(each.board), each.changes_at)
        for each in rendering.render_boards(boards)
        if each is not None
    ]
    if kept:
        brands, contents, until = zip(*kept, strict=True)
        fetch(_WRITE, {"version": VERSION, "brands": [*brands], "contents": [*contents], "until": [*until]})


def refresh(*, brand_id: UUID) -> None:
    """Keeps anew what the brand's newest board shows, after a change of it in the caller's transaction."""
    newest = OpportunitiesBoard.objects.filter(brand_id=brand_id).order_by("-created_at", "-id")
    board = newest.select_related("brand").annotate(db_now=Now()).first()
    if board is not None:
        brand = BrandSnapshotDTO(
            id=brand_id, tenant_id=board.brand.tenant_id, slug=board.brand.slug, name=board.brand.name
        )
        write([(Stored(board=board.to_dto(brand=brand), opportunity_ids=tuple(board.opportunity_ids)), board.db_now)])


def read(
    content: bytes, *, brand: BrandSnapshotDTO, names: PartNames, changes_at: datetime | None
) -> RenderedBoard | None:
    """The board in a snapshot of this version, with the brand and its parts' names of now. None if unreadable."""
    try:
        board = _decoder.decode(content)
    except (msgspec.DecodeError, ValueError):
        return None
    board = replace(with_current_names(board, names), brand=brand)
    return RenderedBoard(board=replace(board, meta=replace(board.meta, cache_hit=True)), changes_at=changes_at)


# %b: as text, in which each byte is escaped, a board of 24 ideas takes a millisecond more.
_WRITE = """
INSERT INTO hero_boardsnapshot (brand_id, board_revision, version, content, valid_until)
SELECT brand_id, r.board_revision, %(version)s, shown.content, shown.valid_until
FROM unnest(%(brands)s::uuid[], %(contents)b::bytea[], %(until)s::timestamptz[])
     AS shown (brand_id, content, valid_until)
JOIN hero_boardrevision r USING (brand_id)
ON CONFLICT (brand_id) DO UPDATE SET board_revision = EXCLUDED.board_revision, version = EXCLUDED.version,
    content = EXCLUDED.content, valid_until = EXCLUDED.valid_until
"""
