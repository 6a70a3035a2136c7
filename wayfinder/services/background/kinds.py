"""What can be worked out in the background: kind to the function that does it.

Named and not imported: a worker of the server need not load what only the process beside it runs.
"""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "closure-impact": "wayfinder.services.impact.closures:run_closure",
    "draft-issues": "wayfinder.services.release_issues:run_draft",
    "draft-impact": "wayfinder.services.impact.asking:run_draft",
    "draft-publish": "wayfinder.services.publish_work:run",
    "import-draft": "wayfinder.services.import_work:run_draft",
    "import-look": "wayfinder.services.import_work:run_look",
    "release-impact": "wayfinder.services.impact.asking:run_releases",
    "release-issues": "wayfinder.services.release_issues:run",
    "sign-audit": "wayfinder.services.sign_work.audits:run_audit",
    "sign-batch": "wayfinder.services.sign_work.printing:run",
    "sign-changes": "wayfinder.services.sign_work.audits:run_changes",
    "sign-detours": "wayfinder.services.sign_work.audits:run_detours",
    "sign-plan": "wayfinder.services.sign_work.planning:run",
}
"""``module:function``; the function takes a `Run` and returns JSON."""

QUESTIONS = frozenset(
    {"closure-impact", "draft-impact", "draft-issues", "release-impact", "release-issues"}
)
"""Kinds whose answer pages look for by themselves: whoever reads them may have one tried again."""

ORDERS = frozenset({"draft-publish", "import-draft", "import-look"})
"""Kinds that somebody waits for with his work: done before any question is answered."""
