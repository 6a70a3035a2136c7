"""What is chosen, by keys alone: its form, moved, deleted, found; what others change meanwhile."""

from playwright.sync_api import expect

from tests.web.studio.editor.keyboard import FOCUS, Keys
from tests.web.studio.editor.site import EditorSite
from wayfinder.services.people.roles import Role


def test_a_name_in_two_languages_hours_and_what_it_is(keys: Keys) -> None:
    keys.press("Control+Shift+l", "Home")
    keys.reach("A", "ArrowDown")
    keys.press("F2")
    row = keys.page.locator("#panel-properties .ef-row", has=keys.page.locator("[lang=zh-Hans]"))
    expect(row.locator(".ef-missing").first).to_be_visible()
    keys.enter("name.zh-Hans", "甲室")
    keys.enter("name.en", "Consulting 1")
    keys.press("Enter")
    keys.wait_for("return plan.get('A').properties.name.en === 'Consulting 1'")
    assert keys.get("A")["name"] == {"zh-Hans": "甲室", "en": "Consulting 1"}
    expect(row.locator(".ef-missing").first).to_be_hidden()
    keys.reach("ours.hours.add")
    keys.press("Enter")
    keys.wait_for("return plan.get('A').properties.wayfinder?.hours")
    keys.reach("ours.hours.0.Mo")
    keys.press("Space")
    keys.wait_for("return plan.get('A').properties.wayfinder.hours.startsWith('Tu')")
    assert keys.get("A")["wayfinder"]["hours"] == "Tu-Fr 08:00-12:00,13:30-17:00"
    keys.enter("ours.hours", "24/7")
    keys.press("Enter")
    keys.wait_for("return plan.get('A').properties.wayfinder.hours === '24/7'")
    keys.press("Control+Shift+l")
    keys.press("Enter")
    keys.reach("category")
    keys.page.keyboard.type("consult")
    keys.press("Enter")
    keys.wait_for("return plan.get('A').properties.category === 'consultingroom'")


def test_what_is_chosen_moves_by_arrow_keys_and_several_change_at_once(keys: Keys) -> None:
    where = "id => wayfinder.plan.pointOf(wayfinder.plan.get(id))"
    x, y = keys.page.evaluate(where, "B")
    keys.press("Control+Shift+l", "Home")
    keys.reach("B", "ArrowDown")
    keys.press("Alt+Shift+ArrowUp")
    keys.wait_for("return plan.number === 1")
    moved = keys.page.evaluate(where, "B")
    assert [round(moved[0] - x, 2), round(moved[1] - y, 2)] == [0, 1]
    assert keys.page.evaluate(FOCUS, "B")
    keys.press("Space", "Home")
    keys.reach("C", "ArrowDown")
    keys.press("Space")
    expect(keys.page.locator("#editor-list [aria-selected=true]")).to_have_count(2)
    keys.page.locator("#tab-properties").focus()
    keys.press("Enter")
    keys.reach("ours.hours.always")
    keys.press("Enter")
    keys.wait_for("return plan.get('C').properties.wayfinder?.hours === '24/7'")
    assert keys.get("B")["wayfinder"]["hours"] == "24/7"


def test_the_size_of_a_lift_is_that_of_all_its_floors_though_nobody_linked_them(keys: Keys) -> None:
    keys.page.evaluate(
        """() => {
          const { plan, work } = wayfinder, area = plan.get("lift").geometry.coordinates;
          return work.do({
            kind: "add-unit", id: "above", level_id: "level1", category: "elevator", area,
          });
        }"""
    )
    keys.choose("lift")
    # both are typed before the first is answered
    for side, size in (("width", "1.1"), ("depth", "1.4")):
        keys.enter(f"ours.lift.car_{side}_m", size)
        keys.press("Tab")
    keys.wait_for("return plan.get('above').properties.wayfinder?.lift?.car_depth_m")
    for floor in ("lift", "above"):
        assert keys.get(floor)["wayfinder"]["lift"] == {"car_width_m": 1.1, "car_depth_m": 1.4}


