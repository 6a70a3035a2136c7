"""A plan that was brought is compared with what is in force, and made a draft: beside the server.

What was read of a stranger's file may be large: no worker that answers people takes it apart.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from wayfinder.model import Issue, Labels, Level, Plan, Severity
from wayfinder.services.background import Background, JobRecord, Run
from wayfinder.services.brought_plan import bring_plan, find_basis, read_basis
from wayfinder.services.drafts import Desk
from wayfinder.services.kept_issues import read_issues, write_issue
from wayfinder.services.plan_changes import Change, How, compare_plans
from wayfinder.services.release_issues import group_issues
from wayfinder.services.uploads import LIMITS, Job, Kind, UploadError
from wayfinder.services.uploads.confine import bound_memory
from wayfinder.services.uploads.plans import BroughtPlan, load
from wayfinder.store import Store
from wayfinder.store.audit import Actor

LOOK, DRAFT = "import-look", "import-draft"
"""Kinds of work, see `wayfinder.services.background.kinds`."""
_SHOWN = 8
"""Issues of each kind (ours); the rest is counted."""
_MOST_CHANGES = 300
"""Of a floor (ours); the rest is counted."""
_COUNTED = ("level", "unit", "opening", "amenity", "occupant")


@dataclass(frozen=True, slots=True)
class FoundIssues:
    """Issues of one kind in a plan that was brought.

    Parameters
    ----------
    issues
        The first of them, each with what its floor is called.
    count
        How many there are.
    """

    issues: tuple[tuple[Issue, Labels], ...]
    count: int


@dataclass(frozen=True, slots=True)
class FoundChange:
    """A feature that differs: what it is called, its IMDF type, and what became of it."""

    id: str
    name: Labels
    kind: str
    how: How


@dataclass(frozen=True, slots=True)
class FoundFloor:
    """What differs on a floor.

    Parameters
    ----------
    id, name
        The floor's; None and empty: on none.
    counts
        What became of features to how many.
    changes
        Each; of many the first.
    """

    id: str | None
    name: Labels
    counts: Mapping[How, int]
    changes: tuple[FoundChange, ...]


@dataclass(frozen=True, slots=True)
class ImportLook:
    """What a plan that was brought holds, what is wrong with it, and what is new.

    Parameters
    ----------
    number
        The release that it was compared with; None: the venue has none.
    venue
        What the plan calls the venue.
    counts
        Feature type to how many there are.
    severities
        Severity to how many issues there are of it.
    issues
        By kind, the most severe first.
    floors
        What differs, from the lowest up.
    """

    number: int | None
    venue: Labels
    counts: Mapping[str, int]
    severities: Mapping[Severity, int]
    issues: tuple[FoundIssues, ...]
    floors: tuple[FoundFloor, ...]


def ask_look(
    background: Background, store: Store, job: Job, *, who: str, again: bool = False
) -> JobRecord:
    """Ask what a plan that was read holds, and what of it is new.

    Parameters
    ----------
    background
        Does it.
    store
        The store.
    job
        The file, read; its ``slug`` is the venue.
    who
        Who asks.
    again
        Whether to try once more what has failed.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    slug, basis = job.about["slug"], find_basis(store, job.about["slug"])
    # a publish meanwhile makes other things new
    key = job.id if basis is None else f"{job.id} {basis.number} {basis.hash}"
    arguments = {"folder": str(job.made.resolve())}
    return background.ask(slug, LOOK, key, arguments, who=who, again=again)


