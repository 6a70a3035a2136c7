"""The editor's forms by keys alone: names, hours, what something is, lifts, floors, doors."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.ascii_plan import draw_plan
from tests.web.phone.test_axe import RULES
from tests.web.studio.editor.site import EditorSite, open_site
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Role

PLAN = draw_plan(
    """
    level 0 1F
    +-----+-----+-----+
    |A    |B    |C @X |
    +--1--+--2--+--3--+
    |hall       4lift |
    +--0--------+-----+
    level 1 2F
    +-----+-----+-----+
    |up               |
    |                 |
    |                 |
    +-----------+-----+
    level 2 3F
    +-----+-----+-----+
    |roof             |
    |                 |
    |                 |
    +-----------+-----+
    """,
    units={
        "A": {"name": {"en": "Room A"}},
        "B": {"name": {"en": "Room B", "zh-Hans": "乙室"}},
        "up": {"category": "walkway", "name": {"en": "Hall", "zh-Hans": "大厅"}},
        "roof": "walkway",
    },
)
MODES = tuple(product(("zh-Hans", "en"), ("light", "dark"), (360, 1280)))
QUICK_MODES = (("en", "dark", 360), ("zh-Hans", "light", 1280))
PARTS = ("form", "list", "floors", "buildings", "keys", "venue", "commands")
SIDE = "#editor-side"
FOCUS = """key => {
  const here = document.activeElement;
  return here.dataset?.key === key || here.dataset?.id === key;
}"""


@pytest.fixture(scope="module")
def site(
    browser: Browser,
    studio_template: Path,
    passwords: Passwords,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[EditorSite]:
    folder = tmp_path_factory.mktemp("forms")
    with open_site(browser, studio_template, folder, passwords, PLAN) as site:
        yield site


class Keys:
    """Somebody who has a keyboard and no mouse.

    Parameters
    ----------
    page
        The editor's page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, key: str, by: str = "Tab") -> None:
        """Press a key until a field has the focus, or something in a list."""
        for _ in range(90):
            if self.page.evaluate(FOCUS, key):
                return
            self.press(by)
        raise AssertionError(f"{key} is out of reach of the keyboard")

    def enter(self, key: str, text: str) -> None:
        """Reach a field and type into it, over what is there."""
        self.reach(key)
        self.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, feature: str) -> None:
        """Choose something from the list of the floor, and open its form."""
        self.press("Control+Shift+l", "Home")
        self.reach(feature, "ArrowDown")
        self.press("Enter")

    def command(self, kind: str, title: str) -> None:
        """Open an edit as a form."""
        self.press("Control+k")
        self.page.keyboard.type(title)
        self.press("Enter")
        expect(self.page.locator("dialog[open] .ef-arguments")).to_be_visible()
        assert self.page.locator("dialog[open]").get_attribute("data-dialog") in {"commands", kind}

    def do(self) -> None:
        """Do what a dialog has."""
        self.reach("do")
        self.press("Enter")
        expect(self.page.locator("dialog[open]")).to_have_count(0)

    def get(self, feature: str) -> dict[str, Any]:
        """Return the properties of a feature, as the server has acknowledged them."""
        self.page.wait_for_function("!wayfinder.work.waiting")
        found: dict[str, Any] = self.page.evaluate(
            "id => wayfinder.plan.get(id)?.properties ?? {}", feature
        )
        return found

    def wait_for(self, script: str) -> None:
        """Wait until something holds of the plan."""
        self.page.wait_for_function(f"() => {{ const {{ plan, state }} = wayfinder; {script} }}")

    def list_ids(self, kind: str) -> list[str]:
        """Return the ids of the features of a type."""
        found: list[str] = self.page.evaluate(
            "kind => wayfinder.plan.list(kind).map((one) => one.id)", kind
        )
        return found


@pytest.fixture(scope="module")
def page(site: EditorSite) -> Iterator[Page]:
    context = site.let_in("Ann")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


@pytest.fixture
def keys(site: EditorSite, page: Page) -> Keys:
    """Return a keyboard in front of a draft that is new."""
    site.open_draft()
    page.goto(f"{site.path}/edit?lang=en&level=level0")
    page.wait_for_selector("html[data-editor=ready]", state="attached")
    return Keys(page)


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


def test_who_may_only_look_changes_nothing(site: EditorSite) -> None:
    context = site.let_in("Vera", Role.VIEWER)
    page = site.edit(context, "?lang=en&feature=A")
    expect(page.locator("#panel-properties [data-key='name.en']")).to_be_disabled()
    expect(page.locator("#panel-properties [data-key=delete]")).to_have_count(0)
    context.close()


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


def look(page: Page, what: str) -> dict[str, list[str]]:
    """Return what axe finds wrong with the forms as they are."""
    parts = {"include": [["dialog[open]"]] if page.locator("dialog[open]").count() else [[SIDE]]}
    return {
        f"{what}: {one['id']}": [node["html"][:200] for node in one["nodes"]][:3]
        for one in Axe().run(page, context=parts, options=RULES).response["violations"]
    }


def look_at_all(
    site: EditorSite, page: Page, mode: tuple[str, str, int], *whats: str
) -> dict[str, list[str]]:
    """Return what axe finds wrong with forms and dialogs in a language, theme and width."""
    language, theme, width = mode
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(f"{site.path}/edit?lang={language}&feature=lift")
    page.wait_for_selector("html[data-editor=ready]", state="attached")
    for details in page.locator("#panel-properties details").all():
        details.evaluate("e => { e.open = true }")
    found: dict[str, list[str]] = {}
    for what in whats:
        if what == "form":
            page.evaluate("document.querySelector('.ef-add')?.click()")
        elif what == "list":
            page.evaluate("wayfinder.showList()")
        else:
            page.evaluate("name => void wayfinder.dialogs[name]()", what)
            expect(page.locator("dialog[open]")).to_be_visible()
        found |= look(page, f"{mode} {what}")
        if page.locator("dialog[open]").count():
            page.keyboard.press("Escape")
            expect(page.locator("dialog[open]")).to_have_count(0)
    return found


@pytest.mark.long
def test_axe_finds_nothing_in_forms_and_dialogs(site: EditorSite, *, run_all: bool) -> None:
    context = site.let_in("Ann")
    page = context.new_page()
    found: dict[str, list[str]] = {}
    # without --all each is looked at once, in one mode or the other
    for number, mode in enumerate(MODES if run_all else QUICK_MODES):
        found |= look_at_all(site, page, mode, *(PARTS if run_all else PARTS[number::2]))
    context.close()
    assert found == {}
