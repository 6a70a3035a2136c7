"""The inbox: what people report where they stand, and what becomes of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, current_app, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.draw.marked import Mark, draw_marked
from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.model import Level, find_display
from wayfinder.services.feedback import answers, inbox, wording
from wayfinder.services.feedback.errors import FeedbackError
from wayfinder.services.feedback.inbox import Item
from wayfinder.services.served import Served
from wayfinder.store.feedback import OPEN, STATES
from wayfinder.web.api.writing import follow
from wayfinder.web.language import carry_language, choose_language
from wayfinder.web.site import get_site
from wayfinder.web.studio.access import may
from wayfinder.web.studio.floors import choose_level, list_floors
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit

ICONS: Mapping[str, str] = {
    "blocked": "closed",
    "sign-missing": "map",
    "moved": "swap",
    "lift-out": "warning",
    "other": "info",
}
"""Icon of each kind of report."""
_SHOWN = 200
"""Reports on the page of the list; those before are reached by their states (ours)."""
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Link:
    """Where one goes to do something about a report.

    Parameters
    ----------
    word
        Names its words: ``studio.report.<word>``.
    icon
        Its icon.
    address
        Where it leads.
    """

    word: str
    icon: str
    address: str


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/feedback"
    one = f"{path}/<int(max={_LARGEST}):report_id>"
    blueprint.add_url_rule(path, "list_feedback", list_feedback)
    blueprint.add_url_rule(one, "show_report", show_report)
    for below, view in (
        ("state", set_report),
        ("merge", merge_reports),
        ("part", part_report),
        ("answer", answer_report),
        ("answer/end", end_answer),
    ):
        blueprint.add_url_rule(f"{one}/{below}", view.__name__, view, methods=["POST"])


def list_feedback(slug: str) -> BaseResponse:
    """Show what was reported, on which floor's map it is, and how far each has come."""
    store, served = get_room().desk.store, get_site().venues.find(slug)
    wanted = request.args.get("state", "open")
    states = OPEN if wanted == "open" else (wanted,) if wanted in STATES else STATES
    every = inbox.list_inbox(store, slug, STATES)
    found = [one for one in every if one.record.state in states]
    places = (one.record.report.place for one in found)
    floors = list_floors(served, Counter(place.level for place in places if place is not None))
    level = choose_level(served, floors)
    counts = Counter(one.record.state for one in every)
    return render(
        "feedback",
        "feedback.html",
        slug=slug,
        items=found[:_SHOWN],
        more=max(len(found) - _SHOWN, 0),
        wanted=wanted if wanted in {"open", *STATES} else "all",
        counts={"open": sum(counts[state] for state in OPEN), **counts, "all": len(every)},
        states=("open", *STATES, "all"),
        floors=floors,
        level=level,
        map_svg=_draw(served, found, level, slug),
        icons=ICONS,
        tell=_tell,
    )


def show_report(
    slug: str, report_id: int, problem: str | None = None, status: int = 200
) -> BaseResponse:
    """Show a report: what, where, since when; and the forms by which something becomes of it."""
    store, served = get_room().desk.store, get_site().venues.find(slug)
    item = inbox.get_item(store, slug, report_id)
    place = item.record.report.place
    level = place.level if place is not None else ""
    return render(
        "report",
        "report.html",
        status=status,
        slug=slug,
        item=item,
        record=item.record,
        report=item.record.report,
        alike=inbox.list_alike(item, inbox.list_inbox(store, slug)),
        map_svg=_draw(served, [item], level, slug, is_one=True),
        links=list(_list_links(slug, item, served)),
        shown_at=_find_public(slug, item, served),
        states=STATES,
        longest_note=inbox.LONGEST_NOTE,
        text_days=get_room().settings.report_text_days,
        tell=_tell,
        problem=problem,
        given=request.form,
        **_offer_answer(item, served),
    )


def _offer_answer(item: Item, served: Served | None) -> dict[str, Any]:
    """Return what the form for an answer has, and what is to be known before one is given."""
    now = get_room().desk.clock()
    shut: tuple[str, ...] = ()
    if served is not None:
        done = answers.make_answer(item.record, {}, now, state="done")
        shut = wording.say_shut(served, done, choose_language(), now)
    return {
        "days": answers.DAYS,
        "ready": wording.READY,
        "languages": LANGUAGES,
        "longest": answers.LONGEST,
        "shut": shut,
        "doubts": wording.list_doubts(served, item.record, _read_given(), now)
        if "days" in request.form
        else [],
    }


def set_report(slug: str, report_id: int) -> BaseResponse:
    """Note how far a report has come, and who looks after it."""
    form = request.form
    return _do(
        slug,
        report_id,
        partial(inbox.change, state=form.get("state", ""), assigned=form.get("assigned", "")),
        "said.report-noted",
    )


def merge_reports(slug: str, report_id: int) -> BaseResponse:
    """Put reports about the same together."""
    others = [int(text) for text in request.form.getlist("other") if _is_number(text)]
    return _do(slug, report_id, partial(inbox.merge, others=others), "said.reports-merged")


