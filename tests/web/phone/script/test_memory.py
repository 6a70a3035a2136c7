"""What a phone remembers by itself: likings, the car; and that it need not."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.contexts import Open
from tests.web.phone.script.conftest import OTHER, SCAN, WAY, wait_ready

DENY = """for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, {get() { throw new DOMException('denied'); }});"""


@pytest.fixture
def context(open_phone: Open) -> BrowserContext:
    return open_phone(service_workers="block")


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def test_a_look_that_was_chosen_is_asked_for_again(page: Page) -> None:
    page.goto(f"/s/{SCAN}")
    wait_ready(page)
    page.locator('a[data-pref="look"]').first.click()
    page.wait_for_url("**look=elder*")
    page.goto(f"/s/{OTHER}?isappinstalled=0")
    page.wait_for_url("**look=elder*")
    assert page.locator("html").get_attribute("data-look") == "elder"
    page.locator('a[data-pref="look"][data-value=""]').first.click()
    page.wait_for_selector("html:not([data-look])", state="attached")
    page.goto(f"/s/{SCAN}")
    wait_ready(page)
    assert "look" not in page.url


def test_a_language_that_was_chosen_is_kept(page: Page) -> None:
    page.goto("/v/clinic")
    wait_ready(page)
    page.locator('a[data-pref="lang"]').click()
    page.wait_for_selector('html[lang="zh-Hans"]', state="attached")
    page.goto(f"/s/{SCAN}")
    page.wait_for_selector('html[lang="zh-Hans"]', state="attached")


def test_what_a_link_from_somebody_else_says_is_not_remembered(page: Page) -> None:
    page.goto(f"/v/clinic/go/{SCAN}/PED?profile=wheelchair&look=elder&lang=zh-Hans")
    wait_ready(page)
    page.goto(f"/v/clinic/go/{SCAN}/PED")
    wait_ready(page)
    assert page.evaluate("localStorage.getItem('wf.likes')") is None
    assert page.locator("body").get_attribute("data-profile") == "walk"


def test_a_profile_that_was_chosen_holds_for_the_next_way(page: Page) -> None:
    page.goto(f"/v/clinic/go/{SCAN}/PED")
    wait_ready(page)
    page.locator('a[data-pref="profile"][data-value="wheelchair"]').click()
    page.wait_for_url("**profile=wheelchair*")
    page.goto(f"/v/clinic/go/{OTHER}/PED")
    page.wait_for_url("**profile=wheelchair*")


def park(page: Page) -> None:
    page.goto(f"/s/{SCAN}")
    wait_ready(page)
    page.locator("[data-car-save]").click()
    expect(page.locator("[data-car]")).to_be_visible()


def test_the_car_is_kept_on_the_phone_alone(page: Page) -> None:
    asked: list[str] = []
    park(page)
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator("[data-car]")).to_contain_text("Only this phone knows")
    page.goto(f"/s/{OTHER}")
    wait_ready(page)
    expect(page.locator(".car-place")).to_contain_text("Your car: Lobby")
    assert not any("car=" in url for url in asked)
    page.get_by_role("link", name="Back to my car").click()
    page.wait_for_url(f"**/go/{OTHER}/{SCAN}*")
    assert page.locator("body").get_attribute("data-page") == "route"


def test_the_car_is_kept_by_who_goes_on_at_once(page: Page) -> None:
    page.route("**/car*.js*", lambda _: None)  # on its way until the page is left
    page.goto(f"/s/{SCAN}")
    wait_ready(page)
    page.locator("[data-car-save]").click()
    page.unroute_all()
    page.goto(f"/s/{OTHER}")
    expect(page.locator(".car-place")).to_contain_text("Your car: Lobby")


def test_the_car_is_forgotten(page: Page) -> None:
    park(page)
    page.get_by_role("button", name="Forget it").click()
    expect(page.locator("[data-car]")).to_be_hidden()
    page.reload()
    wait_ready(page)
    expect(page.locator("[data-car]")).to_be_hidden()


def test_where_nothing_is_kept_the_address_keeps_the_car(context: BrowserContext) -> None:
    context.add_init_script(DENY)
    page = context.new_page()
    park(page)
    expect(page.locator(".car-address")).to_be_visible()
    address = page.locator(".car-address a").get_attribute("href")
    assert address is not None
    assert f"car={SCAN}" in address
    page.locator("a.brand").click()
    page.wait_for_url(f"**car={SCAN}*")
    expect(page.locator(".car-place")).to_be_visible()


def test_without_a_script_there_are_no_buttons_that_need_one(open_phone: Open) -> None:
    page = open_phone(java_script_enabled=False).new_page()
    for path in (f"/s/{SCAN}", WAY):
        page.goto(path)
        hidden = "[data-car-save], [data-share], [data-print], [data-car]"
        for button in page.locator(hidden).all():
            expect(button).to_be_hidden()
    page.locator("[data-steps] a").last.click()
    assert "#map-" in page.url


def test_names_stay_text(page: Page) -> None:
    page.goto(f"/s/{SCAN}")
    wait_ready(page)
    bad = '"><img src=x onerror="window.bad=1"></script>'
    keep = """name => localStorage.setItem(
      'wf.car.clinic', JSON.stringify({id: name, name}))"""
    page.evaluate(keep, bad)
    page.reload()
    expect(page.locator(".car-place")).to_contain_text(bad)
    assert page.evaluate("window.bad") is None
    assert page.locator("[data-car] img").count() == 0
