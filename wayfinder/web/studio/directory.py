"""The directory as a table: out, and in again row by row; it changes daily, walls yearly."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.edit import EditError
from wayfinder.edit.directory import UpdateDirectory
from wayfinder.errors import CodedError
from wayfinder.model import Level, Plan, pick_label
from wayfinder.route import find_time_zone
from wayfinder.services.brought_plan import find_basis
from wayfinder.services.comparing import State
from wayfinder.services.directory_sheet import (
    Approved,
    Difference,
    PlaceRow,
    RowChange,
    SheetEdit,
    SheetError,
    compare,
    find_approved,
    list_rows,
    make_edit,
    mark_row,
    read_table,
    write_csv,
    write_xlsx,
)
from wayfinder.services.directory_sheet.reading import load
from wayfinder.services.drafts import (
    Sent,
    StaleError,
    append,
    begin_draft,
    find_begun,
    list_open_drafts,
    read_plan,
)
from wayfinder.services.people.roles import Role
from wayfinder.services.publish_work import ask_publish, find_publish
from wayfinder.services.uploads import Job, Kind, UploadError
from wayfinder.store import ConflictError, InvalidError
from wayfinder.store.drafts import DraftRecord
from wayfinder.web.language import choose_language
from wayfinder.web.studio.addresses import set_page
from wayfinder.web.studio.drafting import DRAFT, author_of, find_draft, say_error
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.publishing import list_done_beside
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.uploading import (
    JOB,
    get_done,
    get_uploads,
    read_file,
    say_file_error,
    take_file,
)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_ID = 2**31 - 1
_MOST_NAMED = 50


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/directory"
    blueprint.add_url_rule(path, "show_directory", show_directory)
    blueprint.add_url_rule(f"{path}.csv", "get_directory_csv", get_directory_csv)
    blueprint.add_url_rule(f"{path}.xlsx", "get_directory_xlsx", get_directory_xlsx)
    blueprint.add_url_rule(path, "bring_sheet", bring_sheet, methods=["POST"])
    blueprint.add_url_rule(f"{path}/publish/{DRAFT}", "show_sheet_publish", show_sheet_publish)
    blueprint.add_url_rule(f"{path}/{JOB}", "show_sheet", show_sheet)
    blueprint.add_url_rule(f"{path}/{JOB}", "take_sheet", take_sheet, methods=["POST"])


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a table is compared with.

    Parameters
    ----------
    plan
        The plan.
    draft
        The draft that it is of; None: what is in force.
    """

    plan: Plan
    draft: DraftRecord | None


@dataclass(frozen=True, slots=True)
class _Looked:
    """A table that was compared.

    Parameters
    ----------
    basis
        With what.
    difference
        What it says otherwise.
    edit
        What would come of all its rows.
    """

    basis: _Basis
    difference: Difference
    edit: SheetEdit

    def find_ticked(self) -> Approved:
        """Find the rows that were ticked among those that can be taken over now."""
        return find_approved(self._list_open(), _list_ticked())

    def make_marks(self) -> dict[int, str]:
        """Make what the form carries for the rows that can be taken over, by number."""
        return {change.number: mark_row(change) for change in self._list_open()}

    def _list_open(self) -> list[RowChange]:
        refused = self.edit.refused
        return [one for one in self.difference.changes if one.cells and one.number not in refused]


def show_directory(slug: str, problem: str | None = None, status: int = 200) -> BaseResponse:
    """Show how the table is had, and the form that brings it back."""
    basis = _find_basis(slug, request.args.get("draft"))
    found = list_rows(basis.plan, choose_language())
    return render(
        "directory",
        "directory.html",
        status=status,
        count=len(found.rows),
        draft=basis.draft,
        drafts=list_open_drafts(get_room().drafts, slug),
        problem=problem,
    )


def get_directory_csv(slug: str) -> BaseResponse:
    """Send the table as CSV."""
    basis, language = _find_basis(slug, request.args.get("draft")), choose_language()
    content = write_csv(list_rows(basis.plan, language), language)
    return _send(content, "text/csv", slug, "csv")


def get_directory_xlsx(slug: str) -> BaseResponse:
    """Send the table as a workbook."""
    basis, language = _find_basis(slug, request.args.get("draft")), choose_language()
    made_at = get_room().desk.clock()
    content = write_xlsx(list_rows(basis.plan, language), language, made_at=made_at)
    return _send(content, _XLSX, slug, "xlsx", made_at)


