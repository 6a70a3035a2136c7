"""Modules of the editor in a page of their own: no server, no draft, only what is in the files."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from playwright.sync_api import Browser, Page, Route

from wayfinder.guide.catalogues import list_messages
from wayfinder.model import Plan
from wayfinder.resources import static_dir

ORIGIN = "http://modules.test"
_BLANK = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Modules</title>
<script type="application/json" id="editor-data">{data}</script>"""
_DATA = {"language": "en", "words": {}, "icons": {}, "categories": {}}
_CANVAS = """<script src="/static/studio/vendor/ol.js"></script>
<link rel="stylesheet" href="/static/studio/editor-canvas.css">
<style>#canvas { position: relative; width: 1280px; height: 720px }</style>
<div id="canvas"></div>"""
_START = """async level => {
  const editor = "/static/studio/editor/";
  const [{ makeCanvas }, { PlanMirror }, { State }] = await Promise.all(
    ["canvas/map.js", "plan.js", "state.js"].map(name => import(editor + name)));
  const plan = new PlanMirror(await (await fetch("/plan.json")).json());
  const work = Object.assign(new EventTarget(), { mayEdit: true, sent: [] });
  work.do = async action => { work.sent.push(action); return { ids: new Set() }; };
  const state = new State(level);
  window.canvas = await makeCanvas(document.getElementById("canvas"), { plan, state, work });
  window.work = work;
}"""
_TYPES = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".css": "text/css",
}


@contextmanager
def open_modules(
    browser: Browser,
    body: str = "",
    documents: Mapping[str, str] = MappingProxyType({}),
    **data: object,
) -> Iterator[Page]:
    """Open a page from which ``import("/static/…")`` finds the files of `static/`.

    Parameters
    ----------
    browser
        The browser.
    body
        What the page has.
    documents
        Path to JSON that it can fetch.
    data
        What the editor's page has in its JSON.
    """
    context = browser.new_context()
    page = context.new_page()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        if path in documents:
            route.fulfill(content_type="application/json", body=documents[path])
            return
        if not path.startswith("/static/"):
            html = _BLANK.format(data=json.dumps({**_DATA, **data})) + body
            route.fulfill(content_type="text/html", body=html)
            return
        file = static_dir() / path.removeprefix("/static/")
        route.fulfill(content_type=_TYPES[file.suffix], body=file.read_bytes())

    page.route(f"{ORIGIN}/**", answer)
    page.goto(f"{ORIGIN}/")
    yield page
    context.close()


@contextmanager
def open_canvas(browser: Browser, plan: Plan, level_id: str) -> Iterator[Page]:
    """Open the canvas on a level of a plan, without a server behind it: ``canvas`` in the page."""
    features = [
        {
            **feature.members,
            "id": feature.id,
            "type": "Feature",
            "feature_type": feature.feature_type,
            "geometry": feature.geometry,
            "properties": feature.properties,
        }
        for feature in plan
    ]
    frame = {"lon": plan.frame.lon, "lat": plan.frame.lat, "scale_m": plan.frame.scale_m}
    document = {"number": 0, "frame": frame, "languages": ["en"], "features": features}
    documents = {"/plan.json": json.dumps(document, default=dict)}
    words = dict(list_messages("en", "studio.canvas.", "feature-type."))
    with open_modules(browser, _CANVAS, documents, words=words) as page:
        page.evaluate(_START, level_id)
        yield page


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
