"""Edits as forms, by keys alone: floors, lifts, rooms, doors, departments, signs, ways, walls."""

import pytest
from playwright.sync_api import expect

from tests.web.studio.editor.keyboard import FOCUS, Keys


@pytest.mark.long
def test_a_lift_goes_over_three_floors_and_stops_at_one_less(keys: Keys) -> None:
    keys.choose("lift")
    keys.reach("ours.lift.wait_s")
    keys.page.keyboard.type("45")
    keys.press("Enter")
    keys.reach("stack")
    keys.press("Enter")
    keys.reach("floor.level2")
    keys.press("Space")
    keys.reach("floor.level1")
    keys.press("Space")
    keys.do()
    keys.wait_for("return plan.list('relationship').length === 1")
    (link,) = keys.list_ids("relationship")
    chain = keys.get(link)
    ends = [chain["origin"]["id"], chain["destination"]["id"]]
    levels = [keys.get(one)["level_id"] for one in ends]
    assert (levels, ends[0]) == (["level0", "level2"], "lift")
    assert keys.get(ends[1])["wayfinder"]["lift"] == {"wait_s": 45}
    keys.reach(f"unlink.{ends[1]}")
    keys.press("Enter")
    keys.wait_for("return !plan.list('relationship')[0].properties.intermediary")


@pytest.mark.long
def test_other_floors_are_those_of_the_same_building(keys: Keys) -> None:
    buildings = {"level0": ["a"], "level1": ["b"], "level2": ["b", "a"]}
    found = keys.page.evaluate(
        """buildings => {
          const { plan } = wayfinder;
          const levels = plan.levels();
          const before = levels.map((one) => one.properties.building_ids);
          for (const one of levels) one.properties.building_ids = buildings[one.id];
          const found = levels.map((one) => plan.levelsBeside(one.id).map(({ id }) => id));
          levels.forEach((one, k) => { one.properties.building_ids = before[k]; });
          return found;
        }""",
        buildings,
    )
    every = ["level0", "level1", "level2"]
    assert found == [["level0", "level2"], ["level1", "level2"], every]


def test_a_floor_is_copied_with_its_rooms_and_put_elsewhere(keys: Keys) -> None:
    keys.command("copy-level", "copy a floor")
    keys.enter("argument.ordinal", "3")
    keys.enter("argument.short_name.en", "4F")
    keys.do()
    keys.wait_for("return plan.list('level').length === 4")
    made = next(one for one in keys.list_ids("level") if not one.startswith("level"))
    assert keys.get(made)["short_name"] == {"en": "4F"}
    keys.wait_for("return plan.listOnLevel(state.level).length > 5")
    assert keys.page.evaluate("wayfinder.state.level") == made
    keys.enter("ordinal", "-1")
    keys.press("Enter")
    keys.wait_for("return plan.levels()[0].properties.ordinal === -1")


def test_rooms_by_numbers_and_a_door_between_two(keys: Keys) -> None:
    keys.command("add-unit", "draw a space")
    keys.reach("argument.category")
    keys.page.keyboard.type("ward")
    keys.press("Enter")
    keys.reach("argument.area.beside")
    keys.page.keyboard.type("C")
    keys.press("Enter")
    keys.enter("argument.area.width", "5")
    keys.do()
    keys.wait_for("return plan.list('unit').length === 8")
    (ward,) = (one for one in keys.list_ids("unit") if keys.get(one)["category"] == "ward")
    keys.command("add-door", "add a door")
    for place, name in enumerate(("C", "Ward")):
        keys.reach(f"argument.at.room{place}")
        keys.page.keyboard.type(name)
        keys.press("Enter")
    keys.do()
    keys.wait_for("return plan.list('opening').length === 6")
    sides = keys.page.locator("#panel-properties .ef-sides")
    expect(sides).to_contain_text("Ward")
    expect(sides).to_contain_text("C")
    keys.reach("ours.one_way_to")
    keys.press("ArrowDown", "Enter")
    keys.wait_for("return plan.list('opening').some((one) => one.properties.wayfinder?.one_way_to)")
    (one_way,) = (
        found
        for one in keys.list_ids("opening")
        if (found := keys.get(one).get("wayfinder", {}).get("one_way_to"))
    )
    assert one_way in {ward, "C"}


