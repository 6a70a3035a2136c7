"""A page that fails is opened anew, with limits."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page

from tests.web.displays.frame.weather import Storm

FAIL = "() => { for (let n = 0; n < 5; n += 1) setTimeout(() => { throw new Error('no'); }); }"
COUNT = "() => sessionStorage.setItem('opened', Number(sessionStorage.getItem('opened') || 0) + 1)"
OPENED = "() => Number(sessionStorage.getItem('opened'))"
REASON = """() => JSON.parse(localStorage.getItem(
  Object.keys(localStorage).find((key) => key.endsWith(':reason')) || '') || 'null')"""


@pytest.fixture
def page(screen: BrowserContext, board: str) -> Page:
    """Return the page of a board that counts how often it was opened."""
    page = screen.new_page()
    page.add_init_script(f"({COUNT})()")
    page.goto(board)
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith(':now'))")
    return page


def wait_opened(page: Page, times: int) -> None:
    page.wait_for_function(f"() => ({OPENED})() >= {times}", polling=100)
    page.wait_for_load_state()


def test_many_errors_open_the_page_anew_but_not_again_and_again(page: Page) -> None:
    page.evaluate(FAIL)
    wait_opened(page, 2)
    assert page.evaluate(REASON) == "errors"
    page.evaluate(FAIL)
    page.wait_for_timeout(2_500)
    assert page.evaluate(OPENED) == 2


def test_the_patience_doubles_up_to_an_hour(page: Page) -> None:
    patience = page.evaluate(
        """async () => {
          const own = new URL("watchdog.js", document.querySelector("script[type=module]").src);
          const { getPatience } = await import(own.href);
          return [0, 1, 2, 3, 6, 7, 8, 500].map(getPatience);
        }"""
    )
    minutes = [0, 1, 2, 4, 32, 60, 60, 60]
    assert patience == [60_000 * one for one in minutes]


def test_a_single_error_is_healed_when_nobody_looks(screen: BrowserContext, board: str) -> None:
    page = screen.new_page()
    page.clock.install()
    page.add_init_script(f"({COUNT})()")
    page.goto(board)
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith(':now'))")
    page.evaluate("() => { Promise.reject(new Error('no')); }")
    page.clock.run_for(60_000)
    assert page.evaluate(OPENED) == 1
    page.clock.fast_forward(300_000)
    wait_opened(page, 2)
    assert page.evaluate(REASON) == "error"


def test_a_page_that_shows_nothing_is_opened_anew(
    screen: BrowserContext, storm: Storm, board: str, silent: Flask
) -> None:
    storm.install(silent)
    page = screen.new_page()
    page.clock.install()
    page.add_init_script(f"({COUNT})()")
    page.goto(board)
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith(':now'))")
    page.clock.run_for(25_000)
    assert page.evaluate(OPENED) == 1
    page.clock.run_for(7_000)
    wait_opened(page, 2)
    assert page.evaluate(REASON) == "blank"


@pytest.mark.long
def test_memory_that_grows_is_given_back(screen: BrowserContext, board: str) -> None:
    page = screen.new_page()
    page.add_init_script(f"({COUNT})()")
    page.add_init_script(
        """window.used = 60e6;
        Object.defineProperty(performance, "memory", {
          get: () => ({ usedJSHeapSize: window.used, jsHeapSizeLimit: 2e9 }) });"""
    )
    page.goto(board)
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith(':now'))")
    page.wait_for_timeout(1_500)
    page.evaluate("() => { window.used = 140e6; }")
    page.wait_for_timeout(1_500)
    assert page.evaluate(OPENED) == 1
    page.evaluate("() => { window.used = 200e6; }")
    wait_opened(page, 2)
    assert page.evaluate(REASON) == "memory"


def test_a_picture_that_stands_still_is_opened_anew(screen: BrowserContext, board: str) -> None:
    page = screen.new_page()
    page.clock.install()
    page.add_init_script(f"({COUNT})()")
    page.goto(board)
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith(':now'))")
    page.clock.run_for(120_000)
    assert page.evaluate(OPENED) == 1
    page.evaluate("() => { window.requestAnimationFrame = () => 0; }")
    page.clock.run_for(70_000)
    wait_opened(page, 2)
    assert page.evaluate(REASON) == "standstill"
