"""Who walks away is asked, then forgotten: fields, views, look, language, storage, history."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.displays.kiosk.conftest import Open, begin, press, type_text, wait_view

UNTOUCHED_MS, WARNING_MS = 60_000, 25_000
_PAGES = 3
"""Entries of a history in which only the kiosk is: the browser's blank page, this one twice."""
STORED = """() => [
  JSON.stringify(Object.entries(sessionStorage)),
  JSON.stringify(Object.entries(localStorage).filter(([key]) => !key.startsWith('wf-frame:'))),
]"""


@pytest.fixture
def used(open_kiosk: Open) -> Page:
    """Return a kiosk that somebody has used: another language, large letters, a search."""
    kiosk = open_kiosk(clock=True)
    begin(kiosk, "en")
    press(kiosk, "look")
    press(kiosk, "contrast")
    kiosk.locator(".k-search").tap()
    type_text(kiosk, "paed")
    kiosk.locator(".k-row").first.tap()
    wait_view(kiosk, "place")
    return kiosk


def let_pass(page: Page, milliseconds: int) -> None:
    """Let time pass at which nobody touches anything, second by second."""
    page.clock.run_for(milliseconds)


def assert_forgotten(kiosk: Page) -> None:
    wait_view(kiosk, "attract")
    root = kiosk.locator("html")
    expect(root).to_have_attribute("lang", "zh-Hans")
    expect(root).to_have_attribute("data-theme", "light")
    for name in ("data-look", "data-contrast", "data-audio"):
        assert root.get_attribute(name) is None
    assert kiosk.evaluate(STORED) == ["[]", "[]"]
    assert kiosk.evaluate("history.length") <= _PAGES
    assert kiosk.evaluate("location.search + location.hash") == ""
    assert "paed" not in kiosk.locator("body").inner_text().casefold()
    begin(kiosk)
    kiosk.locator(".k-search").tap()
    expect(kiosk.locator(".k-typed-text")).to_have_count(0)
    press(kiosk, "back")
    wait_view(kiosk, "home")
    expect(kiosk.locator("[data-key=back]")).to_be_disabled()


def test_who_walks_away_is_asked_then_forgotten(used: Page) -> None:
    let_pass(used, UNTOUCHED_MS - 10_000)
    expect(used.locator(".k-idle")).to_have_count(0)
    let_pass(used, 12_000)
    expect(used.locator(".k-idle")).to_be_visible()
    expect(used.locator(".k-idle .k-primary:not(.is-emergency)")).to_be_focused()
    # at least twenty seconds are left to go on
    let_pass(used, 20_000)
    expect(used.locator(".k-idle")).to_be_visible()
    let_pass(used, 6_000)
    expect(used.locator(".k-idle")).to_have_count(0)
    assert_forgotten(used)


def test_who_goes_on_loses_nothing(used: Page) -> None:
    let_pass(used, UNTOUCHED_MS + 2_000)
    used.locator(".k-idle .k-primary:not(.is-emergency)").tap()
    expect(used.locator(".k-idle")).to_have_count(0)
    wait_view(used, "place")
    expect(used.locator("html")).to_have_attribute("data-look", "big")
    let_pass(used, UNTOUCHED_MS - 10_000)
    expect(used.locator(".k-idle")).to_have_count(0)


@pytest.mark.long
def test_emergency_is_one_tap_away_from_the_question(used: Page) -> None:
    let_pass(used, UNTOUCHED_MS + 2_000)
    used.locator(".k-idle .is-emergency").tap()
    wait_view(used, "emergency")
    expect(used.locator(".k-idle")).to_have_count(0)


def test_who_has_finished_says_so(used: Page) -> None:
    press(used, "done")
    assert_forgotten(used)


@pytest.mark.long
def test_while_nobody_is_there_nobody_is_asked(open_kiosk: Open) -> None:
    kiosk = open_kiosk(clock=True)
    let_pass(kiosk, 5 * UNTOUCHED_MS)
    expect(kiosk.locator(".k-idle")).to_have_count(0)
    wait_view(kiosk, "attract")


@pytest.mark.long
def test_the_question_keeps_keys_to_itself(used: Page) -> None:
    let_pass(used, UNTOUCHED_MS + 2_000)
    expect(used.locator(".k-idle")).to_be_visible()
    assert used.evaluate("document.querySelector('[data-panel]').inert") is True
    used.keyboard.press("ArrowRight")
    expect(used.locator(".k-idle")).to_have_count(0)
    assert used.evaluate("document.querySelector('[data-panel]').inert") is False
