"""What makes pages work without network: the worker, the page it answers with, the manifest."""

from collections.abc import Iterator

from flask import Blueprint, Response, abort, json, request
from markupsafe import Markup

from wayfinder.guide.catalogues import translate
from wayfinder.guide.step import Direction, Place, Step, StepKind
from wayfinder.web.etags import add_validator
from wayfinder.web.phone.icons import draw_step
from wayfinder.web.phone.page import get_page, render
from wayfinder.web.phone.reader import read_reader
from wayfinder.web.site import get_site

_BLUE = "#1f4f8f"
_GROUND = "#ffffff"
_ICONS = (
    ("phone/app-192.png", "192x192", "any"),
    ("phone/app-512.png", "512x512", "any"),
    ("phone/app-512.png", "512x512", "maskable"),
)


_TURNS = frozenset({StepKind.TURN, StepKind.DEPART})
_CHANGES = frozenset({StepKind.LIFT, StepKind.STAIRS, StepKind.ESCALATOR, StepKind.RAMP})


def register(blueprint: Blueprint) -> None:
    """Hang the addresses into the blueprint."""
    blueprint.add_url_rule("/sw.js", "get_worker", get_worker)
    blueprint.add_url_rule("/manifest.webmanifest", "get_manifest", get_manifest)
    blueprint.add_url_rule("/v/<slug>/offline", "get_offline", get_offline)


def get_worker() -> Response:
    """Answer with the service worker: at the root, for all pages; asked for again each time."""
    asset = get_site().assets.find("phone/sw.js")
    if asset is None:
        abort(404)
    return add_validator(Response(asset.content, content_type=asset.media_type))


def get_manifest() -> Response:
    """Tell what a phone shows when the pages are put on its home screen."""
    site, reader = get_site(), read_reader()
    served = site.venues.find(request.args.get("venue", ""))
    name = translate(reader.language, "phone.app")
    values = {"slug": served.slug} if served is not None else {}
    start = reader.url("get_home" if served is not None else "get_venues", **values, here=None)
    if served is not None:
        name = translate(reader.language, "answer.name", name=served.name)
    document = {
        "id": start.partition("?")[0],
        "name": name,
        "short_name": translate(reader.language, "phone.app"),
        "lang": reader.language,
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "theme_color": _BLUE,
        "background_color": _GROUND,
        "icons": [
            {"src": site.assets.get_path(path), "sizes": sizes, "type": "image/png", "purpose": use}
            for path, sizes, use in _ICONS
        ],
    }
    text = json.dumps(document, ensure_ascii=False)
    return add_validator(Response(text, content_type="application/manifest+json"))


def get_offline(slug: str) -> Response:
    """Make the page that the service worker answers with; `static/phone/away.js` fills it."""
    page = get_page("offline", slug)
    return render(
        page,
        "offline.html",
        words=lambda key: translate(page.language, f"phone.{key}"),
        icons=list(_list_icons()),
        changes=_CHANGES,
    )


def _list_icons() -> Iterator[tuple[str, Markup]]:
    """Yield the pictures of steps: each turn by its direction, everything else by its kind."""
    for kind in StepKind:
        if kind not in _TURNS:
            yield str(kind), draw_step(_make_step(kind, None))
    for direction in Direction:
        if direction not in {Direction.UP, Direction.DOWN}:
            yield str(direction), draw_step(_make_step(StepKind.TURN, direction))


def _make_step(kind: StepKind, direction: Direction | None) -> Step:
    nowhere = Place("", 0.0, 0.0, (0.0, 0.0))
    return Step(kind, direction, nowhere, nowhere, 0.0)
