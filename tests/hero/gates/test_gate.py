from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kairo.hero.gates.gate import count_result, fewest_additions, percent, share_result, single_result


@given(st.integers(0, 5_000))
def test_gate_fewest_additions_finds_the_boundary(boundary: int) -> None:
    assert fewest_additions(lambda added: added >= boundary) == boundary


def test_gate_count_result_at_its_boundary() -> None:
    below, at = (count_result(found, 8, "Too few.") for found in (7, 8))
    assert (below.holds, below.found, below.needed, below.missing) == (False, "7", "8", 1)
    assert (at.holds, at.missing) == (True, 0)


def test_gate_single_result_lacks_one_item() -> None:
    assert single_result(False, "none", "one", "None.").missing == 1
    assert single_result(True, "one", "one", "None.").missing == 0


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.05, 0.95), st.none() | st.integers(1, 50))
def test_gate_share_result_missing_is_the_fewest_additions(
    count: int, others: int, needed: float, sufficient: int | None
) -> None:
    def share_after(added: int) -> bool:
        return share_result(
            count + added, count + others + added, needed, "", sufficient=sufficient, exception=""
        ).holds

    missing = share_result(count, count + others, needed, "", sufficient=sufficient, exception="").missing
    assert share_after(missing)
    assert missing == 0 or not share_after(missing - 1)


def test_gate_share_result_holds_with_an_exception() -> None:
    result = share_result(0, 10, 0.3, "None.", exception="Not needed.")
    assert (result.holds, result.missing, result.found, result.exception) == (True, 0, "0%", "Not needed.")


def test_gate_percent_of_nothing_is_zero() -> None:
    assert (percent(0, 0), percent(1, 3)) == ("0%", "33%")
