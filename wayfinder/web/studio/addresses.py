"""The address at which a page is had by a look: in another language, and after a form was refused.

A page that answers a form stands at the form's address, where nothing answers a look, or something
else does; and what it is about may be in the fields of the form.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import current_app, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from wayfinder.web.studio.room import find_visit

_PREFIX = "studio."
_HOME = "show_home"

PAGES: Mapping[str, str] = {
    # coming in, one's own account
    "sign_out": "sign_in",
    "change_password": "show_account",
    "renew_codes": "show_account",
    "end_session": "show_account",
    "end_others": "show_account",
    # people, the log, tokens
    "add_person": "list_people",
    "set_role": "show_person",
    "reset_person": "show_person",
    "sign_person_out": "show_person",
    "remove_person": "show_person",
    "undo_entry": "list_audit",
    "make_token": "list_tokens",
    "revoke_token": "list_tokens",
    # what holds without a publish
    "change_condition": "show_condition",
    "end_condition": "show_condition",
    "undo_condition": "list_conditions",
    "close_feature": "show_closing",
    "reopen_feature": "show_closing",
    "prepare_set": "list_sets",
    "switch_set": "show_set",
    "give_set_hours": "show_set",
    "remove_set": "show_set",
    "try_again": "show_venue",
    # drafts
    "open_draft": "list_drafts",
    "rename_draft": "show_draft",
    "discard_draft": "show_draft",
    "reopen_draft": "show_draft",
    "undo_in_draft": "show_draft",
    # what is brought
    "make_venue": "new_venue",
    "cancel_new_venue": "show_new_venue",
    "cancel_upload": "show_upload",
    "import_plan": "bring_plan",
    "take_import": "show_import",
    "drop_import": "show_import",
    "retry_import": "show_import",
    "bring_image": "show_images",
    "place_image": "show_images",
    "measure_image": "show_images",
    "remove_image": "show_images",
    "bring_sheet": "show_directory",
    "take_sheet": "show_sheet",
    # signs
    "set_sign_states": "list_signs",
    "make_batch": "list_batches",
    "order_batch": "list_batches",
    "note_batch": "show_batch",
    "resume_batch": "show_batch",
    "call_off_batch": "show_batch",
    "remove_batch": "show_batch",
    "start_sign_audit": "show_sign_audit",
    "start_wrong_signs": "show_wrong_signs",
    "start_detours": "show_detours",
    "start_sign_plan": "show_sign_plan",
    "take_sign_plan": "show_sign_plan",
    # screens, fire
    "add_display": "list_displays",
    "enrol_display": "show_display",
    "name_display": "show_display",
    "revoke_display": "show_display",
    "remove_display": "show_display",
    "prepare_fire_texts": "edit_fire_texts",
    "drop_fire_texts": "show_fire",
    # what people report
    "set_report": "show_report",
    "merge_reports": "show_report",
    "part_report": "show_report",
    "answer_report": "show_report",
    "end_answer": "show_report",
    # publishing and releases
    "publish_draft": "show_publish",
    "merge_draft": "show_publish",
    "call_off": "list_releases",
    "restore_release": "confirm_restore",
}
"""What takes a form, to the view that shows the page with it; what answers a look too is its own.
A view that is neither here nor answers a look has no language link that leads anywhere: a test
says so."""

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "sign_in": ("next",),
    "give_code": ("next",),
    "show_closing": ("feature", "sign", "set"),
    "add_notice": ("set",),
    "add_hours": ("feature", "set"),
    "show_directory": ("draft",),
    "list_signs": ("q", "level", "state", "wrong"),
    "show_sign_plan": ("draft",),
}
"""Fields of forms that say what a page is about, as its address does."""
_ONCE = frozenset({"lang", "done"})
"""What of an address is not carried on: the language is another, what was done is said once."""


def set_page(endpoint: str, **values: Any) -> None:  # noqa: ANN401 - as of `url_for`
    """Say which page is shown, where the view that answers shows that of another."""
    visit = find_visit()
    if visit is not None:
        visit.page = (endpoint, values)


def make_own_address(language: str = "") -> str:
    """Make the address of the page that answers, at which a look shows it.

    Parameters
    ----------
    language
        The language that it is to be in; empty: as the request was.
    """
    visit = find_visit()
    if visit is not None and visit.page is not None:
        name, values = visit.page
        return _build(name, values, {}, language)
    asked = (request.endpoint or "").removeprefix(_PREFIX)
    name = PAGES.get(asked, asked) if request.method == "POST" else asked
    parts = _find_parts(name)
    if parts is None:
        return _build(_HOME, {}, {}, language)
    known = {key: value for key, value in (request.view_args or {}).items() if key in parts}
    query = {key: found for key, found in request.args.lists() if key not in _ONCE}
    if request.method == "POST":
        query |= _read_fields(_FIELDS.get(name, ()))
    return _build(name, known, query, language)


def _read_fields(names: Iterable[str]) -> dict[str, list[str]]:
    """Read the fields of a form that have been filled in; none of a form that is too large."""
    try:
        given = {key: request.form.getlist(key) for key in names}
    except RequestEntityTooLarge:
        return {}
    return {key: found for key, found in given.items() if any(found)}


def _build(
    name: str, values: Mapping[str, Any], query: Mapping[str, list[str]], language: str
) -> str:
    tag = language or request.args.get("lang", "")
    # by hand: some names are words of `url_for`, and anybody may write any of them
    written = urlencode({**query, **({"lang": tag} if tag else {})}, doseq=True)
    address = url_for(f"{_PREFIX}{name}", **values)
    if not written:
        return address
    return f"{address}{'&' if '?' in address else '?'}{written}"


def _find_parts(name: str) -> frozenset[str] | None:
    """Return the parts of the address of a view that answers a look; None where there is none."""
    endpoint = f"{_PREFIX}{name}"
    if endpoint not in current_app.view_functions:
        return None
    rules = current_app.url_map.iter_rules(endpoint)
    rule = next((one for one in rules if "GET" in (one.methods or ())), None)
    return None if rule is None else frozenset(rule.arguments)
