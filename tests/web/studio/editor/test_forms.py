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
