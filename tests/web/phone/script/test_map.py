"""A map that is moved by finger, mouse, keyboard and button."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.web.contexts import Open
from tests.web.network import Network
from tests.web.phone.script.conftest import SCAN, open_phones, visit, wait_ready

STATE = """() => {
  const svg = document.querySelector('figure[data-map] svg.wf'), map = svg.querySelector('.wf-map');
  return {box: map.getAttribute('viewBox').split(' ').map(Number), zoom: svg.dataset.zoom,
          zoomed: svg.classList.contains('zoomed'), turned: svg.classList.contains('turned'),
          k: svg.style.getPropertyValue('--k'), screen: svg.getBoundingClientRect().toJSON()};
}"""


@pytest.fixture(scope="module")
def opened(browser: Browser, running: Network) -> Iterator[Page]:
    with open_phones(browser, running) as open_phone:
        page = open_phone().new_page()
        page.goto(f"/s/{SCAN}")
        wait_ready(page)
        page.locator("figure[data-map]").scroll_into_view_if_needed()
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """Return the page of a sign with its whole map."""
    press(opened, "Whole map")
    return opened


def read(page: Page) -> Any:  # noqa: ANN401 - JSON
    return page.evaluate(STATE)


def read_scale(page: Page) -> float:
    """Return how many pixels of the screen a unit of the drawing is."""
    return float(
        page.evaluate(
            "() => { const m = document.querySelector('.wf-map > g')"
            ".getScreenCTM(); return Math.hypot(m.a, m.b); }"
        )
    )


def press(page: Page, name: str) -> None:
    page.get_by_role("group", name="Move the map").get_by_role("button", name=name).click()


def test_buttons_zoom_turn_and_show_all(page: Page) -> None:
    whole = read(page)
    assert not whole["zoomed"]
    press(page, "Closer")
    press(page, "Closer")
    closer = read(page)
    assert closer["box"][2] == pytest.approx(whole["box"][2] / 1.6**2, abs=0.1)
    assert closer["zoomed"]
    assert closer["zoom"] == "1"
    assert float(closer["k"]) == pytest.approx(1 / 1.6**2, abs=0.001)
    press(page, "Turn the map")
    assert read(page)["turned"]
    press(page, "Whole map")
    assert read(page)["box"] == whole["box"]
    assert not read(page)["turned"]


def test_the_keyboard_does_all_that_a_finger_does(page: Page) -> None:
    whole = read(page)
    drawing = page.locator("figure[data-map] svg.wf")
    drawing.focus()
    for key in ("+", "+", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    moved = read(page)
    middle = [moved["box"][i] + moved["box"][i + 2] / 2 for i in (0, 1)]
    before = [whole["box"][i] + whole["box"][i + 2] / 2 for i in (0, 1)]
    assert middle[0] > before[0] + 5
    assert middle[1] > before[1] + 5
    page.keyboard.press("0")
    assert read(page)["box"] == whole["box"]


def test_a_finger_scrolls_the_page_until_the_map_is_zoomed(page: Page) -> None:
    drawing = page.locator("figure[data-map] svg.wf")
    assert drawing.evaluate("e => getComputedStyle(e).touchAction") == "pan-y"
    press(page, "Closer")
    assert drawing.evaluate("e => getComputedStyle(e).touchAction") == "none"


def test_what_is_dragged_follows_the_finger(page: Page) -> None:
    press(page, "Closer")
    press(page, "Closer")
    before = read(page)
    box = before["screen"]
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    scale = read_scale(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 30, steps=4)
    page.mouse.up()
    after = read(page)
    assert after["box"][0] - before["box"][0] == pytest.approx(60 / scale, rel=0.05)
    assert after["box"][1] - before["box"][1] == pytest.approx(-30 / scale, rel=0.05)


def test_a_tap_on_a_zoomed_map_brings_the_point_to_the_middle(page: Page) -> None:
    press(page, "Closer")
    press(page, "Closer")
    before = read(page)
    box = before["screen"]
    page.mouse.click(box["x"] + box["width"] / 2 + 40, box["y"] + box["height"] / 2)
    scale = read_scale(page)
    assert read(page)["box"][0] - before["box"][0] == pytest.approx(40 / scale, rel=0.05)


def test_two_fingers_pinch(page: Page) -> None:
    box = read(page)["screen"]
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *gaps: float) -> None:
        points = [{"x": x + gap, "y": y, "id": n} for n, gap in enumerate(gaps)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", -30, 30)
    for gap in (40, 50, 60):
        touch("touchMove", -gap, gap)
    touch("touchEnd")
    assert float(read(page)["k"]) == pytest.approx(0.5, rel=0.1)


def test_a_turned_map_keeps_its_letters_upright_and_its_arrow_true(page: Page) -> None:
    angles = """() => ['.wf-map text:not([transform^=rotate])', '.wf-map g > .s', '.wf-north']
      .map(which => document.querySelector(`figure[data-map] ${which}`).getScreenCTM())
      .map(m => Math.round(Math.atan2(m.b, m.a) * 180 / Math.PI))"""
    plain = page.evaluate(angles)
    letters = page.locator("figure[data-map] .wf-map text").count()
    assert letters > 5
    press(page, "Turn the map")
    turned = """() => [...document.querySelectorAll('.wf-map text, .wf-map use')]
      .map(e => e.getScreenCTM()).map(m => Math.abs(Math.atan2(m.b, m.a)))"""
    assert max(page.evaluate(turned)) < 0.01
    upright, signs, north = page.evaluate(angles.replace(":not([transform^=rotate])", ""))
    assert (upright, signs) == (plain[0], plain[1])
    assert (north - plain[2]) % 360 == 90
    press(page, "Whole map")
    assert page.evaluate(angles) == plain


def test_nothing_is_moved_when_the_tools_come(open_phone: Open) -> None:
    page = open_phone().new_page()
    shifts = """() => new Promise(done => {
      new PerformanceObserver(list => done(list.getEntries().map(e => e.value)))
        .observe({type: 'layout-shift', buffered: true});
      setTimeout(() => done([]), 200);
    })"""
    page.goto(f"/s/{SCAN}?lang=en")
    wait_ready(page)
    page.wait_for_selector(".map-tools")
    assert sum(page.evaluate(shifts)) == 0


def test_targets_are_large_enough(page: Page, open_phone: Open) -> None:
    sizes = page.locator(".map-tools button").evaluate_all(
        "all => all.map(e => [e.offsetWidth, e.offsetHeight])"
    )
    assert len(sizes) == 4
    assert all(width >= 44 and height >= 44 for width, height in sizes)
    page = open_phone().new_page()
    page.goto(f"/s/{SCAN}?look=elder")
    wait_ready(page)
    sizes = page.locator(".map-tools button:visible").evaluate_all(
        "all => all.map(e => [e.offsetWidth, e.offsetHeight])"
    )
    assert len(sizes) == 3
    assert all(width >= 60 and height >= 60 for width, height in sizes)


def test_only_our_own_server_is_asked(open_phone: Open) -> None:
    page = open_phone().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page)
    assert asked
    assert all(re.match(r"http://127\.0\.0\.1:\d+/", url) for url in asked)
