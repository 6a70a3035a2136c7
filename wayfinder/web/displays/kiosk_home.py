"""The first screen of a kiosk, whole without a script: where one is, what is sought, a list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Blueprint, Response
from markupsafe import Markup

from wayfinder.model import DisplayKind
from wayfinder.model.conditions import KIOSK
from wayfinder.services.directory import Hit
from wayfinder.services.directory.directory import IsOpen
from wayfinder.services.display_places import DEPARTMENT, JsonObject, make_directory
from wayfinder.services.kiosk_maps import draw_floor
from wayfinder.services.opening import make_is_open
from wayfinder.services.outages import list_outages
from wayfinder.web.displays import kiosk_data
from wayfinder.web.displays.common import DisplayPage, get_page, render
from wayfinder.web.displays.kiosk_icons import write_pictures
from wayfinder.web.wishes import WISHES, Wish

KIOSK_WISHES = (*WISHES, Wish("registration", "registration", "registration"))
"""What most people want that no sign of a department tells; emergency is always in sight."""
_NEAREST = 6
"""Places of a sort in the list without a script."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The departments of a floor, as the list without a script has them."""

    floor: str
    building: str
    letter: str
    names: tuple[str, ...]


def register(blueprint: Blueprint) -> None:
    """Hang the addresses into the blueprint."""
    blueprint.add_url_rule("/kiosk/<code>", "get_kiosk", get_kiosk)
    kiosk_data.register(blueprint)


def get_kiosk(code: str) -> Response:
    """Make the first screen."""
    page = get_page(DisplayKind.KIOSK, code)
    directory = make_directory(page.venue, page.display.level_id)
    wishes = list_wishes(page)
    is_open = make_is_open(page.venue, page.now)
    return render(
        page,
        "kiosk.html",
        wishes=wishes,
        nearest=[(wish, _list_nearest(page, wish, is_open)) for wish in wishes],
        listed=list(_list_departments(page, directory)),
        drawing=_draw_here(page),
        notices=page.venue.conditions.notices_at(page.now, on=KIOSK),
        outages=list_outages(page.venue, language=page.language, at=page.now, here=page.here_id),
        here=page.directory.make_hit(page.display.unit_id, language=page.language),
        here_names={language: _name_here(page, language) for language in page.languages},
        level=page.plan.features[page.display.level_id],
        pictures=write_pictures(),
    )


def _name_here(page: DisplayPage, language: str) -> str:
    hit = page.directory.make_hit(page.display.unit_id, language=language)
    return hit.name if hit is not None else ""


def list_wishes(page: DisplayPage) -> list[Wish]:
    """List the big buttons that lead to something here."""
    return [wish for wish in KIOSK_WISHES if wish.is_in(page.directory)]


def _draw_here(page: DisplayPage) -> Markup:
    drawing = draw_floor(page.venue, page.display, page.display.level_id, language=page.language)
    return Markup(drawing)  # noqa: S704 - the drawing escapes what it is given


def _list_nearest(page: DisplayPage, wish: Wish, is_open: IsOpen) -> list[Hit]:
    found = page.directory.list_category(
        wish.category, language=page.language, near=page.here_id, limit=_NEAREST, is_open=is_open
    )
    return [hit for hit in found if hit.public]


def _list_departments(page: DisplayPage, directory: JsonObject) -> Iterator[Listed]:
    """Yield the floors that have departments, the highest first, building by building."""
    language, floors = page.language, directory["floors"]
    for building, at in [*((one, n) for n, one in enumerate(directory["buildings"])), (None, None)]:
        for number, floor in enumerate(floors):
            if floor["building"] != at:
                continue
            names = {
                place["order"][language]: place["name"][language]
                for place in directory["places"]
                if place["floor"] == number and place["weight"] == DEPARTMENT
            }
            if names:
                yield Listed(
                    floor=floor["label"][language],
                    building=building["name"][language] if building else "",
                    letter=building["letter"] if building else "",
                    names=tuple(names[order] for order in sorted(names)),
                )


def list_files(page: DisplayPage) -> Iterable[str]:
    """List the addresses of what a kiosk needs beside its page and the scripts.

    They change with the release and the program alone.
    """
    return kiosk_data.list_files(page)


def list_later(page: DisplayPage) -> Iterable[tuple[str, str]]:
    """List what a kiosk takes when it comes, and keeps as it was until then.

    Each an address, and a text that changes with its content.
    """
    return kiosk_data.list_later(page)
