"""What the editor shows beside the plan: what was done in the draft."""

from flask import Blueprint, Response, request

from wayfinder.services.drafts import read_lines
from wayfinder.web.language import choose_language
from wayfinder.web.studio.drafting import answer, as_json, author_of
from wayfinder.web.studio.editor_api import PATH
from wayfinder.web.studio.entries import write_entries
from wayfinder.web.studio.room import get_room, get_visit

_LARGEST = 2**31 - 1


def register(blueprint: Blueprint) -> None:
    """Hang the views into the blueprint."""
    blueprint.add_url_rule(f"{PATH}/history", "list_draft_history", list_draft_history)


@as_json
def list_draft_history(slug: str, draft_id: int) -> Response:
    """Answer with who did what, the newest first; ``before`` goes on from there."""
    before = request.args.get("before", type=int)
    known = before if before is not None and 0 < before <= _LARGEST else None
    lines = read_lines(get_room().drafts, slug, draft_id, before=known)
    author = author_of(get_visit().staff)
    entries = write_entries(lines, choose_language(), author)
    older = lines[-1].number if lines and lines[-1].number > 1 else None
    return answer({"entries": entries, "older": older})
