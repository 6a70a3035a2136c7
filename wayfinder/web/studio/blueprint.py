"""The blueprint of the studio: a file a group of pages, and what holds all of them."""

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from wayfinder.services.people.desk import StaffError
from wayfinder.services.people.passwords import BusyError
from wayfinder.settings import Settings
from wayfinder.store import ConflictError, InvalidError, Store, StoreError, UnavailableError
from wayfinder.web.errors import Problem, make_problem
from wayfinder.web.phone.page import STRIP
from wayfinder.web.security import keep_origin
from wayfinder.web.studio import (
    account,
    audit,
    batches,
    closing,
    condition_sets,
    conditions,
    differing,
    directory,
    displays,
    editor,
    editor_api,
    editor_presets,
    editor_views,
    entrance,
    feedback,
    figures,
    fire,
    home,
    imports,
    new_venue,
    notices,
    people,
    plan_images,
    publishing,
    releases,
    sign_checks,
    sign_plans,
    signs,
    tokens,
    trying_again,
    uploading,
)
from wayfinder.web.studio.access import NEEDS, let_in
from wayfinder.web.studio.cookies import put_known_cookie, put_session_cookie
from wayfinder.web.studio.icons import draw_icon
from wayfinder.web.studio.page import render, render_problem, say_refusal
from wayfinder.web.studio.room import KEY, find_visit, make_room
from wayfinder.web.studio.strip import write_strip

__all__ = ["make_blueprint", "render_problem"]

PATH = "/studio"
_PAGES = (
    home,
    conditions,
    closing,
    notices,
    condition_sets,
    tokens,
    entrance,
    account,
    people,
    audit,
    editor,
    editor_api,
    editor_presets,
    editor_views,
    publishing,
    releases,
    differing,
    trying_again,
    uploading,
    new_venue,
    imports,
    plan_images,
    directory,
    signs,
    batches,
    sign_checks,
    sign_plans,
    displays,
    fire,
    feedback,
    figures,
)


def make_blueprint(store: Store, settings: Settings) -> Blueprint:
    """Make the pages; `create_app` hangs them into the application."""
    blueprint = Blueprint("studio", __name__, template_folder="templates", url_prefix=PATH)
    for pages in _PAGES:
        pages.register(blueprint)
    blueprint.add_app_template_global(draw_icon, "studio_icon")
    blueprint.before_request(let_in)
    blueprint.after_request(_finish)
    blueprint.register_error_handler(StaffError, _answer_refusal)
    blueprint.register_error_handler(BusyError, _answer_busy)
    blueprint.register_error_handler(StoreError, _answer_store)
    blueprint.register_error_handler(413, uploading.answer_too_large)

    def prepare(state: BlueprintSetupState) -> None:
        assert isinstance(state.app, Flask)  # noqa: S101 - no blueprint holds this one
        _refuse_unknown(state.app)
        state.app.extensions[KEY] = make_room(store, settings)
        state.app.extensions[STRIP] = write_strip

    blueprint.record(prepare)
    return blueprint


def _refuse_unknown(app: Flask) -> None:
    """Stop the start where a view of the studio does not say who may use it."""
    for endpoint in app.view_functions:
        blueprint, _, name = endpoint.partition(".")
        if blueprint == "studio" and name not in NEEDS:
            raise RuntimeError(
                f"the view {endpoint} is not in web/studio/access.py: who may use it?"
            )


def _finish(response: Response) -> Response:
    """Nobody keeps a page of the studio; the browser gets the session that it is to have."""
    response.headers["Cache-Control"] = "no-store"
    response.headers.add("Vary", "Cookie")
    keep_origin()
    visit = find_visit()
    if visit is None:
        return response
    if visit.entered is not None:
        put_session_cookie(response, visit.entered.secret)
        if visit.entered.known is not None:
            put_known_cookie(response, visit.entered.known)
    elif visit.left:
        put_session_cookie(response, "")
    elif visit.session is not None and visit.session.renewed:
        put_session_cookie(response, visit.session.secret)
    return response


def _answer_refusal(error: StaffError) -> Response:
    return render("problem", "refused.html", status=409, reason=say_refusal(error))


def _answer_busy(_: BusyError) -> Response:
    return render("problem", "refused.html", status=503, reason=say_refusal(StaffError("busy")))


def _answer_store(error: StoreError) -> Response:
    status = 404
    if isinstance(error, UnavailableError):
        status = 503
    elif isinstance(error, ConflictError):
        status = 409
    elif isinstance(error, InvalidError):
        status = 400
    problem = make_problem(status)
    return render_problem(Problem(status, problem.code, problem.reason, problem.language))
