"""Formats one line for each labelled board, which shows the boards that miss a bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kairo.hero.evaluation import story_measures as stories
from kairo.hero.evaluation.aboutness import story_of
from kairo.hero.evaluation.kinds import Kind
from kairo.hero.evaluation.runs import Run

HEADINGS = ("board", "posts", "gates", "ideas", "right", "planted at", "stories found", "brand mention", "taboos")


def lines(runs: Sequence[Run]) -> Iterator[str]:
    """The table as lines of text."""
    rows = [HEADINGS, *map(row, runs)]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(HEADINGS))]
    for cells in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def row(run: Run) -> tuple[str, ...]:
    """The cells of one board; a dash if its labels have no such posts."""
    rank, findable = stories.planted_rank(run), stories.findable_topics(run)
    crises = stories.crisis_posts(run).values()
    taboos = stories.posts_of_kind(run, Kind.TABOO)
    return (
        run.board.brand.slug,
        str(len(run.board.evidence)),
        ", ".join(run.failed_gates) or "passed",
        str(len(run.kept)),
        str(sum(story_of(run.board, candidate) is not None for candidate in run.kept)),
        (f"rank {rank}" if rank else "missed") if stories.has_planted(run) else "-",
        f"{len(findable & stories.found_topics(run))} of {len(findable)}",
        ("yes" if all(stories.is_mentioned(run, posts) for posts in crises) else "no") if crises else "-",
        f"{len(taboos & stories.refused_posts(run))} of {len(taboos)}" if taboos else "-",
    )
