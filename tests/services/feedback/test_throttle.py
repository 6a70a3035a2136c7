"""The throttle: by address and place for an hour; nobody can be told from what it remembers."""

from wayfinder.services.feedback.throttle import (
    DAY_S,
    HOUR_S,
    MOST_OF_ONE,
    MOST_OF_ONE_ABOUT_ONE,
    Throttle,
)


class Steady:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = 10 * DAY_S

    def __call__(self) -> float:
        return self.now


def test_so_often_about_one_place() -> None:
    throttle = Throttle(Steady())
    said = [throttle.allow("192.0.2.7", "lift") for _ in range(MOST_OF_ONE_ABOUT_ONE + 2)]
    assert said == [True] * MOST_OF_ONE_ABOUT_ONE + [False] * 2
    assert throttle.allow("192.0.2.7", "door")
    assert throttle.allow("192.0.2.8", "lift")


def test_so_often_in_all() -> None:
    throttle = Throttle(Steady())
    said = [throttle.allow("192.0.2.7", f"place {number}") for number in range(MOST_OF_ONE + 1)]
    assert said == [True] * MOST_OF_ONE + [False]


def test_an_hour_later_it_is_forgotten() -> None:
    clock = Steady()
    throttle = Throttle(clock)
    while throttle.allow("192.0.2.7", "lift"):
        pass
    clock.now += HOUR_S
    assert throttle.allow("192.0.2.7", "lift")


def test_what_it_remembers_is_nobody() -> None:
    clock = Steady()
    throttle = Throttle(clock)
    throttle.allow("192.0.2.7", "lift")
    first, salt = set(throttle._counts), throttle._salt
    assert all(len(one) == 16 and b"192" not in one for one in first)
    clock.now += DAY_S
    throttle.allow("192.0.2.7", "lift")
    # the same address is another one tomorrow
    assert first.isdisjoint(throttle._counts)
    assert throttle._salt != salt
