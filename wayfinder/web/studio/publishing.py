"""A draft before it is published: what bars it, what it changes, what it does to everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import uuid4

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.guide.catalogues import translate
from wayfinder.route import find_time_zone
from wayfinder.services.change_words import say_conflict
from wayfinder.services.comparing import State
from wayfinder.services.drafts import (
    Conflict,
    DraftPublished,
    MergeError,
    Sent,
    Side,
    cancel_schedule,
    list_not_come,
    list_planned,
    merge,
    publish_draft,
    read_plan,
    refuse_outdated,
    refuse_over,
    schedule_draft,
)
from wayfinder.services.impact.asking import ask_draft_impact
from wayfinder.services.publish_work import ask_publish, find_publish
from wayfinder.services.release_issues import ask_draft_issues, find_draft_issues
from wayfinder.store import ConflictError, InvalidError
from wayfinder.store.drafts import DraftRecord
from wayfinder.store.jobs import DONE, FAILED, JobRecord
from wayfinder.store.schedules import ScheduleRecord
from wayfinder.web.language import choose_language
from wayfinder.web.studio.differing import (
    OPEN,
    asks_for_part,
    make_address,
    make_check,
    make_difference,
    make_effect,
    render_part,
)
from wayfinder.web.studio.drafting import DRAFT, author_of, find_draft, say_error
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.spans import FormError, read_instant, write_instant

LONGEST_NOTE = 500
_MONDAY, _EARLY = 0, time(6)
_CHOICE = "choice-"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why what was sent is refused.

    Parameters
    ----------
    text
        In words.
    field
        The field that it is about; empty: none.
    conflicts
        What the draft and the release in force both changed.
    release
        Number of that release.
    """

    text: str
    field: str = ""
    conflicts: tuple[Conflict, ...] = ()
    release: int | None = None


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = f"/v/<slug>/drafts/{DRAFT}"
    blueprint.add_url_rule(f"{path}/publish", "show_publish", show_publish)
    blueprint.add_url_rule(f"{path}/publish", "publish_draft", publish_draft_now, methods=["POST"])
    blueprint.add_url_rule(f"{path}/merge", "merge_draft", merge_draft, methods=["POST"])
    blueprint.add_url_rule(
        "/v/<slug>/planned/<int(max=2147483647):schedule_id>/call-off",
        "call_off",
        call_off,
        methods=["POST"],
    )


def show_publish(
    slug: str, draft_id: int, problem: Problem | None = None, status: int = 200
) -> BaseResponse:
    """Show what publishing a draft changes, and what it does to everybody."""
    room, draft = get_room(), find_draft(draft_id)
    planned = list_planned(room.drafts, slug)
    work = find_publish(room.background, slug, draft_id)
    if work is not None and not work.is_over:  # also where it is in force and has not said so yet
        under_way = {"draft": draft, "work": work, "problem": problem}
        return render("publish", "publishing.html", status=status, **under_way)
    if not draft.is_open:
        closed = _make_closed(slug, draft, planned, work)
        return render("publish", "published-already.html", status=status, **closed)
    refused = _find_refused(draft, work)
    asked: dict[str, Any] = {"who": get_visit().staff.name}
    place = room.background, room.desk.store, slug, draft_id, draft.head
    waiting: dict[str, Any] = {
        "slug": slug,
        "draft": draft,
        "refused": refused,
        "check": make_check(ask_draft_issues(*place, **asked)),
        "effect": make_effect(ask_draft_impact(*place, **asked)),
        "back": make_address("show_publish", slug=slug, draft_id=draft_id),
    }
    if asks_for_part():
        return render_part(**waiting)
    pending = [one for one in planned if one.done_at is None]
    values = {**waiting, **_make_form(slug, draft, problem, refused), "pending": pending}
    return render("publish", "publish.html", status=status, problem=problem, **values)


def _make_closed(
    slug: str, draft: DraftRecord, planned: Sequence[ScheduleRecord], work: JobRecord | None
) -> dict[str, Any]:
    """Make what the page of a draft shows that is closed: what became of it."""
    number = draft.release_number
    own = [one for one in planned if one.number == number]
    in_force = number is not None and number == get_visit().get_venue().published
    return {
        "slug": slug,
        "draft": draft,
        "schedule": next((one for one in own if one.done_at is None), None),
        "refused": None if in_force else _find_not_come(slug, number),
        "in_force": in_force,
        "following": list_done_beside(work, number) if in_force else [],
    }


