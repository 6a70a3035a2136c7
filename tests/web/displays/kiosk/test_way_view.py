"""The way to a place on a kiosk: seen, taken along by a phone, printed; with and without server."""

import io
import re
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.web.contexts import Open as OpenScreen
from tests.web.displays.kiosk.conftest import (
    LANDSCAPE,
    LARGE,
    PORTRAIT,
    Open,
    begin,
    press,
    wait_ready,
    wait_view,
)
from tests.web.network import Network
from wayfinder.model import Release
from wayfinder.services.served import Served, make_served

MM_PER_POINT = 25.4 / 72
SIZES = {"portrait": PORTRAIT, "landscape": LANDSCAPE, "large": LARGE}
_LARGE = pytest.param("large", marks=pytest.mark.long)
_PRINT = "void (globalThis.print = () => { document.documentElement.dataset.printed = ''; })"
_GO = """async (name) => {
  const { app, reset, go } = await import(
    document.querySelector("script[type=module]").src.replace("kiosk.js", "kiosk-app.js"));
  const place = app.places.places.find((one) => one.name.en === name);
  reset("home");
  go("way", { to: place?.id ?? name });
}"""


@pytest.fixture(params=["80mm"])
def paper(request: pytest.FixtureRequest, network: Network, served_clinic: Served) -> str:
    """Put paper into the printer of the clinic's kiosk."""
    name = str(request.param)
    plan = served_clinic.plan
    (kiosk,) = (one for one in plan if one.wayfinder.get("display", {}).get("kind") == "kiosk")
    display = {**kiosk.wayfinder["display"], "paper": name}
    printing = plan.with_features(kiosk.with_wayfinder(display=display))
    network.venues.put(make_served("clinic", Release(printing, 2)))
    return name


def go(page: Page, goal: str) -> None:
    """Ask for the way to a place by its English name, or to ``nearest:CATEGORY``."""
    page.evaluate(_GO, goal)
    wait_view(page, "way")
    page.wait_for_selector(".w-body, .w-way .k-notice")


def wait_map(page: Page) -> None:
    page.wait_for_selector(".w-map .w-line", state="attached")


def read_steps(page: Page) -> list[str]:
    """Read the words of all floors."""
    found: list[str] = []
    for tab in page.locator(".w-tab").all():
        if tab.is_visible():
            tab.tap()
            expect(tab).to_have_attribute("aria-pressed", "true")
        found += [" ".join(text.split()) for text in page.locator(".w-words").all_inner_texts()]
        if not tab.is_visible():
            break
    return found


