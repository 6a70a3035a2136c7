"""Issues that are kept: written down as they were found, and said by whichever version reads them.

What a check found waits in the store or beside an upload, and the program may be another by the
time somebody opens the page: later, or an earlier one again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from wayfinder.guide.catalogues import LANGUAGES, find_needed, translate
from wayfinder.model import Fix, Issue, Severity

_REMEDY = {"remedy": "checks.widths-unknown.remedy"}
_ADDED = {"wheelchair-widths-unknown": _REMEDY, "wheelchair-floors-unknown": _REMEDY}
"""Values that messages came to need, with the words that were said before there were any."""
_UNTOLD = "…"


def write_issue(issue: Issue) -> dict[str, Any]:
    """Return an issue as a document."""
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


def read_issues(documents: Iterable[Mapping[str, Any]]) -> tuple[Issue, ...]:
    """Return the issues that `write_issue` wrote down, so that each can be said.

    What the words of this version need and another one did not write down is left open in them. An
    issue without words is one of the code ``found-by-other-version``, a fix without is left out.
    """
    return tuple(_complete(_read(one)) for one in documents)


def _read(one: Mapping[str, Any]) -> Issue:
    fix, place = one.get("fix"), one["place"]
    return Issue(
        one["code"],
        Severity(one["severity"]),
        one["values"],
        tuple(one["features"]),
        one["level"],
        None if place is None else (place[0], place[1]),
        None if fix is None else _keep_sayable(Fix(fix["action"], fix["arguments"])),
    )


def _complete(issue: Issue) -> Issue:
    needed = find_needed(f"issue.{issue.code}")
    missing = frozenset() if needed is None else needed - issue.values.keys()
    if needed is None or "count" in missing:  # a count is no text
        return replace(issue, code="found-by-other-version", values={"code": issue.code})
    if not missing:
        return issue
    added = _ADDED.get(issue.code, {})
    told = {name: _say(added[name]) if name in added else _UNTOLD for name in missing}
    return replace(issue, values={**issue.values, **told})


def _say(msgid: str) -> dict[str, str]:
    return {language: translate(language, msgid) for language in LANGUAGES}


def _keep_sayable(fix: Fix) -> Fix | None:
    needed = find_needed(f"fix.{fix.action}")
    return None if needed is None or needed - fix.arguments.keys() else fix
