"""Auditing signs: seconds against the number of journeys that are walked by signs alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from time import process_time

from wayfinder.bench.report import Claim, Section
from wayfinder.bench.worlds import Worlds
from wayfinder.checks.sign_audit import PROFILES, audit_signs, list_journeys
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.formats import read_plan
from wayfinder.graph import build_network
from wayfinder.model import Conditions, Plan, list_signs
from wayfinder.resources import floorplans_dir
from wayfinder.route import Router
from wayfinder.services.printed_signs import write_out

_AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
"""A Monday morning in the samples' time zone: everything is open."""

_PARTS = 4
_WALK_S, _ALL_S = 60.0, 120.0

Row = tuple[str, int, float, float]


def measure_sign_audits(worlds: Worlds) -> Iterator[Section]:
    """Measure how long walks by signs take, and whole audits."""
    name = "clinic" if worlds.quick else "hospital"
    worlds.say(f"auditing the signs of the sample {name}")
    plan = read_plan(floorplans_dir() / name).plan
    walks = list(_measure_walks(plan))
    audits = [_measure_audit(plan, profiles) for profiles in ((PROFILES[0],), PROFILES)]
    claims = (
        Claim("seconds for the whole audit on foot", audits[0][2], _WALK_S),
        Claim("seconds for the audit of three profiles", audits[1][2], _ALL_S),
    )
    note = (
        f"By {len(list_signs(plan))} faces; seconds of one processor, the plan's network not "
        "counted. Each row begins afresh: what one sees from a place is computed once, so that a "
        "journey costs less the more there are. An audit walks and judges every line of every sign."
    )
    columns = ("what", "journeys", "s", "ms a journey")
    yield Section("sign-audits", "Auditing signs", columns, (*walks, *audits), claims, (note,))


def _measure_walks(plan: Plan) -> Iterator[Row]:
    """Yield rows of a share of the journeys each, up to all of them."""
    total = sum(1 for _ in list_journeys(*_make_walker(plan), _AT, Conditions()))
    for part in range(1, _PARTS + 1):
        count = total * part // _PARTS
        router, walker = _make_walker(plan)
        start = process_time()
        journeys = islice(list_journeys(router, walker, _AT, Conditions()), count)
        walked = sum(walker.walk(*journey).walked_m >= 0 for journey in journeys)
        yield _make_row("walked on foot", walked, process_time() - start)


def _make_walker(plan: Plan) -> tuple[Router, SignWalker]:
    router = Router(build_network(plan))
    epoch = router.schedule.find_epoch(_AT, Conditions())
    signs = write_out(router, list_signs(plan))
    return router, SignWalker(router, signs, profile=PROFILES[0], epoch=epoch)


def _measure_audit(plan: Plan, profiles: tuple[str, ...]) -> Row:
    router = Router(build_network(plan))
    start = process_time()
    signs = write_out(router, list_signs(plan))
    audit = audit_signs(router, signs=signs, profiles=profiles, departure=_AT)
    seconds = process_time() - start
    journeys = sum(share.journeys for share in audit.shares)
    return _make_row(f"audit: {', '.join(profiles)}", journeys, seconds)


def _make_row(what: str, journeys: int, seconds: float) -> Row:
    return what, journeys, seconds, 1000.0 * seconds / max(1, journeys)
