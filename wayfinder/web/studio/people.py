"""Who is on the staff of an organisation: for its admins, and those of its venues."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.services.people import roster
from wayfinder.services.people.desk import StaffError
from wayfinder.services.people.invitations import Invitation
from wayfinder.services.people.roles import Role, Staff
from wayfinder.store.venues import list_venues
from wayfinder.web.studio.page import find_status, flash, go_to, render, say_refusal
from wayfinder.web.studio.room import get_room, get_visit

_PATH = "/o/<organisation>/people"
_NONE = "none"


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    one = f"{_PATH}/<int(max=2147483647):person_id>"
    blueprint.add_url_rule(_PATH, "list_people", list_people)
    blueprint.add_url_rule(one, "show_person", show_person)
    for path, view in (
        (f"{_PATH}/add", add_person),
        (f"{one}/role", set_role),
        (f"{one}/reset", reset_person),
        (f"{one}/sign-out", sign_person_out),
        (f"{one}/remove", remove_person),
    ):
        blueprint.add_url_rule(path, view.__name__, view, methods=["POST"])


def list_people(organisation: str, problem: str | None = None, status: int = 200) -> BaseResponse:
    """Show the people, and the form to add one."""
    staff, desk = get_visit().staff, get_room().desk
    return render(
        "people",
        "people.html",
        status=status,
        organisation=organisation,
        people=roster.list_seen(desk, staff, organisation),
        places=_list_places(staff, organisation),
        roles=list(Role),
        problem=problem,
        given=request.form,
    )


def add_person(organisation: str) -> BaseResponse:
    """Add somebody, and show the link for them this once."""
    staff, form = get_visit().staff, request.form
    try:
        role = _read_role(form.get("role", ""))
        made = roster.add(
            get_room().desk,
            form.get("name", ""),
            role or Role.VIEWER,
            organisation,
            form.get("venue") or None,
            by=staff,
        )
    except StaffError as error:
        return list_people(organisation, say_refusal(error), find_status(error))
    return _show_link(organisation, made)


def show_person(
    organisation: str, person_id: int, problem: str | None = None, status: int = 200
) -> BaseResponse:
    """Show one of them: roles, and how they sign in."""
    staff, desk = get_visit().staff, get_room().desk
    seen = roster.get_seen(desk, staff, organisation, person_id)
    return render(
        "person",
        "person.html",
        status=status,
        organisation=organisation,
        person=seen.person,
        is_governed=seen.is_governed,
        is_oneself=seen.person.id == staff.id,
        places=_list_places(staff, organisation),
        roles=list(Role),
        problem=problem,
    )


def set_role(organisation: str, person_id: int) -> BaseResponse:
    """Let somebody have another role somewhere, or none there."""
    staff, desk, form = get_visit().staff, get_room().desk, request.form
    venue = form.get("venue") or None
    try:
        role = _read_role(form.get("role", ""))
        roster.set_role(desk, person_id, role, organisation, venue, by=staff)
    except StaffError as error:
        return show_person(organisation, person_id, say_refusal(error), find_status(error))
    flash("said.role-set")
    gone = not any(
        seen.person.id == person_id for seen in roster.list_seen(desk, staff, organisation)
    )
    if gone:
        return go_to("list_people", organisation=organisation)
    return go_to("show_person", organisation=organisation, person_id=person_id)


def reset_person(organisation: str, person_id: int) -> BaseResponse:
    """Take somebody's password away, and show a link for another this once."""
    try:
        made = roster.reset(
            get_room().desk,
            person_id,
            by=get_visit().staff,
            organisation=organisation,
            factor="factor" in request.form,
            identity="identity" in request.form,
        )
    except StaffError as error:
        return show_person(organisation, person_id, say_refusal(error), find_status(error))
    return _show_link(organisation, made)


def sign_person_out(organisation: str, person_id: int) -> BaseResponse:
    """Sign somebody out everywhere."""
    desk, staff = get_room().desk, get_visit().staff
    try:
        roster.end_all_sessions(desk, person_id, by=staff, organisation=organisation)
    except StaffError as error:
        return show_person(organisation, person_id, say_refusal(error), find_status(error))
    if person_id == staff.id:
        return go_to("sign_in")
    flash("said.person-signed-out")
    return go_to("show_person", organisation=organisation, person_id=person_id)


def remove_person(organisation: str, person_id: int) -> BaseResponse:
    """Let somebody be gone."""
    desk, staff = get_room().desk, get_visit().staff
    try:
        roster.remove(desk, person_id, by=staff, organisation=organisation)
    except StaffError as error:
        return show_person(organisation, person_id, say_refusal(error), find_status(error))
    flash("said.person-removed")
    return go_to("list_people", organisation=organisation)


def _show_link(organisation: str, made: Invitation) -> BaseResponse:
    address = f"{get_room().settings.public_url}/studio/invitation/{made.secret}"
    return render("link", "link.html", organisation=organisation, invitation=made, address=address)


def _read_role(text: str) -> Role | None:
    try:
        return None if text == _NONE else Role(text)
    except ValueError:
        raise StaffError("not-admin-there") from None


def _list_places(staff: Staff, organisation: str) -> list[str]:
    """List where roles may be given: the venues, and first the whole organisation as nothing."""
    only = staff.list_venues_of(Role.ADMIN, organisation)
    if only is not None:
        return sorted(only)
    with get_room().desk.store.read() as connection:
        own = [one.slug for one in list_venues(connection) if one.organisation == organisation]
    return ["", *own]
