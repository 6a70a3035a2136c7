"""Files that people bring to the studio: taken, read elsewhere, and how far that is."""

from typing import Any

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.errors import CodedError
from wayfinder.guide.catalogues import translate
from wayfinder.services.import_work import ask_look, find_draft_work
from wayfinder.services.uploads import Job, Kind, State, UploadError, Uploads
from wayfinder.services.uploads.jobs import Finish
from wayfinder.store.jobs import JobRecord
from wayfinder.web.errors import make_problem
from wayfinder.web.language import choose_language
from wayfinder.web.studio.access import API
from wayfinder.web.studio.bodies import FILE_BYTES
from wayfinder.web.studio.differing import make_address
from wayfinder.web.studio.drafting import answer, say_error
from wayfinder.web.studio.page import StudioPage, go_to, render, render_problem
from wayfinder.web.studio.room import get_room, get_visit

JOB = "<job_id>"
"""The part of an address that says which file it is about."""
_PATIENCE_S = 1.5
"""How long a page waits before it says how far reading is: most files are read by then (ours)."""
_HERE = {Kind.PLAN: "bring_plan", Kind.SHEET: "show_directory", Kind.PICTURE: "list_drafts"}
"""Where one is in the navigation while a file is read."""
_GOALS = {Kind.PLAN: "show_import", Kind.SHEET: "show_sheet"}


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = f"/v/<slug>/uploads/{JOB}"
    blueprint.add_url_rule(path, "show_upload", show_upload)
    blueprint.add_url_rule(f"{path}/cancel", "cancel_upload", cancel_upload, methods=["POST"])
    blueprint.add_url_rule(f"/api{path}", "get_upload", get_upload)


def get_uploads() -> Uploads:
    """Return what was brought to this server."""
    return get_room().uploads


def take_file(kind: Kind, slug: str, *, options: dict[str, Any] | None = None, **about: Any) -> Job:  # noqa: ANN401 - JSON
    """Keep the file of the form that was sent.

    Parameters
    ----------
    kind
        What it is to be.
    slug
        The venue that it is for.
    options
        How it is to be read.
    about
        What else is to be known of it.

    Raises
    ------
    UploadError
        There is none, it is empty or too large, or there are too many.
    """
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise UploadError("none")
    who = get_visit().staff.id
    known = {**about, "slug": slug, "person": who}
    return get_uploads().take(kind, sent.filename, sent.stream, known, options)


def read_file(job: Job, finish: Finish | None = None) -> BaseResponse:
    """Have a file read, and send its owner to where it is seen how far that is."""
    wait_for(job, finish)
    return go_to("show_upload", slug=job.about["slug"], job_id=job.id)


def wait_for(job: Job, finish: Finish | None = None) -> None:
    """Have a file read, and give it a moment: most need no more."""
    uploads = get_uploads()
    uploads.start(job, finish)
    uploads.wait(job, _PATIENCE_S)


def get_job(job_id: str, kind: Kind | None = None) -> Job:
    """Return what somebody brought to the venue of the address; else there is none such."""
    job, visit = get_uploads().find(job_id), get_visit()
    own = job is not None and (job.about.get("slug"), job.about.get("person")) == (
        visit.get_venue().slug,
        visit.staff.id,
    )
    if job is None or not own or kind not in {None, job.kind}:
        abort(404)
    return job


def get_done(job_id: str, kind: Kind) -> Job:
    """Return what somebody brought and was read; else there is none such."""
    job = get_job(job_id, kind)
    if job.state is not State.DONE:
        abort(404)
    return job


def show_upload(slug: str, job_id: str) -> BaseResponse:
    """Show how far reading is, why it failed, or what came of it."""
    job = get_job(job_id)
    if job.state is State.DONE:
        return _go_on(slug, job)
    reason = "" if job.error is None else say_file_error(job.error)
    status = 422 if job.state is State.FAILED else 200
    return _render(job, status, reason=reason)


def get_upload(slug: str, job_id: str) -> Response:  # noqa: ARG001 - `let_in` has found it
    """Tell a script how far reading is, and what is made of the file beside the server."""
    job = get_job(job_id)
    work = _find_work(job)
    is_over = job.is_over and (work is None or work.is_over)
    told: dict[str, Any] = {"state": job.state, "over": is_over}
    if work is not None:
        told |= {"share": work.share, "step": StudioPage("upload", get_visit()).say_job_step(work)}
    return answer(told)


def show_waiting(job: Job, work: JobRecord, *, status: int = 200) -> BaseResponse:
    """Show how far it is what is made of a file beside the server; or why that failed."""
    again = make_address("retry_import", slug=job.about["slug"], job_id=job.id)
    return _render(job, status, work=work, again=again)


def cancel_upload(slug: str, job_id: str) -> BaseResponse:
    """Let a file not be read any more."""
    job = get_job(job_id)
    get_uploads().drop(job)
    endpoint, values = _find_back(job)
    return go_to(endpoint, **{**values, "slug": slug})


def say_file_error(error: CodedError) -> str:
    """Say why a file, or what it says, is refused; with the place in it, where one is known."""
    place = getattr(error, "place", "")
    if error.kind != "unreadable":
        return say_error(error)
    reason = translate(choose_language(), error.message_id, **error.values)
    return f"{place}: {reason}" if place else reason


def answer_too_large(_: Exception) -> Response:
    """Say that a file is larger than its address takes; elsewhere that what was sent is."""
    most = FILE_BYTES.get((request.endpoint or "").rpartition(".")[2])
    problem = make_problem(413)
    if request.path.startswith(API):
        return answer({"error": {"code": problem.code, "reason": problem.reason}}, 413)
    if most is None:
        return render_problem(problem)
    reason = say_file_error(UploadError("too-large", limit_mb=most // 2**20))
    return render("problem", "refused.html", status=413, reason=reason)


def _go_on(slug: str, job: Job) -> BaseResponse:
    if job.kind is Kind.PICTURE:
        draft_id = job.about["draft"]
        get_uploads().drop(job)
        return go_to("show_images", slug=slug, draft_id=draft_id)
    return go_to(_GOALS[job.kind], slug=slug, job_id=job.id)


def _find_work(job: Job) -> JobRecord | None:
    """Return what is made of a file beside the server; None: nothing, or not yet."""
    if job.kind is not Kind.PLAN or job.state is not State.DONE:
        return None
    room = get_room()
    making = find_draft_work(room.background, job)
    if making is not None and not making.is_over:
        return making
    return ask_look(room.background, room.desk.store, job, who=get_visit().staff.name)


def _render(job: Job, status: int, **values: Any) -> BaseResponse:  # noqa: ANN401
    """Show the page that says how far a file is."""
    get_visit().here = _HERE[job.kind]
    own = {"slug": job.about["slug"], "job_id": job.id}
    back, more = _find_back(job)
    return render(
        "upload",
        "upload.html",
        status=status,
        job=job,
        wait=make_address("get_upload", **own),
        cancel=make_address("cancel_upload", **own),
        back=make_address(back, slug=own["slug"], **more),
        **values,
    )


def _find_back(job: Job) -> tuple[str, dict[str, Any]]:
    """Return where somebody tries again: the view, and what it needs beside the venue."""
    if job.kind is Kind.PICTURE:
        return "show_images", {"draft_id": job.about["draft"]}
    return ("show_directory" if job.kind is Kind.SHEET else "bring_plan"), {}
