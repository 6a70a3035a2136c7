"""Waits wait."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.waiting import wait_until

ROOT = Path(__file__).resolve().parents[1]
NO_WAIT = re.compile(r"""wait_for_function\(\s*f?["']+\s*(async\b|[^"']*\.then\()""")
"""A promise, which counts as yes however it ends."""


def test_a_page_is_asked_until_it_says_yes(browser: Browser) -> None:
    page = browser.new_page()
    page.evaluate("() => { globalThis.asked = 0; }")
    wait_until(page, "async (times) => ++asked === times", 3)
    assert page.evaluate("asked") == 3
    with pytest.raises(AssertionError, match=r"not within 0\.2 s: async"):
        wait_until(page, "async () => false", timeout_s=0.2)
    page.close()


def test_no_test_waits_for_a_promise_that_ends_at_once() -> None:
    assert NO_WAIT.search('page.wait_for_function(\n    """async () => {')
    found = [
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.rglob("*.py"))
        if path != Path(__file__).resolve() and NO_WAIT.search(path.read_text("utf-8"))
    ]
    assert not found, f"use tests.web.waiting.wait_until in {found}"
