"""A plan of any readable format: read, judged, and written down for whoever brought it."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wayfinder.checks import check_network
from wayfinder.formats import read_plan
from wayfinder.graph import build_network
from wayfinder.model import Issue, Plan, Severity, decode_plan
from wayfinder.services.kept_issues import read_issues, write_issue
from wayfinder.services.releases import encode_storable
from wayfinder.services.uploads.errors import UploadError

_PLAN, _ISSUES = "plan.json", "issues.json"
_MOST_ISSUES = 2_000
"""That are listed one by one (ours); all are counted."""
MOST_BYTES = 48 * 2**20
"""Of a plan that becomes a draft, written down (ours): twelve times a large hospital. Whoever works
on it has some ten times as much in memory."""


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
    UploadError
        It is larger than a plan that can be worked on.
    """
    found = read_plan(source)
    document = encode_storable(found.plan)
    if len(document) > MOST_BYTES:
        raise UploadError("plan-too-large", limit_mb=MOST_BYTES // 2**20)
    (target / _PLAN).write_bytes(document)
    issues = check_network(build_network(found.plan), reading=found.issues).issues
    said = {
        "counts": Counter(issue.severity for issue in issues),
        "issues": [write_issue(issue) for issue in issues[:_MOST_ISSUES]],
    }
    (target / _ISSUES).write_text(json.dumps(said), "utf-8")


def load(folder: Path) -> BroughtPlan:
    """Return what `read` wrote down."""
    said = json.loads((folder / _ISSUES).read_bytes())
    counts = {Severity(name): int(count) for name, count in said["counts"].items()}
    plan = decode_plan((folder / _PLAN).read_bytes())
    return BroughtPlan(plan, read_issues(said["issues"]), counts)
