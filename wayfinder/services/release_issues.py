"""What is wrong with a release or a draft: worked out in the background, once for each plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wayfinder import __version__
from wayfinder.checks import check_network
from wayfinder.collector import without_collector
from wayfinder.formats.validation import list_plan_issues
from wayfinder.graph import build_network
from wayfinder.guide.words import say_issue
from wayfinder.model import Issue, Plan, Severity
from wayfinder.services.background import Background, JobRecord, Run
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.read import read_plan
from wayfinder.services.kept_issues import read_issues, write_issue
from wayfinder.store import Store
from wayfinder.store.drafts import find_key, get_draft
from wayfinder.store.jobs import DONE
from wayfinder.store.releases import get_release, read_release
from wayfinder.store.venues import get_venue

KIND, DRAFT = "release-issues", "draft-issues"
"""Kinds of work, see `wayfinder.services.background.kinds`."""


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """Issues of one code.

    Parameters
    ----------
    code, severity
        What they have in common.
    issues
        All of them.
    """

    code: str
    severity: Severity
    issues: tuple[Issue, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.issues)

    @staticmethod
    def say_one(issue: Issue, language: str) -> str:
        """Say what is wrong, of one of them."""
        return say_issue(issue, language)

    def say(self, language: str) -> tuple[str, ...]:
        """Say what is wrong, each sentence once."""
        return tuple(dict.fromkeys(say_issue(one, language) for one in self.issues))


def group_issues(issues: Sequence[Issue]) -> tuple[IssueGroup, ...]:
    """Group issues by code, in the order of the first of each."""
    codes = dict.fromkeys((one.code, one.severity) for one in issues)
    return tuple(
        IssueGroup(code, severity, tuple(one for one in issues if one.code == code))
        for code, severity in codes
    )


def ask_issues(
    background: Background, store: Store, slug: str, number: int, *, who: str
) -> JobRecord:
    """Ask what is wrong with a release.

    Parameters
    ----------
    background
        Does it.
    store
        The store.
    slug
        The venue.
    number
        The release.
    who
        Who asks.

    Raises
    ------
    UnknownError
        There is no such venue or release.
    """
    with store.read() as connection:
        digest = get_release(connection, get_venue(connection, slug), number).hash
    # a later version of the program may find other things
    key = f"{__version__} {digest}"
    return background.ask(slug, KIND, key, {"number": number}, who=who)


def ask_draft_issues(
    background: Background,
    store: Store,
    slug: str,
    draft_id: int,
    number: int,
    *,
    who: str,
) -> JobRecord:
    """Ask what is wrong with a draft after one of its entries.

    Parameters
    ----------
    background, store, slug, who
        As for `ask_issues`.
    draft_id, number
        The draft, and the entry; 0 is what it began with.

    Raises
    ------
    UnknownError
        There is no such venue or draft.
    """
    key = _make_key(store, slug, draft_id, number)
    arguments = {"draft": draft_id, "number": number}
    return background.ask(slug, DRAFT, key, arguments, who=who)


def find_draft_issues(
    background: Background, store: Store, slug: str, draft_id: int, number: int
) -> tuple[Issue, ...] | None:
    """Return what is wrong with a draft after one of its entries; None: nobody has found out yet.

    Raises
    ------
    UnknownError
        There is no such venue or draft.
    """
    job = background.find(slug, DRAFT, _make_key(store, slug, draft_id, number))
    return None if job is None or job.state != DONE else read_issues(job.result)


def _make_key(store: Store, slug: str, draft_id: int, number: int) -> str:
    with store.read() as connection:
        draft = get_draft(connection, get_venue(connection, slug), draft_id)
        log_key = find_key(connection, draft, number) if number > 0 else draft.base_hash
    return f"{__version__} {draft_id} {number} {log_key}"


def run(run: Run) -> Any:  # noqa: ANN401 - JSON
    """Find what is wrong with a release: the work of the kind `KIND`."""
    run.tell("reading", 0.0)
    with run.store.read() as connection:
        venue = get_venue(connection, run.slug)
        plan = read_release(connection, venue, run.arguments["number"]).plan
    return _check(run, plan)


def run_draft(run: Run) -> Any:  # noqa: ANN401 - JSON
    """Find what is wrong with a draft: the work of the kind `DRAFT`."""
    run.tell("reading", 0.0)
    asked = run.arguments
    found = read_plan(Desk(run.store), run.slug, asked["draft"], asked["number"])
    return _check(run, found.plan)


def _check(run: Run, plan: Plan) -> list[dict[str, Any]]:
    run.tell("networks", 0.1)
    with without_collector():
        network = build_network(plan)
        run.tell("checks", 0.6)
        found = check_network(network, reading=list_plan_issues(plan)).issues
    return [write_issue(one) for one in found]
