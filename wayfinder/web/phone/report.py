"""``/v/<venue>/report``: something is wrong here. No account, no address, no cookie: a form."""

import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.guide.catalogues import translate
from wayfinder.services.feedback.about import About, find_about
from wayfinder.services.feedback.errors import FeedbackError
from wayfinder.services.feedback.sentence import LONGEST
from wayfinder.services.feedback.take import Told, take_report
from wayfinder.services.places import Unclear
from wayfinder.store import StoreError, UnavailableError
from wayfinder.store.daily_counts import LOST
from wayfinder.store.feedback import KINDS
from wayfinder.web.ops.metrics import note_feedback
from wayfinder.web.phone.page import Page, get_page, render
from wayfinder.web.phone.resolve import find_id
from wayfinder.web.security import get_client

_LONGEST = 200
_STATUS = {"too-many": 429, "known": 429, "away": 503}
"""HTTP status by why a report is not taken; 422 for what is wrong with it."""


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/report"
    blueprint.add_url_rule(path, "get_report", get_report)
    blueprint.add_url_rule(path, "send_report", send_report, methods=["POST"])
    blueprint.add_url_rule("/v/<slug>/lost", "tell_lost", tell_lost, methods=["POST"])


def get_report(slug: str) -> BaseResponse:
    """Ask what is wrong; afterwards, say thanks."""
    page = _get_page(slug)
    if "sent" in request.args:
        return _keep_nothing(render(page, "report-sent.html", back=_find_back(page)))
    response = _ask(page)
    # the form without a place is kept for when there is no network
    return _keep_nothing(response) if request.args.get("about") else response


def send_report(slug: str) -> BaseResponse:
    """Take what somebody says."""
    _refuse_foreign()
    page, form = _get_page(slug), request.form
    about = _find_about(page)
    try:
        _take(page, about)
    except FeedbackError as error:
        note_feedback(error.code)
        problem = translate(page.language, error.message_id, **error.values)
        status = _STATUS.get(error.code, 422)
        return _keep_nothing(_ask(page, problem=problem, status=status))
    note_feedback("taken")
    values = {"about": form.get("about", "")[:_LONGEST], "sent": "1"}
    return redirect(page.reader.url("get_report", slug=slug, **values), 303)


def tell_lost(slug: str) -> BaseResponse:
    """Count that somebody got lost after a sign; a phone says so of its own, without any id."""
    _refuse_foreign()
    page = _get_page(slug)
    sign = page.find_sign(request.form.get("sign", "")[:_LONGEST])
    site, client = page.site, get_client(request.environ)
    if (
        sign is not None
        and sign.code
        and site.counts is not None
        and site.flags.allow(client, f"{slug} {sign.code}")
    ):
        site.counts.add(page.venue.slug, page.venue.router.schedule.zone, LOST, sign.code)
    # always the same answer: nobody learns whether it counted
    return _keep_nothing(Response(status=204))


def _get_page(slug: str) -> Page:
    page = get_page("report", slug)
    if not page.hears:
        raise NotFound
    return page


def _ask(page: Page, *, problem: str = "", status: int = 200) -> Response:
    about = _find_about(page)
    values: dict[str, Any] = {
        "kinds": KINDS,
        "about": about,
        "place": _describe(page, about),
        "given": request.form if request.method == "POST" else request.args,
        "chosen": request.form.get("kind", ""),
        "key": secrets.token_hex(16),
        "longest": LONGEST,
        "problem": problem,
        "back": _find_back(page),
    }
    return render(page, "report.html", status=status, **values)


def _find_about(page: Page) -> About:
    """Find what the report is about: as the link said, else as somebody typed it."""
    given = request.form if request.method == "POST" else request.args
    at, spot = given.get("about", "")[:_LONGEST], given.get("spot", "")[:_LONGEST]
    about = find_about(page.site.venues, page.venue, at, spot)
    typed = given.get("where", "")[:_LONGEST].strip()
    if about.feature is None and typed:
        found = find_id(page, typed)
        if not isinstance(found, Unclear):
            about = find_about(page.site.venues, page.venue, found)
    # who writes of a place may stand at a sign: the answer is shown at both
    return about if about.sign is not None else replace(about, sign=page.sign)


def _describe(page: Page, about: About) -> Any:  # noqa: ANN401 - a hit, or nothing
    return page.describe_start(about.feature) if about.feature is not None else None


def _take(page: Page, about: About) -> None:
    form, store = request.form, page.site.store
    if store is None:
        raise NotFound
    minutes = 0
    with suppress(ValueError):
        minutes = int(form.get("age_min", "")[:6] or 0)
    told = Told(
        kind=form.get("kind", "")[:20],
        text=_join(page, about, form.get("text", "")),
        language=page.language,
        source="kiosk" if form.get("source") == "kiosk" else "phone",
        key=form.get("key", "")[:64],
        age=timedelta(minutes=max(minutes, 0)),
    )
    client = get_client(request.environ)
    try:
        take_report(store, page.site.throttle, page.venue, about, told, address=client)
    except UnavailableError:
        raise FeedbackError("away") from None
    except StoreError:
        raise FeedbackError("no-form") from None


def _join(page: Page, about: About, text: str) -> str:
    """Put where somebody says that it is before the sentence, where nobody knows that place."""
    typed = request.form.get("where", "")[:_LONGEST].strip()
    if not typed or about.feature is not None:
        return text
    return translate(page.language, "feedback.where-text", place=typed, text=text)


def _find_back(page: Page) -> str:
    """Return the address that somebody goes on to: the sign, the place, the home page."""
    given = request.form if request.method == "POST" else request.args
    at, slug = given.get("about", "")[:_LONGEST], page.venue.slug
    about = find_about(page.site.venues, page.venue, at)
    if about.sign is not None and about.sign.code:
        return page.reader.url("get_sign", code=about.sign.code, here=None)
    if about.feature is not None and page.directory.find_spot(about.feature) is not None:
        return page.reader.url("get_place", slug=slug, place_id=about.feature)
    return page.reader.url("get_home", slug=slug)


def _refuse_foreign() -> None:
    """Refuse what a page of somebody else's makes a browser send."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(400)


def _keep_nothing(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers.pop("ETag", None)
    return response
