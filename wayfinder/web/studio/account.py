"""One's own account: password, second factor, recovery codes, where one is signed in."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.services.people.account import (
    change_password,
    end_other_sessions,
    end_own_session,
    get_account,
    prove,
    renew_codes,
)
from wayfinder.services.people.desk import StaffError
from wayfinder.services.people.sessions import list_own
from wayfinder.web.studio.page import (
    find_status,
    flash,
    go_to,
    read_new_password,
    render,
    say_refusal,
)
from wayfinder.web.studio.room import get_room, get_visit


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    blueprint.add_url_rule("/account", "show_account", show_account)
    for path, name, view in (
        ("/account/password", "change_password", change_own_password),
        ("/account/recovery-codes", "renew_codes", renew_own_codes),
        ("/account/sessions/<int(max=2147483647):session_id>/end", "end_session", end_session),
        ("/account/sessions/end-others", "end_others", end_others),
    ):
        blueprint.add_url_rule(path, name, view, methods=["POST"])


def show_account(problem: tuple[str, str] | None = None, status: int = 200) -> BaseResponse:
    """Show one's account; with what was refused, and in which of its forms."""
    visit, desk = get_visit(), get_room().desk
    return render(
        "account",
        "account.html",
        status=status,
        account=get_account(desk, visit.own_session),
        sessions=list_own(desk, visit.staff),
        problem=problem,
    )


def change_own_password() -> BaseResponse:
    """Take another password."""
    visit, desk = get_visit(), get_room().desk
    try:
        password = read_new_password()
        current = request.form.get("current", "")
        visit.session = change_password(desk, visit.own_session, current, password)
    except StaffError as error:
        return show_account(("password", say_refusal(error)), find_status(error))
    flash("said.password-changed")
    return go_to("show_account")


def renew_own_codes() -> BaseResponse:
    """Make new recovery codes, and show them this once."""
    visit, current = get_visit(), request.form.get("current", "")
    try:
        visit.session, codes = renew_codes(get_room().desk, visit.own_session, current)
    except StaffError as error:
        return show_account(("codes", say_refusal(error)), find_status(error))
    return render("codes", "codes.html", codes=codes, first=False)


def end_session(session_id: int) -> BaseResponse:
    """Sign out in another browser of one's own."""
    try:
        end_own_session(get_room().desk, get_visit().own_session, session_id)
    except StaffError as error:
        return show_account(("sessions", say_refusal(error)), 404)
    flash("said.session-ended")
    return go_to("show_account")


def end_others() -> BaseResponse:
    """Sign out everywhere else; with a password it is asked for once more."""
    visit, desk = get_visit(), get_room().desk
    try:
        if get_account(desk, visit.own_session).person.password_hash is not None:
            prove(desk, visit.own_session, request.form.get("current", ""))
        visit.session = end_other_sessions(desk, visit.own_session)
    except StaffError as error:
        return show_account(("sessions", say_refusal(error)), find_status(error))
    flash("said.others-ended")
    return go_to("show_account")
