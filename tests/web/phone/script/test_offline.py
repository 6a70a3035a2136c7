"""Without network: pages, maps, and the way from any sign."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.contexts import Open
from tests.web.network import Network
from tests.web.phone.script.conftest import (
    OTHER,
    WAY,
    close,
    find_lift,
    open_phones,
    visit,
    wait_kept,
    wait_ready,
    wait_worker,
)
from tests.web.waiting import wait_until
from wayfinder.services.offline_package import make_package
from wayfinder.services.served import Served

WECHAT = (
    "Mozilla/5.0 (Linux; Android 13; Pixel) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
    " Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20231202 MicroMessenger/8.0.47"
)
ALIPAY = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Mobile/21A329 NebulaSDK/1.8.100112 AlipayClient/10.5.96"
)


@pytest.fixture(scope="module")
def kept(browser: Browser, running: Network) -> Iterator[BrowserContext]:
    """Return a phone that has shown a way and kept it."""
    with open_phones(browser, running) as open_phone:
        phone = open_phone()
        page = phone.new_page()
        visit(page)
        wait_worker(page)
        page.close()
        yield phone


@pytest.fixture
def page(kept: BrowserContext, network: Network) -> Iterator[Page]:
    """Return a page of a phone that has shown a way and then lost the network."""
    network.cut()
    opened = kept.new_page()
    yield opened
    opened.close()


def read_steps(page: Page) -> list[str]:
    return page.locator("[data-steps] .step-text").all_inner_texts()


def list_texts(served: Served, code: str, language: str = "en") -> list[str]:
    """Return the steps that the server would have said."""
    goal = next(one.id for one in served.plan if one.codes.get("his") == "PED")
    package = make_package(served, goal, profile="wheelchair", language=language)
    steps = [package["steps"][index] for index in package["signs"][code]["way"]["steps"]]
    return [package["texts"][step[2]] for step in steps]


def test_a_sign_scanned_without_network_leads_to_the_chosen_destination(
    page: Page, served_clinic: Served
) -> None:
    page.goto(f"/S/{OTHER}")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are at sign 1-02, Corridor 1F")
    expect(page.locator(".way-title")).to_have_text("To Paediatrics")
    assert read_steps(page) == list_texts(served_clinic, OTHER)
    expect(page.locator("figure[data-map] svg.wf .wf-map path.r")).not_to_have_count(0)
    expect(page.locator("figure[data-map]:visible")).to_have_count(1)
    page.get_by_role("button", name="Go step by step").click()
    for _ in range(2):
        page.get_by_role("button", name="Next").click()
    expect(page.locator("figure[data-map]:visible .wf-map circle.way-end")).to_have_count(1)


def test_a_sign_without_a_known_code_says_so(page: Page) -> None:
    page.goto("/s/QQQQQQQ")
    expect(page.get_by_role("alert")).to_contain_text("There is no sign with the code QQQQQQQ")
    page.get_by_label("Code on the sign").fill("mev-amwk")
    page.get_by_role("button", name="Show the way").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are at sign 1-02")


def test_pages_that_were_seen_and_their_maps_are_there(page: Page) -> None:
    page.goto(WAY)
    wait_ready(page)
    assert page.locator("body").get_attribute("data-page") == "route"
    expect(page.locator("figure[data-map] svg.wf").first).to_be_visible()
    for path, kind in (("/v/clinic", "home"), ("/v/clinic/emergency", "emergency")):
        page.goto(f"{path}?from=timeline&isappinstalled=0")
        wait_ready(page)
        assert page.locator("body").get_attribute("data-page") == kind
        expect(page.locator("time[data-map-time]").first).to_be_visible()


def test_a_page_that_was_never_seen_says_what_there_is(page: Page) -> None:
    page.goto("/v/clinic/search?q=toilet")
    wait_ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("No network")
    expect(page.get_by_text("Kept on this phone: the way to Paediatrics")).to_be_visible()


def test_a_floor_that_is_kept_is_shown(page: Page, served_clinic: Served) -> None:
    level = served_clinic.plan.levels[1]
    page.goto(f"/v/clinic/floor/{level.id}")
    wait_ready(page)
    expect(page.locator("figure[data-map] svg.wf")).to_be_visible()
    assert "2F" in page.locator("main").inner_text()


@pytest.mark.long
def test_the_steps_keep_their_language(
    open_phone: Open, network: Network, served_clinic: Served
) -> None:
    page = open_phone(locale="zh-CN").new_page()
    visit(page)
    wait_worker(page)
    network.cut()
    page.goto(f"/s/{OTHER}")
    expect(page.get_by_role("heading", level=1)).to_have_text("您在 1-02 标识牌，一楼走廊")
    assert read_steps(page) == list_texts(served_clinic, OTHER, "zh-Hans")


def test_the_network_comes_back(page: Page, network: Network) -> None:
    page.goto(f"/s/{OTHER}")
    wait_ready(page)
    network.mend()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    notice = page.locator('.notice[data-kind="offline"]')
    expect(notice).to_contain_text("The network is back.")
    notice.get_by_role("link").click()
    page.wait_for_selector("body[data-page=sign]")


@pytest.mark.long
def test_a_closure_heard_of_before_is_told(
    open_phone: Open, network: Network, served_clinic: Served
) -> None:
    page = open_phone().new_page()
    visit(page)
    wait_worker(page)
    # what is kept is refreshed after a closure: here the network goes before it could be
    page.route("**/api/v1/venues/clinic/steps*", lambda route: route.abort())
    close(network, find_lift(served_clinic))
    expect(page.locator('.notice[data-kind="closure"]')).to_be_visible()
    network.cut()
    page.goto(f"/s/{OTHER}")
    expect(page.get_by_role("alert")).to_contain_text("Something on this way has been closed")


def test_after_a_closure_the_kept_ways_are_new_ones(
    open_phone: Open, network: Network, served_clinic: Served
) -> None:
    page = open_phone().new_page()
    visit(page)
    wait_worker(page)
    with page.expect_response(lambda answer: "/steps?" in answer.url):
        close(network, find_lift(served_clinic))
    wait_until(
        page,
        """async () => {
          const cache = await caches.open('wayfinder-1');
          const kept = (await cache.keys()).filter(({url}) => url.includes('/steps?'));
          const texts = await Promise.all(kept.map(async k => (await cache.match(k)).text()));
          return texts.some(text => text.includes('"refusal"'));
        }""",
    )
    network.cut()
    page.goto(f"/s/{OTHER}")
    expect(page.get_by_role("alert")).to_be_visible()
    assert read_steps(page) == []


def test_what_is_fetched_in_the_background_is_small(open_phone: Open) -> None:
    page = open_phone().new_page()
    visit(page)
    sizes = page.evaluate(
        """() => performance.getEntriesByType('resource')
          .filter(e => e.initiatorType === 'fetch').map(e => e.transferSize)"""
    )
    assert len(sizes) > 3
    assert sum(sizes) < 300_000


def block_worker(context: BrowserContext) -> Page:
    """Return a page of a web view without service workers and caches."""
    context.add_init_script("delete Navigator.prototype.serviceWorker; delete window.caches;")
    return context.new_page()


@pytest.mark.parametrize(
    "agent", [WECHAT, pytest.param(ALIPAY, marks=pytest.mark.long)], ids=["wechat", "alipay"]
)
def test_without_a_worker_the_open_page_leads_on(
    open_phone: Open, network: Network, served_clinic: Served, agent: str
) -> None:
    page = block_worker(open_phone(user_agent=agent, service_workers="block"))
    visit(page, f"{WAY}&from=singlemessage&isappinstalled=0")
    network.cut()
    page.get_by_role("link", name="Home").or_(page.locator("a.brand")).first.click()
    expect(page.locator('.notice[data-kind="offline"]')).to_contain_text("Your way stays here")
    assert page.locator("body").get_attribute("data-page") == "route"
    page.locator("form[data-from-here] input[name=start]").fill(OTHER.lower())
    page.locator("form[data-from-here] button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are at sign 1-02")
    assert read_steps(page) == list_texts(served_clinic, OTHER)
    expect(page.locator("figure[data-map] svg.wf .wf-map path.r")).not_to_have_count(0)
    expect(page.locator("[data-steps] .step-icon svg")).not_to_have_count(0)
    network.mend()
    page.locator("a.brand").click()
    page.wait_for_selector("body[data-page=home], body[data-page=sign]")


@pytest.mark.long
def test_without_any_storage_the_open_page_leads_on(
    open_phone: Open, network: Network, served_clinic: Served
) -> None:
    context = open_phone(service_workers="block")
    context.add_init_script(
        """for (const name of ['localStorage', 'sessionStorage'])
             Object.defineProperty(window, name, {get() { throw new DOMException('denied'); }});
           Object.defineProperty(window, 'caches', {get() { throw new DOMException('no'); }});"""
    )
    page = context.new_page()
    visit(page)
    network.cut()
    page.locator("form[data-from-here] input[name=start]").fill(OTHER)
    page.locator("form[data-from-here] button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are at sign 1-02")
    assert read_steps(page) == list_texts(served_clinic, OTHER)


@pytest.mark.long
def test_a_slow_network_is_not_waited_for_where_the_page_is_kept(
    open_phone: Open, network: Network
) -> None:
    page = open_phone().new_page()
    visit(page)
    wait_worker(page)
    network.slow = frozenset({"/v/clinic"})
    page.goto("/v/clinic")
    assert page.locator("body").get_attribute("data-page") == "home"
    assert network.slow


def test_a_page_that_was_kept_before_the_program_changed_has_its_style(page: Page) -> None:
    page.goto(WAY)
    wait_ready(page)
    style = page.evaluate("async () => (await fetch('/static/0000000000/phone/all.css')).text()")
    assert ".steps" in style


def test_a_file_of_another_version_of_the_program_is_not_kept(
    kept: BrowserContext, network: Network
) -> None:
    page = kept.new_page()
    page.goto(WAY)
    wait_worker(page)
    ask = "async path => (await fetch(path)).ok && Boolean(await caches.match(path))"
    other, own = "/static/0000000000/phone/car.js", page.locator("link[rel=stylesheet]")
    assert not page.evaluate(ask, other)
    assert page.evaluate(ask, own.first.get_attribute("href"))
    page.close()
    assert network.answers(other)


@pytest.mark.long
def test_no_error_is_left_in_the_browser(open_phone: Open, network: Network) -> None:
    page = open_phone().new_page()
    wrong: list[Any] = []
    page.context.on("weberror", lambda error: wrong.append(error.error))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if "Security Policy" in said.text else None,
    )
    visit(page)
    wait_worker(page)
    network.cut()
    page.goto(f"/s/{OTHER}")
    wait_kept(page, "/kept/chosen")
    page.get_by_role("button", name="Go step by step").click()
    assert wrong == []
