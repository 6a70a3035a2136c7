"""What carries every display: the service worker, and the list of what it keeps."""

from collections.abc import Iterator

from flask import Blueprint, Response, abort

from wayfinder.model import DisplayKind
from wayfinder.web.assets import ALL_STYLES
from wayfinder.web.displays import board_page, kiosk_home
from wayfinder.web.displays.common import DisplayPage, answer_json, get_page
from wayfinder.web.etags import add_validator
from wayfinder.web.site import get_site

_OF_PHONES = ("phone/icon.svg", "phone/map.css")
_FACES = {DisplayKind.KIOSK: kiosk_home, DisplayKind.BOARD: board_page}


def register(blueprint: Blueprint) -> None:
    """Hang the addresses into the blueprint."""
    blueprint.add_url_rule("/display/sw.js", "get_worker", get_worker)
    for kind in DisplayKind:
        blueprint.add_url_rule(
            f"/{kind}/<code>/kept", f"list_kept_{kind}", list_kept, defaults={"kind": kind}
        )


def get_worker() -> Response:
    """Answer with the service worker, which may work for any display; asked for again each time."""
    asset = get_site().assets.find("display/sw.js")
    if asset is None:
        abort(404)
    response = add_validator(Response(asset.content, content_type=asset.media_type))
    response.headers["Service-Worker-Allowed"] = "/"
    return response


def list_kept(kind: DisplayKind, code: str) -> Response:
    """List what a display keeps to work without network.

    ``files`` are needed: without one of them nothing new is shown. Those that are ``lasting``
    change with ``of`` alone, and are not asked for again when something closes. Of ``later`` the
    display goes on with what it has until they come.
    """
    page = get_page(kind, code)
    face = _FACES[kind]
    lasting = list(face.list_files(page))
    document = {
        "version": page.kept_version,
        "of": f"{page.site.assets.version} {page.venue.snapshot.release.hash}",
        "files": [*_list_files(page), *lasting],
        "lasting": lasting,
        "later": dict(face.list_later(page)),
    }
    return answer_json(document)


def _list_files(page: DisplayPage) -> Iterator[str]:
    assets = page.site.assets
    yield page.path
    for language in page.languages:
        yield f"{page.path}?lang={language}"
    own = (name for name in assets.list_names("display") if _is_used(name))
    for name in (*own, *_OF_PHONES):
        yield assets.get_path(name)


def _is_used(name: str) -> bool:
    """Tell whether pages load a file: style sheets come as one, the worker keeps itself."""
    if name.endswith(".css"):
        return name.endswith(f"/{ALL_STYLES}")
    return not name.endswith("/sw.js")
