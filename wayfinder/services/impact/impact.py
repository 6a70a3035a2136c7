"""What a plan that is to be published, or a closure that is to be made, does to everybody."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from wayfinder.checks.sign_changes import Wrong, list_wrong
from wayfinder.collector import without_collector
from wayfinder.graph import build_network
from wayfinder.model.display import DisplayKind
from wayfinder.route import Router
from wayfinder.services.audited_signs import Audited, load_audited
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.read import read_plan
from wayfinder.services.impact.journeys import JourneyImpact, compare_journeys
from wayfinder.services.impact.reach import Reach, compare_reach
from wayfinder.services.impact.side import Side, make_epoch, set_aside
from wayfinder.services.served import Served
from wayfinder.store import Store
from wayfinder.store.venues import get_venue


class Affected(StrEnum):
    """What becomes of a display.

    It is removed, moved, its wall is gone, it says something else, ways from it are barred or take
    longer, or are barred in a wheelchair alone.
    """

    REMOVED = "removed"
    MOVED = "moved"
    WALL_GONE = "wall-gone"
    OTHERWISE = "otherwise"
    WAYS = "ways"
    STEP_FREE_WAYS = "step-free-ways"


Tell = Callable[[str, float], object]
"""Is told what is done from now on, and how much of all is done, 0 to 1."""


def keep_quiet(_step: str, _share: float) -> None:
    """Tell nobody."""


_CODES = {"removed": Affected.REMOVED, "moved": Affected.MOVED, "wall-gone": Affected.WALL_GONE}


@dataclass(frozen=True, slots=True)
class DisplayImpact:
    """A display that is affected.

    Parameters
    ----------
    display
        Its id in the plan that it has now.
    reasons
        What becomes of it.
    """

    display: str
    reasons: tuple[Affected, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change does.

    Parameters
    ----------
    reach
        Which places and rooms are lost, or lose step-free access.
    journeys
        To whom the ways are barred or longer.
    wrong
        What signs that are printed say and is no longer right.
    planned
        How many signs that are not printed yet have to say something else.
    displays
        The displays that are affected: each shows by itself what is right then.
    meanwhile
        Which places and rooms are lost while what is closed now is; None: nothing is.
    """

    reach: Reach
    journeys: JourneyImpact
    wrong: tuple[Wrong, ...]
    planned: int
    displays: tuple[DisplayImpact, ...]
    meanwhile: Reach | None = None


def find_draft_impact(
    desk: Desk,
    slug: str,
    draft_id: int,
    number: int | None = None,
    *,
    served: Served | None = None,
    closed: Collection[str] = (),
    tell: Tell = keep_quiet,
) -> Impact | None:
    """Find what publishing a draft would do, beside the release in force.

    Takes some seconds on a large hospital; nothing that people ask for waits for it.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    draft_id
        The draft.
    number
        The entry after which it would be published; None: the last one.
    served
        The venue as it is served, where the caller has it: its network is not built again.
    closed
        Ids of what is closed now: what the draft does while it is, is found too.
    tell
        Told what is done, and how much of all is done, 0 to 1.

    Returns
    -------
    Impact or None
        None where nothing is in force yet.

    Raises
    ------
    UnknownError
        There is no such venue or draft, or it has not so many entries.
    """
    with desk.store.read() as connection:
        published = get_venue(connection, slug).published
    found = read_plan(desk, slug, draft_id, number)
    if published is None:
        return None
    tell("networks", 0.02)
    audited = load_audited(desk.store, slug, published)
    with without_collector():
        before = Side(_find_router(audited, served))
        after = Side(Router(desk.look(draft_id, found.plan).network))
        same = replace(audited, plan=found.plan).find_same(audited)
        return compare(
            before, after, same=same, is_printed=audited.is_printed, closed=closed, tell=tell
        )


def find_release_impact(
    store: Store,
    slug: str,
    before: int,
    after: int,
    *,
    closed: Collection[str] = (),
    tell: Tell = keep_quiet,
) -> Impact:
    """Find what putting a release into force in the place of another one would do.

    Parameters
    ----------
    store
        The store.
    slug
        The venue.
    before, after
        Numbers of the releases.
    closed, tell
        As for `find_draft_impact`.

    Raises
    ------
    UnknownError
        There is no such venue or release.
    """
    tell("networks", 0.02)
    audited, other = (load_audited(store, slug, number) for number in (before, after))
    with without_collector():
        sides = (Side(Router(build_network(one.plan))) for one in (audited, other))
        same = replace(audited, plan=other.plan).find_same(audited)
        return compare(*sides, same=same, is_printed=audited.is_printed, closed=closed, tell=tell)


