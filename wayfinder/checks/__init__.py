"""What is wrong with a plan, and how far its ways lead: nothing is mended here."""

from wayfinder.checks.reach import Reach, measure_reach
from wayfinder.checks.report import Counts, Report, check_network, make_issue_document

__all__ = [
    "Counts",
    "Reach",
    "Report",
    "check_network",
    "make_issue_document",
    "measure_reach",
]
