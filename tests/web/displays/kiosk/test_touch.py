"""No way out of the page, no gestures; long presses count, a second finger does not."""

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.web.displays.kiosk.conftest import begin, wait_view

PREVENTED = """([name, options]) => {
  const event = new (options.key ? KeyboardEvent : options.wheel ? WheelEvent : MouseEvent)(
    name, {bubbles: true, cancelable: true, ...options});
  document.querySelector('[data-map] svg').dispatchEvent(event);
  return event.defaultPrevented;
}"""


def find_middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture
def hand(kiosk: Page) -> CDPSession:
    """Return fingers: Playwright's own tap with one at a time."""
    begin(kiosk)
    return kiosk.context.new_cdp_session(kiosk)


def put(hand: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    fingers = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})


def test_the_browsers_own_answers_do_not_come(kiosk: Page) -> None:
    for name in ("contextmenu", "selectstart", "dragstart", "drop", "copy", "paste", "auxclick"):
        assert kiosk.evaluate(PREVENTED, [name, {}]), name


def test_keys_that_lead_away_do_nothing(kiosk: Page) -> None:
    begin(kiosk)
    for key in ("F5", "F11", "F12", "BrowserBack", "ContextMenu"):
        assert kiosk.evaluate(PREVENTED, ["keydown", {"key": key}]), key
    for letter in "rwtnpsfl":
        assert kiosk.evaluate(PREVENTED, ["keydown", {"key": letter, "ctrlKey": True}]), letter
    assert kiosk.evaluate(PREVENTED, ["keydown", {"key": "ArrowLeft", "altKey": True}])
    assert kiosk.evaluate(PREVENTED, ["wheel", {"wheel": True, "ctrlKey": True, "deltaY": 9}])
    wait_view(kiosk, "home")


def test_nothing_can_be_selected_or_dragged_out(kiosk: Page) -> None:
    begin(kiosk)
    kiosk.mouse.move(40, 20)
    kiosk.mouse.down()
    kiosk.mouse.move(900, 1500, steps=4)
    kiosk.mouse.up()
    assert kiosk.evaluate("String(getSelection())") == ""
    kiosk.keyboard.press("Control+a")
    assert kiosk.evaluate("String(getSelection())") == ""


def test_there_is_no_link_to_anywhere(kiosk: Page) -> None:
    begin(kiosk)
    assert kiosk.locator("a[href], iframe, input, [target]").count() == 0
    address = kiosk.url
    kiosk.evaluate("history.back()")
    kiosk.wait_for_timeout(200)
    assert kiosk.url == address


def test_a_long_press_is_a_press(kiosk: Page, hand: CDPSession) -> None:
    at = find_middle(kiosk, ".k-tile")
    put(hand, "touchStart", at)
    kiosk.wait_for_timeout(1_200)
    expect(kiosk.locator("html")).to_have_attribute("data-view", "home")
    put(hand, "touchEnd")
    wait_view(kiosk, "sort")
    assert kiosk.evaluate("String(getSelection())") == ""


def test_a_trembling_finger_still_means_the_button(kiosk: Page, hand: CDPSession) -> None:
    x, y = find_middle(kiosk, ".k-tile")
    put(hand, "touchStart", (x, y))
    for step in range(6):
        put(hand, "touchMove", (x + (-1) ** step * 18, y + 12))
    put(hand, "touchEnd")
    wait_view(kiosk, "sort")


def test_who_slides_off_a_button_means_none(kiosk: Page, hand: CDPSession) -> None:
    x, y = find_middle(kiosk, ".k-tile")
    put(hand, "touchStart", (x, y))
    put(hand, "touchMove", (x + 200, y + 150))
    put(hand, "touchMove", (x + 420, y + 260))
    put(hand, "touchEnd")
    kiosk.wait_for_timeout(400)
    expect(kiosk.locator("html")).to_have_attribute("data-view", "home")


def test_several_fingers_do_nothing(kiosk: Page, hand: CDPSession) -> None:
    one, other = find_middle(kiosk, ".k-tile"), find_middle(kiosk, ".k-lists button")
    put(hand, "touchStart", one)
    put(hand, "touchStart", one, other)
    put(hand, "touchMove", (one[0] - 200, one[1]), (other[0] + 200, other[1]))
    put(hand, "touchEnd")
    kiosk.wait_for_timeout(400)
    expect(kiosk.locator("html")).to_have_attribute("data-view", "home")
    assert kiosk.evaluate("visualViewport.scale") == 1
    # and the next single finger counts again
    kiosk.touchscreen.tap(*one)
    wait_view(kiosk, "sort")


def test_two_taps_in_a_row_do_not_zoom(kiosk: Page, hand: CDPSession) -> None:
    at = find_middle(kiosk, "[data-map]")
    for _ in range(2):
        put(hand, "touchStart", (at[0], 200))
        put(hand, "touchEnd")
    kiosk.wait_for_timeout(300)
    assert kiosk.evaluate("visualViewport.scale") == 1