def find_closure_impact(
    router: Router,
    features: Iterable[str],
    *,
    closed: Collection[str] = (),
    is_printed: Callable[[str], bool] = lambda _: True,
    tell: Tell = keep_quiet,
) -> Impact:
    """Find what closing something would do, beside what is closed already.

    As on a day on which all is open that nobody has closed: what is told at midnight holds for the
    morning too.

    Parameters
    ----------
    router
        Finds ways on the plan in force.
    features
        Ids of what would be closed.
    closed
        Ids of what is closed.
    is_printed
        Tells of a sign's id whether it is more than data.
    tell
        Told what is done, and how much of all is done, 0 to 1.
    """
    with without_collector():
        before = Side(set_aside(router), make_epoch(router, closed))
        tell("signs", 0.1)
        after = before.with_epoch(make_epoch(router, {*closed, *features}))
        return compare(before, after, is_printed=is_printed, tell=tell)


def compare(
    before: Side,
    after: Side,
    *,
    same: Mapping[str, str] | None = None,
    is_printed: Callable[[str], bool] = lambda _: True,
    closed: Collection[str] = (),
    tell: Tell = keep_quiet,
) -> Impact:
    """Compare two sides.

    Parameters
    ----------
    before, after
        The sides.
    same
        Ids of signs that have another id after, each with that one.
    is_printed
        Tells of a sign's id before whether it is more than data.
    closed
        Ids of what is closed now: what is reached is compared while it is too.
    tell
        Told what is done, and how much of all is done, 0 to 1.
    """
    tell("journeys", 0.28)
    reach = compare_reach(before, after)
    meanwhile = None
    if closed:
        meanwhile = compare_reach(*(_close(side, closed) for side in (before, after)))
    journeys = compare_journeys(before, after, reach)
    for share, side in ((0.48, before), (0.6, after)):
        tell("signs", share)
        _ = side.walker
    tell("differences", 0.77)
    found = list_wrong(
        (before.router, before.walker), (after.router, after.walker), dict(same or {})
    )
    before_of = {new: old for old, new in (same or {}).items()}
    signs = [one for one in found if one.sign not in before.displays]
    wrong = tuple(one for one in signs if is_printed(before_of.get(one.sign, one.sign)))
    planned = {one.sign for one in signs} - {one.sign for one in wrong}
    displays = _list_displays(before, found, journeys)
    return Impact(reach, journeys, wrong, len(planned), displays, meanwhile)


def _close(side: Side, features: Collection[str]) -> Side:
    """Return a side on which something is closed, as far as it is there."""
    own = [feature for feature in features if feature in side.network.plan]
    return side.at_epoch(make_epoch(side.router, own))


def _list_displays(
    before: Side, found: Iterable[Wrong], journeys: JourneyImpact
) -> tuple[DisplayImpact, ...]:
    reasons: dict[str, dict[Affected, None]] = {key: {} for key in before.displays}
    for one in found:
        if one.sign in reasons:
            code = _CODES.get(one.code, Affected.OTHERWISE)
            is_board = before.displays[one.sign].kind is DisplayKind.BOARD
            # a kiosk says nothing until it is asked
            if code is not Affected.OTHERWISE or is_board:
                reasons[one.sign][code] = None
    for key in reasons.keys() & journeys.starts:
        reasons[key][Affected.WAYS] = None
    for key in reasons.keys() & journeys.starts_on_wheels:
        reasons[key][Affected.STEP_FREE_WAYS] = None
    return tuple(DisplayImpact(key, tuple(codes)) for key, codes in reasons.items() if codes)


def _find_router(audited: Audited, served: Served | None) -> Router:
    """Return a router of the release in force, with trees of its own."""
    if served is not None and served.snapshot.release.number == audited.release:
        return set_aside(served.router)
    return Router(build_network(audited.plan))
