"""Displays enrol and report; the staff see which of them show what they should."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from flask import Response
from pydantic import Field

from wayfinder.model.display_ids import clean_display_id
from wayfinder.services import displays, tokens
from wayfinder.services.display_reports import AGAIN_S, Report
from wayfinder.services.display_watch import DisplayStatus, list_statuses, say_code
from wayfinder.store import InvalidError, Store, UnavailableError
from wayfinder.store.tokens import TokenRecord
from wayfinder.web.api import display_documents as documents
from wayfinder.web.api.common import JsonObject, answer, choose
from wayfinder.web.api.display_now import get_display
from wayfinder.web.api.operations import Answer, Operation
from wayfinder.web.api.parameters import Language, Query, Text, read_query
from wayfinder.web.api.writing import follow, read_body, read_token
from wayfinder.web.errors import ApiError
from wayfinder.web.site import get_site

OWN_TOKEN = "display"  # noqa: S105 - what the document says of it
_T = TypeVar("_T")


class DisplaysQuery(Query):
    """Which displays."""

    venue: Annotated[
        Text | None, Field(description="Only those of this venue.", examples=["clinic"])
    ] = None
    lang: Language = None


def enrol_display() -> Response:
    """Answer with a token for a display against a one-time code."""
    store = _get_store()
    read_query(Query)
    asked = read_body(documents.DisplayEnrolment)
    display = clean_display_id(asked.display)
    if not get_site().enrolments.allow(display):
        raise ApiError(429, "too-many-attempts")
    try:
        token = _reach(lambda: displays.enrol(store, display, asked.code))
    except InvalidError:
        raise ApiError(403, "enrolment-refused") from None
    follow()
    return _keep_secret(answer({"display": display, "token": token}, status=201))


def report_display(display: str) -> Response:
    """Take what a display says of itself."""
    _get_store()
    read_query(Query)
    found = get_display(display)
    reports = get_site().reports
    if reports is None:
        raise ApiError(503, "service-unavailable")
    token = read_token()
    if not _reach(lambda: reports.check(found, token)):
        raise ApiError(401, "unauthorized")
    said = read_body(documents.DisplayReport)
    report = Report(
        release=said.release,
        version=said.conditions,
        program=said.program,
        uptime_s=said.uptime_s,
        errors=said.errors,
        remarks=tuple(said.remarks),
        plays=said.plays,
    )
    _reach(lambda: reports.take(found, report))
    return _keep_secret(answer({"again_s": AGAIN_S}))


def list_displays() -> Response:
    """Answer with the displays that a token may see."""
    store = _get_store()
    token = _authorise(store)
    query = read_query(DisplaysQuery)
    language = choose(query.lang)
    venue = query.venue or token.venue
    if venue is not None and (get_site().venues.find(venue) is None or not _may(token, venue)):
        raise ApiError(404, "unknown-venue", {"known": []}, {"known": []})
    now = datetime.now(UTC)
    snapshots = (served.snapshot.release for served in get_site().venues.list())
    plans = {release.hash: release.plan for release in snapshots}
    found = _reach(lambda: list_statuses(store, venue, at=now, plans=plans))
    listed = [_describe(status, language) for status in found]
    return _keep_secret(answer({"displays": listed, "checked_at": now.isoformat()}))


def _describe(status: DisplayStatus, language: str) -> JsonObject:
    record, display, report = status.record, status.display, status.report
    served = get_site().venues.find(record.venue or "")
    hit = None
    if served is not None and display is not None:
        hit = served.directory.make_hit(display.unit_id, language=language)
    return {
        "id": record.id,
        "venue": record.venue,
        "kind": str(record.kind),
        "name": record.name,
        "ref": record.ref,
        "group": display.group if display is not None else "",
        "feature": record.feature,
        "place": hit.name if hit else "",
        "floor": hit.floor if hit else "",
        "building": hit.building if hit else "",
        "page": f"/{record.kind}/{record.id}",
        "state": "green" if status.is_green else "red",
        "reasons": _say(status.reasons, language, "reason"),
        "remarks": _say(report.remarks if report else (), language, "remark"),
        "report": _describe_report(status),
        "plays": [
            {
                "notice": one.notice,
                "count": one.count,
                "first_at": one.first_at.isoformat(),
                "last_at": one.last_at.isoformat(),
            }
            for one in status.plays
        ],
    }


def _describe_report(status: DisplayStatus) -> JsonObject | None:
    report = status.report
    if report is None:
        return None
    return {
        "made_at": report.made_at.isoformat(),
        "release": report.release,
        "conditions": report.conditions,
        "program": report.program,
        "uptime_s": report.uptime_s,
        "errors": report.errors,
    }


def _say(codes: Iterable[str], language: str, kind: str) -> list[JsonObject]:
    return [{"code": code, "text": say_code(code, language, kind=kind)} for code in codes]


def _get_store() -> Store:
    store = get_site().store
    if store is None:
        raise ApiError(503, "service-unavailable")
    return store


def _authorise(store: Store) -> TokenRecord:
    """Return the token of the request; who has none learns nothing else."""
    given = read_token()
    token = _reach(lambda: tokens.find_good(store, given, tokens.DISPLAYS))
    if token is None:
        raise ApiError(401, "unauthorized")
    return token


def _may(token: TokenRecord, venue: str) -> bool:
    return token.venue in {None, venue}


def _reach(do: Callable[[], _T]) -> _T:
    try:
        return do()
    except UnavailableError:
        raise ApiError(503, "service-unavailable") from None


def _keep_secret(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


EXAMPLE = {
    "display": {"value": {"display": "DEH4QRNK", "code": "7KXQ-3M9A"}},
}
_EXAMPLE_REPORT = {
    "well": {
        "value": {
            "release": "sha256:0f3a…",
            "conditions": "3-0f3a12bc9d4e-12-5be1c2d3",
            "program": "1.0.0",
            "uptime_s": 86_400,
            "errors": 0,
            "plays": {"12": 30},
        }
    },
}

OPERATIONS = (
    Operation(
        id="enrolDisplay",
        method="POST",
        path="/displays/enrol",
        summary="A token for a display",
        description="Against a code that is good for ten minutes and once. A token that the "
        "display had before is good no more.",
        view=enrol_display,
        body=documents.DisplayEnrolment,
        body_examples=EXAMPLE,
        answers={201: Answer("The token, told this once.", documents.DisplayToken)},
        errors=(
            "bad-body",
            "content-too-large",
            "unsupported-media-type",
            "enrolment-refused",
            "too-many-attempts",
            "service-unavailable",
        ),
        validated=False,
    ),
    Operation(
        id="reportDisplay",
        method="POST",
        path="/displays/<display>/report",
        summary="What a display says of itself",
        description="Every twenty seconds, with the display's own token: what it has rendered, how "
        "it is, how often it showed each notice; nothing of anybody who uses it. Plays of notices "
        "that there are not are passed over.",
        view=report_display,
        body=documents.DisplayReport,
        body_examples=_EXAMPLE_REPORT,
        answers={200: Answer("It was taken.", documents.Reported)},
        errors=(
            "bad-body",
            "content-too-large",
            "unsupported-media-type",
            "unknown-display",
            "removed-display",
            "service-unavailable",
        ),
        validated=False,
        scope=OWN_TOKEN,
    ),
    Operation(
        id="listDisplays",
        method="GET",
        path="/displays",
        summary="The displays, and which show what they should",
        description="Green only where a display itself reported within a minute that it shows the "
        "release and the conditions in force, without errors; else red, with the reasons. Needs a "
        "token with the scope `displays`; one of a venue sees that venue's.",
        view=list_displays,
        query=DisplaysQuery,
        answers={200: Answer("The displays that are up.", documents.DisplayList)},
        errors=("unknown-venue", "service-unavailable"),
        validated=False,
        scope=tokens.DISPLAYS,
    ),
)
