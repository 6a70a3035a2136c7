"""Browsers with storage of their own, closed when a test is over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext

PATIENCE_MS = 40_000
"""How long a test waits for what comes in a second where nothing else runs."""

Open = Callable[..., BrowserContext]


@contextmanager
def open_contexts(
    browser: Browser,
    *,
    patience_ms: float = PATIENCE_MS,
    **usual: Any,  # noqa: ANN401 - Playwright's options
) -> Iterator[Open]:
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
