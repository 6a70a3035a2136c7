"""Nobody is kept out: axe-core finds no violation of WCAG 2.2 AA on any page in any look."""

from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.web.pages import LEVEL, SIGN

PAGES = (
    f"/s/{SIGN}",
    f"/v/clinic/go/{SIGN}/PED",
    "/s/VQAFYHQ",
    "/s/nonsense",
    "/nowhere",
    "/v/clinic",
    f"/v/clinic/search?q=room&here={SIGN}",
    "/v/clinic/search?q=zzzz",
    f"/v/clinic/category/restroom?here={SIGN}",
    "/v/clinic/category/restroom",
    f"/v/clinic/floor/{LEVEL}",
    "/v/clinic/floors",
    "/v/clinic/go/PED",
    "/v/clinic/start?start=clinic&to=PED",
    f"/v/clinic/go/{SIGN}/REG/ECG/PED?profile=wheelchair",
    f"/v/clinic/go/{SIGN}/PED?profile=bed",
    f"/v/clinic/go/{SIGN}/nowhere",
    "/v/clinic/place/PED",
    "/v/clinic/parking",
    "/v/clinic/parking?car=1-02",
    f"/v/clinic/emergency?here={SIGN}",
    "/v/clinic/emergency",
)
LOOKS = ("", "elder", "elder-30")
THEMES = ("light", "dark")
LANGUAGES = ("zh-Hans", "en")
MODES = tuple(product(LANGUAGES, THEMES, LOOKS))
QUICK_MODES = (("en", "dark", "elder-30"), ("zh-Hans", "light", ""))
"""Without --all a page is looked at in one of these, the first pages in both."""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.strip, .hidden'))
    .map(e => `${e.tagName}.${e.className} ${e.getBoundingClientRect().right}`).slice(0, 4)"""
WIDE_LETTERS = """family => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { font-family: '${family}' !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(scope="module")
def page(phone: BrowserContext) -> Page:
    """Return one page for all addresses: every new one costs as much as looking at it."""
    return phone.new_page()


def choose_modes(address: str, *, run_all: bool) -> tuple[tuple[str, str, str], ...]:
    number = PAGES.index(address)
    if run_all:
        return MODES
    return QUICK_MODES if number < 2 else (QUICK_MODES[number % 2],)


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(page: Page, site_url: str, address: str, *, run_all: bool) -> None:
    found: dict[str, object] = {}
    for language, theme, look in choose_modes(address, run_all=run_all):
        mode = f"lang={language}&theme={theme}" + (f"&look={look}" if look else "")
        page.goto(f"{site_url}{address}{'&' if '?' in address else '?'}{mode}")
        page.wait_for_selector("html[data-script=ready]", state="attached")
        for violation in Axe().run(page, options=RULES).response["violations"]:
            found[f"{mode}: {violation['id']}"] = [node["html"] for node in violation["nodes"]][:3]
        # nothing wider than the screen: at 360 px nobody scrolls sideways
        if wide := page.evaluate(TOO_WIDE):
            found[f"{mode}: too wide"] = wide
    assert found == {}


@pytest.mark.parametrize(("width", "family"), [(360, "DejaVu Sans"), (320, "DejaVu Sans")])
def test_the_words_of_the_tiles_have_room_in_wide_letters_too(
    phone: BrowserContext, site_url: str, width: int, family: str
) -> None:
    """Phones whose system has no font of the list fall back to wider ones."""
    page = phone.new_page()
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{site_url}/s/{SIGN}?lang=en")
    page.evaluate(WIDE_LETTERS, family)
    rooms = page.locator(".wish").evaluate_all(
        """all => all.map(tile => {
          const [own, word] = [tile, tile.lastElementChild].map(e => e.getBoundingClientRect());
          return Math.min(word.left - own.left, own.right - word.right);
        })"""
    )
    page.close()
    assert len(rooms) >= 6
    assert min(rooms) >= 4
