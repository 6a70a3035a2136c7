"""Batches of signs: made in the background, fetched, and what became of their signs noted."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from flask import Blueprint, Response, abort, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.draw.signs.sizes import FORMATS
from wayfinder.errors import CodedError
from wayfinder.languages import LANGUAGES
from wayfinder.model.sign_records import SignState
from wayfinder.services.sign_work import asking, names, noting
from wayfinder.services.sign_work.batches import BatchOrder, BatchRecord, stream_files
from wayfinder.services.sign_work.errors import SignWorkError
from wayfinder.store.job_lists import call_off
from wayfinder.store.jobs import DONE
from wayfinder.web.language import choose_language
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.sign_parts import (
    find_base,
    find_served,
    get_batches,
    read_day,
    say_error,
    say_noted,
    say_problem,
    say_size,
)
from wayfinder.web.studio.signs import list_floors

_WHATS = ("all", "levels", "states", "changed")
_STATES = tuple(one for one in SignState if one is not SignState.REMOVED)
_CHUNK = 1 << 16
_STORED = frozenset({".pdf", ".png", ".xlsx"})
"""Files that are compressed already."""


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/signs/batches"
    one = f"{path}/<batch>"
    blueprint.add_url_rule(path, "list_batches", list_batches)
    blueprint.add_url_rule(one, "show_batch", show_batch)
    blueprint.add_url_rule(f"{one}/signs.zip", "fetch_batch", fetch_batch)
    blueprint.add_url_rule(f"{one}/files/<path:file>", "fetch_batch_file", fetch_batch_file)
    for address, view in (
        (f"{path}/make", make_batch),
        (f"{path}/order", order_batch),
        (f"{one}/note", note_batch),
        (f"{one}/again", resume_batch),
        (f"{one}/call-off", call_off_batch),
        (f"{one}/remove", remove_batch),
    ):
        blueprint.add_url_rule(address, view.__name__, view, methods=["POST"])


def list_batches(slug: str, problem: str | None = None, status: int = 200) -> BaseResponse:
    """Show the batches that there are, and the form for another one."""
    served, background = find_served(), get_room().background
    _, no_base = find_base()
    return render(
        "batches",
        "batches.html",
        status=status,
        slug=slug,
        batches=[(one, asking.find_job(background, one)) for one in get_batches().list(slug)],
        kept=get_room().settings.batches_kept,
        floors=list_floors(served.plan, choose_language()) if served is not None else [],
        is_published=get_visit().get_venue().published is not None,
        states=_STATES,
        kinds=names.FILES,
        sizes=list(FORMATS),
        say_size=say_size,
        languages=LANGUAGES,
        no_base=no_base,
        given=request.form,
        problem=problem,
    )


def make_batch(slug: str) -> BaseResponse:
    """Begin a batch."""
    try:
        order = _read_order()
        if get_visit().get_venue().published is None:
            return list_batches(slug, say_error(SignWorkError("not-published")), 422)
        record = _begin(slug, order)
    except CodedError as error:
        return list_batches(slug, say_error(error), 422)
    return go_to("show_batch", slug=slug, batch=record.id)


def order_batch(slug: str) -> BaseResponse:
    """Begin a batch of what a comparison has found wrong, or of what leads round a closure."""
    kind, key = request.form.get("kind", ""), request.form.get("key", "")
    if kind not in {names.CHANGES, names.DETOURS}:
        abort(404)
    found = get_room().background.find(slug, kind, key)
    if found is None or found.state != DONE:
        abort(404)
    what = "reprint" if kind == names.CHANGES else "temporary"
    endpoint = "show_wrong_signs" if kind == names.CHANGES else "show_detours"
    order = asking.make_order(found.result)
    if order is None:
        flash("said.nothing-to-print")
        return go_to(endpoint, slug=slug)
    base, _ = find_base()
    try:
        record = _begin(slug, BatchOrder(what=what, base=base), order)
    except CodedError as error:
        return list_batches(slug, say_error(error), 422)
    return go_to("show_batch", slug=slug, batch=record.id)


def _begin(slug: str, order: BatchOrder, audit: dict[str, Any] | None = None) -> BatchRecord:
    return asking.begin_batch(
        get_room().background,
        get_batches(),
        slug,
        order,
        who=get_visit().staff.name,
        language=choose_language(),
        audit=audit,
    )


def show_batch(
    slug: str, batch: str, problem: str | None = None, status: int = 200
) -> BaseResponse:
    """Show how far a batch is, or what is in it and what to do with it."""
    record = _find(slug, batch)
    job = asking.find_job(get_room().background, record)
    under_way = job is not None and not job.is_over
    return render(
        "batch",
        "batch.html",
        status=status,
        slug=slug,
        batch=record,
        job=job,
        under_way=under_way,
        files=record.list_files() if not under_way else [],
        signs=record.content.get("signs", ()),
        say_size=say_size,
        coded=len(record.list_drawings()),
        is_old=record.is_made and record.release != get_visit().get_venue().published,
        failed=say_problem(job.problem) if job is not None else "",
        problem=problem,
    )


def fetch_batch(slug: str, batch: str) -> BaseResponse:
    """Answer with all files of a batch in one archive, made as it is sent."""
    record = _find(slug, batch)
    if not record.is_made:
        abort(404)
    name = f"{slug}-{record.id}.zip"
    response = Response(stream_zip(record), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def fetch_batch_file(slug: str, batch: str, file: str) -> BaseResponse:
    """Answer with one file of a batch."""
    record = _find(slug, batch)
    paths = dict(stream_files(record))
    if file not in paths:
        abort(404)
    path = paths[file].resolve()
    return send_file(path, as_attachment=True, download_name=Path(file).name)


def note_batch(slug: str, batch: str) -> BaseResponse:
    """Note that all signs of a batch were printed, or that they hang."""
    record, form = _find(slug, batch), request.form
    served = find_served()
    if served is None:
        abort(404)
    try:
        state = SignState(form.get("become", ""))
        since = read_day(form.get("on", ""), served.router.schedule.zone)
        if state not in {SignState.PRINTED, SignState.MOUNTED}:
            abort(400)
        changed = noting.note_batch(
            get_room().desk.store,
            get_batches(),
            record,
            state,
            who=get_visit().staff.actor,
            since=since,
        )
    except ValueError:
        return show_batch(slug, batch, say_error(SignWorkError("bad-date")), 422)
    except CodedError as error:
        return show_batch(slug, batch, say_error(error), 422)
    say_noted(state, len(changed))
    return go_to("show_batch", slug=slug, batch=batch)


def resume_batch(slug: str, batch: str) -> BaseResponse:
    """Go on with a batch that was stopped; what was drawn is not drawn again."""
    record = _find(slug, batch)
    if not record.is_made:
        who, language = get_visit().staff.name, choose_language()
        asking.ask_for(get_room().background, record, who=who, language=language, again=True)
    return go_to("show_batch", slug=slug, batch=batch)


def call_off_batch(slug: str, batch: str) -> BaseResponse:
    """Stop a batch that is being made; it can go on later."""
    record, desk = _find(slug, batch), get_room().desk
    with desk.store.write() as connection:
        call_off(connection, get_visit().get_venue(), names.BATCH, record.id, desk.clock())
    flash("said.called-off")
    return go_to("show_batch", slug=slug, batch=batch)


def remove_batch(slug: str, batch: str) -> BaseResponse:
    """Remove the files of a batch."""
    record, desk = _find(slug, batch), get_room().desk
    with desk.store.write() as connection:
        call_off(connection, get_visit().get_venue(), names.BATCH, record.id, desk.clock())
    get_batches().remove(record)
    flash("said.batch-removed")
    return go_to("list_batches", slug=slug)


def stream_zip(record: BatchRecord) -> Iterator[bytes]:
    """Yield an archive of a batch piece by piece: nothing of it is kept."""
    pipe, when = _Pipe(), record.made_at.timetuple()[:6]
    with ZipFile(pipe, "w") as archive:  # type: ignore[call-overload]
        for name, path in stream_files(record):
            told = ZipInfo(f"{record.id}/{name}", when)
            told.compress_type = ZIP_STORED if path.suffix in _STORED else ZIP_DEFLATED
            with path.open("rb") as source, archive.open(told, "w") as target:
                for chunk in _read(source):
                    target.write(chunk)
                    yield pipe.take()
            yield pipe.take()
    yield pipe.take()


class _Pipe:
    """What an archive is written to, and taken from at once; it cannot go back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: it is taken as it comes."""

    def take(self) -> bytes:
        """Return what was written since it was last asked for."""
        taken, self._parts = b"".join(self._parts), []
        return taken


def _read(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _find(slug: str, batch: str) -> BatchRecord:
    found = get_batches().find(slug, batch)
    if found is None:
        abort(404)
    return found


def _read_order() -> BatchOrder:
    """Read the form of a new batch; raises SignWorkError where something does not go together."""
    form, served = request.form, find_served()
    what, kind = form.get("what", "all"), form.get("kind", "pdf")
    languages = tuple(dict.fromkeys(one for one in form.getlist("language") if one))
    size, theme = form.get("size", ""), form.get("theme", "light")
    known = (
        what in _WHATS
        and kind in names.FILES
        and size in {"", *FORMATS}
        and theme in {"light", "print"}
        and set(languages) <= set(LANGUAGES)
        and len(languages) <= 2
    )
    if not known:
        raise SignWorkError("bad-order")
    levels = {floor.id for floor in list_floors(served.plan, "en")} if served is not None else set()
    chosen = tuple(one for one in form.getlist("level") if one in levels)
    states = tuple(one for one in form.getlist("wanted") if one in set(_STATES))
    if what == "levels" and not chosen:
        raise SignWorkError("no-levels")
    if what == "states" and not states:
        raise SignWorkError("no-states")
    base, _ = find_base()
    return BatchOrder(
        what=what,
        levels=chosen if what == "levels" else (),
        states=states if what == "states" else (),
        languages=languages,
        kind=kind,
        separate="separate" in form,
        size=size,
        theme=theme,
        base=base,
    )
