"""Audits of a venue's signs in the background: who arrives, what is wrong, what leads round.

What comes of each is the document that ``wayfinder sign-audit --json`` prints; the order for a
batch is in it.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from wayfinder.checks.public_places import list_entrances, list_public_places
from wayfinder.checks.sign_audit import PROFILES, audit_signs
from wayfinder.checks.sign_changes import list_wrong
from wayfinder.checks.sign_detours import plan_detours
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.collector import without_collector
from wayfinder.graph import build_network
from wayfinder.model import Closure, Conditions, Plan, Release
from wayfinder.model.sign_records import SignState
from wayfinder.route import Router
from wayfinder.services.audited_signs import ON_WALLS, Audited, load_audited
from wayfinder.services.background import Run
from wayfinder.services.printed_signs import write_temporary
from wayfinder.services.sign_documents import make_audit, make_changes, make_detours
from wayfinder.services.sign_work.coding import coded
from wayfinder.services.sign_work.errors import SignWorkError
from wayfinder.services.whereabouts import Whereabouts

Document = dict[str, Any]


def run_audit(work: Run) -> Document:
    """Walk from every public entrance to every public place by the signs alone.

    Its arguments: ``at``, when; ``profiles``; ``hanging``, whether only by what hangs today.

    Raises
    ------
    SignWorkError, PrintingError
        Nothing is published, or nobody comes to the venue from outside.
    """
    asked = work.arguments
    states = tuple(ON_WALLS - {SignState.PRINTED}) if asked["hanging"] else ()
    audited = _load(work, None, states)
    router = _build_visited(audited.plan)
    work.tell("reading", 0.1)
    audited = audited.write_out(router)
    work.tell("walking", 0.2)
    audit = audit_signs(
        router,
        signs=audited.signs,
        profiles=asked["profiles"] or PROFILES,
        departure=datetime.fromisoformat(asked["at"]),
    )
    where = Whereabouts(audited.plan, audited.signs, "en")
    return {**_describe(work, audited), **make_audit(audited, audit, where)}


def run_changes(work: Run) -> Document:
    """Compare what is printed with what is right in the release in force.

    Its argument: ``against``, the number of the release that the signs were printed from.
    """
    old = _load(work, int(work.arguments["against"]))
    audited = _load(work, None)
    work.tell("reading", 0.1)
    before = _hang(old)
    work.tell("comparing", 0.4)
    wrong = list_wrong(before, _hang(audited), audited.find_same(old))
    printed = [one for one in wrong if old.is_printed(one.sign)]
    left = {one.sign for one in wrong} - {one.sign for one in printed}
    document = make_changes((*audited.signs, *old.signs), printed)
    # signs that the plan has under another id are printed under that
    hung = {sign.id for sign in audited.signs}
    document["reprint"] = [one for one in document["reprint"] if one in hung]
    described = _describe(work, audited)
    return {**described, "against": old.release, "planned": len(left), **document}


def run_detours(work: Run) -> Document:
    """Tell which signs are wrong while something is closed, and plan what leads round it.

    Its arguments: ``closed``, ids; ``profile``, who is led; ``at``, when.
    """
    asked = work.arguments
    audited = _load(work, None)
    closed = tuple(one for one in asked["closed"] if one in audited.plan)
    if not closed:
        raise SignWorkError("nothing-closed")
    router = _build_visited(audited.plan)
    departure = datetime.fromisoformat(asked["at"])
    work.tell("reading", 0.1)
    audited = audited.write_out(router)
    work.tell("walking", 0.2)
    detours = plan_detours(
        router,
        audited.signs,
        Conditions(closures=tuple(map(Closure, closed))),
        departure=departure,
        profile=asked["profile"],
        is_printed=audited.is_printed,
        write=partial(write_temporary, at=departure),
    )
    return {**_describe(work, audited), **make_detours(audited, closed, detours)}


def _load(work: Run, number: int | None, states: Sequence[SignState] = ()) -> Audited:
    with coded():
        return load_audited(work.store, work.slug, number, states=states)


def _build_visited(plan: Plan) -> Router:
    with without_collector():
        network = build_network(plan)
    if not list_entrances(network):
        raise SignWorkError("no-entrance")
    if not list_public_places(network):
        raise SignWorkError("no-places")
    return Router(network)


def _hang(audited: Audited) -> tuple[Router, SignWalker]:
    with without_collector():
        router = Router(build_network(audited.plan))
    return router, SignWalker(router, audited.write_out(router).signs)


def _describe(work: Run, audited: Audited) -> Document:
    digest = Release(audited.plan).hash
    return {"source": work.slug, "release": audited.release, "plan": digest}
