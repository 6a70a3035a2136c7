"""From the plan to the wall and off it: what may become of a sign, and that all of it is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signed import FIRST, SECOND, make_plan
from wayfinder.model.sign_records import HANGING, NEXT_STATES, SignPlace, SignState
from wayfinder.services import releases, signage
from wayfinder.store import ConflictError, InvalidError, Store, UnknownError
from wayfinder.store.audit import Actor, list_entries

SIGNS = {
    "s": {"sign_code": FIRST, "ref": "A1-01"},
    "t": {"sign_code": SECOND, "ref": "A1-02"},
    "u": {},
}


def put(store: Store, signs: dict[str, dict[str, str]], slug: str = "house") -> None:
    releases.import_plan(store, slug, make_plan(signs))
    releases.publish(store, slug)


@pytest.fixture
def house(store: Store) -> Store:
    put(store, SIGNS)
    return store


def list_states(store: Store) -> dict[str, SignState]:
    return {one.feature: one.state for one in signage.list_entries(store, "house")}


def note(store: Store, state: str, *texts: str, since: datetime | None = None) -> list[str]:
    ann = Actor("ann")
    done = signage.set_states(store, "house", SignState(state), texts, who=ann, since=since)
    return [one.called for one in done]


def test_the_signs_of_a_release_begin_as_planned(house: Store) -> None:
    entries = signage.list_entries(house, "house")
    assert [one.ref for one in entries] == ["A1-01", "A1-02", ""]
    assert all(one.is_in_force and one.state is SignState.PLANNED for one in entries)
    assert entries[0].place is not None
    assert entries[0].place.name == {"en": "hall"}
    with pytest.raises(UnknownError, match="unknown-venue"):
        signage.list_entries(house, "nowhere")


def test_signs_are_named_by_code_or_number_several_at_once(house: Store) -> None:
    assert note(house, "printed", f"{FIRST[:3].lower()}-{FIRST[3:]}", "a1-02", FIRST) == [
        "A1-01",
        "A1-02",
    ]
    assert list_states(house) == {"s": "printed", "t": "printed", "u": "planned"}
    note(house, "mounted", "A1-01")
    entry, history = signage.get_history(house, "house", "A1-01")
    assert [one.state for one in history] == ["planned", "printed", "mounted"]
    assert [one.made_by for one in history] == ["", "ann", "ann"]
    assert (entry.state_by, entry.since) == ("ann", history[-1].since)


def test_what_is_so_already_is_not_noted_again_but_a_new_print_is(house: Store) -> None:
    note(house, "printed", FIRST)
    assert note(house, "printed", FIRST) == ["A1-01"]
    note(house, "mounted", FIRST)
    assert note(house, "mounted", FIRST) == []
    _, history = signage.get_history(house, "house", FIRST)
    assert [one.state for one in history] == ["planned", "printed", "printed", "mounted"]


def test_what_was_printed_last_is_known_whatever_came_after(house: Store) -> None:
    for digest in ("a", "b"):
        signage.set_states(
            house, "house", SignState.PRINTED, [FIRST, SECOND], drawings={FIRST: digest}
        )
    note(house, "mounted", FIRST)
    drawings = {one.code: one.drawing for one in signage.list_entries(house, "house")}
    assert (drawings[FIRST], drawings[SECOND]) == ("b", "")


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_only_what_can_become_of_a_sign_is_taken_and_of_all_or_none(house: Store) -> None:
    note(house, "printed", FIRST)
    with pytest.raises(ConflictError) as caught:
        note(house, "mounted", FIRST, SECOND)
    assert caught.value.values["signs"] == ["A1-02"]
    assert caught.value.values["allowed"] == ["printed", "removed"]
    assert list_states(house) == {"s": "printed", "t": "planned", "u": "planned"}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("before", SignState)
@pytest.mark.parametrize("after", SignState)
def test_the_ways_from_state_to_state(house: Store, before: SignState, after: SignState) -> None:
    ways = {
        "planned": (),
        "printed": ("printed",),
        "mounted": ("printed", "mounted"),
        "damaged": ("printed", "mounted", "damaged"),
        "removed": ("removed",),
    }
    for state in ways[before]:
        note(house, state, FIRST)
    if after in NEXT_STATES[before] or after is before:
        note(house, after, FIRST)
        stays = after is SignState.PRINTED and before in HANGING
        assert list_states(house)["s"] is (before if stays else after)
    else:
        with pytest.raises(ConflictError, match="bad-state"):
            note(house, after, FIRST)
        assert list_states(house)["s"] is before


def test_what_hangs_and_is_printed_anew_hangs_until_the_new_one_does(house: Store) -> None:
    monday = datetime(2026, 6, 1, tzinfo=UTC)
    days = [monday + timedelta(days=number) for number in range(5)]

    def look() -> tuple[str, datetime, datetime | None, str]:
        entry, _ = signage.get_history(house, "house", FIRST)
        return str(entry.state), entry.since, entry.reprinted_at, entry.drawing

    note(house, "printed", FIRST, since=days[0])
    assert look()[2] is None
    note(house, "mounted", FIRST, since=days[1])
    signage.set_states(
        house, "house", SignState.PRINTED, [FIRST], since=days[2], drawings={FIRST: "new"}
    )
    assert look() == ("mounted", days[1], days[2], "new")
    with pytest.raises(InvalidError, match="state-too-early"):
        note(house, "mounted", FIRST, since=days[1])
    assert note(house, "damaged", FIRST, since=days[3]) == ["A1-01"]
    assert look() == ("damaged", days[3], days[2], "new")
    assert note(house, "mounted", FIRST, since=days[4]) == ["A1-01"]
    assert look() == ("mounted", days[4], None, "new")
    assert note(house, "mounted", FIRST) == []
    _, history = signage.get_history(house, "house", FIRST)
    assert [str(one.state) for one in history] == [
        *("planned", "printed", "mounted", "printed", "damaged", "mounted")
    ]


def test_what_was_taken_down_waits_for_no_print(house: Store) -> None:
    for state in ("printed", "mounted", "printed", "removed"):
        note(house, state, FIRST)
    entry, _ = signage.get_history(house, "house", FIRST)
    assert (entry.state, entry.reprinted_at) == (SignState.REMOVED, None)


def test_dates_are_those_of_the_wall_and_go_forward(house: Store) -> None:
    monday = datetime(2026, 6, 1, tzinfo=UTC)
    note(house, "printed", FIRST, since=monday)
    note(house, "mounted", FIRST, since=monday + timedelta(days=1))
    with pytest.raises(InvalidError, match="state-too-early"):
        note(house, "damaged", FIRST, since=monday)
    with pytest.raises(InvalidError, match="state-in-future"):
        note(house, "damaged", FIRST, since=datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(InvalidError, match="state-in-future"):
        note(house, "damaged", FIRST, since=datetime(2026, 6, 3))  # noqa: DTZ001 - that is it
    _, history = signage.get_history(house, "house", FIRST)
    assert [one.since for one in history[1:]] == [monday, monday + timedelta(days=1)]
    assert history[-1].made_at is not None
    assert history[-1].made_at > history[-1].since


def test_neither_publish_nor_rollback_touches_a_state(house: Store) -> None:
    note(house, "printed", FIRST, SECOND)
    note(house, "mounted", FIRST)
    put(house, {"u": {}, "v": {}})
    states = {"s": "mounted", "t": "printed", "u": "planned", "v": "planned"}
    assert list_states(house) == states
    gone = {one.feature for one in signage.list_entries(house, "house") if not one.is_in_force}
    assert gone == {"s", "t"}
    note(house, "removed", FIRST)
    releases.roll_back(house, "house", 1)
    assert list_states(house) == {**states, "s": "removed"}
    assert {one.feature for one in signage.list_entries(house, "house") if one.is_in_force} == {
        *("s", "t", "u")
    }


def test_who_is_unknown_or_several_is_said_with_what_helps(house: Store) -> None:
    put(house, {**SIGNS, "twin": {"ref": "A1-01"}})
    with pytest.raises(ConflictError) as caught:
        note(house, "printed", "A1-01")
    assert FIRST in caught.value.values["codes"]
    with pytest.raises(UnknownError) as unknown:
        note(house, "printed", FIRST[:-1] + ("A" if FIRST[-1] != "A" else "C"))
    assert FIRST in unknown.value.values["known"]
    with pytest.raises(UnknownError, match="unknown-sign"):
        note(house, "printed", "A9-99")
    assert set(list_states(house).values()) == {"planned"}


def test_signs_of_one_venue_are_no_others(house: Store) -> None:
    put(house, {"z": {}}, "annex")
    with pytest.raises(UnknownError):
        signage.set_states(house, "annex", SignState.PRINTED, [FIRST])


def test_a_new_code_of_a_sign_is_planned_while_the_old_one_hangs(house: Store) -> None:
    note(house, "printed", SECOND)
    note(house, "mounted", SECOND)
    put(house, {"t": {"ref": "A1-02"}, "u": {}})
    put(house, {"t": {"ref": "A1-02", "sign_code": "4P3YRQE"}, "u": {}})
    both = [one for one in signage.list_entries(house, "house") if one.feature == "t"]
    assert {one.code: (one.state, one.is_in_force) for one in both} == {
        SECOND: ("mounted", False),
        "4P3YRQE": ("planned", True),
    }
    # the number is that of the sign as the plan has it
    assert note(house, "printed", "A1-02") == ["A1-02"]
    assert {one.code for one in both if one.state == "mounted"} == {SECOND}


def test_signs_are_chosen_by_state_and_level(house: Store) -> None:
    note(house, "printed", FIRST)
    entries = signage.list_entries(house, "house")
    place = entries[0].place
    assert place is not None
    printed = signage.choose_entries(entries, states=[SignState.PRINTED])
    assert [one.code for one in printed] == [FIRST]
    assert len(signage.choose_entries(entries, level=place.level)) == 3
    with pytest.raises(UnknownError, match="no-signs-on-level"):
        signage.choose_entries(entries, level="99F")


LABELS = st.dictionaries(st.sampled_from(["en", "zh-Hans"]), st.text(max_size=9))


@given(
    st.builds(
        SignPlace,
        release=st.integers(1),
        level=st.text(),
        unit=st.text(),
        place=st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
        bearing_deg=st.none() | st.floats(0, 360, exclude_max=True),
        name=LABELS,
        floor=LABELS,
        building=LABELS,
    )
)
def test_a_place_is_read_as_it_was_written(place: SignPlace) -> None:
    assert SignPlace.of_json(place.to_json()) == place
    assert SignPlace.of_json({}) is None


def test_what_is_noted_of_signs_is_in_the_log_in_one_line(house: Store) -> None:
    note(house, "printed", FIRST, SECOND)
    note(house, "printed", FIRST)
    note(house, "mounted", FIRST)
    with pytest.raises(ConflictError):
        note(house, "planned", FIRST)  # refused: not in the log
    note(house, "mounted", FIRST)  # nothing new: neither
    with house.read() as connection:
        entries = list_entries(connection, "default")
    said = [(one.action, one.who, one.venue, one.details) for one in reversed(entries)]
    assert said[-3:] == [
        ("signs-printed", "ann", "house", {"count": 2, "signs": "A1-01, A1-02"}),
        ("signs-printed", "ann", "house", {"count": 1, "signs": "A1-01"}),
        ("signs-mounted", "ann", "house", {"count": 1, "signs": "A1-01"}),
    ]


def test_what_is_worked_out_of_signs_is_known_by_which_there_are_and_their_states(
    house: Store,
) -> None:
    def digest() -> str:
        entries = signage.list_entries(house, "house")
        assert signage.digest_states(reversed(entries)) == signage.digest_states(entries)
        return signage.digest_states(entries)

    found = [digest(), digest()]
    note(house, "printed", FIRST)
    found.append(digest())
    put(house, {**SIGNS, "v": {}})
    found.append(digest())
    assert found[0] == found[1]
    assert len(set(found)) == 3