def bring_sheet(slug: str) -> BaseResponse:
    """Take a table, and have it read."""
    chosen = _read_draft(request.form.get("draft"))
    if chosen is not None:
        find_draft(chosen)  # it is there, and of this venue
    try:
        job = take_file(Kind.SHEET, slug, draft=chosen)
    except UploadError as error:
        return show_directory(slug, say_file_error(error), 422)
    return read_file(job)


def show_sheet(
    slug: str, job_id: str, problem: str | None = None, status: int = 200
) -> BaseResponse:
    """Show what a table says otherwise, row by row."""
    job = get_done(job_id, Kind.SHEET)
    try:
        looked = _look(slug, job)
    except SheetError as error:
        get_uploads().drop(job)
        set_page("show_directory", slug=slug)
        return show_directory(slug, say_error(error), 422)
    refused = {number: say_error(error) for number, error in looked.edit.refused.items()}
    ticked = looked.find_ticked() if request.method == "POST" else None
    listed = {change.number for change in looked.difference.changes}
    return render(
        "directory",
        "directory-look.html",
        status=status,
        job=job,
        difference=looked.difference,
        refused=refused,
        marks=looked.make_marks(),
        chosen=None if ticked is None else {change.number for change in ticked.changes},
        outdated=() if ticked is None else ticked.outdated,
        gone=[] if ticked is None else [one for one in ticked.outdated if one not in listed],
        draft=looked.basis.draft,
        drafts=list_open_drafts(get_room().drafts, slug),
        say_place=_say_place,
        say_column=lambda column: column.say(choose_language()),
        note=request.form.get("note", ""),
        problem=problem,
    )


def take_sheet(slug: str, job_id: str) -> BaseResponse:
    """Put the rows that were approved into a draft, or into force."""
    to = request.form.get("to")
    if to == "nowhere":
        get_uploads().drop(get_done(job_id, Kind.SHEET))
        flash("said.thrown-away")
        return go_to("show_directory", slug=slug)
    publishing = to == "publish"
    if publishing and not _may_publish():
        abort(403)
    sent = Sent(author_of(get_visit().staff), _make_key(job_id), seen=0)
    taken = find_begun(get_room().drafts, slug, sent.author, sent.key)
    if taken is not None:  # it was sent twice, or who took it was killed before they said so
        return _go_on(slug, taken, publishing=publishing)
    job = get_done(job_id, Kind.SHEET)
    try:
        draft = _put(slug, job, sent, publishing=publishing)
    except FileNotFoundError:  # it was sent twice, and the other was quicker
        taken = find_begun(get_room().drafts, slug, sent.author, sent.key)
        if taken is None:
            abort(404)
        return _go_on(slug, taken, publishing=publishing)
    except CodedError as error:
        status = 409 if isinstance(error, ConflictError) else 422
        return show_sheet(slug, job_id, _say(error), status)
    if publishing:
        note = request.form.get("note", "").strip()
        ask_publish(get_room().background, slug, draft, who=get_visit().staff.actor, note=note)
    get_uploads().drop(job)
    return _go_on(slug, draft, publishing=publishing)


def show_sheet_publish(slug: str, draft_id: int) -> BaseResponse:
    """Show how far it is that rows come into force; or why they do not, and where they are."""
    work = find_publish(get_room().background, slug, draft_id)
    draft = find_draft(draft_id)
    if work is None:
        return go_to("show_draft", slug=slug, draft_id=draft_id)
    following = list_done_beside(work, draft.release_number)
    return render(
        "directory", "directory-publish.html", work=work, draft=draft, following=following
    )


def _make_action(looked: _Looked, *, publishing: bool) -> UpdateDirectory:
    """Make one edit of the rows that were ticked: all of them as they were shown, or none.

    Raises
    ------
    InvalidError
        No edit can be made of what was sent.
    ConflictError
        Rows are not as they were shown any more.
    """
    if publishing and looked.basis.draft is not None:
        raise InvalidError("rows-of-draft")  # all of the draft would come into force with them
    ticked = looked.find_ticked()
    if ticked.outdated:
        raise _refuse_outdated(ticked.outdated)
    edit = make_edit(looked.basis.plan, ticked.changes)
    if edit.action is None:
        raise InvalidError("no-rows")
    if publishing and not request.form.get("note", "").strip():
        raise InvalidError("no-note")
    return edit.action


