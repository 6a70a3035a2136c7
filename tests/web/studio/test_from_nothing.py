"""As a new user would: from an empty store and a scan of a plan to a way that a patient follows."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from werkzeug.serving import make_server

from tests.services.people.conftest import GOOD, SHELL
from tests.web.contexts import PATIENCE_MS
from tests.web.phone.conftest import Silent
from tests.web.phone.script.conftest import wait_ready
from tests.web.phone.test_axe import RULES
from tests.web.studio.conftest import find_room
from tests.web.studio.editor.hands import Hands
from wayfinder.services.follow import Follower
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk, Policy
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Role
from wayfinder.services.people.totp import make_code
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.web.app import create_app

pytestmark = [pytest.mark.long, pytest.mark.unmeasured]

SCALE_PX = 20
"""Pixels a metre of the scan."""
WIDTH_M, HEIGHT_M = 50, 24
ROOMS = {
    "hall": (-20, -3, 20, 3),
    "registration": (-20, 3, -8, 9),
    "stairs": (-4, 3, 2, 9),
    "lift": (6, 3, 9, 6),
}
"""Of the scan: west, south, east, north in metres from its middle."""
WARD = (-20, 3, -8, 9)


@dataclass(frozen=True)
class Place:
    """The studio and the phones' pages over a port, upon a store with nothing in it."""

    url: str
    desk: Desk
    link: str


@pytest.fixture
def place(tmp_path: Path, passwords: Passwords) -> Iterator[Place]:
    store = open_store(str(tmp_path / "store.sqlite3"))
    venues = Venues()
    follower = Follower(store, venues, interval_s=0.2)
    settings = Settings(access_log=False, data_dir=tmp_path)
    app = create_app(venues, settings, store=store, follower=follower)
    room = find_room(app)
    room.desk = desk = Desk(store, Policy(second_factor=True), passwords)
    follower.start()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    link = roster.add(desk, "Mei", Role.ADMIN, "default", by=SHELL).secret
    yield Place(f"http://127.0.0.1:{server.server_port}", desk, link)
    server.shutdown()
    thread.join()
    server.server_close()
    follower.stop()
    room.uploads.close()
    store.close()