def read_code(picture: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    return str(found.text)


@pytest.mark.parametrize("language", ["zh-Hans", pytest.param("en", marks=pytest.mark.long)])
def test_a_way_over_two_floors_names_the_lift_at_both_ends(open_kiosk: Open, language: str) -> None:
    kiosk = open_kiosk()
    begin(kiosk, language)
    go(kiosk, "Paediatrics")
    kiosk.locator(".w-profiles button").nth(2).tap()
    kiosk.wait_for_selector(".w-tab:nth-child(2)")
    wait_map(kiosk)
    lift, up = ("电梯", "上到2F") if language == "zh-Hans" else ("Lift", "up to 2F")
    leaving = kiosk.locator(".w-note.is-leave")
    expect(leaving).to_contain_text(lift, ignore_case=True)
    expect(leaving).to_contain_text(up)
    kiosk.locator(".w-tab").nth(1).tap()
    coming = kiosk.locator(".w-note.is-come")
    expect(coming).to_contain_text(lift, ignore_case=True)
    expect(coming).to_contain_text("1F")
    expect(kiosk.locator(".w-note.is-end")).to_have_text(
        "儿科" if language == "zh-Hans" else "Paediatrics"
    )
    expect(kiosk.locator(".w-facts strong")).to_have_text(re.compile(r"\d.*\d"))


def test_the_screen_says_what_the_server_does(
    open_kiosk: Open, network: Network, path: str
) -> None:
    kiosk = open_kiosk()
    begin(kiosk, "en")
    go(kiosk, "nearest:restroom")
    document = kiosk.request.get(f"{network.url}{path}/way/walk/nearest:restroom").json()
    way = document["ways"]["nearest:restroom"]
    english = document["languages"].index("en")
    said = [document["texts"][document["steps"][step][2]][english] for step in way["steps"]]
    assert read_steps(kiosk) == said
    assert said[0].startswith("Facing the screen, ")
    press(kiosk, "language")
    expect(kiosk.locator(".w-words").first).to_contain_text("面对屏幕，")


@pytest.mark.long
def test_floors_are_drawn_one_after_the_other_and_the_first_is_left(open_kiosk: Open) -> None:
    kiosk = open_kiosk()
    kiosk.emulate_media(reduced_motion="no-preference")
    begin(kiosk, "en")
    go(kiosk, "Paediatrics")
    tabs = kiosk.locator(".w-tab")
    playing = kiosk.locator(".w-stage[data-playing]")
    expect(playing).to_have_count(1)
    expect(tabs.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(tabs.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(tabs.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(playing).to_have_count(0)
    kiosk.locator(".w-again").tap()
    expect(playing).to_have_count(1)
    # whoever touches a floor has taken over
    tabs.nth(1).tap()
    expect(playing).to_have_count(0)
    expect(tabs.nth(1)).to_have_attribute("aria-pressed", "true")


@pytest.mark.long
def test_who_goes_away_while_the_way_is_drawn_leaves_no_fault(open_kiosk: Open) -> None:
    """Five faults in a minute, and the watchdog opens the page anew under somebody's fingers."""
    kiosk = open_kiosk()
    faults: list[str] = []
    kiosk.on("pageerror", lambda fault: faults.append(str(fault)))
    kiosk.emulate_media(reduced_motion="no-preference")
    begin(kiosk, "en")
    go(kiosk, "Paediatrics")
    expect(kiosk.locator("[data-playing] .w-note.is-leave")).to_be_visible()
    press(kiosk, "home")
    wait_view(kiosk, "home")
    assert faults == []


@pytest.mark.parametrize(
    ("size", "language"),
    [("portrait", "zh-Hans"), pytest.param("landscape", "en", marks=pytest.mark.long)],
)
def test_a_phone_takes_the_way_along(
    open_kiosk: Open, browser: Browser, network: Network, size: str, language: str
) -> None:
    kiosk = open_kiosk(SIZES[size])
    begin(kiosk, language)
    go(kiosk, "Paediatrics")
    kiosk.locator(".w-profiles button").nth(2).tap()
    expect(kiosk.locator(".w-profiles button").nth(2)).to_have_attribute("aria-pressed", "true")
    kiosk.wait_for_selector(".w-code")
    address = read_code(kiosk.screenshot())
    assert address.startswith(f"{network.url}/v/clinic/go/D")
    steps = read_steps(kiosk)
    phone = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    page = phone.new_page()
    page.goto(address)
    expect(page.locator("body")).to_have_attribute("data-page", "route")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("body")).to_have_attribute("data-profile", "wheelchair")
    assert [
        " ".join(text.split()) for text in page.locator(".steps .step-text").all_inner_texts()
    ] == steps
    phone.close()


@pytest.mark.long
def test_without_server_the_same_way_is_drawn_the_same(
    open_kiosk: Open, network: Network, path: str
) -> None:
    kiosk = open_kiosk()
    begin(kiosk, "en")
    go(kiosk, "Paediatrics")
    wait_map(kiosk)
    line, steps = kiosk.locator(".w-line").get_attribute("d"), read_steps(kiosk)
    for _ in range(60):
        if kiosk.request.get(f"{network.url}{path}/ways/walk").ok:
            break
        kiosk.wait_for_timeout(1_000)
    kiosk.route("**/way/**", lambda route: route.abort())
    go(kiosk, "Paediatrics")
    wait_map(kiosk)
    assert kiosk.locator(".w-line").get_attribute("d") == line
    assert read_steps(kiosk) == steps


def test_what_nobody_can_tell_is_said_and_the_next_person_starts_anew(open_kiosk: Open) -> None:
    kiosk = open_kiosk()
    begin(kiosk, "en")
    kiosk.route("**/way/**", lambda route: route.abort())
    kiosk.route("**/ways/**", lambda route: route.abort())
    go(kiosk, "Paediatrics")
    expect(kiosk.locator(".k-notice").first).to_contain_text("ask our staff")
    kiosk.unroute("**/way/**")
    kiosk.locator(".w-profiles button").nth(1).tap()
    kiosk.wait_for_selector(".w-body")
    press(kiosk, "done")
    wait_view(kiosk, "attract")
    begin(kiosk, "en")
    go(kiosk, "Paediatrics")
    expect(kiosk.locator(".w-profiles button").first).to_have_attribute("aria-pressed", "true")


@pytest.mark.long
def test_after_three_days_without_news_no_way_is_shown(
    open_screen: OpenScreen, network: Network, path: str
) -> None:
    page = open_screen().new_page()
    for _ in range(60):
        if page.request.get(f"{network.url}{path}/ways/walk").ok:
            break
        page.wait_for_timeout(1_000)
    page.route("**/api/v1/displays/*/now", lambda route: route.abort())
    page.add_init_script(
        f"""const [age, at] = [73 * 3600e3, Date.now()];
        localStorage.setItem("wf-frame:{path.rpartition("/")[2]}:contact",
          JSON.stringify({{ server: at - age, age, at, unsure: false }}));"""
    )
    page.goto(path)
    wait_ready(page)
    begin(page, "en")
    go(page, "Paediatrics")
    for profile in (1, 0):
        page.locator(".w-profiles button").nth(profile).tap()
        expect(page.locator(".w-way .k-notice").first).to_contain_text("ask our staff")
        expect(page.locator(".w-body")).to_have_count(0)


def find_small(page: Page) -> list[str]:
    """Return what can be touched and is smaller than 60 px of a Full HD screen."""
    found: list[str] = page.evaluate("""() => {
      const least = 60 * Math.min(innerWidth, innerHeight) / 1080 - 0.5;
      return [...document.querySelectorAll("button")].filter((one) => one.offsetParent)
        .filter((one) => one.offsetWidth < least || one.offsetHeight < least)
        .map((one) => one.className);
    }""")
    return found


def find_cut(page: Page) -> list[str]:
    """Return what does not lie whole in what holds it."""
    found: list[str] = page.evaluate("""() => {
      const lies = (one, box) => {
        const [own, whole] = [one.getBoundingClientRect(), box.getBoundingClientRect()];
        return own.bottom <= whole.bottom + 1 && own.right <= whole.right + 1;
      };
      const panel = document.querySelector("[data-panel]");
      return [...document.querySelectorAll(".w-way *")]
        .filter((one) => one.offsetParent && !one.closest("svg"))
        .filter((one) => !lies(one, one.closest(".w-steps") ?? panel))
        .map((one) => `${one.className}: ${one.textContent}`);
    }""")
    return found


@pytest.mark.parametrize(
    "size", ["portrait", pytest.param("landscape", marks=pytest.mark.long), _LARGE]
)
def test_all_is_large_in_reach_and_in_sight(open_kiosk: Open, size: str) -> None:
    kiosk = open_kiosk(SIZES[size])
    begin(kiosk, "en")
    go(kiosk, "Paediatrics")
    wait_map(kiosk)
    for look in ("", "look", "contrast"):
        if look:
            press(kiosk, look)
            wait_map(kiosk)
        assert find_small(kiosk) == []
        assert find_cut(kiosk) == []
    boxes = [one.bounding_box() for one in kiosk.locator(".w-way button").all()]
    height = SIZES[size][1]
    reach = 0.54 if size == "portrait" else 0.17
    assert all(box is None or box["y"] >= height * reach - 1 for box in boxes)


@pytest.fixture
def printed(open_kiosk: Open, paper: str) -> tuple[Page, str]:
    kiosk = open_kiosk()
    kiosk.evaluate(_PRINT)
    begin(kiosk, "zh-Hans")
    go(kiosk, "Paediatrics")
    kiosk.locator(".w-print").tap()
    kiosk.wait_for_selector("html[data-printed]", state="attached")
    return kiosk, paper


@pytest.mark.parametrize(
    "paper", [pytest.param("a4", marks=pytest.mark.long), "80mm"], indirect=True
)
def test_a_way_is_printed(printed: tuple[Page, str], network: Network) -> None:
    kiosk, paper = printed
    steps = read_steps(kiosk)
    document = pypdfium2.PdfDocument(kiosk.pdf(prefer_css_page_size=True, print_background=True))
    sizes = [[side * MM_PER_POINT for side in page.get_size()] for page in document]
    if paper == "a4":
        assert all(size == pytest.approx([210, 297], abs=1) for size in sizes)
        assert len(sizes) <= 2
    else:
        assert len(sizes) == 1
        assert sizes[0][0] == pytest.approx(80, abs=0.5)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    words = re.sub(r"\s", "", text)
    assert "儿科" in words
    for step in steps:
        assert re.sub(r"\s", "", step) in words
    assert "语音" not in words  # nothing of the screen itself
    pictures = [page.render(scale=4).to_pil().convert("L") for page in document]
    codes: list[Any] = [code for one in pictures for code in zxingcpp.read_barcodes(one)]
    (code,) = codes
    assert urlsplit(code.text).path.startswith("/v/clinic/go/D")
    assert code.text.startswith(network.url)


@pytest.mark.long
def test_without_a_printer_nothing_is_printed(open_kiosk: Open) -> None:
    kiosk = open_kiosk()
    begin(kiosk, "en")
    go(kiosk, "Paediatrics")
    expect(kiosk.locator(".w-code")).to_have_count(1)
    expect(kiosk.locator(".w-print")).to_have_count(0)