def part_report(slug: str, report_id: int) -> BaseResponse:
    """Let a report speak for itself again."""
    return _do(slug, report_id, inbox.part, "said.report-parted")


def answer_report(slug: str, report_id: int) -> BaseResponse:
    """Let an answer be shown where people reported."""
    served = get_site().venues.find(slug)
    did = partial(wording.give_answer, given=_read_given(), served=served)
    return _do(slug, report_id, did, "said.report-answered", is_public=True)


def _read_given() -> wording.Given:
    form, days = request.form, request.form.get("days", "")
    own = {language: form.get(f"text-{language}", "") for language in LANGUAGES}
    number = int(days) if _is_number(days) else 0
    return wording.Given(form.get("ready", ""), own, number, "sure" in form)


def end_answer(slug: str, report_id: int) -> BaseResponse:
    """Show an answer no more."""
    did = answers.end_answer
    return _do(slug, report_id, did, "said.report-answer-ended", is_public=True)


def _do(
    slug: str,
    report_id: int,
    function: Callable[..., Any],
    said: str,
    *,
    is_public: bool = False,
) -> BaseResponse:
    """Do something with a report, say so, and show it; else what is wrong."""
    try:
        record = function(get_room().desk.store, slug, report_id, who=get_visit().staff.actor)
    except FeedbackError as error:
        problem = translate(choose_language(), error.message_id, **error.values)
        return show_report(slug, report_id, problem, 422)
    if is_public:
        follow()
    flash(said)
    return go_to("show_report", slug=slug, report_id=record.id)


def _tell(msgid: str, /, **values: Any) -> str:  # noqa: ANN401 - as of `translate`
    """Say a message of the domain ``feedback``, in the words that patients read."""
    return translate(choose_language(), f"feedback.{msgid}", **values)


def _is_number(text: str) -> bool:
    digits = text.isascii() and text.isdecimal() and len(text) <= len(str(_LARGEST))
    return digits and 0 < int(text) <= _LARGEST


def _draw(
    served: Served | None, items: Iterable[Item], level: str, slug: str, *, is_one: bool = False
) -> str | None:
    """Draw a floor with what was reported on it, of one report what lies about its place.

    None where there is nothing to draw.
    """
    if served is None or served.plan.find(level, Level) is None:
        return None
    language = choose_language()
    marks = []
    for one in items:
        report = one.record.report
        if report.place is None or report.place.level != level:
            continue
        title = translate(language, f"feedback.kind.{report.kind}")
        address = ""
        if not is_one:
            address = url_for(
                "studio.show_report", slug=slug, report_id=one.record.id, **carry_language()
            )
        marks.append(
            Mark(
                served.plan.frame.to_metres(*report.place.place),
                f"{title} · {one.record.id}",
                f"report-{one.record.state}",
                address,
                text=str(one.count) if one.count > 1 else "!",
            )
        )
    around = marks[0].point if is_one and marks else None
    shown = list(reversed(marks))
    return draw_marked(served.plan, level, shown, language=language, around=around)


def _list_links(slug: str, item: Item, served: Served | None) -> Iterable[Link]:
    """Yield where one may go to do something: close it, edit it, see its sign, see the place."""
    feature, sign = item.record.report.feature, item.record.report.sign
    plan = served.plan if served is not None else None
    placed = plan is not None and feature is not None and feature in plan.features
    is_sign = placed and served is not None and feature in served.signs
    is_thing = is_sign or (plan is not None and find_display(plan, feature or "") is not None)
    if placed and not is_thing and (found := _link("show_closing", slug=slug, feature=feature)):
        yield Link("close", "closed", found)
    elif item.record.report.kind == "lift-out" and (found := _link("choose_closing", slug=slug)):
        # told at a sign: which lift is meant, staff know
        yield Link("close", "closed", found)
    place = item.record.report.place
    level = {"level": place.level} if place is not None else {}
    if placed and (found := _link("list_drafts", slug=slug, feature=feature, **level)):
        yield Link("edit", "draft", found)
    if sign is not None and (found := _link("show_sign", slug=slug, sign=sign)):
        yield Link("sign", "pin", found)


def _link(endpoint: str, **values: Any) -> str | None:  # noqa: ANN401 - as of `url_for`
    """Make the address of a view, where there is one and who asks may use it."""
    visit = get_visit()
    if f"studio.{endpoint}" not in current_app.view_functions:
        return None
    venue = visit.get_venue()
    if not may(visit, endpoint, organisation=venue.organisation, venue=venue.slug):
        return None
    return url_for(f"studio.{endpoint}", **values, **carry_language())


def _find_public(slug: str, item: Item, served: Served | None) -> str:
    """Return the page on which patients read the answer; empty where there is none."""
    report = item.record.report
    if report.sign is not None:
        return url_for("phone.get_sign", code=report.sign, **carry_language())
    if served is not None and report.feature is not None and report.feature in served.plan.features:
        return url_for("phone.get_place", slug=slug, place_id=report.feature, **carry_language())
    return ""
