"""Forms and dialogs of the editor for who reads them aloud, or enlarged, in any mode."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.phone.test_axe import RULES
from tests.web.studio.editor.site import EditorSite

MODES = tuple(product(("zh-Hans", "en"), ("light", "dark"), (360, 1280)))
PARTS = ("form", "list", "floors", "buildings", "keys", "venue", "commands")
SIDE = "#editor-side"


def look(page: Page, what: str) -> dict[str, list[str]]:
    """Return what axe finds wrong with the forms as they are."""
    parts = {"include": [["dialog[open]"]] if page.locator("dialog[open]").count() else [[SIDE]]}
    return {
        f"{what}: {one['id']}": [node["html"][:200] for node in one["nodes"]][:3]
        for one in Axe().run(page, context=parts, options=RULES).response["violations"]
    }


def look_at_all(
    site: EditorSite, page: Page, mode: tuple[str, str, int], *whats: str
) -> dict[str, list[str]]:
    """Return what axe finds wrong with forms and dialogs in a language, theme and width."""
    language, theme, width = mode
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(f"{site.path}/edit?lang={language}&feature=lift")
    page.wait_for_selector("html[data-editor=ready]", state="attached")
    for details in page.locator("#panel-properties details").all():
        details.evaluate("e => { e.open = true }")
    found: dict[str, list[str]] = {}
    for what in whats:
        if what == "form":
            page.evaluate("document.querySelector('.ef-add')?.click()")
        elif what == "list":
            page.evaluate("wayfinder.showList()")
        else:
            page.evaluate("name => void wayfinder.dialogs[name]()", what)
            expect(page.locator("dialog[open]")).to_be_visible()
        found |= look(page, f"{mode} {what}")
        if page.locator("dialog[open]").count():
            page.keyboard.press("Escape")
            expect(page.locator("dialog[open]")).to_have_count(0)
    return found


@pytest.mark.long
def test_axe_finds_nothing_in_forms_and_dialogs(form_site: EditorSite) -> None:
    context = form_site.let_in("Ann")
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for mode in MODES:
        found |= look_at_all(form_site, page, mode, *PARTS)
    context.close()
    assert found == {}
