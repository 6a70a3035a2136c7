"""Who may use which address: one table, and what holds it.

Whatever belongs to somebody else does not exist (404): nobody learns what others have. Where one
may look and not do, one is told so (403).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlencode

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from wayfinder.services.people.roles import Role
from wayfinder.services.people.sessions import find_session
from wayfinder.store import InvalidError
from wayfinder.store.venues import VenueRecord, find_venue
from wayfinder.web.errors import ApiError
from wayfinder.web.language import carry_language
from wayfinder.web.studio.bodies import allow_body
from wayfinder.web.studio.cookies import read_session_cookie
from wayfinder.web.studio.forgery import refuse_forged
from wayfinder.web.studio.room import Visit, begin_visit, get_room

API = "/studio/api/"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Reach(Enum):
    """What an address is about, and so where a role is looked for."""

    OPEN = auto()
    """Everybody, signed in or not."""
    ENTERING = auto()
    """Who has shown the password at least."""
    SIGNED_IN = auto()
    """Whoever is signed in: about themselves."""
    ORGANISATION = auto()
    """Who has the role anywhere in the ``<organisation>`` of the address; what is shown and done is
    for the services to bound by `Staff`."""
    VENUE = auto()
    """Who has the role at the venue ``<slug>`` of the address."""


@dataclass(frozen=True, slots=True)
class Need:
    """Who may use an address.

    Parameters
    ----------
    reach
        What it is about.
    role
        The role that is needed, at `Reach.ORGANISATION` and `Reach.VENUE`.
    """

    reach: Reach
    role: Role = Role.VIEWER


_OPEN, _ENTERING, _OWN = Need(Reach.OPEN), Need(Reach.ENTERING), Need(Reach.SIGNED_IN)
_ADMIN = Need(Reach.ORGANISATION, Role.ADMIN)

NEEDS: Mapping[str, Need] = {
    # coming in
    "sign_in": _OPEN,
    "start_single": _OPEN,
    "end_single": _OPEN,
    "use_invitation": _OPEN,
    "give_code": _ENTERING,
    "set_factor": _ENTERING,
    "sign_out": _ENTERING,
    # one's own account
    "show_account": _OWN,
    "change_password": _OWN,
    "renew_codes": _OWN,
    "end_session": _OWN,
    "end_others": _OWN,
    # people
    "list_people": _ADMIN,
    "add_person": _ADMIN,
    "show_person": _ADMIN,
    "set_role": _ADMIN,
    "reset_person": _ADMIN,
    "sign_person_out": _ADMIN,
    "remove_person": _ADMIN,
    # the log
    "list_audit": _ADMIN,
    "undo_entry": _ADMIN,
    # tokens of other systems
    "list_tokens": _ADMIN,
    "make_token": _ADMIN,
    "revoke_token": _ADMIN,
    # venues
    "show_home": _OWN,
    "show_venue": Need(Reach.VENUE, Role.VIEWER),
    # what holds without a publish
    "list_conditions": Need(Reach.VENUE, Role.VIEWER),
    "show_condition": Need(Reach.VENUE, Role.VIEWER),
    "change_condition": Need(Reach.VENUE, Role.PUBLISHER),
    "end_condition": Need(Reach.VENUE, Role.PUBLISHER),
    "undo_condition": Need(Reach.VENUE, Role.PUBLISHER),
    "choose_closing": Need(Reach.VENUE, Role.VIEWER),
    "show_closing_map": Need(Reach.VENUE, Role.VIEWER),
    "show_closing": Need(Reach.VENUE, Role.VIEWER),
    "close_feature": Need(Reach.VENUE, Role.PUBLISHER),
    "reopen_feature": Need(Reach.VENUE, Role.PUBLISHER),
    "add_notice": Need(Reach.VENUE, Role.PUBLISHER),
    "add_hours": Need(Reach.VENUE, Role.PUBLISHER),
    "list_sets": Need(Reach.VENUE, Role.VIEWER),
    "show_set": Need(Reach.VENUE, Role.VIEWER),
    "prepare_set": Need(Reach.VENUE, Role.PUBLISHER),
    "switch_set": Need(Reach.VENUE, Role.PUBLISHER),
    "give_set_hours": Need(Reach.VENUE, Role.PUBLISHER),
    "remove_set": Need(Reach.VENUE, Role.PUBLISHER),
    # what is worked out beside the server
    "try_again": Need(Reach.VENUE, Role.VIEWER),
    # drafts
    "list_drafts": Need(Reach.VENUE, Role.VIEWER),
    "open_draft": Need(Reach.VENUE, Role.EDITOR),
    "show_draft": Need(Reach.VENUE, Role.VIEWER),
    "rename_draft": Need(Reach.VENUE, Role.EDITOR),
    "discard_draft": Need(Reach.VENUE, Role.EDITOR),
    "reopen_draft": Need(Reach.VENUE, Role.EDITOR),
    "undo_in_draft": Need(Reach.VENUE, Role.EDITOR),
    "edit_draft": Need(Reach.VENUE, Role.VIEWER),
    # what is brought: venues, plans, pictures, the directory
    "start_new": _OWN,
    "new_venue": _ADMIN,
    "make_venue": _ADMIN,
    "show_new_venue": _ADMIN,
    "get_new_venue": _ADMIN,
    "cancel_new_venue": _ADMIN,
    "show_upload": Need(Reach.VENUE, Role.EDITOR),
    "get_upload": Need(Reach.VENUE, Role.EDITOR),
    "cancel_upload": Need(Reach.VENUE, Role.EDITOR),
    "bring_plan": Need(Reach.VENUE, Role.EDITOR),
    "import_plan": Need(Reach.VENUE, Role.EDITOR),
    "show_import": Need(Reach.VENUE, Role.EDITOR),
    "take_import": Need(Reach.VENUE, Role.EDITOR),
    "drop_import": Need(Reach.VENUE, Role.EDITOR),
    "retry_import": Need(Reach.VENUE, Role.EDITOR),
    "show_images": Need(Reach.VENUE, Role.EDITOR),
    "bring_image": Need(Reach.VENUE, Role.EDITOR),
    "place_image": Need(Reach.VENUE, Role.EDITOR),
    "measure_image": Need(Reach.VENUE, Role.EDITOR),
    "remove_image": Need(Reach.VENUE, Role.EDITOR),
    "move_image": Need(Reach.VENUE, Role.EDITOR),
    "get_picture": Need(Reach.VENUE, Role.VIEWER),
    "get_images": Need(Reach.VENUE, Role.VIEWER),
    "show_directory": Need(Reach.VENUE, Role.VIEWER),
    "get_directory_csv": Need(Reach.VENUE, Role.VIEWER),
    "get_directory_xlsx": Need(Reach.VENUE, Role.VIEWER),
    "bring_sheet": Need(Reach.VENUE, Role.EDITOR),
    "show_sheet": Need(Reach.VENUE, Role.EDITOR),
    "take_sheet": Need(Reach.VENUE, Role.EDITOR),
    "show_sheet_publish": Need(Reach.VENUE, Role.PUBLISHER),
    # what the editor asks for
    "get_draft_plan": Need(Reach.VENUE, Role.VIEWER),
    "do_draft_action": Need(Reach.VENUE, Role.EDITOR),
    "undo_draft_action": Need(Reach.VENUE, Role.EDITOR),
    "redo_draft_action": Need(Reach.VENUE, Role.EDITOR),
    "list_draft_changes": Need(Reach.VENUE, Role.VIEWER),
    "list_draft_history": Need(Reach.VENUE, Role.VIEWER),
    "list_draft_issues": Need(Reach.VENUE, Role.VIEWER),
    "get_draft_network": Need(Reach.VENUE, Role.VIEWER),
    "list_draft_lifts": Need(Reach.VENUE, Role.VIEWER),
    "find_draft_route": Need(Reach.VENUE, Role.VIEWER),
    "get_draft_presets": Need(Reach.VENUE, Role.VIEWER),
    "get_door_sides": Need(Reach.VENUE, Role.VIEWER),
    # signs: as things, in print, walked by, planned
    "list_signs": Need(Reach.VENUE, Role.VIEWER),
    "show_sign": Need(Reach.VENUE, Role.VIEWER),
    "draw_sign_picture": Need(Reach.VENUE, Role.VIEWER),
    "set_sign_states": Need(Reach.VENUE, Role.EDITOR),
    "list_batches": Need(Reach.VENUE, Role.VIEWER),
    "show_batch": Need(Reach.VENUE, Role.VIEWER),
    "fetch_batch": Need(Reach.VENUE, Role.VIEWER),
    "fetch_batch_file": Need(Reach.VENUE, Role.VIEWER),
    "make_batch": Need(Reach.VENUE, Role.EDITOR),
    "order_batch": Need(Reach.VENUE, Role.EDITOR),
    "note_batch": Need(Reach.VENUE, Role.EDITOR),
    "resume_batch": Need(Reach.VENUE, Role.EDITOR),
    "call_off_batch": Need(Reach.VENUE, Role.EDITOR),
    "remove_batch": Need(Reach.VENUE, Role.EDITOR),
    "show_sign_audit": Need(Reach.VENUE, Role.VIEWER),
    "start_sign_audit": Need(Reach.VENUE, Role.EDITOR),
    "show_wrong_signs": Need(Reach.VENUE, Role.VIEWER),
    "start_wrong_signs": Need(Reach.VENUE, Role.EDITOR),
    "show_detours": Need(Reach.VENUE, Role.VIEWER),
    "start_detours": Need(Reach.VENUE, Role.EDITOR),
    "show_sign_plan": Need(Reach.VENUE, Role.EDITOR),
    "start_sign_plan": Need(Reach.VENUE, Role.EDITOR),
    "take_sign_plan": Need(Reach.VENUE, Role.EDITOR),
    # screens, fire
    "list_displays": Need(Reach.VENUE, Role.VIEWER),
    "show_display": Need(Reach.VENUE, Role.VIEWER),
    "add_display": Need(Reach.VENUE, Role.PUBLISHER),
    "enrol_display": Need(Reach.VENUE, Role.PUBLISHER),
    "name_display": Need(Reach.VENUE, Role.PUBLISHER),
    "revoke_display": Need(Reach.VENUE, Role.PUBLISHER),
    "remove_display": Need(Reach.VENUE, Role.PUBLISHER),
    "show_fire": Need(Reach.VENUE, Role.VIEWER),
    "fetch_fire_texts": Need(Reach.VENUE, Role.VIEWER),
    "edit_fire_texts": Need(Reach.VENUE, Role.PUBLISHER),
    "prepare_fire_texts": Need(Reach.VENUE, Role.PUBLISHER),
    "drop_fire_texts": Need(Reach.VENUE, Role.PUBLISHER),
    # what people report, what was counted
    "list_feedback": Need(Reach.VENUE, Role.VIEWER),
    "show_report": Need(Reach.VENUE, Role.VIEWER),
    "set_report": Need(Reach.VENUE, Role.EDITOR),
    "merge_reports": Need(Reach.VENUE, Role.EDITOR),
    "part_report": Need(Reach.VENUE, Role.EDITOR),
    "answer_report": Need(Reach.VENUE, Role.PUBLISHER),
    "end_answer": Need(Reach.VENUE, Role.PUBLISHER),
    "show_figures": Need(Reach.VENUE, Role.VIEWER),
    "export_figures": Need(Reach.VENUE, Role.VIEWER),
    # publishing and releases
    "show_publish": Need(Reach.VENUE, Role.EDITOR),
    "publish_draft": Need(Reach.VENUE, Role.PUBLISHER),
    "merge_draft": Need(Reach.VENUE, Role.EDITOR),
    "call_off": Need(Reach.VENUE, Role.PUBLISHER),
    "list_releases": Need(Reach.VENUE, Role.VIEWER),
    "show_release": Need(Reach.VENUE, Role.VIEWER),
    "compare_releases": Need(Reach.VENUE, Role.VIEWER),
    "export_release": Need(Reach.VENUE, Role.VIEWER),
    "draw_state": Need(Reach.VENUE, Role.VIEWER),
    "confirm_restore": Need(Reach.VENUE, Role.PUBLISHER),
    "restore_release": Need(Reach.VENUE, Role.PUBLISHER),
}
"""Function of a view to who may use it; a view that is not here stops the start of the server."""


def let_in() -> Response | None:
    """Let in who may, before any view of the studio; send who has to sign in there."""
    need = NEEDS[_get_name()]
    room = get_room()
    session = find_session(room.desk, read_session_cookie())
    visit = begin_visit(session)
    allow_body(_get_name(), session)
    if request.method not in _SAFE:
        refuse_forged(visit)
    if need.reach is Reach.OPEN:
        return None
    if session is None or session.staff is None:
        return _send("studio.sign_in", remember=True, is_form=need.reach is not Reach.ENTERING)
    if need.reach is Reach.ENTERING:
        return None
    if session.record.stage != "full":
        step = "give_code" if session.record.stage == "password" else "set_factor"
        return _send(f"studio.{step}")
    _check_place(visit, need)
    return None


def may(visit: Visit, endpoint: str, *, organisation: str | None, venue: str | None) -> bool:
    """Tell whether who asks may use an address of a place: what they may not is not offered."""
    need, staff = NEEDS[endpoint], visit.staff
    if need.reach is Reach.VENUE:
        return organisation is not None and staff.may(need.role, organisation, venue)
    if need.reach is Reach.ORGANISATION:
        role = None if organisation is None else staff.find_role_anywhere(organisation)
        return role is not None and role.covers(need.role)
    return True


def _check_place(visit: Visit, need: Need) -> None:
    """Raise NotFound for what belongs to others, Forbidden for what the role is not enough for."""
    arguments = request.view_args or {}
    if need.reach is Reach.ORGANISATION:
        visit.organisation = arguments["organisation"]
        role = visit.staff.find_role_anywhere(visit.organisation)
    elif need.reach is Reach.VENUE:
        visit.venue = _find(arguments["slug"])
        visit.organisation = visit.venue.organisation
        role = visit.staff.find_role(visit.organisation, visit.venue.slug)
    else:
        return
    if role is None:
        abort(404)
    visit.role = role
    if not role.covers(need.role):
        abort(403)


def _find(slug: str) -> VenueRecord:
    try:
        with get_room().desk.store.read() as connection:
            found = find_venue(connection, slug)
    except InvalidError:
        found = None
    if found is None:
        abort(404)
    return found


def _send(endpoint: str, *, remember: bool = False, is_form: bool = False) -> Response:
    """Send a reader to where one signs in, telling that a form was lost; tell a program it must."""
    if request.path.startswith(API):
        raise ApiError(401, "unauthorized")
    values = carry_language()
    if remember and request.method in _SAFE and request.path != url_for("studio.show_home"):
        values["next"] = request.full_path.rstrip("?")
    if is_form and request.method not in _SAFE:
        values["unsent"] = "1"
    query = f"?{urlencode(values)}" if values else ""
    return redirect(f"{url_for(endpoint)}{query}", 303)


def _get_name() -> str:
    return (request.endpoint or "").rpartition(".")[2]
