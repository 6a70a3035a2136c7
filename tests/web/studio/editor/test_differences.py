"""What differs between two people's edits, as they read it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.studio.editor.modules import call, open_modules


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with open_modules(browser) as page:
        yield page


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"en": "Room A", "zh-Hans": "甲室"}, "英语: Room A; 简体中文: 甲室"),
        ({"id": "a", "feature_type": "unit"}, "id: a; feature_type: unit"),
        ({"wait_s": 45}, "wait_s: 45"),
        (["a", ["b", None]], "a, b, –"),
        ({}, "–"),
        (False, "✗"),
    ],
)
def test_values_are_written_for_people(page: Page, value: object, written: str) -> None:
    assert call(page, "differences.js", "writeValue", value, "zh-Hans") == written
