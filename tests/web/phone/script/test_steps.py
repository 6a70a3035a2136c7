"""Step by step, with the map and the voice."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.contexts import Open
from tests.web.network import Network
from tests.web.phone.script.conftest import WAY, open_phones, wait_ready

LISTEN = """
  window.said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, 'speechSynthesis', {value: {
    cancel() {}, speak(spoken) { window.said.push([spoken.lang, spoken.text]); }}});
"""


@pytest.fixture(scope="module")
def opened(browser: Browser, running: Network) -> Iterator[Page]:
    with open_phones(browser, running) as open_phone:
        phone = open_phone()
        phone.add_init_script(LISTEN)
        yield phone.new_page()


@pytest.fixture
def page(opened: Page) -> Page:
    opened.goto(WAY)
    wait_ready(opened)
    return opened


def find_current(page: Page) -> int:
    """Return the number of the step that is current, from 0; -1 for none."""
    return int(
        page.evaluate(
            "[...document.querySelectorAll('[data-steps] > li')]"
            ".findIndex(e => e.getAttribute('aria-current') === 'step')"
        )
    )


def find_level(page: Page) -> str | None:
    return page.locator("figure[data-map]:visible").get_attribute("data-level")


def test_one_goes_on_and_back_and_the_map_follows(page: Page) -> None:
    levels = page.locator("[data-steps] > li").evaluate_all("all => all.map(e => e.dataset.level)")
    texts = page.locator("[data-steps] .step-text").all_inner_texts()
    assert len(set(levels)) == 2
    assert find_current(page) == -1
    page.get_by_role("button", name="Go step by step").click()
    for index, level in enumerate(levels):
        assert find_current(page) == index
        assert find_level(page) == level
        expect(page.locator(".stepper-text")).to_have_text(texts[index])
        expect(page.locator(".stepper-count")).to_contain_text(f"Step {index + 1} of {len(levels)}")
        if index < len(levels) - 1:
            page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.get_by_role("button", name="Back", exact=True).click()
    assert find_current(page) == len(levels) - 2
    assert find_level(page) == levels[-2]


def test_a_tapped_step_shows_its_floor(page: Page) -> None:
    last = page.locator("[data-steps] > li").last
    last.click()
    assert find_level(page) == last.get_attribute("data-level")
    assert find_current(page) == page.locator("[data-steps] > li").count() - 1
    expect(page.locator("figure[data-map]:visible svg.wf.zoomed")).to_have_count(1)


def test_a_tab_shows_its_floor(page: Page) -> None:
    before = find_level(page)
    page.locator(".tabs a").last.click()
    assert find_level(page) != before
    expect(page.locator(".tabs a").last).to_have_attribute("aria-current", "true")


def test_the_way_ahead_is_up_unless_that_is_not_wanted(page: Page) -> None:
    # the direction in which a step is walked, on the screen: 0 is up
    heading = """() => {
      const li = document.querySelector('li[aria-current=step]');
      const figure = document.querySelector(`figure[data-level="${li.dataset.level}"]`);
      const metres = figure.querySelector('.wf-map').dataset.metres;
      const [a, b, c, d, e, f] = metres.split(' ').map(Number);
      const m = figure.querySelector('.wf-map > g').getScreenCTM();
      const [p, q] = ['from', 'to'].map(end => li.dataset[end].split(' ').map(Number))
        .map(([x, y]) => new DOMPoint(a * x + c * y + e, b * x + d * y + f).matrixTransform(m));
      return Math.atan2(q.x - p.x, p.y - q.y) * 180 / Math.PI;
    }"""
    page.locator("[data-steps] > li").last.click()
    expect(page.locator("figure[data-map]:visible svg.wf.zoomed")).to_have_count(1)
    assert page.evaluate(heading) == pytest.approx(0, abs=1)
    facing = page.get_by_role("button", name="My way up")
    expect(facing).to_have_attribute("aria-pressed", "true")
    facing.click()
    expect(facing).to_have_attribute("aria-pressed", "false")
    assert abs(page.evaluate(heading)) > 10
    page.reload()
    wait_ready(page)
    page.locator("[data-steps] > li").last.click()
    expect(facing).to_have_attribute("aria-pressed", "false")
    facing.click()


def test_what_is_said_of_the_top_of_the_map_is_true_at_every_step(page: Page) -> None:
    hint, facing = page.locator("[data-map-hint]"), page.get_by_role("button", name="My way up")
    at_sign, walking = re.compile("^Face the sign"), "The top of the map is the way you walk."
    expect(hint).to_have_text(at_sign)
    page.locator(".tabs a").last.click()
    expect(hint).to_be_hidden()
    page.locator(".tabs a").first.click()
    expect(hint).to_have_text(at_sign)
    steps = page.locator("[data-steps] > li")
    for index in range(1, steps.count() - 1):
        steps.nth(index).click()
        expect(hint).to_have_text(walking)
    facing.click()
    expect(hint).to_be_hidden()
    facing.click()
    expect(hint).to_have_text(walking)
    page.locator("figure[data-map]:visible").get_by_role("button", name="Turn").click()
    expect(hint).to_be_hidden()


def test_nothing_is_said_until_that_is_asked_for(page: Page) -> None:
    texts = page.locator("[data-steps] .step-text").all_inner_texts()
    page.get_by_role("button", name="Go step by step").click()
    assert page.evaluate("window.said") == []
    page.get_by_role("button", name="Read aloud").click()
    page.get_by_role("button", name="Next").click()
    assert page.evaluate("window.said") == [["en-GB", texts[0]], ["en-GB", texts[1]]]
    page.get_by_role("button", name="Stop reading").click()
    page.get_by_role("button", name="Next").click()
    assert len(page.evaluate("window.said")) == 2


def test_chinese_is_said_in_chinese(opened: Page) -> None:
    opened.goto(f"{WAY}&lang=zh-Hans")
    wait_ready(opened)
    opened.get_by_role("button", name="一步一步走").click()
    opened.get_by_role("button", name="读给我听").click()
    assert opened.evaluate("window.said")[0][0] == "zh-CN"


def test_without_a_voice_there_is_no_button(open_phone: Open) -> None:
    context = open_phone()
    context.add_init_script("delete window.speechSynthesis; delete window.SpeechSynthesisUtterance")
    page = context.new_page()
    page.goto(WAY)
    wait_ready(page)
    page.get_by_role("button", name="Go step by step").click()
    expect(page.get_by_role("button", name="Read aloud")).to_have_count(0)


def test_the_focused_is_not_behind_the_bar(page: Page) -> None:
    page.get_by_role("button", name="Go step by step").click()
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, footer a')]
          .filter(e => e.getClientRects().length && !e.closest('.stepper')).filter(e => {
            e.focus();
            const bar = document.querySelector('.stepper').getBoundingClientRect();
            const box = e.getBoundingClientRect();
            return box.top >= bar.top && box.bottom <= bar.bottom;
          }).map(e => e.textContent)"""
    )
    assert hidden == []


def test_paper_has_no_buttons(page: Page) -> None:
    page.emulate_media(media="print")
    try:
        expect(page.locator(".stepper")).to_be_hidden()
        expect(page.locator(".map-tools").first).to_be_hidden()
        expect(page.locator("figure[data-map]:visible")).to_have_count(2)
    finally:
        page.emulate_media(media="screen")


def test_the_address_stays_that_of_the_way(page: Page) -> None:
    before = page.url
    page.get_by_role("button", name="Go step by step").click()
    page.get_by_role("button", name="Next").click()
    assert page.url == before
