"""Plots as SVG, by hand: bars, and lines over one another. Values are drawn on logarithmic axes."""

from __future__ import annotations

import math
from html import escape

WIDTH = 860
LEFT = 250
RIGHT = 70
INK, MUTED, GRID = "#1f2328", "#59636e", "#d1d9e0"
COLOURS = ("#0969da", "#1a7f37", "#bc4c00", "#8250df", "#cf222e", "#6e7781")
FONT = "font-family='system-ui, sans-serif' font-size='13'"


def bars(title: str, values: list[tuple[str, float, bool]]) -> str:
    """Horizontal bars, longest first; the flag marks those to stand out. Values are above 0."""
    values = sorted(values, key=lambda one: -one[1])
    low = 10 ** math.floor(math.log10(min(value for _, value, _ in values)))
    high = max(value for _, value, _ in values)
    across = WIDTH - LEFT - RIGHT
    parts = [_text(LEFT, 22, title, bold=True)]
    for at, (label, value, stands_out) in enumerate(values):
        top = 40 + 24 * at
        length = max(2.0, across * math.log(value / low) / math.log(high / low)) if high > low else across
        parts.append(_text(LEFT - 8, top + 13, label, anchor="end"))
        colour = COLOURS[0] if stands_out else "#8c959f"
        parts.append(f"<rect x='{LEFT}' y='{top}' width='{length:.1f}' height='17' fill='{colour}'/>")
        parts.append(_text(LEFT + length + 6, top + 13, f"{value:,.0f}", colour=MUTED))
    return _svg(60 + 24 * len(values), parts)


def lines(
    title: str, *, x: str, y: str, series: list[tuple[str, list[tuple[float, float]]]], x_is_time: bool = False
) -> str:
    """One line a series over logarithmic axes. Values are above 0. Time goes evenly, from 0, and has no dots."""
    height, left, top, bottom, right = 420, 70, 40, 370, WIDTH - 190
    points = [point for _, listed in series for point in listed]
    x_low, x_high = (0.0, max(at for at, _ in points)) if x_is_time else _bounds([at for at, _ in points])
    y_low, y_high = _bounds([value for _, value in points])

    def place(at: float, value: float) -> tuple[float, float]:
        along = at / x_high if x_is_time else math.log(at / x_low) / math.log(x_high / x_low)
        return (
            left + (right - left) * along,
            bottom - (bottom - top) * math.log(value / y_low) / math.log(y_high / y_low),
        )

    parts = [_text(left, 22, title, bold=True), _text((left + right) / 2, height - 8, x, anchor="middle", colour=MUTED)]
    parts.append(_text(8, top - 6, y, colour=MUTED))
    for tick in _even_ticks(x_high) if x_is_time else _ticks(x_low, x_high):
        across, _ = place(tick, y_low)
        parts.append(f"<line x1='{across:.1f}' x2='{across:.1f}' y1='{top}' y2='{bottom}' stroke='{GRID}'/>")
        parts.append(_text(across, bottom + 18, f"{tick:,g}", anchor="middle", colour=MUTED))
    for tick in _ticks(y_low, y_high):
        _, up = place(x_low, tick)
        parts.append(f"<line x1='{left}' x2='{right}' y1='{up:.1f}' y2='{up:.1f}' stroke='{GRID}'/>")
        parts.append(_text(left - 8, up + 4, f"{tick:g}", anchor="end", colour=MUTED))
    for at, (label, listed) in enumerate(series):
        colour = COLOURS[at % len(COLOURS)]
        drawn = [place(*point) for point in listed]
        path = " ".join(f"{across:.1f},{up:.1f}" for across, up in drawn)
        parts.append(f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2'/>")
        if not x_is_time:
            parts += [f"<circle cx='{across:.1f}' cy='{up:.1f}' r='3' fill='{colour}'/>" for across, up in drawn]
        parts.append(_text(right + 12, top + 14 + 20 * at, label, colour=colour))
    return _svg(height, parts)


def _bounds(values: list[float]) -> tuple[float, float]:
    low, high = min(values) * 0.9, max(values) * 1.1
    return low, high


def _ticks(low: float, high: float) -> list[float]:
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [tick for decade in decades for part in (1, 2, 5) if low <= (tick := part * 10.0**decade) <= high]


def _even_ticks(high: float) -> list[float]:
    step = next(step for step in (1, 2, 5, 10, 20, 60, 120, 300, 600, math.ceil(high)) if high / step <= 10)
    return [float(step * at) for at in range(int(high // step) + 1)]


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK, bold: bool = False) -> str:
    weight = " font-weight='600'" if bold else ""
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' fill='{colour}'{weight} {FONT}>{escape(text)}</text>"


def _svg(height: int, parts: list[str]) -> str:
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' width='{WIDTH}' height='{height}'>"
    return "\n".join([head, f"<rect width='{WIDTH}' height='{height}' fill='#ffffff'/>", *parts, "</svg>"]) + "\n"
