"""Modules of the editor in a page of their own: no server, no draft, only what is in the files."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Route

from wayfinder.resources import static_dir

ORIGIN = "http://modules.test"
_BLANK = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Modules</title>
<script type="application/json" id="editor-data">{data}</script>"""
_DATA = {"language": "en", "words": {}, "icons": {}, "categories": {}}
_TYPES = {".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}


@contextmanager
def open_modules(browser: Browser, **data: object) -> Iterator[Page]:
    """Open a blank page from which ``import("/static/…")`` finds the files of `static/`."""
    context = browser.new_context()
    page = context.new_page()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        if not path.startswith("/static/"):
            body = _BLANK.format(data=json.dumps({**_DATA, **data}))
            route.fulfill(content_type="text/html", body=body)
            return
        file = static_dir() / path.removeprefix("/static/")
        route.fulfill(content_type=_TYPES[file.suffix], body=file.read_bytes())

    page.route(f"{ORIGIN}/**", answer)
    page.goto(f"{ORIGIN}/")
    yield page
    context.close()


def call(page: Page, module: str, function: str, *arguments: object) -> Any:  # noqa: ANN401 - JSON
    """Call a function of ``static/studio/editor/<module>`` with plain data."""
    return page.evaluate(
        """async ([module, name, given]) => {
          const found = await import(`/static/studio/editor/${module}`);
          const answer = found[name](...given);
          return answer instanceof Map ? [...answer] : answer;
        }""",
        [module, function, list(arguments)],
    )


def make_rectangle(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """Make the closed ring of a rectangle, counterclockwise from its south-west corner."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def make_unit(
    key: str, ring: list[list[float]], *holes: list[list[float]], is_open: bool = False
) -> Mapping[str, Any]:
    """Make the shape of a unit as the canvas has it."""
    rings = [ring, *holes]
    return {
        "id": key,
        "type": "unit",
        "polygons": [rings],
        "lines": rings,
        "isWalkable": True,
        "isOpen": is_open,
        "isArea": True,
    }
