"""What pages about two states of a plan share: what differs, its pictures, what it does to all."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.model import Plan, Severity
from wayfinder.services.change_words import FloorChanges, list_floors
from wayfinder.services.comparing import Compared, State, parse_state
from wayfinder.services.impact.findings import Finding, list_findings, say_compared
from wayfinder.services.kept_issues import read_issues
from wayfinder.services.release_issues import IssueGroup, group_issues
from wayfinder.store.jobs import DONE, FAILED, JobRecord
from wayfinder.web.language import carry_language, choose_language
from wayfinder.web.security import allow_styles
from wayfinder.web.studio.page import render
from wayfinder.web.studio.room import get_room

_STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)

OPEN = 3
"""So many floors are unfolded on a page; the others' pictures are drawn when they are (ours)."""


@dataclass(frozen=True)
class Difference:
    """Two states of a plan, for a template.

    Parameters
    ----------
    before, after
        The states.
    compared
        What differs.
    floors
        The same in words.
    """

    before: State
    after: State
    compared: Compared
    floors: tuple[FloorChanges, ...]

    @property
    def count(self) -> int:
        """How many features differ."""
        return len(self.compared.changes.changes)

    @property
    def plan(self) -> Plan:
        """The later plan."""
        return self.compared.after


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to everybody, as far as it is worked out.

    Parameters
    ----------
    job
        Who works it out; None where there is nothing to hold it against.
    findings
        In words, once it is known.
    compared
        How much was compared, in words.
    """

    job: JobRecord | None
    findings: tuple[Finding, ...] | None = None
    compared: str = ""

    @property
    def finds_wrong_signs(self) -> bool:
        """Whether signs on walls become wrong."""
        return any(one.code == "wrong" for one in self.findings or ())

    @property
    def is_waiting(self) -> bool:
        """Whether it is being worked out."""
        return self.job is not None and not self.job.is_over

    @property
    def has_failed(self) -> bool:
        """Whether it could not be worked out."""
        return self.job is not None and self.job.state == FAILED


def make_difference(slug: str, before: State, after: State) -> Difference:
    """Compare two states of a venue's plan."""
    compared = get_room().comparisons.compare(slug, before, after)
    return Difference(before, after, compared, list_floors(compared, choose_language()))


@dataclass(frozen=True, slots=True)
class Check:
    """What is wrong with a plan, as far as it is found out.

    Parameters
    ----------
    job
        Who finds it out.
    errors, warnings
        What bars publishing and what does not, by kind; empty until it is found out.
    """

    job: JobRecord
    errors: tuple[IssueGroup, ...] = ()
    warnings: tuple[IssueGroup, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Whether it is being found out."""
        return not self.job.is_over

    @property
    def has_failed(self) -> bool:
        """Whether it could not be found out."""
        return self.job.state == FAILED

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows yet, or will."""
        return self.is_waiting or self.has_failed


def make_check(job: JobRecord) -> Check:
    """Group what is wrong with a plan, once it is found out."""
    found = read_issues(job.result) if job.state == DONE else ()
    errors, warnings = (
        group_issues([one for one in found if one.severity is severity])
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    return Check(job, errors, warnings)


def make_effect(job: JobRecord | None) -> Effect:
    """Put into words what has been worked out."""
    if job is None or job.state != DONE or job.result is None:
        return Effect(job)
    language = choose_language()
    return Effect(job, list_findings(job.result, language), say_compared(job.result, language))


def asks_for_part() -> bool:
    """Tell whether a script asks for what waits alone: the rest of its page it has."""
    return "X-Wayfinder-Part" in request.headers


def render_part(effect: Effect, back: str, **values: Any) -> Response:  # noqa: ANN401
    """Make the parts of a page that wait, alone.

    Parameters
    ----------
    effect
        What a change does, as far as it is known.
    back
        Address of the page.
    values
        What else the template needs.
    """
    return render("part", "effect-part.html", effect=effect, back=back, **values)


def make_address(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as of `url_for`
    """Make the address of a view of the studio, in the language that was chosen."""
    return url_for(f"studio.{endpoint}", **values, **carry_language())


def register(blueprint: Blueprint) -> None:
    """Hang the pictures into the blueprint."""
    blueprint.add_url_rule("/v/<slug>/pictures/<state>.svg", "draw_state", draw_state)


def draw_state(slug: str, state: str) -> BaseResponse:
    """Draw a floor of a release or of a draft, what differs from ``other`` marked."""
    own = parse_state(state)
    against = request.args.get("other", "")
    other = parse_state(against) if against else None
    if own is None or (against and other is None):
        abort(404)
    try:
        drawing = get_room().comparisons.draw(
            slug,
            own,
            other,
            request.args.get("level", ""),
            language=choose_language(),
            is_after=request.args.get("side") != "before",
            whole=request.args.get("whole") == "1",
        )
    except KeyError:
        abort(404)
    # as a picture in a page it keeps its style; opened by itself it needs leave
    allow_styles(*_STYLE.findall(drawing))
    return Response(drawing, content_type="image/svg+xml; charset=utf-8")
