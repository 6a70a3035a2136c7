"""Waiting for what a page finds out in its own time: what is kept, what a module knows."""

import time
from contextlib import suppress
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

_BETWEEN_MS = 100
_LONGEST_S = 20.0


def wait_until(
    page: Page,
    question: str,
    arg: Any = None,  # noqa: ANN401 - whatever Playwright passes on
    *,
    timeout_s: float = _LONGEST_S,
) -> None:
    """Ask a page until it says yes, whatever it opens meanwhile.

    `Page.wait_for_function` asks once where the function is asynchronous: a promise counts as yes.

    Raises
    ------
    AssertionError
        It never did.
    """
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        with suppress(PlaywrightError):  # the page is left just then
            if page.evaluate(question, arg):
                return
        page.wait_for_timeout(_BETWEEN_MS)
    message = f"not within {timeout_s:g} s: {question}"
    raise AssertionError(message)
