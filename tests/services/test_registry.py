"""A code is for ever: registered once, followed from release to release, never given out twice."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from tests.signed import FIRST, OTHER, SECOND, make_plan
from wayfinder.model.sign_codes import is_code
from wayfinder.model.sign_records import SignState
from wayfinder.services import registry, releases, signage
from wayfinder.store import ConflictError, InvalidError, Store
from wayfinder.store.signs import list_codes as list_records
from wayfinder.store.tables import metadata, sign_codes
from wayfinder.store.venues import list_venues, make_venue


def list_codes(store: Store, slug: str = "house") -> dict[str, str]:
    return {record.code: record.feature for record in registry.list_venue_codes(store, slug)}


def put(store: Store, signs: dict[str, dict[str, str]], slug: str = "house") -> None:
    releases.import_plan(store, slug, make_plan(signs))
    releases.publish(store, slug)


def test_a_code_in_a_plan_is_registered_at_import(store: Store) -> None:
    releases.import_plan(store, "house", make_plan({"s": {"sign_code": FIRST}}))
    assert list_codes(store) == {FIRST: "s"}
    with store.read() as connection:
        (record,) = registry.read_registry(connection)
    assert (record.code, record.venue, record.feature) == (FIRST, "house", "s")


def test_signs_without_a_code_get_one_at_publish(store: Store) -> None:
    releases.import_plan(store, "house", make_plan({"s": {}, "t": {}, "u": {"sign_code": FIRST}}))
    assert list_codes(store) == {FIRST: "u"}
    assert releases.publish(store, "house").codes == 2
    given_out = list_codes(store)
    assert sorted(given_out.values()) == ["s", "t", "u"]
    assert all(is_code(code) for code in given_out)


def test_a_sign_keeps_its_code_whatever_is_published(store: Store) -> None:
    put(store, {"s": {}})
    (code,) = list_codes(store)
    put(store, {"s": {}, "t": {}})
    put(store, {"t": {}})
    assert list_codes(store)[code] == "s"
    releases.roll_back(store, "house", 1)
    assert list_codes(store)[code] == "s"
    assert len(list_codes(store)) == 2


def test_a_code_follows_its_sign_to_another_id_and_back(store: Store) -> None:
    put(store, {"old": {"sign_code": FIRST}})
    releases.import_plan(store, "house", make_plan({"new": {"sign_code": FIRST}}))
    assert list_codes(store) == {FIRST: "old"}
    releases.publish(store, "house")
    assert list_codes(store) == {FIRST: "new"}
    releases.roll_back(store, "house", 1)
    assert list_codes(store) == {FIRST: "old"}


def test_a_sign_without_a_code_is_known_by_what_it_is_called(store: Store) -> None:
    put(store, {"old": {"ref": "A3-07"}, "other": {"ref": "A3-08"}})
    codes = {feature: code for code, feature in list_codes(store).items()}
    put(store, {"new": {"ref": "A3-07"}, "other": {"ref": "A3-08"}})
    assert list_codes(store) == {codes["old"]: "new", codes["other"]: "other"}
    releases.roll_back(store, "house", 1)
    assert list_codes(store) == {codes["old"]: "old", codes["other"]: "other"}


def test_a_second_sign_of_the_same_name_gets_a_code_of_its_own(store: Store) -> None:
    put(store, {"a": {"ref": "A3-07"}})
    put(store, {"a": {"ref": "A3-07"}, "b": {"ref": "A3-07"}})
    assert sorted(list_codes(store).values()) == ["a", "b"]


def test_a_new_code_on_a_sign_leaves_the_old_one_on_the_wall_good(store: Store) -> None:
    put(store, {"s": {"sign_code": FIRST}})
    put(store, {"s": {"sign_code": SECOND}})
    assert list_codes(store) == {FIRST: "s", SECOND: "s"}


def test_codes_are_read_as_people_type_them(store: Store) -> None:
    put(store, {"s": {"sign_code": f" {FIRST[:3].lower()}-{FIRST[3:]} "}})
    assert list_codes(store) == {FIRST: "s"}


@pytest.mark.parametrize("code", ["ABC", f"{FIRST[:-1]}*", FIRST[::-1], "0O1IL2Z"])
def test_a_mistyped_code_is_refused(store: Store, code: str) -> None:
    with pytest.raises(InvalidError, match="bad-code"):
        releases.import_plan(store, "house", make_plan({"s": {"sign_code": code}}))
    with store.read() as connection:
        assert list_venues(connection) == []


def test_a_code_belongs_to_one_sign_of_one_venue(store: Store) -> None:
    with pytest.raises(ConflictError) as caught:
        releases.import_plan(
            store, "house", make_plan({"s": {"sign_code": FIRST}, "t": {"sign_code": FIRST}})
        )
    assert caught.value.values["signs"] == ["s", "t"]
    put(store, {"s": {"sign_code": FIRST}})
    with pytest.raises(ConflictError) as caught:
        releases.import_plan(store, "annex", make_plan({"s": {"sign_code": FIRST}}))
    assert (caught.value.code, caught.value.values["venue"]) == ("code-taken", "house")
    put(store, {"s": {}}, "annex")
    assert list_codes(store, "annex").keys().isdisjoint(list_codes(store))


PLANS = st.lists(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.fixed_dictionaries({}, optional={"ref": st.sampled_from(["1", "2"])}),
        max_size=4,
    ),
    min_size=1,
    max_size=4,
)


@given(PLANS, st.lists(st.integers(0, 3), max_size=3), st.booleans())
def test_no_code_is_ever_lost_or_moved_to_another_venue(
    plans: list[dict[str, dict[str, str]]],
    back: list[int],
    with_code: bool,  # noqa: FBT001 - drawn
) -> None:
    first = {"a": {"sign_code": FIRST}} if with_code else {}
    wanted = [{**signs, **first} for signs in plans]
    wanted += [wanted[number] for number in back if number < len(plans)]
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        house, annex = (make_venue(connection, slug, "we", {}) for slug in ("house", "annex"))
        registry.follow_signs(connection, annex, make_plan({"z": {"sign_code": OTHER}}), 1)
        known: set[str] = set()
        for number, signs in enumerate(wanted, start=1):
            registry.follow_signs(connection, house, make_plan(signs), number)
            house = replace(house, published=number)
            records = list_records(connection, house)
            codes = {record.code for record in records}
            assert known <= codes
            assert signs.keys() <= {record.feature for record in records}
            known = codes
        assert [r.code for r in list_records(connection, annex)] == [OTHER]
    engine.dispose()


def test_the_code_of_a_sign_that_still_hangs_goes_to_no_other(store: Store) -> None:
    put(store, {"s": {"sign_code": FIRST}, "t": {"sign_code": SECOND}})
    for swapped in (
        {"s": {"sign_code": SECOND}, "t": {"sign_code": FIRST}},
        {"s": {}, "new": {"sign_code": FIRST}},
        {"t": {"sign_code": FIRST}},
    ):
        with pytest.raises(ConflictError) as caught:
            releases.import_plan(store, "house", make_plan(swapped))
        assert caught.value.code == "code-moved"
    assert list_codes(store) == {FIRST: "s", SECOND: "t"}


def test_a_release_that_was_kept_before_the_code_was_followed_is_refused_too(store: Store) -> None:
    put(store, {"s": {"sign_code": FIRST}})
    releases.import_plan(store, "house", make_plan({"new": {"sign_code": FIRST}, "u": {}}))
    put(store, {"s": {}, "new": {}})
    with pytest.raises(ConflictError, match="code-moved"):
        releases.publish(store, "house", 2)
    releases.roll_back(store, "house", 1)
    assert list_codes(store)[FIRST] == "s"


def test_the_code_of_a_sign_that_was_taken_down_is_not_given_again(store: Store) -> None:
    put(store, {"s": {"sign_code": FIRST, "ref": "A3-07"}})
    signage.set_states(store, "house", SignState.REMOVED, [FIRST])
    with pytest.raises(ConflictError, match="code-removed"):
        releases.import_plan(store, "house", make_plan({"new": {"sign_code": FIRST}}))
    put(store, {"new": {"ref": "A3-07"}})
    assert list_codes(store)[FIRST] == "s"
    assert len(list_codes(store)) == 2
    # the same sign may stay in the plan, and come back
    put(store, {"s": {"sign_code": FIRST}})
    assert list_codes(store)[FIRST] == "s"


def test_an_old_number_on_a_new_sign_is_no_old_sign(store: Store) -> None:
    put(store, {"old": {"ref": "A3-07"}, "t": {}})
    (code,) = (code for code, feature in list_codes(store).items() if feature == "old")
    put(store, {"t": {}})
    put(store, {"new": {"ref": "A3-07"}, "t": {}})
    assert list_codes(store)[code] == "old"
    assert len(list_codes(store)) == 3


def test_of_two_signs_of_one_number_neither_is_the_old_one(store: Store) -> None:
    put(store, {"old": {"ref": "A3-07"}})
    (code,) = list_codes(store)
    put(store, {"a": {"ref": "A3-07"}, "b": {"ref": "A3-07"}})
    assert list_codes(store)[code] == "old"
    assert sorted(list_codes(store).values()) == ["a", "b", "old"]


def test_a_sign_is_known_by_the_id_that_it_had(store: Store) -> None:
    put(store, {"old": {"ref": "A3-07"}, "t": {}})
    (code,) = (code for code, feature in list_codes(store).items() if feature == "old")
    put(store, {"new": {"ref": "A3-07"}, "t": {}})
    put(store, {"t": {}})
    releases.roll_back(store, "house", 1)
    assert list_codes(store)[code] == "old"
    assert len(list_codes(store)) == 2


def test_where_a_sign_was_last_is_kept_when_it_goes(store: Store) -> None:
    put(store, {"s": {"sign_code": FIRST}, "t": {}})
    put(store, {"t": {}})
    with store.read() as connection:
        places = {one.code: one.place for one in registry.read_registry(connection)}
    place = places.pop(FIRST)
    assert place is not None
    assert (place.release, place.unit, place.name) == (1, "hall", {"en": "hall"})
    (other,) = places.values()
    assert other is not None
    assert (other.release, other.place) == (2, place.place)


def test_codes_of_an_older_store_are_placed_when_their_signs_go(store: Store) -> None:
    put(store, {"s": {"sign_code": FIRST}})
    with store.write() as connection:
        connection.execute(sa.update(sign_codes).values(place={}))
    put(store, {"t": {}})
    (gone,) = (one for one in registry.list_venue_codes(store, "house") if one.code == FIRST)
    assert gone.place is not None
    assert gone.place.release == 1
