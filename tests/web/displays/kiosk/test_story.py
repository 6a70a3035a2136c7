"""As somebody would who has never seen one: touch, look, search, read, change the language, go."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.displays.kiosk.conftest import Open, begin, press, type_text, wait_view

SEARCHES = {
    "zh-Hans": (("erke", "儿科"), ("xdt", "心电图"), ("cesuo", "卫生间"), ("ecg", "心电图")),
    "en": (
        ("paed", "Paediatrics"),
        ("ecg", "ECG"),
        ("farmacy", "Pharmacy"),
        ("erke", "Paediatrics"),
    ),
}
"""What is typed in a language, and what the first row then says: names, pinyin, slips."""


@pytest.mark.parametrize("language", [pytest.param("zh-Hans", marks=pytest.mark.long), "en"])
def test_a_stranger_finds_a_department_by_touch(open_kiosk: Open, language: str) -> None:
    kiosk = open_kiosk()
    begin(kiosk, language)
    expect(kiosk.locator("html")).to_have_attribute("lang", language)
    kiosk.locator(".k-lists button").first.tap()
    wait_view(kiosk, "departments")
    row = kiosk.locator(".k-row").first
    name = row.locator(".k-row-name").inner_text()
    row.tap()
    wait_view(kiosk, "place")
    expect(kiosk.get_by_role("heading", level=1)).to_have_text(name)
    expect(kiosk.locator(".k-pin")).to_have_count(1)
    press(kiosk, "back")
    wait_view(kiosk, "departments")
    press(kiosk, "home")
    wait_view(kiosk, "home")


@pytest.mark.parametrize(
    "language",
    [one if one == "zh-Hans" else pytest.param(one, marks=pytest.mark.long) for one in SEARCHES],
)
def test_what_is_typed_is_found_by_name_pinyin_and_slip(open_kiosk: Open, language: str) -> None:
    kiosk = open_kiosk()
    begin(kiosk, language)
    kiosk.locator(".k-search").tap()
    for typed, name in SEARCHES[language]:
        type_text(kiosk, typed)
        expect(kiosk.locator(".k-typed-text")).to_have_text(typed)
        expect(kiosk.locator(".k-row-name").first).to_contain_text(name)
        kiosk.locator(".k-cap.is-wide").last.tap()
        expect(kiosk.locator(".k-typed-text")).to_have_count(0)


def test_what_nobody_has_is_not_found_and_the_keyboard_stays(kiosk: Page) -> None:
    begin(kiosk)
    kiosk.locator(".k-search").tap()
    type_text(kiosk, "qqzzx")
    expect(kiosk.locator(".k-empty")).to_contain_text("qqzzx")
    kiosk.locator(".k-cap .icon").tap()
    expect(kiosk.locator(".k-typed-text")).to_have_text("qqzz")


def test_search_asks_nobody(kiosk: Page) -> None:
    begin(kiosk)
    kiosk.locator(".k-search").tap()
    asked: list[str] = []
    kiosk.on("request", lambda request: asked.append(request.url))
    type_text(kiosk, "erke")
    expect(kiosk.locator(".k-row-name").first).to_contain_text("儿科")
    assert [url for url in asked if "erke" in url or "search" in url or "places" in url] == []


def test_the_language_changes_in_the_middle(kiosk: Page) -> None:
    begin(kiosk)
    kiosk.locator(".k-search").tap()
    type_text(kiosk, "ek")
    kiosk.locator(".k-row", has_text="儿科").first.tap()
    press(kiosk, "language")
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("Paediatrics")
    expect(kiosk.locator(".k-other")).to_have_text("儿科")
    expect(kiosk.locator("[data-venue-name]")).to_have_text("Qinghe Clinic")
    expect(kiosk.locator("[data-key=language]")).to_be_focused()
    press(kiosk, "back")
    expect(kiosk.locator(".k-typed-text")).to_have_text("ek")


def test_floors_show_their_maps_and_what_is_on_them(kiosk: Page) -> None:
    begin(kiosk)
    kiosk.locator(".k-lists button").nth(1).tap()
    wait_view(kiosk, "floors")
    shown = kiosk.locator("[data-map] svg.wf")
    first = shown.get_attribute("data-level")
    kiosk.locator(".k-floor[aria-pressed=false]").first.tap()
    expect(shown).not_to_have_attribute("data-level", first or "")
    expect(kiosk.locator(".k-row-name", has_text="儿科")).to_be_visible()


@pytest.mark.long
def test_letters_that_nothing_begins_with_cannot_be_pressed(kiosk: Page) -> None:
    begin(kiosk, "en")
    kiosk.locator(".k-lists button").nth(2).tap()
    wait_view(kiosk, "letters")
    kiosk.locator(".k-letter", has_text="P").tap()
    names = kiosk.locator(".k-row-name").all_inner_texts()
    assert "Paediatrics" in names
    assert all(name.startswith("P") for name in names)
    expect(kiosk.locator(".k-letter", has_text="Z")).to_be_disabled()


def test_sorts_list_the_nearest_first(kiosk: Page) -> None:
    begin(kiosk)
    kiosk.locator(".k-tile", has_text="厕所").tap()
    wait_view(kiosk, "sort")
    floors = kiosk.locator(".k-row-floor").all_inner_texts()
    assert floors == sorted(floors, key=lambda floor: floor != floors[0])
    expect(kiosk.locator(".k-pin").first).to_be_attached()


def test_a_room_on_the_map_can_be_touched(kiosk: Page) -> None:
    begin(kiosk)
    pharmacy = kiosk.evaluate(
        """async () => {
          const own = document.querySelector('script[type=module]').src;
          const { app } = await import(own.replace('kiosk.js', 'kiosk-app.js'));
          const found = app.places.places.find((p) => p.name.en === 'Pharmacy' && p.weight === 2);
          return [found.id, ...(found.rooms ?? [])];
        }"""
    )
    area = ", ".join(f'[data-map] [data-id="{key}"]' for key in pharmacy)
    box = kiosk.locator(area).first.bounding_box()
    assert box is not None
    kiosk.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wait_view(kiosk, "place")
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("药房")


@pytest.mark.parametrize(
    "view",
    ["place", *(pytest.param(one, marks=pytest.mark.long) for one in ("attract", "departments"))],
)
def test_emergency_is_one_tap_away(kiosk: Page, view: str) -> None:
    if view != "attract":
        begin(kiosk)
    if view == "departments":
        kiosk.locator(".k-lists button").first.tap()
    if view == "place":
        kiosk.locator(".k-search").tap()
        type_text(kiosk, "ek")
        kiosk.locator(".k-row").first.tap()
    press(kiosk, "emergency")
    wait_view(kiosk, "emergency")
    expect(kiosk.locator(".k-calls")).to_contain_text("120")


@pytest.mark.long
def test_the_map_comes_closer_by_buttons(kiosk: Page) -> None:
    begin(kiosk)
    kiosk.locator(".k-search").tap()
    type_text(kiosk, "ek")
    kiosk.locator(".k-row").first.tap()
    shown = kiosk.locator("[data-map] .wf-map")
    kiosk.locator(".k-tool").nth(2).tap()
    whole = shown.get_attribute("viewBox") or ""
    kiosk.locator(".k-tool").first.tap()
    closer = shown.get_attribute("viewBox") or ""
    assert float(closer.split()[2]) < float(whole.split()[2])
    kiosk.locator(".k-tool").nth(1).tap()
    assert shown.get_attribute("viewBox") == whole


@pytest.mark.parametrize(
    "part",
    [
        "[data-stage]",
        *(pytest.param(one, marks=pytest.mark.long) for one in (".k-top", ".k-title")),
    ],
)
def test_touch_the_screen_means_all_of_it(kiosk: Page, part: str) -> None:
    box = kiosk.locator(part).bounding_box()
    assert box is not None
    # the map's corner, where no room is
    kiosk.touchscreen.tap(box["x"] + 12, box["y"] + 12)
    wait_view(kiosk, "home")
    kiosk.touchscreen.tap(box["x"] + 12, box["y"] + 12)
    wait_view(kiosk, "home")


@pytest.mark.long
def test_a_row_says_nothing_twice(kiosk: Page) -> None:
    begin(kiosk, "en")
    kiosk.locator(".k-lists button").nth(1).tap()
    wait_view(kiosk, "floors")
    said = kiosk.locator(".k-row-text").evaluate_all(
        "all => all.map(e => ['name', 'place']"
        ".map(part => e.querySelector(`.k-row-${part}`).textContent))"
    )
    assert said
    assert [name for name, more in said if name == more] == []
    press(kiosk, "emergency")
    wait_view(kiosk, "emergency")
    row = kiosk.locator(".k-emergency .k-row-place").first
    expect(row).to_have_text(re.compile(r"^(Right here|about \d+ m)"))
    assert row.evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.long
def test_buildings_stand_in_the_order_of_their_letters(kiosk: Page) -> None:
    begin(kiosk)
    kiosk.evaluate(
        """async () => {
          const own = document.querySelector('script[type=module]').src;
          const { app, go } = await import(own.replace('kiosk.js', 'kiosk-app.js'));
          const { places } = app;
          const [floor] = places.floors;
          for (const letter of ['', 'D', 'A']) {
            const name = letter ? `${letter}楼` : '车库';
            const building = places.buildings.push({ letter, name: { 'zh-Hans': name } }) - 1;
            places.floors.push({ ...floor, id: name, building });
          }
          go('floors');
        }"""
    )
    names = kiosk.locator(".k-building > span:last-child").all_inner_texts()
    assert [name for name in names if name in {"A楼", "D楼", "车库"}] == ["A楼", "D楼", "车库"]
