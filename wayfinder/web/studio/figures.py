"""``/studio/v/<slug>/figures``: what was counted, from ten up; never of whom."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, tzinfo

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.draw.marked import Mark, draw_marked
from wayfinder.guide.catalogues import translate
from wayfinder.model import Level, Sign
from wayfinder.presets import name_category
from wayfinder.services.counts.figures import MONTHS, Figures, get_figures, write_rows
from wayfinder.services.counts.stretches import LEAST
from wayfinder.services.served import Served
from wayfinder.store.daily_counts import GOAL, LOST, SCAN, UNMATCHED
from wayfinder.web.language import choose_language
from wayfinder.web.site import get_site
from wayfinder.web.studio.charts import draw_bars, draw_days
from wayfinder.web.studio.floors import choose_level, list_floors
from wayfinder.web.studio.page import render
from wayfinder.web.studio.room import get_room

_OF_SIGNS = frozenset({SCAN, UNMATCHED, LOST})
_USUAL_MONTHS = 3
_SIZES = 4
"""So many sizes has the mark of a sign on a map."""
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How texts begin that a spreadsheet would compute."""


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/figures"
    blueprint.add_url_rule(path, "show_figures", show_figures)
    blueprint.add_url_rule(f"{path}.csv", "export_figures", export_figures)


def show_figures(slug: str) -> BaseResponse:
    """Show the figures of some months: tables, small charts, signs on a floor's map."""
    served, language = get_site().venues.find(slug), choose_language()
    found = _read(slug, served)
    names = _name(found, served, language)
    floors = list_floors(served, _count_floors(found, served))
    level = choose_level(served, floors)
    scans, goals = found.list_months(SCAN), found.list_months(GOAL)
    return render(
        "figures",
        "figures.html",
        slug=slug,
        figures=found,
        names=names,
        codes=sorted(
            {key for kind in _OF_SIGNS for key in found.sums[kind] if key},
            key=lambda key: (-found.sums[SCAN].get(key, 0), key),
        ),
        lost=found.list_lost(),
        months=MONTHS,
        chosen=_read_months(),
        least=LEAST,
        charts=[
            (SCAN, draw_bars(_label(scans), title=_say("figures.chart-scans"))),
            (GOAL, draw_bars(_label(goals), title=_say("figures.chart-goals"))),
        ],
        days=draw_days(found.list_days(SCAN), title=_say("figures.chart-days")),
        by_month=[
            (f"{month:%Y-%m}", count, goals[at][1]) for at, (month, count) in enumerate(scans)
        ],
        floors=floors,
        level=level,
        map_svg=_draw(found, served, level, names, language),
    )


def export_figures(slug: str) -> BaseResponse:
    """Answer with the same as CSV, a row a stretch."""
    served = get_site().venues.find(slug)
    found = _read(slug, served)
    text = io.StringIO()
    rows = write_rows(found, _name(found, served, choose_language()))
    csv.writer(text, lineterminator="\r\n").writerows(
        [_disarm(cell) for cell in row] for row in rows
    )
    # spreadsheets take it for what it is only with a mark at its beginning
    response = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"figures-{slug}-{found.first.isoformat()}-{found.last.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _read(slug: str, served: Served | None) -> Figures:
    zone: tzinfo = UTC if served is None else served.router.schedule.zone
    desk = get_room().desk
    return get_figures(desk.store, slug, zone, months=_read_months(), at=desk.clock())


def _read_months() -> int:
    asked = request.args.get("months", type=int)
    return asked if asked in MONTHS else _USUAL_MONTHS


def _name(figures: Figures, served: Served | None, language: str) -> Mapping[tuple[str, str], str]:
    """Return what each thing that is counted is called, by kind and key."""
    return {
        (one.kind, one.key): _name_sign(one.key, served, language)
        if one.kind in _OF_SIGNS
        else name_category(one.key, language) or one.key
        for one in figures.stretches
    }


def _name_sign(code: str, served: Served | None, language: str) -> str:
    """Say which sign it is: its number, and the place where it hangs."""
    if not code:
        return translate(language, "studio.figures.no-sign")
    sign = _find_sign(code, served)
    record = get_site().venues.find_sign(code)
    if sign is None or served is None:
        return record.ref if record is not None and record.ref else code
    hit = served.directory.make_hit(sign.unit_id, language=language)
    place = "" if hit is None else f"{hit.name} {hit.floor}".strip()
    return " · ".join(part for part in (sign.ref or code, place) if part)


def _find_sign(code: str, served: Served | None) -> Sign | None:
    return None if served is None else get_site().venues.find_sign_in(served, code)


def _count_floors(figures: Figures, served: Served | None) -> Mapping[str, int]:
    """Return how many scans the signs of each floor had."""
    found: Counter[str] = Counter()
    for code, count in figures.sums[SCAN].items():
        sign = _find_sign(code, served)
        if sign is not None:
            found[sign.level_id] += count
    return found


def _draw(
    figures: Figures,
    served: Served | None,
    level: str,
    names: Mapping[tuple[str, str], str],
    language: str,
) -> str | None:
    """Draw a floor's signs, larger where more is scanned, marked where people got lost after."""
    if served is None or served.plan.find(level, Level) is None:
        return None
    scans, lost = figures.sums[SCAN], figures.sums[LOST]
    most = max(scans.values(), default=1)
    marks = []
    for code, count in scans.items():
        sign = _find_sign(code, served)
        if sign is None or sign.level_id != level:
            continue
        size = max(1, min(_SIZES, round(_SIZES * (count / most) ** 0.5)))
        kind = f"scans size-{size}{' is-lost' if code in lost else ''}"
        marks.append(Mark(sign.point, f"{names[SCAN, code]}: {count}", kind))
    return draw_marked(served.plan, level, marks, language=language)


def _label(months: list[tuple[date, int]]) -> list[tuple[str, int]]:
    return [(f"{month:%Y-%m}", count) for month, count in months]


def _disarm(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _say(msgid: str) -> str:
    return translate(choose_language(), f"studio.{msgid}")
