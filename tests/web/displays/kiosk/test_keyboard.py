"""Everything by keys alone, everything read aloud: a keypad with arrows is enough."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.displays.kiosk.conftest import Open, begin, press, wait_view

LISTEN = """() => {
  window.said = [];
  document.addEventListener('k-said', ({ detail }) => window.said.push(detail));
}"""


@pytest.fixture
def heard(kiosk: Page) -> Page:
    """Return a kiosk whose voice is on."""
    kiosk.evaluate(LISTEN)
    kiosk.keyboard.press("Enter")
    wait_view(kiosk, "home")
    kiosk.keyboard.press("F1")
    return kiosk


def list_said(page: Page) -> list[str]:
    return [str(one) for one in page.evaluate("window.said")]


def find_focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_a_keypad_reaches_everything_and_comes_round(kiosk: Page) -> None:
    begin(kiosk)
    seen = []
    for _ in range(40):
        kiosk.keyboard.press("ArrowRight")
        seen.append(find_focus(kiosk))
    shown = kiosk.locator("[data-panel] button:not(:disabled), [data-bar] button:not(:disabled)")
    wanted = {text.strip() for text in shown.all_text_contents() if text.strip()}
    assert wanted <= set(seen)
    assert seen.count(seen[0]) > 1


def test_arrows_go_up_and_down_between_rows(kiosk: Page) -> None:
    begin(kiosk)
    kiosk.keyboard.press("ArrowDown")
    assert find_focus(kiosk) == "找科室、检查、窗口"
    kiosk.keyboard.press("ArrowDown")
    first = find_focus(kiosk)
    kiosk.keyboard.press("ArrowDown")
    kiosk.keyboard.press("ArrowUp")
    assert find_focus(kiosk) == first


def test_a_department_by_keys_alone(kiosk: Page) -> None:
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Enter")
    wait_view(kiosk, "home")
    kiosk.keyboard.type("erke")
    wait_view(kiosk, "search")
    expect(kiosk.locator(".k-typed-text")).to_have_text("erke")
    kiosk.keyboard.press("Backspace")
    expect(kiosk.locator(".k-typed-text")).to_have_text("erk")
    kiosk.locator(".k-row").first.focus()
    kiosk.keyboard.press("Enter")
    wait_view(kiosk, "place")
    kiosk.keyboard.press("Escape")
    wait_view(kiosk, "search")
    kiosk.keyboard.press("Home")
    wait_view(kiosk, "home")


def test_what_has_the_focus_is_read_aloud(heard: Page) -> None:
    assert any("语音已打开" in said for said in list_said(heard))
    heard.keyboard.press("Home")
    heard.keyboard.press("ArrowRight")
    heard.keyboard.press("ArrowRight")
    heard.keyboard.press("ArrowRight")
    name = find_focus(heard)
    assert list_said(heard)[-1] == f"{name}，按钮"
    heard.keyboard.press("Enter")
    wait_view(heard, "sort")
    assert any("由近到远" in said for said in list_said(heard))
    heard.keyboard.press("ArrowRight")
    assert "第1项" in list_said(heard)[-1]


def test_what_is_typed_is_read_aloud(heard: Page) -> None:
    heard.keyboard.type("ek")
    expect(heard.locator(".k-typed-text")).to_have_text("ek")
    # with what came of it: the list is not seen
    heard.wait_for_function("/^ek、找到[1-9]\\d*个$/.test(window.said.at(-1))")
    heard.keyboard.type("qqz")
    heard.wait_for_function("window.said.at(-1).startsWith('ekqqz、没有找到')")


@pytest.mark.long
def test_the_voice_goes_off_for_the_next_one(heard: Page) -> None:
    expect(heard.locator("[data-key=repeat]")).to_be_visible()
    press(heard, "done")
    expect(heard.locator("[data-key=repeat]")).to_have_count(0)
    expect(heard.locator("html[data-audio]")).to_have_count(0)


@pytest.mark.long
def test_a_screen_without_a_voice_says_so(open_kiosk: Open) -> None:
    kiosk = open_kiosk()
    begin(kiosk)
    kiosk.evaluate("speechSynthesis.getVoices = () => []")
    press(kiosk, "audio")
    expect(kiosk.locator("[data-caption]")).to_contain_text("没有语音")