def _find_not_come(slug: str, number: int | None) -> ScheduleRecord | None:
    """Return the plan of a release that was refused, unless somebody has seen to it since."""
    refused = list_not_come(get_room().drafts, slug)
    return next((one for one in refused if one.number == number), None)


def list_done_beside(work: JobRecord | None, number: int | None) -> list[str]:
    """Say what else a publish beside the server did, as past: nobody was told when it was done."""
    if work is None or work.state != DONE or work.result["release"] != number:
        return []
    counts = [work.result.get(one, 0) for one in ("codes", "lost", "pending")]
    return [_say(f"publishing.did.{code}", count=count) for code, count in _list_done(*counts)]


def _make_form(
    slug: str, draft: DraftRecord, problem: Problem | None, refused: JobRecord | None
) -> dict[str, Any]:
    """Make what the page of an open draft shows beside what is worked out."""
    published = get_visit().get_venue().published
    before = find_before(draft, published)
    difference = make_difference(slug, before, State(None, draft.id, draft.head))
    zone = find_time_zone(difference.plan)
    conflicts = problem.conflicts if problem else ()
    return {
        "number": draft.head,
        "published": published,
        "is_behind": published not in draft.upon,
        "difference": difference,
        "opened": OPEN,
        "conflicts": [
            say_conflict(difference.compared, one, choose_language()) for one in conflicts
        ],
        "key": str(uuid4()),
        "given": request.form or _list_given(refused, zone),
        "at": write_instant(find_monday(datetime.now(UTC), zone), zone),
        "zone": zone,
        "longest": LONGEST_NOTE,
    }


def publish_draft_now(slug: str, draft_id: int) -> BaseResponse:
    """Publish a draft, now or at a time; beside the server where it is not checked yet."""
    room, drafts, who = get_room(), get_room().drafts, get_visit().staff.actor
    draft, number = find_draft(draft_id), read_whole_number("number")
    place = room.background, room.desk.store, slug
    checked = find_draft_issues(*place, draft_id, number)
    try:
        note = _read_note()
        zone = find_time_zone(read_plan(drafts, slug, draft_id).plan)
        at = read_due(zone) if request.form.get("when") == "at" else None
        if at is not None:
            refuse_over(at)
        if checked is None:
            refuse_outdated(draft, get_visit().get_venue(), number)
            ask_publish(room.background, slug, draft, who=who, note=note, at=at)
            return go_to("show_publish", slug=slug, draft_id=draft_id)
        said: dict[str, Any] = {"who": who, "note": note, "checked": checked}
        if at is None:
            return _say_published(slug, publish_draft(drafts, slug, draft_id, number, **said))
        planned = schedule_draft(drafts, slug, draft_id, number, at, **said)
    except FormError as error:
        field = "note" if error.msgid.startswith("publishing.note") else "at"
        problem = Problem(_say(error.msgid, **error.values), field)
        return show_publish(slug, draft_id, problem, 422)
    except InvalidError as error:
        return show_publish(slug, draft_id, Problem(say_error(error), "at"), 422)
    except ConflictError as error:
        return show_publish(slug, draft_id, Problem(say_error(error)), 409)
    say_planned(planned.schedule, zone)
    return go_to("list_releases", slug=slug)


def merge_draft(slug: str, draft_id: int) -> BaseResponse:
    """Take over into a draft what came into force since."""
    draft, staff = find_draft(draft_id), get_visit().staff
    seen = min(read_whole_number("number"), draft.head)
    sent = Sent(author_of(staff), request.form.get("key", ""), seen)
    try:
        shown = read_whole_number("published")
        merge(get_room().drafts, slug, draft_id, sent, choices=_read_choices(), shown=shown)
    except MergeError as error:
        text = _say("publishing.both-changed", count=len(error.conflicts))
        problem = Problem(text, "", error.conflicts, error.published)
        return show_publish(slug, draft_id, problem, 409)
    except (ConflictError, InvalidError) as error:
        return show_publish(slug, draft_id, Problem(say_error(error)), 409)
    flash("publishing.said.merged")
    return go_to("show_publish", slug=slug, draft_id=draft_id)