def ask_draft(background: Background, job: Job, name: str, *, who: Actor, author: str) -> JobRecord:
    """Ask for a draft of a plan that was read; what was refused before is tried again.

    Parameters
    ----------
    background
        Does it.
    job
        The file, read; its ``slug`` is the venue.
    name
        What the draft is called.
    who, author
        Who brings it, and what stands for them in the draft's log.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    arguments = {
        "folder": str(job.made.resolve()),
        "name": name,
        "who": who.name,
        "person": who.person_id,
        "author": author,
    }
    return background.ask(job.about["slug"], DRAFT, job.id, arguments, who=who.name, again=True)


def find_draft_work(background: Background, job: Job) -> JobRecord | None:
    """Return how far the draft of a plan is, begun anew where it was killed; None: nobody asked."""
    slug = job.about["slug"]
    found = background.find(slug, DRAFT, job.id)
    if found is None or found.is_over:
        return found
    return background.ask(slug, DRAFT, job.id, found.arguments, who=found.asked_by)


def run_look(run: Run) -> Any:  # noqa: ANN401 - JSON
    """Look through a plan that was brought: the work of the kind `LOOK`."""
    run.tell("reading", 0.0)
    with bound_memory(LIMITS[Kind.PLAN].memory_bytes):
        brought = _load(run.arguments["folder"])
        number, basis = read_basis(run.store, run.slug)
        run.tell("differences", 0.5)
        return {
            "number": number,
            "venue": dict(brought.plan.venue.name) if brought.plan.venue else {},
            "counts": {kind: _count(brought.plan, kind) for kind in _COUNTED},
            "severities": dict(brought.counts),
            "issues": [
                _write_issues(group.issues, brought.plan) for group in group_issues(brought.issues)
            ],
            "floors": list(_write_floors(basis, brought.plan)),
        }


def run_draft(run: Run) -> Any:  # noqa: ANN401 - JSON
    """Make a draft of a plan that was brought: the work of the kind `DRAFT`."""
    asked = run.arguments
    run.tell("reading", 0.0)
    with bound_memory(LIMITS[Kind.PLAN].memory_bytes):
        plan = _load(asked["folder"]).plan
        run.tell("writing", 0.5)
        who = Actor(asked["who"], asked["person"])
        desk = Desk(run.store)
        # whose folder it is named after
        own = {"author": asked["author"], "upload": Path(asked["folder"]).parent.name}
        draft = bring_plan(desk, run.slug, plan, asked["name"], who=who, **own)
    return {"draft": draft.id, "name": draft.name}


def read_look(document: Mapping[str, Any]) -> ImportLook:
    """Read what `run_look` found."""
    return ImportLook(
        number=document["number"],
        venue=document["venue"],
        counts={kind: document["counts"][kind] for kind in _COUNTED},
        severities={
            one: document["severities"][one] for one in Severity if one in document["severities"]
        },
        issues=tuple(_read_issues(one) for one in document["issues"]),
        floors=tuple(_read_floor(one) for one in document["floors"]),
    )


def _load(folder: str) -> BroughtPlan:
    try:
        return load(Path(folder))
    except FileNotFoundError:  # it was thrown away meanwhile
        raise UploadError("gone") from None


def _count(plan: Plan, kind: str) -> int:
    return sum(1 for feature in plan if feature.feature_type == kind)


def _name_floor(level_id: str | None, *plans: Plan) -> Labels:
    levels = (plan.find(level_id, Level) for plan in plans)
    level = next((one for one in levels if one is not None), None)
    return {} if level is None else dict(level.short_name or level.name)


def _write_issues(issues: Sequence[Issue], plan: Plan) -> dict[str, Any]:
    shown = [
        {"issue": write_issue(one), "floor": _name_floor(one.level, plan)}
        for one in issues[:_SHOWN]
    ]
    return {"issues": shown, "count": len(issues)}


def _read_issues(document: Mapping[str, Any]) -> FoundIssues:
    shown = document["issues"]
    issues = read_issues(one["issue"] for one in shown)
    floors = (one["floor"] for one in shown)
    return FoundIssues(tuple(zip(issues, floors, strict=True)), document["count"])


def _write_floors(before: Plan, after: Plan) -> Iterator[dict[str, Any]]:
    changes = compare_plans(before, after).changes
    for level_id, found in groupby(changes, key=lambda one: one.level):
        ours = list(found)
        yield {
            "id": level_id,
            "name": _name_floor(level_id, after, before),
            "counts": Counter(one.how for one in ours),
            "changes": [_write_change(one) for one in ours[:_MOST_CHANGES]],
        }


def _write_change(one: Change) -> dict[str, Any]:
    return {"id": one.id, "name": dict(one.name), "kind": one.kind, "how": one.how}


def _read_floor(document: Mapping[str, Any]) -> FoundFloor:
    return FoundFloor(
        document["id"],
        document["name"],
        {how: document["counts"][how] for how in How if how in document["counts"]},
        tuple(
            FoundChange(one["id"], one["name"], one["kind"], How(one["how"]))
            for one in document["changes"]
        ),
    )