@pytest.mark.long
def test_departments_signs_ways_and_walls_by_forms(keys: Keys) -> None:
    def pick(key: str, text: str) -> None:
        keys.reach(key)
        keys.page.keyboard.type(text)
        keys.press("Enter")

    keys.command("add-occupant", "add a department")
    pick("argument.category", "cardio")
    keys.enter("argument.name.en", "Heart")
    pick("argument.at.near", "Room A")
    keys.do()
    keys.wait_for("return plan.list('occupant').length === 2")
    heart = next(one for one in keys.list_ids("occupant") if keys.get(one)["name"]["en"] == "Heart")
    assert keys.get(keys.get(heart)["anchor_id"])["unit_id"] == "A"
    keys.command("add-sign", "add a sign")
    pick("argument.at.near", "hall")
    keys.enter("argument.bearing_deg", "90")
    keys.do()
    keys.wait_for("return plan.list('amenity').length === 1")
    (sign,) = keys.list_ids("amenity")
    keys.reach("ours.sign.messages.add")
    keys.press("Enter")
    pick("ours.sign.messages.0.to", "Heart")
    keys.wait_for("return plan.list('amenity')[0].properties.wayfinder.sign.messages")
    face = keys.get(sign)["wayfinder"]["sign"]
    assert (face["bearing_deg"], face["messages"]) == (90, [{"to": heart, "arrow": "ahead"}])
    keys.command("connect", "connect two places")
    pick("argument.origin", "Room A")
    pick("argument.destination", "hall")
    keys.reach("argument.banned")
    keys.press("Space")
    keys.do()
    keys.wait_for("return plan.list('relationship')[0]?.properties.wayfinder?.banned")
    keys.choose("hall")
    keys.command("move-wall", "move a wall")
    keys.reach("argument.start")
    keys.page.keyboard.type("South")
    keys.enter("argument.distance_m", "1")
    keys.do()
    lowest = "Math.min(...plan.get('hall').geometry.coordinates[0].map((one) => one[1]))"
    keys.wait_for(f"return Math.abs(plan.toMetres([0, {lowest}])[1] + 9) < 0.001")


def test_what_is_refused_is_said_in_the_form_which_keeps_what_was_typed(keys: Keys) -> None:
    keys.command("add-level", "add a floor")
    keys.enter("argument.ordinal", "4")
    keys.enter("argument.short_name.en", "far")
    keys.enter("argument.ordinal", "5000")
    keys.reach("do")
    keys.press("Enter")
    problem = keys.page.locator("dialog[open] .ef-problem")
    expect(problem).to_contain_text("1000")
    assert keys.page.evaluate(FOCUS, "argument.ordinal")
    expect(keys.page.locator("[data-key='argument.short_name.en']")).to_have_value("far")
    keys.enter("argument.ordinal", "5")
    keys.do()
    keys.wait_for("return plan.list('level').length === 4")


def test_every_edit_opens_as_a_form_whatever_is_chosen(keys: Keys, *, run_all: bool) -> None:
    chosen = [[], ["door-1"], ["A"], ["lift"], ["X"], ["level0"], ["venue"]]
    found = keys.page.evaluate(
        """(all) => {
          const { dialogs, presets, state } = wayfinder, wrong = [];
          let asked = 0;
          for (const chosen of all) {
            state.select(chosen);
            for (const { kind } of presets.commands) {
              try {
                void dialogs.commands(kind);
                asked += document.querySelectorAll("dialog[open] .ef-arguments > *").length;
                document.querySelector("dialog[open] button").click();
              } catch (error) {
                wrong.push(`${kind} ${chosen}: ${error}`);
              }
            }
          }
          return { wrong, asked, open: document.querySelectorAll("dialog").length };
        }""",
        chosen if run_all else chosen[:2],
    )
    assert (found["wrong"], found["open"]) == ([], 0)
    assert found["asked"] > 200
