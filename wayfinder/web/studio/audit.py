"""What was done in an organisation: for its admins, and those of its venues."""

from collections.abc import Mapping

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.guide.catalogues import translate_or
from wayfinder.model import pick_label
from wayfinder.services import audit
from wayfinder.services.people.names import LONGEST
from wayfinder.store import ConflictError
from wayfinder.store.audit import PAGE, AuditEntry
from wayfinder.web.language import choose_language
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.publishing import say_overtaken
from wayfinder.web.studio.room import get_room, get_visit

_LARGEST = 2**31 - 1
_IN_SENTENCE = frozenset({"name", "role", "before", "browser"})


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/o/<organisation>/log"
    blueprint.add_url_rule(path, "list_audit", list_audit)
    blueprint.add_url_rule(
        f"{path}/<int(max=2147483647):entry_id>/undo", "undo_entry", undo_entry, methods=["POST"]
    )


def list_audit(organisation: str) -> BaseResponse:
    """Show what was done, the newest first."""
    staff = get_visit().staff
    before = request.args.get("before", type=int)
    known = before if before is not None and 0 < before <= _LARGEST else None
    who = "".join(c for c in request.args.get("who", "")[:LONGEST] if c.isprintable()) or None
    store = get_room().desk.store
    entries = audit.list_seen(store, staff, organisation, before=known, who=who)
    return render(
        "log",
        "log.html",
        organisation=organisation,
        entries=[(entry, audit.can_undo(staff, entry), list_values(entry)) for entry in entries],
        before=entries[-1].id if len(entries) == PAGE else None,
        is_first=known is None,
        who=who,
    )


def undo_entry(organisation: str, entry_id: int) -> BaseResponse:
    """Take back what somebody did."""
    try:
        done = audit.undo(get_room().desk.store, get_visit().staff, organisation, entry_id)
    except ConflictError:
        flash("said.not-undone")
    else:
        flash("said.undone")
        say_overtaken(done.get("overtakes", 0))
    return go_to("list_audit", organisation=organisation)


def list_values(entry: AuditEntry) -> list[tuple[str, str]]:
    """List the details of an entry that are not in its sentence, as name and value."""
    language = choose_language()
    found = []
    for key, value in entry.details.items():
        if key in _IN_SENTENCE or not value:
            continue
        said = pick_label(value, language) if isinstance(value, Mapping) else str(value)
        found.append((translate_or(language, f"studio.detail.{key}", str(key)), said))
    return found
