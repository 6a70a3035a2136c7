"""A plan of any readable format becomes a draft: what is wrong with it, and what is new, first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.errors import CodedError
from wayfinder.guide.names import name_level
from wayfinder.guide.words import say_feature_type, say_fix, say_issue
from wayfinder.model import Issue, Level, Plan, Severity
from wayfinder.services.brought_plan import bring_plan as bring
from wayfinder.services.brought_plan import read_basis
from wayfinder.services.plan_changes import Change, How, PlanChanges, compare_plans
from wayfinder.services.uploads import Job, Kind, UploadError
from wayfinder.services.uploads.plans import BroughtPlan, load
from wayfinder.web.language import choose_language
from wayfinder.web.studio.drafting import author_of
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.uploading import (
    JOB,
    get_done,
    get_uploads,
    read_file,
    say_file_error,
    take_file,
)

SHOWN = 8
"""Of each kind of issue, and of changes on a floor; the rest is counted."""
_MOST_SHOWN = 300


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/import"
    blueprint.add_url_rule(path, "bring_plan", bring_plan)
    blueprint.add_url_rule(path, "import_plan", import_plan, methods=["POST"])
    blueprint.add_url_rule(f"{path}/{JOB}", "show_import", show_import)
    blueprint.add_url_rule(f"{path}/{JOB}", "take_import", take_import, methods=["POST"])
    blueprint.add_url_rule(f"{path}/{JOB}/drop", "drop_import", drop_import, methods=["POST"])


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """Issues of one kind.

    Parameters
    ----------
    code, severity
        Which.
    lines
        What each says, where it is, what would help; of many the first.
    count
        How many there are.
    """

    code: str
    severity: Severity
    lines: tuple[tuple[str, str, str], ...]
    count: int


@dataclass(frozen=True, slots=True)
class FloorChanges:
    """What differs on a floor.

    Parameters
    ----------
    name
        The floor's; empty: on none.
    counts
        What became of features to how many.
    changes
        Each; of many the first.
    """

    name: str
    counts: dict[How, int]
    changes: tuple[Change, ...]


def bring_plan(slug: str, problem: str | None = None, status: int = 200) -> BaseResponse:  # noqa: ARG001
    """Show the form."""
    return render("import", "import.html", status=status, problem=problem)


def import_plan(slug: str) -> BaseResponse:
    """Take a file, and have it read."""
    try:
        job = take_file(Kind.PLAN, slug)
    except UploadError as error:
        return bring_plan(slug, say_file_error(error), 422)
    return read_file(job)


def show_import(
    slug: str, job_id: str, problem: str | None = None, status: int = 200
) -> BaseResponse:
    """Show what was read: what is wrong with it, and what differs from what is in force."""
    job = get_done(job_id, Kind.PLAN)
    brought, (number, basis) = load(job.made), read_basis(get_room().desk.store, slug)
    language = choose_language()
    changes = compare_plans(basis, brought.plan)
    return render(
        "import",
        "import-look.html",
        status=status,
        job=job,
        plan=brought.plan,
        counts=_count(brought.plan),
        groups=list(group_issues(brought, language)),
        severities=brought.counts,
        number=number,
        changes=changes,
        floors=list(_list_floors(changes, basis, brought.plan, language)),
        name=request.form.get("name") or _find_name(job),
        name_kind=lambda kind: say_feature_type(kind, language),
        problem=problem,
    )


def take_import(slug: str, job_id: str) -> BaseResponse:
    """Make a draft of what was read."""
    job, staff = get_done(job_id, Kind.PLAN), get_visit().staff
    name = request.form.get("name", "").strip() or _find_name(job)
    plan = load(job.made).plan
    try:
        draft = bring(get_room().drafts, slug, plan, name, who=staff.actor, author=author_of(staff))
    except CodedError as error:
        return show_import(slug, job_id, say_file_error(error), 422)
    get_uploads().drop(job)
    flash("said.brought", name=draft.name)
    return go_to("show_draft", slug=slug, draft_id=draft.id)


def drop_import(slug: str, job_id: str) -> BaseResponse:
    """Throw away what was read."""
    get_uploads().drop(get_done(job_id, Kind.PLAN))
    flash("said.thrown-away")
    return go_to("bring_plan", slug=slug)


def group_issues(brought: BroughtPlan, language: str) -> Iterator[IssueGroup]:
    """Yield the issues by kind, most severe first."""
    ordered = sorted(brought.issues, key=lambda one: (list(Severity).index(one.severity), one.code))
    for (severity, code), found in groupby(ordered, key=lambda one: (one.severity, one.code)):
        issues = list(found)
        lines = tuple(_say(brought.plan, issue, language) for issue in issues[:SHOWN])
        yield IssueGroup(code, severity, lines, len(issues))


def _say(plan: Plan, issue: Issue, language: str) -> tuple[str, str, str]:
    level = plan.find(issue.level, Level)
    floor = name_level(plan, level, language) if level is not None else ""
    fix = say_fix(issue.fix, language) if issue.fix is not None else ""
    return say_issue(issue, language), floor, fix


def _count(plan: Plan) -> list[tuple[str, int]]:
    kinds = ("level", "unit", "opening", "amenity", "occupant")
    found = [feature.feature_type for feature in plan]
    return [(kind, found.count(kind)) for kind in kinds]


def _list_floors(
    changes: PlanChanges, before: Plan, after: Plan, language: str
) -> Iterator[FloorChanges]:
    for level_id, found in groupby(changes.changes, key=lambda one: one.level):
        ours = list(found)
        counts = {how: sum(1 for one in ours if one.how is how) for how in How}
        yield FloorChanges(
            _name_level(level_id, (after, before), language),
            {how: count for how, count in counts.items() if count},
            tuple(ours[:_MOST_SHOWN]),
        )


def _name_level(level_id: str | None, plans: Iterable[Plan], language: str) -> str:
    for plan in plans:
        level = plan.find(level_id, Level)
        if level is not None:
            return name_level(plan, level, language)
    return ""


def _find_name(job: Job) -> str:
    return job.name.rpartition(".")[0] or job.name
