"""What a publish or a closure does to everybody, before it is done."""

from wayfinder.services.impact.impact import (
    Affected,
    DisplayImpact,
    Impact,
    find_closure_impact,
    find_draft_impact,
    find_release_impact,
)
from wayfinder.services.impact.journeys import JourneyImpact, Longer, Lost
from wayfinder.services.impact.reach import Reach

__all__ = [
    "Affected",
    "DisplayImpact",
    "Impact",
    "JourneyImpact",
    "Longer",
    "Lost",
    "Reach",
    "find_closure_impact",
    "find_draft_impact",
    "find_release_impact",
]
