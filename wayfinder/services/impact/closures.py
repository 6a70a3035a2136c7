"""What closing something does: at once what is still reached, the whole of it after a while.

Both are found as on a day on which all is open that nobody has closed: what is told at midnight
holds for the morning too.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from wayfinder.collector import without_collector
from wayfinder.graph import build_network
from wayfinder.kept import Kept, keep_with
from wayfinder.route import Router
from wayfinder.services.audited_signs import load_audited
from wayfinder.services.background import Background, JobRecord, Run
from wayfinder.services.impact.document import write_impact
from wayfinder.services.impact.impact import find_closure_impact
from wayfinder.services.impact.reach import Reach, compare_reach
from wayfinder.services.impact.side import Side, make_epoch
from wayfinder.services.served import Served
from wayfinder.services.signage import digest_states, read_entries
from wayfinder.store import Store
from wayfinder.store.releases import read_release
from wayfinder.store.venues import get_venue

CLOSURE = "closure-impact"
"""Kind of work, see `wayfinder.services.background.kinds`."""
_VERSION = 4
"""Goes up with every change of what is found, so that no old answer is taken for a new one."""


def find_closure_reach(
    served: Served, features: Iterable[str], *, at: datetime | None = None
) -> Reach:
    """Find which places and rooms closing something would cut off, or leave with steps alone.

    Quick enough to be waited for: only what is reached from outside is looked at, no ways.

    Parameters
    ----------
    served
        The venue as it is served.
    features
        Ids of what would be closed.
    at
        Aware instant at which it would be; None is now.
    """
    closed = served.conditions.closed_at(at or datetime.now(UTC))
    wanted = frozenset(features)
    kept: Kept[object, Reach] = keep_with(served, "closure_reach", lambda: Kept(_KEPT))
    return kept.get((closed, wanted), lambda: _find_reach(served, closed, wanted))


def _find_reach(served: Served, closed: frozenset[str], features: frozenset[str]) -> Reach:
    router = served.router.step_aside(tree_bytes=0)  # no trees, and nobody else's matrices go
    with without_collector():
        before = Side(router, make_epoch(router, closed))
        return compare_reach(before, before.at_epoch(make_epoch(router, {*closed, *features})))


_KEPT = 64


def ask_closure_impact(
    background: Background,
    store: Store,
    served: Served,
    features: Collection[str],
    *,
    who: str,
) -> JobRecord:
    """Ask what closing something would do to everybody, beside what is closed now.

    Parameters
    ----------
    background
        Does it.
    store
        The store.
    served
        The venue as it is served.
    features
        Ids of what would be closed.
    who
        Who asks.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    release = served.snapshot.release
    wanted, closed = sorted(features), sorted(served.conditions.closed_at(datetime.now(UTC)))
    with store.read() as connection:
        signs = digest_states(read_entries(connection, get_venue(connection, served.slug)))
    key = sha256(repr((_VERSION, release.hash, closed, wanted, signs)).encode()).hexdigest()
    arguments = {"release": release.number, "closed": closed, "features": wanted}
    return background.ask(served.slug, CLOSURE, key, arguments, who=who)


def run_closure(run: Run) -> Any:  # noqa: ANN401 - JSON
    """Find what closing something does: the work of the kind `CLOSURE`."""
    run.tell("reading", 0.0)
    asked, slug = run.arguments, run.slug
    with run.store.read() as connection:
        venue = get_venue(connection, slug)
        plan = read_release(connection, venue, asked["release"]).plan
        entries = sorted(read_entries(connection, venue), key=lambda one: one.is_in_force)
    audited = load_audited(run.store, slug, asked["release"])
    run.tell("networks", 0.05)
    with without_collector():
        router = Router(build_network(plan))
    found = find_closure_impact(
        router,
        asked["features"],
        closed=asked["closed"],
        is_printed=audited.is_printed,
        tell=run.tell,
    )
    codes = {key: one.code for one in entries for key in (*one.formerly, one.feature)}
    return write_impact(found, (plan,), codes=codes)
