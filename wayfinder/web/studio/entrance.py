"""Coming in and going: sign in, second factor, recovery code, invitation, single sign-on."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.services.people.account import begin_factor, set_factor
from wayfinder.services.people.desk import StaffError
from wayfinder.services.people.invitations import accept, find_invited
from wayfinder.services.people.sessions import close_session
from wayfinder.services.people.sign_in import Entered, give_code, give_password
from wayfinder.services.people.totp import make_uri
from wayfinder.web.ops.logs import get_logger
from wayfinder.web.studio.addresses import set_page
from wayfinder.web.studio.codes import draw_code
from wayfinder.web.studio.page import (
    find_status,
    go_on,
    go_to,
    read_new_password,
    render,
    say_refusal,
)
from wayfinder.web.studio.room import (
    count_own_try,
    count_try,
    get_room,
    get_visit,
    read_visitor,
)

_BOTH = ("GET", "POST")
_LOG = get_logger("studio")


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    for path, view, methods in (
        ("/sign-in", sign_in, _BOTH),
        ("/sign-in/single", start_single, ("GET",)),
        ("/sign-in/back", end_single, ("GET",)),
        ("/sign-in/code", give_code_page, _BOTH),
        ("/invitation/<secret>", use_invitation, _BOTH),
        ("/account/second-factor", set_factor_page, _BOTH),
        ("/sign-out", sign_out, ("POST",)),
    ):
        name = view.__name__.removesuffix("_page")
        blueprint.add_url_rule(path, name, view, methods=list(methods))


def sign_in() -> BaseResponse:
    """Ask for name and password; take them."""
    visit = get_visit()
    goal = request.values.get("next", "")
    if request.method == "GET":
        if visit.session is not None and visit.session.is_full:
            return go_on(goal)
        return _show_sign_in(goal)
    try:
        count_try()
        visit.entered = give_password(
            get_room().desk,
            request.form.get("name", ""),
            request.form.get("password", ""),
            read_visitor(),
            former=visit.session,
        )
    except StaffError as error:
        return _show_sign_in(goal, error)
    return _lead_on(visit.entered, goal)


def _show_sign_in(goal: str, error: StaffError | None = None) -> Response:
    room = get_room()
    # single sign-on comes back to an address that is of use only once
    set_page("sign_in", **({"next": goal} if goal else {}))
    if error is not None:
        _LOG.warning("sign-in refused", reason=error.code)  # neither who nor from where
    return render(
        "sign-in",
        "sign-in.html",
        status=200 if error is None else find_status(error),
        goal=goal,
        name=request.form.get("name", "")[:200],
        problem=None if error is None else say_refusal(error),
        unsent=error is None and "unsent" in request.args,
        single=room.has_single_sign_on,
        single_label=room.settings.oidc_label,
    )


def _lead_on(entered: Entered, goal: str) -> BaseResponse:
    """Lead to the next step of signing in, or in."""
    if entered.stage == "password":
        return go_to("give_code", **({"next": goal} if goal else {}))
    if entered.stage == "enrol":
        return go_to("set_factor")
    return go_on(goal)


def give_code_page() -> BaseResponse:
    """Ask for a code of the second factor or a recovery code; take it."""
    visit = get_visit()
    session, goal = visit.own_session, request.values.get("next", "")
    if session.record.stage != "password":
        return go_to("show_home")
    problem, status = None, 200
    if request.method == "POST":
        try:
            count_own_try(f"session {session.record.id}")
            typed = request.form.get("code", "")
            visit.entered = give_code(get_room().desk, session, typed, read_visitor())
            return go_on(goal)
        except StaffError as error:
            if error.code == "code-start-again":
                visit.left = True
                visit.session = None
                return _show_sign_in(goal, error)
            problem, status = say_refusal(error), find_status(error)
    return render("code", "code.html", status=status, problem=problem, goal=goal)


def set_factor_page() -> BaseResponse:
    """Show the QR code of a second factor; take its first code, and show the recovery codes."""
    visit, desk = get_visit(), get_room().desk
    if visit.own_session.record.stage == "password":
        return go_to("give_code")
    visit.session, secret = begin_factor(desk, visit.own_session)
    problem, status = None, 200
    if request.method == "POST":
        typed, password = request.form.get("code", ""), request.form.get("password", "")
        try:
            count_own_try(f"session {visit.session.record.id}")
            done = set_factor(desk, visit.session, typed, read_visitor(), password=password)
        except StaffError as error:
            problem, status = say_refusal(error), find_status(error)
        else:
            visit.entered = done.entered
            return render("codes", "codes.html", codes=done.codes, first=True)
    uri = make_uri(secret, visit.staff.name, "Wayfinder")
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render(
        "factor",
        "factor.html",
        status=status,
        problem=problem,
        uri=uri,
        secret=grouped,
        draw_code=draw_code,
        asks_password=visit.session.record.stage == "full",
    )


def use_invitation(secret: str) -> BaseResponse:
    """Let somebody set their first password, or another after a reset."""
    visit, desk = get_visit(), get_room().desk
    try:
        person = find_invited(desk, secret)
    except StaffError as error:
        return render("problem", "refused.html", status=410, reason=say_refusal(error))
    problem, status = None, 200
    if request.method == "POST":
        try:
            count_own_try(f"link {person.id}")
            password = read_new_password()
            visit.entered = accept(desk, secret, password, read_visitor(), former=visit.session)
            return _lead_on(visit.entered, "")
        except StaffError as error:
            problem, status = say_refusal(error), find_status(error)
    return render("invitation", "invitation.html", status=status, person=person, problem=problem)


def start_single() -> BaseResponse:
    """Send somebody to the organisation's own sign-in: who followed the link on our own page."""
    goal = request.args.get("next", "")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return _show_sign_in(goal)
    from wayfinder.services.people.single_sign_on import begin

    room, visit = get_room(), get_visit()
    try:
        count_try()
        visit.entered, address = begin(
            room.desk, room.get_provider(), read_visitor(), goal=goal[:500]
        )
    except StaffError as error:
        return _show_sign_in(goal, error)
    return redirect(address, 303)


def end_single() -> BaseResponse:
    """Let in who comes back from the organisation's own sign-in."""
    visit, room = get_visit(), get_room()
    session = visit.session
    if session is None or session.record.stage != "started":
        return _show_sign_in("", StaffError("single-refused"))
    from wayfinder.services.people.single_sign_on import finish

    goal = str(session.record.data.get("next", ""))
    try:
        arguments = request.args.to_dict()
        visit.entered = finish(room.desk, room.get_provider(), session, arguments, read_visitor())
    except StaffError as error:
        visit.session, visit.left = None, True
        return _show_sign_in(goal, error)
    return go_on(goal)


def sign_out() -> BaseResponse:
    """End the session."""
    visit = get_visit()
    close_session(get_room().desk, visit.own_session)
    visit.left = True
    visit.session = None
    return go_to("sign_in")
