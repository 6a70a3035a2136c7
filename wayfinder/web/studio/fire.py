"""Fire: what is in force, who may, what was said; and texts written down for two to approve.

Nothing here announces or ends a fire, and nothing approves a text: that takes keys, and no key is
on the server. What these pages do is to show, and to prepare a file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.guide.catalogues import name_language, translate
from wayfinder.languages import LANGUAGES
from wayfinder.model import Building, Plan, list_displays, pick_label
from wayfinder.services.fire.errors import FireError
from wayfinder.services.fire.lacks import Lack, find_lack
from wayfinder.services.fire.prepare import (
    drop_prepared,
    find_prepared,
    list_zones,
    prepare_texts,
)
from wayfinder.services.fire.state import EVERYWHERE, FireZone
from wayfinder.services.fire.survey import TextsShown
from wayfinder.services.fire.texts import LONGEST_LINE, LONGEST_TITLE, MOST_LINES, MOST_ZONES
from wayfinder.services.served import Served
from wayfinder.store.displays import list_displays as list_records
from wayfinder.web.language import choose_language
from wayfinder.web.site import get_site
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.sign_parts import find_served, say_error


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/fire"
    blueprint.add_url_rule(path, "show_fire", show_fire)
    blueprint.add_url_rule(f"{path}/texts", "edit_fire_texts", edit_fire_texts)
    blueprint.add_url_rule(f"{path}/texts.json", "fetch_fire_texts", fetch_fire_texts)
    for address, view in (
        (f"{path}/texts", prepare_fire_texts),
        (f"{path}/texts/drop", drop_fire_texts),
    ):
        blueprint.add_url_rule(address, view.__name__, view, methods=["POST"])


@dataclass(frozen=True, slots=True)
class ZoneShown:
    """A zone with its texts, and where they would be shown.

    Parameters
    ----------
    zone
        The zone.
    displays
        What the displays in it are called.
    missing
        What of it the plan in force does not have.
    is_changed
        Whether its texts are others than those in force; of texts that are in force never.
    """

    zone: FireZone
    displays: tuple[str, ...]
    missing: tuple[str, ...]
    is_changed: bool = False


def show_fire(slug: str) -> BaseResponse:
    """Show whether there is a fire, whether one is ready for it, and what would be shown where."""
    survey, served = get_site().fire.survey(slug), find_served()
    prepared = find_prepared(get_room().settings.work_folder, slug)
    in_force = _list_of(survey.in_force)
    return render(
        "fire",
        "fire.html",
        slug=slug,
        survey=survey,
        problems=[say_error(one) for one in survey.problems],
        in_force=_show(in_force, served),
        pending=_show(_list_of(survey.pending), served, in_force),
        prepared=prepared,
        prepared_zones=(
            [] if prepared is None else _show(list_zones(prepared.document), served, in_force)
        ),
        is_same=prepared is not None and _is_same(prepared.document, survey.in_force),
        languages=LANGUAGES,
    )


def edit_fire_texts(
    slug: str,
    problem: str | None = None,
    status: int = 200,
    zones: Any = None,  # noqa: ANN401
) -> BaseResponse:
    """Show the form of the texts, filled with what was prepared, else with what is in force."""
    survey, served = get_site().fire.survey(slug), find_served()
    prepared = find_prepared(get_room().settings.work_folder, slug)
    if zones is None:
        known = list_zones(prepared.document) if prepared is not None else _list_of(survey.in_force)
        zones = [_to_fields(zone, served) for zone in known]
    more = max(0, min(request.args.get("more", 1, type=int), 10))
    blank = {"id": "", "name": {}, "buildings": [], "levels": "", "texts": {}}
    return render(
        "fire-texts",
        "fire-texts.html",
        status=status,
        slug=slug,
        zones=[*zones, *([blank] * more)][:MOST_ZONES],
        more=more,
        buildings=_list_buildings(served),
        everywhere=EVERYWHERE,
        languages=LANGUAGES,
        longest={"short": LONGEST_TITLE, "long": LONGEST_LINE, "lines": MOST_LINES},
        problem=problem,
    )


def prepare_fire_texts(slug: str) -> BaseResponse:
    """Check the texts of the form and write them down for two people to approve."""
    served, room, staff = find_served(), get_room(), get_visit().staff
    zones = [_read_zone(number) for number in range(MOST_ZONES) if _has_zone(number)]
    documents = [_to_document(zone) for zone in zones]
    problem = _say_lack(find_lack(documents))
    if problem is None:
        try:
            prepare_texts(
                room.desk.store,
                room.settings.work_folder,
                slug,
                {"zones": documents},
                served.plan if served is not None else None,
                who=staff.actor,
                at=room.desk.clock(),
            )
        except FireError as error:
            problem = say_error(error)
    if problem is not None:
        return edit_fire_texts(slug, problem, 422, zones)
    flash("said.fire-prepared")
    return go_to("show_fire", slug=slug)


def fetch_fire_texts(slug: str) -> BaseResponse:
    """Answer with the texts that were prepared, as a file."""
    prepared = find_prepared(get_room().settings.work_folder, slug)
    if prepared is None:
        abort(404)
    text = json.dumps(prepared.document, ensure_ascii=False, indent=2)
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-fire-texts.json"'
    return response


def drop_fire_texts(slug: str) -> BaseResponse:
    """Throw away what was prepared."""
    room = get_room()
    drop_prepared(room.desk.store, room.settings.work_folder, slug, who=get_visit().staff.actor)
    flash("said.fire-dropped")
    return go_to("show_fire", slug=slug)


def _list_of(shown: TextsShown | None) -> list[FireZone]:
    return [] if shown is None else list(shown.texts.zones.values())


def _is_same(document: Mapping[str, Any], shown: TextsShown | None) -> bool:
    return shown is not None and shown.texts.signed.document["zones"] == document["zones"]


def _show(
    zones: list[FireZone], served: Served | None, in_force: list[FireZone] | None = None
) -> list[ZoneShown]:
    """Tell of each zone on which displays it would be shown."""
    known = {zone.id: zone for zone in in_force or ()}
    records = []
    if served is not None:
        with get_room().desk.store.read() as connection:
            records = list_records(connection, get_visit().get_venue())
    titles = {one.feature: one.title for one in records if one.removed_at is None}
    return [
        ZoneShown(
            zone,
            _list_screens(zone, served.plan, titles) if served is not None else (),
            tuple(zone.list_missing(served.plan)) if served is not None else (),
            in_force is not None and known.get(zone.id) != zone,
        )
        for zone in zones
    ]


def _list_screens(zone: FireZone, plan: Plan, titles: Mapping[str, str]) -> tuple[str, ...]:
    found = (one for one in list_displays(plan) if zone.covers(plan, one.id))
    return tuple(sorted(titles.get(one.id) or one.ref or one.id for one in found))


def _list_buildings(served: Served | None) -> list[tuple[str, str]]:
    """List what zones may be of: how it is written down, and what it is called."""
    if served is None:
        return []
    language = choose_language()
    return [
        (_write_building(served.plan, one), pick_label(one.name, language) or one.id)
        for one in served.plan.list_of(Building)
    ]


def _write_building(plan: Plan, building: Building) -> str:
    """Return the code of a building where no other one has it, else its id."""
    codes = [str(code) for code in building.codes.values()]
    others = {
        str(code)
        for one in plan.list_of(Building)
        if one.id != building.id
        for code in one.codes.values()
    }
    return next((code for code in codes if code not in others), building.id)


def _to_fields(zone: FireZone, served: Served | None) -> dict[str, Any]:
    """Return a zone as the form has it."""
    area = (
        {}
        if served is None
        else {one.id: _write_building(served.plan, one) for one in served.plan.list_of(Building)}
    )
    written = [
        area.get(one.id, one.id)
        for one in (() if served is None else served.plan.list_of(Building))
        if {one.id, *map(str, one.codes.values())} & set(zone.buildings)
    ]
    everywhere = [EVERYWHERE] if EVERYWHERE in zone.buildings else []
    return {
        "id": zone.id,
        "name": dict(zone.name),
        "buildings": [*everywhere, *written],
        "levels": " ".join(zone.levels),
        "texts": {
            tag: {"title": text.title, "lines": "\n".join(text.lines)}
            for tag, text in zone.texts.items()
        },
    }


def _has_zone(number: int) -> bool:
    """Tell whether anything was written into a zone of the form."""
    keys = [f"id-{number}", *(f"{key}-{number}-{tag}" for key in ("name", "title", "lines")
                              for tag in LANGUAGES)]  # fmt: skip
    return any(request.form.get(key, "").strip() for key in keys)


def _read_zone(number: int) -> dict[str, Any]:
    form = request.form
    return {
        "id": form.get(f"id-{number}", "").strip(),
        "name": {tag: _clean(form.get(f"name-{number}-{tag}", "")) for tag in LANGUAGES},
        "buildings": list(dict.fromkeys(form.getlist(f"buildings-{number}"))),
        "levels": form.get(f"levels-{number}", ""),
        "texts": {
            tag: {
                "title": _clean(form.get(f"title-{number}-{tag}", "")),
                "lines": form.get(f"lines-{number}-{tag}", "").strip(),
            }
            for tag in LANGUAGES
        },
    }


def _clean(text: str) -> str:
    return " ".join(text.split())


def _list_lines(text: str) -> list[str]:
    return [cleaned for line in text.splitlines() if (cleaned := _clean(line))]


def _to_document(zone: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": zone["id"],
        "name": zone["name"],
        "buildings": zone["buildings"],
        "levels": zone["levels"].split(),
        "texts": {
            tag: {"title": text["title"], "lines": _list_lines(text["lines"])}
            for tag, text in zone["texts"].items()
        },
    }


def _say_lack(lack: Lack | None) -> str | None:
    """Say what is missing or too long first, in the words of the form; None where nothing is."""
    if lack is None:
        return None
    language = name_language(lack.language) if lack.language else ""
    said = f"studio.firetexts.problem.{lack.code}"
    return translate(choose_language(), said, zone=lack.zone, language=language)
