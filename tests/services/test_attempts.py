from wayfinder.services.attempts import Attempts


def test_so_many_a_minute_by_one_and_by_all() -> None:
    now = [0.0]
    attempts = Attempts(2, most_in_all=3, clock=lambda: now[0])
    assert [attempts.allow("a") for _ in range(3)] == [True, True, False]
    assert [attempts.allow("b") for _ in range(2)] == [True, False]
    assert not attempts.allow("c")
    now[0] = 59.9
    assert not attempts.allow("a")
    now[0] = 60.0
    assert [attempts.allow(key) for key in ("a", "b")] == [True, True]
