"""What is wrong with a plan as it is drawn and filled in, whatever format it came from.

The finders look at one thing each and never mend it; ways, doors and reach are judged by the graph.
"""

from wayfinder.formats.validation.geometry import list_geometry_issues
from wayfinder.formats.validation.labels import list_label_issues
from wayfinder.formats.validation.members import list_member_issues, list_missing_members
from wayfinder.formats.validation.overlaps import list_overlap_issues
from wayfinder.formats.validation.position import list_position_issues
from wayfinder.formats.validation.references import list_reference_issues
from wayfinder.formats.validation.venue import list_venue_issues
from wayfinder.formats.validation.wayfinder_object import list_wayfinder_issues
from wayfinder.model import Issue, Plan

__all__ = ["list_missing_members", "list_plan_issues"]

_FINDERS = (
    list_venue_issues,
    list_position_issues,
    list_reference_issues,
    list_geometry_issues,
    list_overlap_issues,
    list_member_issues,
    list_wayfinder_issues,
    list_label_issues,
)


def list_plan_issues(plan: Plan) -> tuple[Issue, ...]:
    """List the problems of a plan in a stable order: finder by finder, feature by feature."""
    plan.prepare_geometries_m()
    return tuple(issue for find in _FINDERS for issue in find(plan))
