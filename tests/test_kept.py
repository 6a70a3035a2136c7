from concurrent.futures import ThreadPoolExecutor

from wayfinder.kept import Kept, keep_with


def test_a_value_is_made_once_and_the_same_for_all() -> None:
    kept: Kept[str, object] = Kept(2)
    first = kept.get("a", object)
    assert kept.get("a", object) is first
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: kept.get("b", object), range(200)))
    assert len({id(value) for value in found}) == 1


def test_what_was_not_used_for_longest_goes_first() -> None:
    kept: Kept[str, str] = Kept(2)
    kept.get("a", lambda: "first")
    kept.get("b", lambda: "first")
    kept.get("a", lambda: "again")
    kept.get("c", lambda: "first")
    assert kept.get("a", lambda: "again") == "first"
    assert kept.get("b", lambda: "again") == "again"


def test_what_is_kept_with_an_object_is_its_own() -> None:
    class Owner:
        pass

    one, other = Owner(), Owner()
    assert keep_with(one, "name", lambda: 1) == 1
    assert keep_with(one, "name", lambda: 2) == 1
    assert keep_with(one, "else", lambda: 3) == 3
    assert keep_with(other, "name", lambda: 4) == 4
