from concurrent.futures import ThreadPoolExecutor
from functools import partial

from wayfinder.kept import Kept, keep_with


def test_a_value_is_made_once_and_the_same_for_all() -> None:
    kept: Kept[str, object] = Kept(2)
    first = kept.get("a", object)
    assert kept.get("a", object) is first
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: kept.get("b", object), range(200)))
    assert len({id(value) for value in found}) == 1


def test_what_was_not_used_for_long_goes_and_what_was_stays() -> None:
    kept: Kept[int, int] = Kept(10)
    for number in range(100):
        kept.get(number, partial(int, number))
        assert kept.get(0, lambda: -1) == 0
    assert kept.get(99, lambda: -1) == 99
    assert kept.get(50, lambda: -1) == -1


def test_what_is_kept_with_an_object_is_its_own() -> None:
    class Owner:
        pass

    one, other = Owner(), Owner()
    assert keep_with(one, "name", lambda: 1) == 1
    assert keep_with(one, "name", lambda: 2) == 1
    assert keep_with(one, "else", lambda: 3) == 3
    assert keep_with(other, "name", lambda: 4) == 4