def call_off(slug: str, schedule_id: int) -> BaseResponse:
    """Call off what is to come into force."""
    try:
        record = cancel_schedule(get_room().drafts, slug, schedule_id, who=get_visit().staff.actor)
    except ConflictError:
        flash("publishing.said.too-late")
    else:
        msgid = "called-off" if record.draft is not None else "called-off-alone"
        flash(f"publishing.said.{msgid}", release=record.number)
    return go_to("list_releases", slug=slug)


def _list_given(refused: JobRecord | None, zone: tzinfo) -> dict[str, str]:
    """List what was typed when something was asked for that was refused afterwards."""
    if refused is None:
        return {}
    given, at = {"note": refused.arguments["note"]}, refused.arguments.get("at")
    if at is None:
        return given
    return {**given, "when": "at", "at": write_instant(datetime.fromisoformat(at), zone)}


def _find_refused(draft: DraftRecord, work: JobRecord | None) -> JobRecord | None:
    """Return what became of publishing a draft, if it was refused as it still is."""
    failed = work is not None and work.state == FAILED
    return work if failed and work is not None and work.arguments["number"] == draft.head else None


def find_before(draft: DraftRecord, published: int | None) -> State:
    """Return what a draft is held against: the release in force, else what it began with.

    A draft that began with the release in force has it as its own beginning: what both share is
    not looked at.
    """
    if published is None or published == draft.base_number:
        return State(None, draft.id, 0)
    return State(published)


def find_monday(now: datetime, zone: tzinfo) -> datetime:
    """Return the next Monday, six o'clock, on the clock of a place: when wards are quiet."""
    local = now.astimezone(zone)
    days = (_MONDAY - local.weekday()) % 7
    found = datetime.combine(local.date() + timedelta(days=days), _EARLY, zone)
    return found if found > local else found + timedelta(days=7)


def read_whole_number(name: str) -> int:
    """Return a whole number of a form, such as that of an entry; -1 where it is none."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def read_due(zone: tzinfo) -> datetime:
    """Return the time of the field ``at``; raises FormError where it is none."""
    found = read_instant(request.form.get("at", ""), zone)
    if found is None:
        raise FormError("publishing.at-missing")
    return found


def _read_note() -> str:
    note = request.form.get("note", "").strip()
    if not note:
        raise FormError("publishing.note-missing")
    if len(note) > LONGEST_NOTE:
        raise FormError("publishing.note-long", limit=LONGEST_NOTE)
    return note


def _read_choices() -> Mapping[str, Side]:
    given = {
        key.removeprefix(_CHOICE): value
        for key, value in request.form.items()
        if key.startswith(_CHOICE)
    }
    return {key: Side(value) for key, value in given.items() if value in set(Side)}


def _say_published(slug: str, done: DraftPublished) -> BaseResponse:
    published = done.published
    number = published.release.number
    flash("publishing.said.published", release=number)
    say_following(published.codes, len(published.lost), len(published.pending))
    return go_to("show_release", slug=slug, number=number)


def say_following(codes: int, lost: int, pending: int = 0) -> None:
    """Say what else a publish did: codes given out, closures that close nothing any more."""
    for code, count in _list_done(codes, lost, pending):
        flash(f"publishing.said.{code}", count=count)


def say_overtaken(count: int) -> None:
    """Say what does not fit what is in force since somebody went back: planned releases."""
    if count:
        flash("publishing.said.overtaken", warns=True, count=count)


def _list_done(codes: int, lost: int, pending: int) -> list[tuple[str, int]]:
    """List what else a publish did: the last part of what says it, and how many there are."""
    counts = {"codes": codes, "lost": lost, "pending": pending}
    return [(code, count) for code, count in counts.items() if count]


def _say(msgid: str, **values: object) -> str:
    return translate(choose_language(), f"studio.{msgid}", **values)


def say_planned(record: ScheduleRecord, zone: tzinfo) -> None:
    """Say on the next page when a release comes into force."""
    at = f"{record.due_at.astimezone(zone):%Y-%m-%d %H:%M}"
    flash("publishing.said.planned", release=record.number, at=at)
