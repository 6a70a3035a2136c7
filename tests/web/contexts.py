"""Browsers with storage of their own, closed when a test is over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext

Open = Callable[..., BrowserContext]


@contextmanager
def open_contexts(browser: Browser, patience_ms: float, **usual: Any) -> Iterator[Open]:  # noqa: ANN401 - Playwright's options
    """Give what opens contexts, with the usual options of Playwright's unless told otherwise."""
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's options
        context = browser.new_context(**{**usual, **options})
        opened.append(context)
        context.set_default_timeout(patience_ms)
        return context

    yield open_context
    for context in opened:
        context.close()
