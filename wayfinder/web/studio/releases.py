"""Releases as pages: which there are, what is in one, what differs between two, going back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.guide.catalogues import translate
from wayfinder.guide.names import name_level
from wayfinder.kept import keep_with
from wayfinder.model import Plan
from wayfinder.route import find_time_zone
from wayfinder.services import releases
from wayfinder.services.comparing import State
from wayfinder.services.drafts import find_sources, list_not_come, list_planned
from wayfinder.services.impact.asking import ask_release_impact
from wayfinder.services.kept_issues import read_issues
from wayfinder.services.release_export import export_release
from wayfinder.services.release_issues import IssueGroup, ask_issues, group_issues
from wayfinder.services.release_places import FloorPlaces, list_places
from wayfinder.services.releases import History
from wayfinder.services.timetable import schedule_release
from wayfinder.store import ConflictError, InvalidError
from wayfinder.store.drafts import DraftRecord
from wayfinder.store.jobs import DONE, JobRecord
from wayfinder.store.releases import Publication, ReleaseRecord, get_release
from wayfinder.store.schedules import ScheduleRecord
from wayfinder.web.language import choose_language
from wayfinder.web.studio.differing import (
    OPEN,
    Effect,
    asks_for_part,
    make_address,
    make_difference,
    make_effect,
    render_part,
)
from wayfinder.web.studio.drafting import say_error
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.publishing import (
    Problem,
    find_monday,
    read_due,
    read_whole_number,
    say_following,
    say_overtaken,
    say_planned,
)
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.spans import FormError, write_instant

_NUMBER = "<int(max=2147483647):number>"
_PATH = "/v/<slug>/releases"


@dataclass(frozen=True, slots=True)
class Row:
    """A release in the list.

    Parameters
    ----------
    release
        The release.
    in_force
        Whether it is the one that everybody sees.
    publications
        When it came into force, the last time first.
    draft
        What it was made of, or None where it was imported.
    """

    release: ReleaseRecord
    in_force: bool
    publications: tuple[Publication, ...]
    draft: DraftRecord | None

    @property
    def errors(self) -> int:
        """How many errors bar it from being published."""
        return sum(self.release.errors.values())


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    one = f"{_PATH}/{_NUMBER}"
    blueprint.add_url_rule(_PATH, "list_releases", list_releases)
    blueprint.add_url_rule(one, "show_release", show_release)
    blueprint.add_url_rule(f"{one}/imdf.zip", "export_release", download)
    blueprint.add_url_rule(f"{one}/restore", "confirm_restore", confirm_restore)
    blueprint.add_url_rule(f"{one}/restore", "restore_release", restore_release, methods=["POST"])
    blueprint.add_url_rule("/v/<slug>/compare", "compare_releases", compare_releases)


def list_releases(slug: str) -> BaseResponse:
    """List the releases, the newest first, and what is to come into force."""
    room = get_room()
    history = releases.get_history(room.desk.store, slug)
    return render(
        "releases",
        "releases.html",
        slug=slug,
        rows=_make_rows(slug, history),
        published=history.published,
        pending=_list_pending(slug),
        not_come=list_not_come(room.drafts, slug),
        problem=None,
    )


def show_release(slug: str, number: int) -> BaseResponse:
    """Show what is in a release: its floors, its places, what is wrong with it."""
    room = get_room()
    history = releases.get_history(room.desk.store, slug)
    row = _find_row(slug, history, number)
    plan = room.comparisons.read(slug, State(number))
    who = get_visit().staff.name
    job = ask_issues(room.background, room.desk.store, slug, number, who=who)
    return render(
        "release",
        "release.html",
        slug=slug,
        row=row,
        state=State(number),
        previous=row.publications[0].previous if row.in_force else None,
        floors=_list_floors(plan),
        opened=1,
        job=job,
        groups=_read_groups(job),
        others=[one.number for one in history.releases if one.number != number],
        published=history.published,
    )


def compare_releases(slug: str) -> BaseResponse:
    """Show what differs between two releases; ``impact=1`` what that does to everybody."""
    room = get_room()
    history = releases.get_history(room.desk.store, slug)
    numbers = [one.number for one in history.releases]
    usual = (history.published or min(numbers, default=0), max(numbers, default=0))
    before, after = (
        request.args.get(name, otherwise, type=int)
        for name, otherwise in zip(("from", "to"), usual, strict=True)
    )
    values: dict[str, Any] = {"effect": None}
    if numbers:
        if not {before, after} <= set(numbers):
            abort(404)  # of any size: no database takes all of them
        if "impact" in request.args:
            asked: dict[str, Any] = {"from": before, "to": after, "impact": 1}
            back = make_address("compare_releases", slug=slug, **asked)
            values = {"effect": _ask(slug, before, after), "back": back}
            if asks_for_part():
                return render_part(**values)
        difference = make_difference(slug, State(before), State(after))
        values |= {"difference": difference, "opened": OPEN}
    return render(
        "compare", "compare.html", slug=slug, numbers=numbers, before=before, after=after, **values
    )


def download(slug: str, number: int) -> BaseResponse:
    """Hand out a release as IMDF."""
    content = export_release(get_room().desk.store, slug, number)
    name = f"{slug}-release-{number}.imdf.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="application/zip", headers=headers)


def confirm_restore(
    slug: str, number: int, problem: Problem | None = None, status: int = 200
) -> BaseResponse:
    """Show what putting a release into force would change, before it is done."""
    history = releases.get_history(get_room().desk.store, slug)
    row = _find_row(slug, history, number)
    values: dict[str, Any] = {"difference": None, "effect": None}
    published = history.published
    if published is not None and published != number:
        back = make_address("confirm_restore", slug=slug, number=number)
        values = {"effect": _ask(slug, published, number), "back": back}
        if asks_for_part():
            return render_part(**values)
        values["difference"] = make_difference(slug, State(published), State(number))
    zone = find_time_zone(get_room().comparisons.read(slug, State(number)))
    return render(
        "restore",
        "restore.html",
        status=status,
        slug=slug,
        row=row,
        published=published,
        opened=OPEN,
        problem=problem,
        given=request.form,
        at=write_instant(find_monday(datetime.now(UTC), zone), zone),
        zone=zone,
        pending=_list_pending(slug),
        **values,
    )


def restore_release(slug: str, number: int) -> BaseResponse:
    """Put a release into force, now or at a time."""
    store, who = get_room().desk.store, get_visit().staff.actor
    history = releases.get_history(store, slug)
    _find_row(slug, history, number)
    looked_at = read_whole_number("published")
    over = (looked_at if looked_at > 0 else None,)
    try:
        if request.form.get("when") == "at":
            zone = find_time_zone(get_room().comparisons.read(slug, State(number)))
            at = read_due(zone)
            say_planned(schedule_release(store, slug, number, at, who=who, over=over), zone)
            return go_to("list_releases", slug=slug)
        was_in_force = any(one.number == number for one in history.publications)
        put = releases.roll_back if was_in_force else releases.publish
        done = put(store, slug, number, who=who, over=over)
    except FormError as error:
        text = translate(choose_language(), f"studio.{error.msgid}", **error.values)
        return confirm_restore(slug, number, Problem(text, "at"), 422)
    except InvalidError as error:
        return confirm_restore(slug, number, Problem(say_error(error), "at"), 422)
    except ConflictError as error:
        return confirm_restore(slug, number, Problem(say_error(error)), 409)
    flash("publishing.said.published", release=number)
    say_following(done.codes, len(done.lost))
    say_overtaken(len(done.pending))
    return go_to("show_release", slug=slug, number=number)


def _ask(slug: str, before: int, after: int) -> Effect:
    """Ask what it does to everybody that one release takes the place of another."""
    room, who = get_room(), get_visit().staff.name
    asked = ask_release_impact(room.background, room.desk.store, slug, before, after, who=who)
    return make_effect(asked)


def _list_pending(slug: str) -> list[ScheduleRecord]:
    return [one for one in list_planned(get_room().drafts, slug) if one.done_at is None]


def _make_rows(slug: str, history: History) -> list[Row]:
    drafts = find_sources(get_room().drafts, slug)
    return [
        Row(
            one,
            one.number == history.published,
            tuple(entry for entry in history.publications if entry.number == one.number),
            drafts.get(one.number),
        )
        for one in history.releases
    ]


def _find_row(slug: str, history: History, number: int) -> Row:
    """Return a release of the list; raises UnknownError where there is none of that number."""
    found = next((row for row in _make_rows(slug, history) if row.release.number == number), None)
    if found is None:
        with get_room().desk.store.read() as connection:
            get_release(connection, get_visit().get_venue(), number)
        raise AssertionError(number)
    return found


def _list_floors(plan: Plan) -> list[tuple[str, str, FloorPlaces]]:
    """List the floors of a plan from the lowest up: id, name, and the places on each."""
    language = choose_language()
    places = keep_with(plan, f"places {language}", lambda: list_places(plan, language))
    ordered = sorted(plan.levels, key=lambda one: (one.ordinal, one.id))
    return [(one.id, name_level(plan, one, language), places.get(one.id, ())) for one in ordered]


def _read_groups(job: JobRecord) -> tuple[IssueGroup, ...]:
    return group_issues(read_issues(job.result)) if job.state == DONE else ()