def test_a_width_is_read_as_people_write_it_and_what_is_none_is_refused(keys: Keys) -> None:
    keys.choose("door-1")
    box = keys.page.locator("#panel-properties [data-field='ours.clear_width_m']")
    width, refused = box.locator("input"), box.locator(".ef-refused")
    for typed, metres in (("0,95", 0.95), ("105 cm", 1.05), ("９５厘米", 0.95)):
        keys.enter("ours.clear_width_m", typed)
        keys.press("Enter")
        keys.wait_for(f"return plan.get('door-1').properties.wayfinder?.clear_width_m === {metres}")
        expect(width).to_have_value(str(metres))
        expect(width).to_be_focused()
    for typed, words in (
        ("9x", "95 cm"),
        ("0.9 1.1", "95 cm"),
        ("95", "0.3 to 30"),
        ("1,200", "1250"),
        ("0", "30"),
    ):
        keys.enter("ours.clear_width_m", typed)
        keys.press("Tab")
        expect(refused).to_contain_text(words)
        expect(width).to_have_value(typed)
        assert keys.get("door-1")["wayfinder"] == {"clear_width_m": 0.95}
    # what is refused stays where it is when something else is said of the door
    keys.page.evaluate(
        """() => wayfinder.work.do({
          kind: "set-properties", feature: "door-1", ours: { ref: "D7" },
        })"""
    )
    keys.wait_for("return plan.get('door-1').properties.wayfinder.ref === 'D7'")
    expect(width).to_have_value("0")
    expect(refused).to_contain_text("30")
    expect(width).to_have_attribute("aria-describedby", refused.get_attribute("id") or "")
    keys.reach("ours.clear_width_m", "Shift+Tab")
    keys.page.keyboard.type("110cm")
    keys.press("Tab")
    keys.wait_for("return plan.get('door-1').properties.wayfinder.clear_width_m === 1.1")
    expect(refused).to_have_count(0)
    assert keys.page.evaluate("wayfinder.plan.number") == 5


def test_what_is_being_typed_stays_and_what_is_not_follows_others(keys: Keys) -> None:
    others_say = """width => wayfinder.work.do({
      kind: "set-properties", feature: "door-1", ours: { clear_width_m: width, ref: `D${width}` },
    })"""
    keys.choose("door-1")
    keys.enter("ours.clear_width_m", "0,")
    keys.page.evaluate(others_say, 1.2)
    width = keys.page.locator("#panel-properties [data-key='ours.clear_width_m']")
    expect(width).to_have_value("0,")
    keys.page.keyboard.type("95")
    keys.press("Tab")
    keys.wait_for("return plan.get('door-1').properties.wayfinder.clear_width_m === 0.95")
    keys.reach("ours.clear_width_m", "Shift+Tab")
    keys.page.evaluate(others_say, 1.3)
    expect(width).to_have_value("1.3")
    keys.press("Tab")
    assert keys.get("door-1")["wayfinder"]["clear_width_m"] == 1.3
    # a text too
    keys.reach("ours.ref")
    keys.page.evaluate(others_say, 1.4)
    expect(keys.page.locator("#panel-properties [data-key='ours.ref']")).to_have_value("D1.4")
    keys.press("Tab")
    assert keys.get("door-1")["wayfinder"]["ref"] == "D1.4"
    assert keys.page.evaluate("wayfinder.plan.number") == 4


def test_widths_of_the_site_and_numbers_of_edits_are_read_alike(keys: Keys) -> None:
    field = "ours.default_clear_widths_m"
    said = "return plan.get('venue').properties.wayfinder?.default_clear_widths_m?.['*'] === 0.95"
    keys.page.evaluate(
        """() => {
          wayfinder.state.select(["venue"]);
          for (const one of document.querySelectorAll("#panel-properties details")) one.open = true;
        }"""
    )
    keys.page.locator(f"[data-key='{field}.add']").press("Enter")
    keys.reach(f"{field}.0.category")
    keys.page.keyboard.type("everything")
    keys.press("Enter")
    width = keys.page.locator(f"[data-key='{field}.0.width']")
    for typed, words in (("95", "0.3 to 30"), ("9x", "95 cm")):
        keys.enter(f"{field}.0.width", typed)
        keys.press("Tab")
        cell = keys.page.locator(".ef-cell", has=width).locator(".ef-refused")
        expect(cell).to_contain_text(words)
        assert not keys.page.evaluate("wayfinder.plan.number")
        keys.press("Shift+Tab")
    keys.enter(f"{field}.0.width", "95 cm")
    keys.press("Enter")
    keys.wait_for(said)
    keys.choose("door-1")
    keys.reach("set-door-width")
    keys.press("Enter")
    keys.enter("argument.width_m", "90")
    keys.reach("do")
    keys.press("Enter")
    expect(keys.page.locator("dialog[open] .ef-problem")).to_contain_text("0.3 to 30")
    keys.enter("argument.width_m", "80 cm")
    keys.do()


