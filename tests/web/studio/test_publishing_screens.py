"""Publishing in a browser: what is worked out comes by itself, nothing that was typed is lost."""

from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Browser

from tests.services.people.conftest import SHELL
from tests.web.studio.conftest import find_room
from tests.web.studio.drawing import Drawing, find_unit, list_doors_of, open_drawing
from tests.web.studio.test_screens import MODES, Site, look
from tests.web.studio.test_screens import site as site  # noqa: PLC0414 - a fixture
from wayfinder.services import releases
from wayfinder.services.background import Background, run_waiting
from wayfinder.services.drafts import publish_draft

VENUE = "/studio/v/clinic"


@dataclass(frozen=True)
class World:
    """A draft that bars a way, upon a release that followed another one."""

    site: Site
    drawing: Drawing

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages of publishing and releases."""
        return (
            f"{self.drawing.path}/publish",
            f"{VENUE}/releases",
            f"{VENUE}/releases/2",
            f"{VENUE}/releases/1/restore",
            f"{VENUE}/compare",
        )


@pytest.fixture(scope="module")
def world(site: Site) -> World:
    room = find_room(site.app)
    # a test says when it is worked out
    room.background = Background(room.desk.store, starts=False)
    first = open_drawing(site.app)
    first.rename(find_unit(first.read(), "Drug Store").id, "Pharmacy Store")
    publish_draft(room.drafts, "clinic", first.draft, 1, who=SHELL, note="The store has a name")
    drawing = open_drawing(site.app)
    drawing.drop(*list_doors_of(drawing.read(), "Dentistry"))
    drawing.rename(find_unit(drawing.read(), "Security").id, "Guard")
    return World(site, drawing)


@pytest.mark.long
def test_axe_finds_nothing(browser: Browser, world: World) -> None:
    context = world.site.open_context(browser)
    page = context.new_page()
    found: dict[str, object] = {}
    for path, mode in product(world.pages, MODES):
        found |= look(page, world.site.url, world.site.fill(path), mode)
    context.close()
    assert found == {}


def test_what_it_does_comes_by_itself_and_what_is_typed_stays(
    browser: Browser, world: World
) -> None:
    context = world.site.open_context(browser, 1280)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{world.site.url}{world.drawing.path}/publish?lang=en")
    page.wait_for_selector("#impact[data-background=waiting] progress")
    page.fill("#note", "The dentist moves out")
    assert "once the check has found no errors" in page.inner_text(".when .check >> nth=0")
    assert "two seconds" not in page.inner_text(".when .check >> nth=0")
    for picture in page.locator(".pictures img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("e => e.decode()")
        assert picture.evaluate("e => e.naturalWidth") > 100
    run_waiting(world.drawing.store)
    page.wait_for_selector("#impact:not([data-background])")
    assert "can no longer be reached" in page.inner_text("#impact")
    assert page.input_value("#note") == "The dentist moves out"
    assert "within two seconds" in page.inner_text(".when .check >> nth=0")
    assert "no errors" not in page.inner_text(".when .check >> nth=0")
    assert not page.is_visible("#at")
    page.check("input[value=at]")
    assert page.is_visible("#at")
    page.check("input[value=now]")
    page.click("main button.primary")
    page.wait_for_url("**/releases/3*")
    assert "Release 3 is in force" in page.inner_text("[data-kind=done]")
    assert problems == []
    page.click("text=Go back to release 2")
    page.wait_for_url("**/releases/2/restore*")
    page.click("main button.primary")
    page.wait_for_url("**/releases/2?*")
    assert releases.get_history(world.drawing.store, "clinic").published == 2
    context.close()
