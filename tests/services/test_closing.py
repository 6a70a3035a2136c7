"""What can be closed is called as whoever stands before it calls it, and is closed as a whole."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.ascii_plan import draw_plan
from wayfinder.model import Opening, Release, Unit
from wayfinder.model.conditions import Closure, Conditions
from wayfinder.services import closing
from wayfinder.services.closing_maps import draw_closing_map
from wayfinder.services.plain_hours import read_plain
from wayfinder.services.served import Served, make_served
from wayfinder.store.conditions import ConditionDraft, ConditionRecord

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def lift(clinic: Served) -> str:
    return next(unit.id for unit in clinic.plan.units if unit.lift)


def find(served: Served, key: str, language: str = "en") -> closing.Closable:
    found = closing.find_closable(served, key, language)
    assert found is not None
    return found


def test_a_lift_is_one_thing_on_all_its_floors(clinic: Served, lift: str) -> None:
    found = find(clinic, lift)
    assert found.features[0] == lift
    assert set(found.features) == clinic.router.search.shafts.of_unit[lift]
    assert (found.name, found.is_machine) == ("Lift 1", True)
    (only,) = closing.list_machines(clinic, "zh-Hans")
    assert only.name == "1号电梯"
    named = closing.list_closable(clinic, "lift 1", "en", limit=10)
    assert [one.name for one in named].count("Lift 1") == 1
    assert closing.find_closable(clinic, "nothing", "en") is None


def test_a_door_is_called_by_what_is_on_both_sides(clinic: Served) -> None:
    doors = [one for one in clinic.plan.list_of(Opening) if not one.name]
    names = {find(clinic, door.id).name for door in doors}
    assert all(name.startswith("Door: ") and " – " in name for name in names)
    corridor = next(u for u in clinic.plan.list_of(Unit) if u.category == "walkway")
    own = closing.list_doors(clinic, corridor.id, "en")
    assert own
    assert all("Corridor" in one.name or one.name.count(":") == 0 for one in own)
    assert closing.list_doors(clinic, doors[0].id, "en") == []


@pytest.mark.parametrize(
    ("picture", "sides"),
    [
        ("+-------+\n|A      |\n+-1---2-+\n|hall   |\n+---0---+", ["(west)", "(east)"]),
        (
            "+-----------+\n|A          |\n+-1---2---3-+\n|hall       |\n+-----0-----+",
            ["(west)", "(no. 2 of 3 from the west)", "(east)"],
        ),
        ("+---+-----+\n|A  |hall |\n|   1     0\n|   |     |\n|   2     |\n+---+-----+", None),
    ],
)
def test_doors_between_the_same_rooms_are_told_apart(picture: str, sides: list[str] | None) -> None:
    plan = draw_plan(picture)
    served = make_served("house", Release(plan, 1))
    doors = sorted(one.id for one in plan.list_of(Opening) if one.id != "door-0")
    names = [find(served, door).name for door in doors]
    assert len(set(names)) == len(doors)
    expected = sides or ["(north)", "(south)"]
    assert [name[-len(side) :] for name, side in zip(names, expected, strict=True)] == expected
    assert not find(served, "door-0").name.endswith(")")


def test_what_breaks_is_listed_building_by_building_in_every_language(
    served_hospital: Served,
) -> None:
    orders = []
    for language in ("en", "zh-Hans"):
        found = closing.list_machines(served_hospital, language)
        homes = [served_hospital.directory.make_hit(one.id, language="en") for one in found]
        orders.append(list(dict.fromkeys(one.building for one in homes if one is not None)))
        lifts = [one.name for one in found if "A-" in one.name]
        assert [next(c for c in name if c.isdigit()) for name in lifts] == list("123456")
    assert orders[0] == orders[1]
    assert orders[0][0] == "Outpatient Building"


def test_what_is_near_a_sign_is_offered_there(clinic: Served, lift: str) -> None:
    level = clinic.plan[lift].level_id
    sign = next(one for one in clinic.signs.values() if one.level_id == level)
    found = closing.list_near(clinic, sign, "en")
    assert found[-1].id == sign.unit_id
    assert found[0].is_machine


def test_closures_that_hold_or_will_are_found(clinic: Served, lift: str) -> None:
    def make(number: int, draft: ConditionDraft) -> ConditionRecord:
        return ConditionRecord(number, draft, None, active=True, made_by="", made_at=NOW)

    records = [
        make(1, ConditionDraft("closure", (lift,), {})),
        make(2, ConditionDraft("closure", (lift,), {}, NOW - 2 * HOUR, NOW - HOUR)),
        make(3, ConditionDraft("closure", (lift,), {}, NOW + HOUR)),
        make(4, ConditionDraft("hours", (lift,), {}, hours="off")),
        make(5, ConditionDraft("closure", ("other",), {})),
    ]
    found = closing.list_closing(records, find(clinic, lift).features, NOW)
    assert [one.id for one in found] == [1, 3]


def test_what_keeps_it_closed_is_what_holds_now_and_not_what_will(
    clinic: Served, lift: str
) -> None:
    now, later = {"en": "power failure"}, {"en": "works"}
    closures = (Closure(lift, reason=now), Closure(lift, NOW + HOUR, reason=later))
    served = clinic.with_conditions(Conditions(closures), 1)
    said = closing.say_why_shut(served, find(served, lift), NOW, "en")
    assert "power failure" in said
    assert "works" not in said


def test_every_area_of_the_map_leads_to_its_closing(clinic: Served, lift: str) -> None:
    level = str(clinic.plan[lift].level_id)
    svg = draw_closing_map(
        clinic,
        level,
        language="en",
        width_px=640,
        closed=[lift],
        link=lambda key: f"/close?a=1&feature={key}",
    )
    units = [u.id for u in clinic.plan.list_of(Unit) if u.level_id == level]
    assert sum(f"&amp;feature={unit}" in svg for unit in units) > len(units) / 2
    assert f'feature={lift}" class="is-shut" aria-label="Lift 1"' in svg
    assert svg.count('class="is-shut"') == 1
    assert 'role="img"' not in svg.partition(">")[0]


@pytest.mark.parametrize(
    ("pairs", "hours"),
    [
        ([], "off"),
        ([("", " ")], "off"),
        ([("9:00", "12:00"), ("14:00", "17:30")], "09:00-12:00,14:00-17:30"),
        ([("20:00", "02:00")], "20:00-02:00"),
        ([("0:00", "24:00")], "00:00-24:00"),
        ([("9:00", "")], None),
        ([("9", "10")], None),
        ([("09:00", "09:00")], None),
        ([("24:00", "09:00")], None),
        ([("08:00", "24:30")], None),
    ],
)
def test_plain_hours_are_written_as_osm_hours(
    pairs: list[tuple[str, str]], hours: str | None
) -> None:
    read = read_plain(pairs)
    assert (None if read is None else read.write()) == hours