def _refuse_outdated(numbers: Sequence[int]) -> ConflictError:
    named = [str(number) for number in numbers[:_MOST_NAMED]]
    more = ["…"] if len(numbers) > _MOST_NAMED else []
    return ConflictError("rows-outdated", rows=named + more, count=len(numbers))


def _list_ticked() -> list[str]:
    """List the marks of the rows that were ticked."""
    return sorted(set(request.form.getlist("row")))


def _make_key(job_id: str) -> str:
    """Return the key under which the rows that were ticked are taken: once, however often sent."""
    asked = " ".join([job_id, *_list_ticked()])
    return f"sheet-{sha256(asked.encode()).hexdigest()[:40]}"


def _put(slug: str, job: Job, sent: Sent, *, publishing: bool) -> DraftRecord:
    """Put rows into the draft that they were compared with, or into a new one.

    They are held against the very plan that they go into.
    """
    desk, basis = get_room().drafts, _find_basis_of(slug, job)
    while (draft := basis.draft) is not None:
        action = _make_action(_compare(job, basis), publishing=publishing)
        try:
            return append(desk, slug, draft.id, action, replace(sent, seen=draft.head)).draft
        except StaleError:  # somebody was quicker
            basis = _find_basis_of(slug, job)

    def make(plan: Plan) -> UpdateDirectory:
        return _make_action(_compare(job, _Basis(plan, None)), publishing=publishing)

    day = get_room().desk.clock().astimezone(find_time_zone(basis.plan))
    name = f"{job.name.rpartition('.')[0] or job.name} {day:%Y-%m-%d}"[:120]
    return begin_draft(desk, slug, name, make, sent, who=get_visit().staff.actor)


def _go_on(slug: str, draft: DraftRecord, *, publishing: bool) -> BaseResponse:
    """Say that rows are in a draft, and go there, or to where it is told how its publish goes."""
    flash("said.sheet-taken", name=draft.name, count=len(_list_ticked()))
    where = "show_sheet_publish" if publishing else "show_draft"
    return go_to(where, slug=slug, draft_id=draft.id)


def _look(slug: str, job: Job) -> _Looked:
    return _compare(job, _find_basis_of(slug, job))


def _compare(job: Job, basis: _Basis) -> _Looked:
    found = list_rows(basis.plan, choose_language())
    table = read_table(load(job.made), found.columns)
    difference = compare(table, found)
    return _Looked(basis, difference, make_edit(basis.plan, difference.changes))


def _find_basis_of(slug: str, job: Job) -> _Basis:
    draft_id = job.about.get("draft")
    return _find_basis(slug, None if draft_id is None else str(draft_id))


def _find_basis(slug: str, text: str | None) -> _Basis:
    draft_id, room = _read_draft(text), get_room()
    if draft_id is None:
        basis = find_basis(room.desk.store, slug)
        if basis is None:
            return _Basis(Plan.of(()), None)
        return _Basis(room.comparisons.read(slug, State(basis.number)), None)
    found = read_plan(room.drafts, slug, draft_id)
    return _Basis(found.plan, found.draft)


def _read_draft(text: str | None) -> int | None:
    known = text is not None and text.isascii() and text.isdecimal() and len(text) < 11
    return int(text) if known and text and 0 < int(text) <= _MOST_ID else None


def _may_publish() -> bool:
    visit = get_visit()
    return visit.role is not None and visit.role.covers(Role.PUBLISHER)


def _say(error: CodedError) -> str:
    return say_error(error) if isinstance(error, EditError) else say_file_error(error)


def _say_place(row: PlaceRow) -> str:
    """Say which place a row is about."""
    language = choose_language()
    name = pick_label(row.feature.name, language)
    if not name and isinstance(row.feature, Level):
        name = pick_label(row.feature.short_name, language)
    parts = (name or row.cells["category"], row.cells["floor"], row.cells["ref"])
    return " · ".join(part for part in parts if part)


def _send(
    content: bytes, media_type: str, slug: str, ending: str, at: datetime | None = None
) -> Response:
    day = (at or get_room().desk.clock()).strftime("%Y-%m-%d")
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{day}.{ending}"'
    return response
