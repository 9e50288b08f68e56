"""Measures the burst detector on hourly mention counts with labelled windows."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

from kairo.hero.engine.bursts import series_bursts
from kairo.hero.evaluation.result import Measure, all_of, at_most

MAX_FALSE_ALARMS_PER_WEEK = 1.3
MAX_MISSED_WINDOWS = 2
ALARM_INTERVAL = timedelta(hours=24)
"""Bursts within a day of the previous one belong to the same alarm."""


def measures(directory: Path) -> list[Measure]:
    """The labelled windows that contain an alarm, and the false alarms per series and week."""
    labels = json.loads((directory / "bursts" / "labels.json").read_text(encoding="utf-8"))["series"]
    windows = found = false = 0
    weeks = 0.0
    for entry in labels.values():
        moments, counts = _series(directory / "bursts" / entry["file"])
        alarms = _alarms(moments, series_bursts(counts))
        spans = [tuple(datetime.fromisoformat(end) for end in span) for span in entry["anomaly_windows"]]
        windows += len(spans)
        found += sum(any(start <= alarm <= end for alarm in alarms) for start, end in spans)
        false += sum(not any(start <= alarm <= end for start, end in spans) for alarm in alarms)
        weeks += (moments[-1] - moments[0]) / timedelta(weeks=1)
    return [
        all_of("burst detector: windows", found, windows, needed=windows - MAX_MISSED_WINDOWS),
        at_most("burst detector: false alarms per series-week", false / weeks, MAX_FALSE_ALARMS_PER_WEEK),
    ]


def _series(path: Path) -> tuple[list[datetime], list[float]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [datetime.fromisoformat(row["hour_utc"]) for row in rows], [float(row["mentions"]) for row in rows]


def _alarms(moments: list[datetime], bursts: list[int]) -> list[datetime]:
    alarms: list[datetime] = []
    last: datetime | None = None
    for index in bursts:
        if last is None or moments[index] - last > ALARM_INTERVAL:
            alarms.append(moments[index])
        last = moments[index]
    return alarms
