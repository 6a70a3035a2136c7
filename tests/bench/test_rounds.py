import gc

import pytest

from wayfinder.bench.rounds import Times, time_rounds


@pytest.mark.long
def test_everyone_has_as_many_turns_and_nobody_always_begins() -> None:
    order: list[str] = []
    times = time_rounds({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 4)
    assert "".join(order) == "ab" + "abba" * 2
    assert all(len(seconds) == 4 for seconds in times.rounds_s.values())


def test_ratios_are_made_within_a_round() -> None:
    times = Times({"slow": (2.0, 40.0, 6.0), "fast": (1.0, 20.0, 3.0)})
    assert times.ratio("slow", "fast") == 2.0
    assert times.median_s("slow") == 6.0
    with pytest.raises(KeyError):
        times.median_s("absent")


def test_the_collector_is_on_again_even_after_an_error() -> None:
    calls = iter([None, None])

    def fail() -> None:
        next(calls)

    with pytest.raises(StopIteration):
        time_rounds({"fails": fail}, 2)
    assert gc.isenabled()


def test_no_rounds_are_refused() -> None:
    with pytest.raises(ValueError, match="0 rounds"):
        time_rounds({}, 0)
