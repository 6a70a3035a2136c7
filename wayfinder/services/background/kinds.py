"""What can be worked out in the background: kind to the function that does it.

Named and not imported: a worker of the server need not load what only the process beside it runs.
"""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "draft-impact": "wayfinder.services.impact.runs:run_draft",
    "release-impact": "wayfinder.services.impact.runs:run_releases",
    "release-issues": "wayfinder.services.release_issues:run",
}
"""``module:function``; the function takes a `Run` and returns JSON."""
