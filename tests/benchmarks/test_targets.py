from __future__ import annotations

from benchmarks import targets


def test_ratio_is_the_median_over_rounds() -> None:
    def turn(at: int, requests: int, seconds: float) -> dict[str, float]:
        return {"round": at, "requests": requests, "seconds": seconds}

    rounds = {
        "ours": [turn(0, 100, 1), turn(0, 300, 1), turn(1, 400, 1), turn(2, 900, 1)],
        "theirs": [turn(0, 100, 1), turn(1, 100, 2), turn(2, 300, 1)],
        "faster": [turn(0, 200, 1), turn(1, 100, 1)],
    }
    assert targets.ratio({"rounds": rounds}, "ours", ["theirs"]) == 3  # of 2, 8 and 3
    assert targets.ratio({"rounds": rounds}, "ours", ["theirs", "faster"]) == 2.5  # of 1 and 4: one has no third round
    assert targets.ratio({"rounds": rounds}, "ours", ["absent"]) is None
