"""Every view on every screen: in reach, large enough, nothing cut off, nobody kept out."""

from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.displays.kiosk.conftest import LANDSCAPE, LARGE, PORTRAIT, Open

SIZES = {"portrait": PORTRAIT, "landscape": LANDSCAPE, "large": LARGE}
LOOKS = ("", "big", "contrast", "big contrast")
VIEWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("attract", {}),
    ("home", {}),
    ("departments", {}),
    ("floors", {}),
    ("letters", {}),
    ("sorts", {}),
    ("sort", {"sort": 0}),
    ("search", {"typed": "e"}),
    ("place", {"id": "PED"}),
    ("emergency", {}),
)
MODES = tuple(product(SIZES, ("zh-Hans", "en"), LOOKS))
QUICK_MODES = (
    ("portrait", "zh-Hans", ""),
    ("portrait", "en", "big contrast"),
)
"""Without --all every view is looked at in these."""

SHOW = """async ([name, given, language, looks]) => {
  const own = document.querySelector('script[type=module]').src;
  const app = await import(own.replace('kiosk.js', 'kiosk-app.js'));
  app.setLook('look', looks.includes('big') ? 'big' : '');
  app.setLook('contrast', looks.includes('contrast') ? 'high' : '');
  app.setLanguage(language);
  const isGoal = (place) => place.name.en === 'Paediatrics';
  if (given.id) given.id = app.app.places.places.find(isGoal).id;
  app.reset(name === 'attract' ? 'attract' : 'home');
  if (!['attract', 'home'].includes(name)) app.go(name, given);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
MEASURE = """() => {
  const faults = [];
  const unit = Math.min(innerWidth, innerHeight) / 67.5;
  // 1220 mm where the lower edge of a 55-inch screen hangs at 650 mm (docs/displays.md)
  const height = innerHeight > innerWidth ? 1217.6 : 684.9;
  const highest = innerHeight * (1 - (1220 - 650) / height);
  const name = (one) => `${one.className} ${one.textContent.trim().slice(0, 20)}`;
  for (const one of document.querySelectorAll('button')) {
    if (!one.offsetParent) continue;
    const box = one.getBoundingClientRect();
    if (box.top < highest - 1) faults.push(`out of reach: ${name(one)} ${box.top} < ${highest}`);
    if (box.height < unit * 3.75 - 1 || box.width < unit * 3.75 - 1)
      faults.push(`small: ${name(one)} ${box.width} ${box.height}`);
    if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.left < -1)
      faults.push(`off the screen: ${name(one)}`);
    const isShort = !one.matches('.k-row, .k-news');
    const more = [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight];
    if (isShort && Math.max(...more) > 1) faults.push(`cut off: ${name(one)} by ${more}`);
    const letters = parseFloat(getComputedStyle(one).fontSize) / unit;
    if (letters < 1.37) faults.push(`small letters: ${name(one)} ${letters}`);
  }
  for (const one of document.querySelectorAll('.k-panel, .k-bar, .k-rows')) {
    if (one.scrollWidth > one.clientWidth + 1) faults.push(`too wide: ${one.className}`);
    const more = one.scrollHeight - one.clientHeight;
    if (more > 1) faults.push(`too high: ${one.className} by ${more}`);
  }
  const find = (part) => document.querySelector(part).getBoundingClientRect();
  if (find('.k-panel').bottom > find('.k-bar').top + 1) faults.push('the panel lies under the bar');
  if (document.documentElement.scrollHeight > innerHeight + 1) faults.push('the page scrolls');
  return faults;
}"""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # a kiosk is not zoomed by its browser: it has large letters of its own (docs/displays.md)
    "rules": {"meta-viewport": {"enabled": False}},
}


def choose_modes(size: str, *, run_all: bool) -> list[tuple[str, str]]:
    modes = MODES if run_all else QUICK_MODES
    return [(language, look) for one, language, look in modes if one == size]


def show(page: Page, view: tuple[str, dict[str, Any]], language: str, look: str) -> None:
    page.evaluate(SHOW, [view[0], view[1], language, look.split()])


@pytest.mark.parametrize(
    "size",
    ["portrait", *(pytest.param(one, marks=pytest.mark.long) for one in ("landscape", "large"))],
)
def test_every_view_is_in_reach_and_whole(open_kiosk: Open, size: str, *, run_all: bool) -> None:
    kiosk = open_kiosk(SIZES[size])
    found: dict[str, list[str]] = {}
    for language, look in choose_modes(size, run_all=run_all):
        for view in VIEWS:
            show(kiosk, view, language, look)
            if faults := kiosk.evaluate(MEASURE):
                found[f"{view[0]} {language} {look}"] = faults
    assert found == {}


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(open_kiosk: Open, size: str) -> None:
    kiosk = open_kiosk(SIZES[size])
    found: dict[str, object] = {}
    for language, look in choose_modes(size, run_all=True):
        for view in VIEWS:
            show(kiosk, view, language, look)
            for violation in Axe().run(kiosk, options=RULES).response["violations"]:
                nodes = [node["html"][:200] for node in violation["nodes"]][:3]
                found[f"{view[0]} {language} {look}: {violation['id']}"] = nodes
    assert found == {}


@pytest.mark.long
def test_axe_finds_nothing_without_a_script(open_page: Page) -> None:
    found = Axe().run(open_page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []


@pytest.fixture
def open_page(open_kiosk: Open) -> Page:
    """Return the page as it is before its script has taken it over."""
    kiosk = open_kiosk()
    kiosk.route("**/kiosk.js", lambda route: route.abort())
    kiosk.reload()
    return kiosk
