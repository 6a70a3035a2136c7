"""One site, one page for all that tries forms by keys; a draft that is new for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.studio.editor.keyboard import PLAN, Keys
from tests.web.studio.editor.site import EditorSite, open_site
from wayfinder.services.people.passwords import Passwords


@pytest.fixture(scope="package")
def form_site(
    browser: Browser,
    studio_template: Path,
    passwords: Passwords,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[EditorSite]:
    folder = tmp_path_factory.mktemp("forms")
    with open_site(browser, studio_template, folder, passwords, PLAN) as site:
        yield site


@pytest.fixture(scope="package")
def form_page(form_site: EditorSite) -> Iterator[Page]:
    context = form_site.let_in("Ann")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


@pytest.fixture
def keys(form_site: EditorSite, form_page: Page) -> Keys:
    """Return a keyboard in front of a draft that is new."""
    form_site.open_draft()
    form_page.goto(f"{form_site.path}/edit?lang=en&level=level0")
    form_page.wait_for_selector("html[data-editor=ready]", state="attached")
    return Keys(form_page)