@pytest.fixture
def contexts(browser: Browser) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Open the browser of an office, and that of a phone."""
    sizes = ((1280, 800), (360, 740))
    made = tuple(
        browser.new_context(
            viewport={"width": width, "height": height},
            locale="en-GB",
            reduced_motion="reduce",
            service_workers="block",
        )
        for width, height in sizes
    )
    for context in made:
        context.set_default_timeout(PATIENCE_MS)
    yield made[0], made[1]
    for context in made:
        context.close()


def draw_scan() -> bytes:
    """Draw a plan as it comes from a cupboard."""
    image = Image.new("L", (WIDTH_M * SCALE_PX, HEIGHT_M * SCALE_PX), "white")
    pen = ImageDraw.Draw(image)
    for box in ROOMS.values():
        (west, south), (east, north) = find_pixel(*box[:2]), find_pixel(*box[2:])
        pen.rectangle((west, north, east, south), outline="black", width=4)
    made = BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def find_pixel(east_m: float, north_m: float) -> tuple[float, float]:
    """Return where a point of the plan is on the scan."""
    return (east_m + WIDTH_M / 2) * SCALE_PX, (HEIGHT_M / 2 - north_m) * SCALE_PX


def come_in(page: Page, place: Place) -> None:
    """Set a password and a second factor, as the link asks."""
    page.goto(f"{place.url}/studio/invitation/{place.link}")
    page.fill("#password", GOOD)
    page.fill("#again", GOOD)
    page.press("#again", "Enter")
    page.wait_for_url("**/second-factor*")
    secret = (page.locator(".secret").text_content() or "").replace(" ", "")
    page.fill("#code", make_code(secret, datetime.now(UTC)))
    page.press("#code", "Enter")
    page.wait_for_selector(".codes")
    page.click("a.primary")


def make_venue(page: Page) -> None:
    """Make a venue from the scan."""
    page.get_by_role("link", name="New venue").click()
    page.fill("#slug", "east")
    page.get_by_label("A picture or a PDF").check()
    scan = {"name": "scan.png", "mimeType": "image/png", "buffer": draw_scan()}
    page.set_input_files("#file", scan)  # type: ignore[arg-type]
    page.fill("#name-zh-Hans", "东院")
    page.fill("#name-en", "East Campus")
    page.fill("#lat", "30.27, 120.15")
    page.select_option("#zone", "Asia/Shanghai")
    page.fill("#width", "60")
    page.get_by_role("button", name="Make it and go on").click()
    page.wait_for_url("**/images*")
    page.wait_for_selector("html[data-script=ready]", state="attached")


def measure(page: Page) -> None:
    """Make the scan as large as its hall is long."""
    look(page)
    card = page.locator("[data-image]")
    card.get_by_role("button", name="Click two points").click()
    card.locator("[data-placing]").scroll_into_view_if_needed()
    for point in ((-20.0, 0.0), (20.0, 0.0)):
        x, y = page.evaluate(
            """([left, top]) => {
              const image = document.querySelector('[data-layer] image');
              const box = image.getBoundingClientRect(), card = image.closest('[data-image]');
              const { width, height } = card.dataset;
              return [box.x + left / width * box.width, box.y + top / height * box.height];
            }""",
            list(find_pixel(*point)),
        )
        page.mouse.click(x, y)
    expect(card.locator("[data-field=length_m]")).to_be_focused()
    card.locator("[data-field=length_m]").fill("40")
    card.get_by_label("Which way this line goes").select_option("east")
    card.get_by_role("button", name="Scale it to this length").click()
    expect(page.locator("[data-field=m_per_px]")).to_have_value(re.compile(r"0\.0[45]\d*"))
    page.get_by_role("link", name="On to drawing").click()


def draw_room(hands: Hands, box: tuple[float, ...], category: str, name: str = "") -> str:
    """Draw a rectangle, and name it."""
    hands.press("Escape", "Escape")
    hands.take("rectangle")
    hands.page.locator("#editor-tool-options select").first.select_option(category)
    west, south, east, north = box
    with hands.making("unit") as made:
        hands.click((west, south), (east, north))
    if name:
        fill_in(hands, "name.en", name)
    return made[0]


def fill_in(hands: Hands, key: str, value: str) -> None:
    """Fill in a field of the form of what is chosen."""
    field = hands.page.locator(f"#panel-properties [data-key='{key}']")
    field.fill(value)
    with hands.changing():
        field.press("Enter")


def draw_shaft(hands: Hands, box: tuple[float, ...], category: str) -> None:
    """Draw a lift or stairs once, and link them to all floors."""
    hands.press("Escape", "Escape")
    hands.take("shaft")
    hands.page.locator("#editor-tool-options select").first.select_option(category)
    west, south, east, north = box
    with hands.making("unit"):
        hands.click((west, south), (east, north))
    dialog = hands.page.locator("dialog[open]")
    with hands.changing():
        dialog.locator("[data-key=all]").click()
        dialog.locator("[data-key=do]").click()
    expect(dialog).to_have_count(0)


def set_door(hands: Hands, at: tuple[float, float], category: str = "") -> None:
    """Set a door into the wall at a point, and say how wide it is: else no wheelchair passes."""
    hands.press("Escape", "Escape")
    hands.take("door")
    hands.page.locator("#editor-tool-options select").first.select_option(category)
    hands.page.get_by_label("Clear width in m").fill("0.95")
    with hands.making("opening"):
        hands.click(at)


def add_floor(hands: Hands) -> str:
    """Add a floor above."""
    page = hands.page
    levels = hands.list_ids("level")
    page.locator("#editor-floors-more button").first.click()
    page.locator("dialog[open] [data-key=add-level]").click()
    dialog = page.locator("dialog[open]").last
    dialog.locator("[data-key='argument.short_name.en']").fill("2F")
    with hands.changing():
        dialog.locator("[data-key=do]").click()
    (added,) = hands.list_ids("level") - levels
    while page.locator("dialog[open]").count():
        page.keyboard.press("Escape")
    return added


def draw(page: Page) -> None:
    """Draw two floors with a lift and stairs, and a sign."""
    hands = Hands(page)
    ground = page.evaluate("wayfinder.state.level")
    hands.look_at(-25, -10, 25, 12)
    draw_room(hands, ROOMS["hall"], "lobby", "Hall")
    fill_in(hands, "ours.clear_width_m", "2.4")
    draw_room(hands, ROOMS["registration"], "room", "Registration")
    upper = add_floor(hands)
    page.evaluate("id => wayfinder.state.setLevel(id)", ground)
    hands.look_at(-25, -10, 25, 12)
    draw_shaft(hands, ROOMS["lift"], "elevator")
    for size in ("width", "depth"):  # of one floor: a lift has one car
        fill_in(hands, f"ours.lift.car_{size}_m", "1.6")
    draw_shaft(hands, ROOMS["stairs"], "stairs")
    for at in ((-14.0, 3.0), (-1.0, 3.0), (7.5, 3.0)):
        set_door(hands, at)
    set_door(hands, (-20.0, 0.0), "pedestrian.principal")
    hands.press("Escape", "Escape")
    hands.take("sign")
    with hands.making("amenity"):
        hands.click((0.0, -2.7))
    page.evaluate("id => wayfinder.state.setLevel(id)", upper)
    hands.look_at(-25, -10, 25, 12)
    draw_room(hands, ROOMS["hall"], "lobby", "Upper hall")
    fill_in(hands, "ours.clear_width_m", "2.4")
    draw_room(hands, WARD, "room", "Ward 2")
    for at in ((-14.0, 3.0), (-1.0, 3.0), (7.5, 3.0)):
        set_door(hands, at)


def publish(page: Page, note: str) -> None:
    """Put the draft into force."""
    page.goto(re.sub(r"/edit.*", "/publish?now=1", page.url))
    page.fill("#note", note)
    page.get_by_role("button", name="Publish").last.click()
    # unless its check was quicker that comes first, beside the server
    published = page.get_by_text(re.compile("was published as release 1|Release 1 is in force"))
    expect(published.first).to_be_visible(timeout=3 * PATIENCE_MS)


def find_code(page: Page, place: Place) -> str:
    """Return the code of the only sign, as its page says it."""
    page.goto(f"{place.url}/studio/v/east/signs")
    links = page.locator("main a").evaluate_all("links => links.map(link => link.pathname)")
    (code,) = {
        found[1] for one in links if (found := re.search(r"/signs/([0-9A-HJ-NP-Z]{5,12})$", one))
    }
    return code


def search(page: Page, text: str) -> None:
    """Look for a place, and ask for the way there in a wheelchair."""
    page.locator('form[role="search"] input[name="q"]').fill(text)
    page.locator('form[role="search"] button').click()
    page.get_by_role("link", name=text).first.click()
    page.wait_for_selector("body[data-page=route]")
    page.locator('a[data-pref="profile"][data-value="wheelchair"]').click()
    page.wait_for_url("**profile=wheelchair*")


def close_lift(page: Page, place: Place, code: str) -> None:
    """Close the lift in two taps, from the page of the sign near by."""
    page.goto(f"{place.url}/s/{code}")
    page.locator(".staff-strip").get_by_role("link", name="Lift").first.click()
    page.locator("#closing-form button.danger").click()
    page.wait_for_load_state()


def rename_by_table(page: Page, place: Place, old: str, new: str) -> None:
    """Call a place something else in the table of the directory, and publish that at once."""
    table = page.request.get(f"{place.url}/studio/v/east/directory.csv").body()
    data = table.decode("utf-8-sig").replace(old, new).encode("utf-8-sig")
    page.goto(f"{place.url}/studio/v/east/directory")
    sheet = {"name": "places.csv", "mimeType": "text/csv", "buffer": data}
    page.set_input_files("#file", sheet)  # type: ignore[arg-type]
    page.get_by_role("button", name="Upload and compare").click()
    expect(page.locator(".sheet-row")).to_have_count(1)
    look(page)
    page.get_by_text("Publish it at once").click()
    page.fill("#note", "The ward has another name")
    page.get_by_role("button", name="Publish the rows").click()
    # beside the server, one after the other: what the closed lift does comes first
    published = page.get_by_text("Published as release 2")
    expect(published).to_be_visible(timeout=3 * PATIENCE_MS)


def go_back(page: Page, place: Place, number: int) -> None:
    """Put an earlier release into force again."""
    page.goto(f"{place.url}/studio/v/east/releases")
    page.locator(f"a[href*='/releases/{number}/restore']").click()
    page.locator(f"form[action*='/releases/{number}/restore'] button").first.click()
    page.wait_for_url(lambda url: "/restore" not in url)


def look(page: Page) -> None:
    """Look whether anybody is kept out of a page."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def wait_for(page: Page, address: str, wanted: Locator) -> None:
    """Load a page until it shows something: workers follow within a second."""
    for _ in range(100):
        page.goto(address)
        if wanted.count():
            return
        page.wait_for_timeout(200)
    raise AssertionError(page.locator("main").inner_text())


