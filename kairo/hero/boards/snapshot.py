"""Stores a brand's newest board as it shows, in one row, so that each later read is a read of that row.

Call `write` and `refresh` only from a transaction that bumped the brand's revision: its row lock keeps the snapshot
consistent, because no other change of what the board shows can commit before.
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
from kairo.hero.boards.rendering import RenderedBoard, StoredBoard
from kairo.hero.dto import BrandSnapshotDTO, TodayBoardDTO
from kairo.hero.models import OpportunitiesBoard

# Increase with each change of what a board shows or of the DTOs' shape: snapshots of another version are not read.
VERSION = 2

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(TodayBoardDTO)


def write(boards: Sequence[tuple[StoredBoard, datetime]]) -> None:
    """Stores each brand's newest board as it shows at a moment of the database's clock.

    One SQL statement for all, and at most two more where a board has opportunities or brand mentions.
    """
    rows = [
        (each.board.brand.id, _encoder.encode(each.board), each.changes_at)
        for each in rendering.render_boards(boards)
        if each is not None
    ]
    if rows:
        brands, contents, until = zip(*rows, strict=True)
        fetch(_WRITE, {"version": VERSION, "brands": [*brands], "contents": [*contents], "until": [*until]})


def refresh(*, brand_id: UUID) -> None:
    """Stores the brand's newest board again, after a change in the caller's transaction."""
    newest = OpportunitiesBoard.objects.filter(brand_id=brand_id).order_by("-created_at", "-id")
    board = newest.select_related("brand").annotate(db_now=Now()).first()
    if board is not None:
        brand = BrandSnapshotDTO(
            id=brand_id, tenant_id=board.brand.tenant_id, slug=board.brand.slug, name=board.brand.name
        )
        write(
            [(StoredBoard(board=board.to_dto(brand=brand), opportunity_ids=tuple(board.opportunity_ids)), board.db_now)]
        )


def read(
    content: bytes, *, brand: BrandSnapshotDTO, names: PartNames, changes_at: datetime | None
) -> RenderedBoard | None:
    """Decodes a snapshot of this version, with the current brand and part names; None if it is unreadable."""
    try:
        board = _decoder.decode(content)
    except (msgspec.DecodeError, ValueError):
        return None
    board = replace(with_current_names(board, names), brand=brand)
    return RenderedBoard(board=replace(board, meta=replace(board.meta, cache_hit=True)), changes_at=changes_at)


# %b sends bytes: as text, with each byte escaped, a board of 24 opportunities takes a millisecond longer.
_WRITE = """
INSERT INTO hero_boardsnapshot (brand_id, board_revision, version, content, valid_until)
SELECT brand_id, r.board_revision, %(version)s, rendered.content, rendered.valid_until
FROM unnest(%(brands)s::uuid[], %(contents)b::bytea[], %(until)s::timestamptz[])
     AS rendered (brand_id, content, valid_until)
JOIN hero_boardrevision r USING (brand_id)
ON CONFLICT (brand_id) DO UPDATE SET board_revision = EXCLUDED.board_revision, version = EXCLUDED.version,
    content = EXCLUDED.content, valid_until = EXCLUDED.valid_until
"""
