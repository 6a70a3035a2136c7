"""A plan of any readable format becomes a draft: what is wrong with it, and what is new, first."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.guide.words import say_feature_type, say_fix, say_issue
from wayfinder.model import Issue, Labels, Severity, pick_label
from wayfinder.services.import_work import (
    FoundFloor,
    ImportLook,
    ask_draft,
    ask_look,
    find_draft_work,
    read_look,
)
from wayfinder.services.uploads import Job, Kind, UploadError
from wayfinder.store.jobs import DONE, FAILED, JobRecord
from wayfinder.web.language import choose_language
from wayfinder.web.studio.drafting import author_of
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.uploading import (
    JOB,
    get_done,
    get_uploads,
    read_file,
    say_file_error,
    show_waiting,
    take_file,
)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/import"
    blueprint.add_url_rule(path, "bring_plan", bring_plan)
    blueprint.add_url_rule(path, "import_plan", import_plan, methods=["POST"])
    blueprint.add_url_rule(f"{path}/{JOB}", "show_import", show_import)
    blueprint.add_url_rule(f"{path}/{JOB}", "take_import", take_import, methods=["POST"])
    for name, view in (("drop", drop_import), ("again", retry_import)):
        address = f"{path}/{JOB}/{name}"
        blueprint.add_url_rule(address, view.__name__, view, methods=["POST"])


@dataclass(frozen=True, slots=True)
class IssueLines:
    """Issues of one kind, in words.

    Parameters
    ----------
    severity
        How bad they are.
    lines
        What each says, where it is, what would help; of many the first.
    count
        How many there are.
    """

    severity: Severity
    lines: tuple[tuple[str, str, str], ...]
    count: int


def bring_plan(slug: str, problem: str | None = None, status: int = 200) -> BaseResponse:  # noqa: ARG001
    """Show the form."""
    return render("import", "import.html", status=status, problem=problem)


def import_plan(slug: str) -> BaseResponse:
    """Take a file, and have it read."""
    try:
        job = take_file(Kind.PLAN, slug)
    except UploadError as error:
        return bring_plan(slug, say_file_error(error), 422)
    room, who = get_room(), get_visit().staff.name

    def finish(done: Job) -> None:
        # what is new in it is known sooner so; whoever looks at the page asks in any case
        ask_look(room.background, room.desk.store, done, who=who)

    return read_file(job, finish)


def show_import(slug: str, job_id: str) -> BaseResponse:
    """Show what was read: what is wrong with it, and what differs from what is in force.

    Until that is known, and while a draft is made of it, the page says how far it is.
    """
    job, room = get_done(job_id, Kind.PLAN), get_room()
    making = find_draft_work(room.background, job)
    if making is not None and making.state == DONE:
        get_uploads().drop(job)
        flash("said.brought", name=making.result["name"])
        return go_to("show_draft", slug=slug, draft_id=making.result["draft"])
    looking = ask_look(room.background, room.desk.store, job, who=get_visit().staff.name)
    for work in (making, looking):
        if work is not None and not work.is_over:
            return show_waiting(job, work)
    if looking.state == FAILED:
        return show_waiting(job, looking, status=422)
    return _show(job, read_look(looking.result), making)


def take_import(slug: str, job_id: str) -> BaseResponse:
    """Have a draft made of what was read."""
    job, staff = get_done(job_id, Kind.PLAN), get_visit().staff
    name = request.form.get("name", "").strip() or _find_name(job)
    background = get_room().background
    ask_draft(background, job, name, who=staff.actor, author=author_of(staff))
    return go_to("show_import", slug=slug, job_id=job_id)


def retry_import(slug: str, job_id: str) -> BaseResponse:
    """Look once more at what was read, where that failed; a look at the page does not."""
    job, room = get_done(job_id, Kind.PLAN), get_room()
    ask_look(room.background, room.desk.store, job, who=get_visit().staff.name, again=True)
    return go_to("show_import", slug=slug, job_id=job_id)


def drop_import(slug: str, job_id: str) -> BaseResponse:
    """Throw away what was read."""
    get_uploads().drop(get_done(job_id, Kind.PLAN))
    flash("said.thrown-away")
    return go_to("bring_plan", slug=slug)


def _show(job: Job, look: ImportLook, refused: JobRecord | None) -> BaseResponse:
    language = choose_language()
    return render(
        "import",
        "import-look.html",
        status=200 if refused is None else 422,
        job=job,
        look=look,
        groups=list(_say_issues(look, language)),
        name_floor=lambda floor: _name_floor(floor, language),
        name=_find_name(job),
        name_kind=lambda kind: say_feature_type(kind, language),
        refused=refused,
    )


def _say_issues(look: ImportLook, language: str) -> Iterator[IssueLines]:
    for found in look.issues:
        lines = tuple(_say(issue, floor, language) for issue, floor in found.issues)
        yield IssueLines(found.issues[0][0].severity, lines, found.count)


def _say(issue: Issue, floor: Labels, language: str) -> tuple[str, str, str]:
    fix = say_fix(issue.fix, language) if issue.fix is not None else ""
    return say_issue(issue, language), pick_label(floor, language), fix


def _name_floor(floor: FoundFloor, language: str) -> str:
    return "" if floor.id is None else pick_label(floor.name, language, fallback=floor.id[:8])


def _find_name(job: Job) -> str:
    return job.name.rpartition(".")[0] or job.name