def test_a_line_that_lacks_something_stays_with_what_is_refused_in_it(keys: Keys) -> None:
    form = keys.page.locator("#panel-properties")
    field = "ours.lift.waits"
    waits = form.locator(f"[data-key^='{field}.'][data-key$='.wait']")

    def enter(key: str, text: str) -> None:
        form.locator(f"[data-key='{field}.{key}']").fill(text)
        keys.press("Tab")

    keys.choose("lift")
    for place, (days, wait) in enumerate((("Mo", "9x"), ("Fr", "60"))):
        form.locator(f"[data-key='{field}.add']").press("Enter")
        enter(f"{place}.hours", f"{days} 08:00-09:00")
        enter(f"{place}.wait", wait)
    keys.wait_for("return plan.get('lift').properties.wayfinder?.lift?.waits?.length === 1")
    said = [{"hours": "Fr 08:00-09:00", "wait_s": 60}]
    assert keys.get("lift")["wayfinder"]["lift"]["waits"] == said
    assert [one.input_value() for one in waits.all()] == ["9x", "60"]
    # others put another one in its place
    keys.page.evaluate(
        """() => wayfinder.work.do({
          kind: "set-properties", feature: "lift",
          ours: { lift: { waits: [{ hours: "PH", wait_s: 30 }] } },
        })"""
    )
    expect(waits.first).to_have_value("30")
    assert [one.input_value() for one in waits.all()] == ["30", "9x"]
    refused = form.locator(".ef-refused")
    expect(waits.last).to_have_attribute("aria-describedby", refused.get_attribute("id") or "")
    enter("1.wait", "45")
    keys.wait_for("return plan.get('lift').properties.wayfinder.lift.waits.length === 2")
    assert keys.get("lift")["wayfinder"]["lift"]["waits"][1]["wait_s"] == 45
    expect(refused).to_have_count(0)


def test_what_something_stands_in_is_deleted_after_a_question(keys: Keys) -> None:
    keys.press("Control+Shift+l", "Home")
    keys.reach("C", "ArrowDown")
    keys.press("Delete")
    dialog = keys.page.locator("dialog[data-dialog=delete]")
    expect(dialog).to_contain_text("X")
    keys.press("Escape")
    expect(dialog).to_have_count(0)
    assert keys.get("C")
    keys.press("Delete")
    expect(dialog).to_be_visible()
    keys.do()
    keys.wait_for("return !plan.get('C') && !plan.get('X')")


def test_what_is_being_typed_stays_when_others_change_the_same_thing(keys: Keys) -> None:
    keys.press("Control+Shift+l", "Home")
    keys.reach("B", "ArrowDown")
    keys.press("F2")
    keys.enter("name.en", "Half a na")
    keys.page.evaluate(
        """() => wayfinder.work.do({
          kind: "set-properties", feature: "B", ours: { ref: "B07" },
        })"""
    )
    expect(keys.page.locator("#panel-properties [data-key='ours.ref']")).to_have_value("B07")
    expect(keys.page.locator("#panel-properties [data-key='name.en']")).to_have_value("Half a na")
    assert keys.get("B")["name"]["en"] == "Room B"
    keys.page.keyboard.type("me")
    keys.press("Tab")
    keys.wait_for("return plan.get('B').properties.name.en === 'Half a name'")
    assert keys.page.evaluate("wayfinder.plan.number") == 2


def test_search_finds_names_in_all_languages_over_all_floors(keys: Keys) -> None:
    keys.press("/")
    keys.page.keyboard.type("大厅")
    keys.press("Enter")
    keys.wait_for("return state.level === 'level1' && state.selection.has('up')")
    expect(keys.page.locator("#panel-properties h2").first).to_have_text("Hall")


def test_who_may_only_look_changes_nothing(form_site: EditorSite) -> None:
    context = form_site.let_in("Vera", Role.VIEWER)
    page = form_site.edit(context, "?lang=en&feature=A")
    expect(page.locator("#panel-properties [data-key='name.en']")).to_be_disabled()
    expect(page.locator("#panel-properties [data-key=delete]")).to_have_count(0)
    context.close()
