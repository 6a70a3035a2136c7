"""A plan of any readable format: read, judged, and written down for whoever brought it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wayfinder.checks import check_network
from wayfinder.formats import read_plan
from wayfinder.graph import build_network
from wayfinder.model import Fix, Issue, Plan, Severity, decode_plan
from wayfinder.services.releases import encode_storable

_PLAN, _ISSUES = "plan.json", "issues.json"
_MOST_ISSUES = 2_000
"""That are listed one by one (ours); all are counted."""


@dataclass(frozen=True, slots=True)
class BroughtPlan:
    """A plan that was read.

    Parameters
    ----------
    plan
        The plan.
    issues
        What is wrong with it, most severe first; of very many the first.
    counts
        Severity to how many there are of it in all.
    """

    plan: Plan
    issues: tuple[Issue, ...]
    counts: Mapping[Severity, int]


def read(source: Path, target: Path, _options: Mapping[str, Any]) -> None:
    """Read a plan, and write it down with what is wrong with it.

    Raises
    ------
    UnreadableError
        It cannot be made a plan.
    InvalidError
        It holds what no database may hold.
    """
    found = read_plan(source)
    (target / _PLAN).write_bytes(encode_storable(found.plan))
    issues = check_network(build_network(found.plan), reading=found.issues).issues
    document = {
        "counts": Counter(issue.severity for issue in issues),
        "issues": [_write_issue(issue) for issue in issues[:_MOST_ISSUES]],
    }
    (target / _ISSUES).write_text(json.dumps(document), "utf-8")


def load(folder: Path) -> BroughtPlan:
    """Return what `read` wrote down."""
    said = json.loads((folder / _ISSUES).read_bytes())
    counts = {Severity(name): int(count) for name, count in said["counts"].items()}
    plan = decode_plan((folder / _PLAN).read_bytes())
    return BroughtPlan(plan, tuple(_read_issues(said["issues"])), counts)


def _write_issue(issue: Issue) -> dict[str, Any]:
    fix = issue.fix
    document = {
        "code": issue.code,
        "severity": issue.severity,
        "values": dict(issue.values),
        "features": issue.features,
        "level": issue.level,
        "place": issue.place,
        "fix": None if fix is None else {"action": fix.action, "arguments": dict(fix.arguments)},
    }
    return dict(json.loads(json.dumps(document, default=_as_plain)))


def _as_plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)


def _read_issues(documents: Iterable[Mapping[str, Any]]) -> Iterable[Issue]:
    for one in documents:
        fix, place = one["fix"], one["place"]
        yield Issue(
            one["code"],
            Severity(one["severity"]),
            one["values"],
            tuple(one["features"]),
            one["level"],
            None if place is None else (place[0], place[1]),
            None if fix is None else Fix(fix["action"], fix["arguments"]),
        )
