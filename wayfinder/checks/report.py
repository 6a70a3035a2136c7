"""Everything that is known to be wrong with a plan, most severe first, with its figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wayfinder.checks.cut_off import list_cut_off
from wayfinder.checks.reach import Reach, measure_reach
from wayfinder.checks.unknown_widths import list_unknown_widths
from wayfinder.graph import Network, NodeKind
from wayfinder.guide.words import say_fix, say_issue
from wayfinder.model import Amenity, Issue, Level, Occupant, Opening, Plan, Severity, Unit

_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a plan holds, by IMDF feature type."""

    levels: int
    units: int
    openings: int
    amenities: int
    occupants: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a check finds.

    Parameters
    ----------
    counts
        How much the plan holds.
    reach
        How far its ways lead.
    issues
        All that is wrong, most severe first, then by code; otherwise in the order found.
    """

    counts: Counts
    reach: Reach
    issues: tuple[Issue, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything bars publishing."""
        return any(issue.severity is Severity.ERROR for issue in self.issues)

    def count_severities(self) -> dict[Severity, int]:
        """Count the issues by severity, most severe first."""
        found = [issue.severity for issue in self.issues]
        return {severity: found.count(severity) for severity in _ORDER}


def check_network(network: Network, *, reading: Iterable[Issue] = ()) -> Report:
    """Check a plan through its network.

    Parameters
    ----------
    network
        Made of the plan.
    reading
        Issues that reading the file brought up.
    """
    reach = measure_reach(network)
    found = [*reading, *network.issues, *_list_entrances(network)]
    found += list_cut_off(network, reach)
    found += list_unknown_widths(network)
    return Report(_count(network.plan), reach, sort_issues(found))


def sort_issues(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Sort issues, most severe first, then by code; what two finders found alike stays once."""
    seen: dict[tuple[Any, ...], Issue] = {}
    for issue in issues:
        seen.setdefault((issue.code, issue.features, issue.level, repr(issue.values)), issue)
    return tuple(sorted(seen.values(), key=lambda i: (_ORDER.index(i.severity), i.code)))


def make_issue_document(issue: Issue, language: str) -> dict[str, Any]:
    """Make the JSON object of an issue, with its words."""
    fix = issue.fix
    return {
        "code": issue.code,
        "severity": str(issue.severity),
        "features": list(issue.features),
        "level": issue.level,
        "place": None if issue.place is None else list(issue.place),
        "message": say_issue(issue, language),
        "fix": None
        if fix is None
        else {
            "action": fix.action,
            "arguments": dict(fix.arguments),
            "text": say_fix(fix, language),
        },
    }


def _list_entrances(network: Network) -> Iterable[Issue]:
    """Say so where nothing leads outside: no visitor would ever get in."""
    kinds = (NodeKind.OUTSIDE, NodeKind.ENTRANCE)
    if network.graph and not any(data["kind"] in kinds for data in network.graph.nodes.values()):
        yield Issue("no-entrance", Severity.NOTE)


def _count(plan: Plan) -> Counts:
    kinds = (Level, Unit, Opening, Amenity, Occupant)
    return Counts(*(len(plan.list_of(kind)) for kind in kinds))
