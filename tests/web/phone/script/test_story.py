"""As a new user would: scan, search, go, lose the network, scan again, arrive, go back."""

from dataclasses import dataclass

import pytest
import qrcode
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from qrcode.constants import ERROR_CORRECT_M

from tests.web.contexts import Open
from tests.web.network import Network
from tests.web.phone.script.conftest import (
    OTHER,
    SCAN,
    close,
    find_lift,
    wait_ready,
    wait_worker,
)
from wayfinder.services.served import Served


@dataclass(frozen=True)
class Words:
    """What somebody reads and types in one language."""

    locale: str
    here: str
    typed: str
    goal: str
    start: str
    following: str
    new_way: str
    car: str


_ENGLISH, _CHINESE = (
    Words(
        *("en-GB", "Lobby", "paedi", "Paediatrics", "Go step by step", "Next"),
        *("Show the new way", "Back to my car"),
    ),
    Words(
        *("zh-CN", "门诊大厅", "erke", "儿科", "一步一步走", "下一步", "看新路线", "回到停车处"),
    ),
)
ENGLISH, LONG_ENGLISH = (
    pytest.param(_ENGLISH, id="en", marks=marks) for marks in ((), pytest.mark.long)
)
CHINESE, LONG_CHINESE = (
    pytest.param(_CHINESE, id="zh-Hans", marks=marks) for marks in ((), pytest.mark.long)
)


def scan(network: Network, code: str) -> str:
    """Print a sign's code as signs have it, photograph it askew, and read the picture."""
    printed = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=6)
    printed.add_data(f"{network.url.upper()}/S/{code}")
    picture = printed.make_image().get_image().convert("L")
    photograph = picture.rotate(8, Image.Resampling.BICUBIC, expand=True, fillcolor=200)
    (found,) = zxingcpp.read_barcodes(photograph)
    return str(found.text)


def search(page: Page, words: Words) -> None:
    page.locator('form[role="search"] input[name="q"]').fill(words.typed)
    page.locator('form[role="search"] button').click()
    page.get_by_role("link", name=words.goal).first.click()
    page.wait_for_selector("body[data-page=route], body[data-page=no-route]")


def choose_wheelchair(page: Page) -> None:
    page.locator('a[data-pref="profile"][data-value="wheelchair"]').click()
    page.wait_for_url("**profile=wheelchair*")


def watch(context: BrowserContext) -> tuple[list[str], list[str]]:
    """Return the addresses that will be asked for, and what will go wrong."""
    asked: list[str] = []
    wrong: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on(
        "console",
        lambda said: wrong.append(said.text) if "Security Policy" in said.text else None,
    )
    return asked, wrong


def walk_to_the_end(page: Page, words: Words) -> None:
    page.get_by_role("button", name=words.start).click()
    following = page.get_by_role("button", name=words.following)
    while following.is_enabled():
        following.click()
    expect(page.locator(".stepper-text")).to_contain_text(words.goal)


@pytest.mark.parametrize("words", [LONG_ENGLISH, CHINESE])
def test_from_the_sign_to_the_doctor_and_back_to_the_car(
    open_phone: Open, network: Network, served_clinic: Served, words: Words
) -> None:
    context = open_phone(locale=words.locale)
    asked, wrong = watch(context)
    page = context.new_page()
    page.goto(scan(network, SCAN))
    expect(page.get_by_role("heading", level=1)).to_contain_text(words.here)
    wait_ready(page)
    page.locator("[data-car-save]").click()
    search(page, words)
    choose_wheelchair(page)
    page.wait_for_selector("html[data-kept=yes]", state="attached")
    wait_worker(page)
    expect(page.locator("[data-steps] .is-change")).to_have_count(1)

    network.cut()
    page.goto(scan(network, OTHER))
    expect(page.locator(".way-title")).to_contain_text(words.goal)
    expect(page.locator("figure[data-map] .wf-map path.r").first).to_be_attached()
    walk_to_the_end(page, words)

    close(network, find_lift(served_clinic))
    network.mend()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.locator('.notice[data-kind="offline"] a').click()
    page.wait_for_selector("body[data-page=sign]")
    search(page, words)
    # the lift is out, and the wheelchair is remembered
    page.wait_for_selector("body[data-page=no-route]")
    close(network, number=2)
    page.get_by_role("link", name=words.new_way).click()
    page.wait_for_selector("body[data-page=route]")
    wait_ready(page)
    walk_to_the_end(page, words)

    page.locator("a.brand").click()
    page.get_by_role("link", name=words.car).click()
    # from nowhere known: the page asks, and the code of any sign tells
    page.locator("form[data-from-here] input[name=start]").fill(OTHER)
    page.locator("form[data-from-here] button").click()
    page.wait_for_selector("body[data-page=route]")
    assert page.url.partition("?")[0].endswith(f"/{SCAN}")
    expect(page.locator("main")).to_contain_text(words.here)

    assert all(url.startswith((network.url, "blob:", "data:")) for url in asked)
    assert context.cookies() == []
    assert wrong == []


@pytest.mark.parametrize("words", [ENGLISH, LONG_CHINESE])
def test_the_same_without_a_script(
    open_phone: Open, network: Network, served_clinic: Served, words: Words
) -> None:
    context = open_phone(locale=words.locale, java_script_enabled=False)
    asked, _ = watch(context)
    page = context.new_page()
    page.goto(scan(network, SCAN))
    expect(page.get_by_role("heading", level=1)).to_contain_text(words.here)
    search(page, words)
    choose_wheelchair(page)
    expect(page.locator("[data-steps] > li").last).to_contain_text(words.goal)
    close(network, find_lift(served_clinic))
    page.reload()
    page.wait_for_selector("body[data-page=no-route]")
    close(network, number=2)
    page.reload()
    page.locator("form[data-from-here] input[name=start]").fill(OTHER)
    page.locator("form[data-from-here] button").click()
    page.wait_for_url(f"**/go/{OTHER}/**")
    expect(page.locator("[data-steps] > li").last).to_contain_text(words.goal)
    assert all(url.startswith(network.url) for url in asked)
    assert context.cookies() == []