def test_from_nothing_to_a_way_and_back(
    place: Place, contexts: tuple[BrowserContext, BrowserContext]
) -> None:
    office, phone_context = contexts
    problems: list[str] = []
    office.on("weberror", lambda error: problems.append(str(error.error)))
    page = office.new_page()
    come_in(page, place)
    make_venue(page)
    measure(page)
    draw(page)
    publish(page, "The first plan")

    # a patient scans the sign, and finds the way to a ward upstairs
    code = find_code(page, place)
    phone = phone_context.new_page()
    wait_for(phone, f"{place.url}/s/{code}", phone.locator("body[data-page=sign]"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Hall")
    search(phone, "Ward 2")
    wait_ready(phone)
    expect(phone.locator("[data-steps]")).to_contain_text("Take the lift up to floor 2F")

    # the lift is closed: the open page says so, refuses, and tells the other way
    close_lift(page, place, code)
    notice = phone.locator('.notice[data-kind="closure"]')
    expect(notice).to_contain_text("out of service")
    notice.get_by_role("link", name="Show the new way").click()
    phone.wait_for_selector("body[data-page=no-route]")
    phone.locator('a[href*="profile=walk"]').first.click()
    phone.wait_for_selector("body[data-page=route]")
    expect(phone.locator("[data-steps]")).to_contain_text("stairs")

    # the ward gets another name, by the table; and back it goes in one click
    rename_by_table(page, place, "Ward 2", "Ward of children")
    home = f"{place.url}/v/east/search?q=ward"
    wait_for(phone, home, phone.get_by_text("Ward of children"))
    go_back(page, place, 1)
    wait_for(phone, home, phone.get_by_text("Ward 2"))
    assert problems == []
