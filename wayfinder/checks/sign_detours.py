"""Temporary signs for a closure: at the signs that it makes wrong, and on the way round."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import atan2, degrees

from wayfinder.checks.sign_audit import walk_all
from wayfinder.checks.sign_changes import Wrong, list_wrong
from wayfinder.checks.sign_faults import MOST_LINES
from wayfinder.checks.sign_walker import SignWalker, Walk
from wayfinder.guide.pointing import point_along
from wayfinder.model import Arrow, Conditions, Message, Sign
from wayfinder.route import Router

_ROUNDS = 6
"""After so many signs on one way nobody is led on by further ones (ours)."""

_AHEAD_M = 2.0
_SPOT_M = 2.0


@dataclass(frozen=True)
class Detours:
    """What to put up while something is closed.

    Parameters
    ----------
    wrong
        What the mounted signs say that does not hold.
    signs
        Temporary faces: over those that are wrong, and where nothing tells how to go on.
    journeys
        How many journeys have a way while it is closed.
    arrived_before, arrived_closed, arrived
        How many of them arrive: by the signs that hang with nothing closed, by them now, and with
        the temporary ones.
    """

    wrong: tuple[Wrong, ...]
    signs: tuple[Sign, ...]
    journeys: int
    arrived_before: int
    arrived_closed: int
    arrived: int


def plan_detours(
    router: Router,
    signs: Sequence[Sign],
    conditions: Conditions,
    *,
    departure: datetime,
    profile: str = "walk",
) -> Detours:
    """Plan the temporary signs that a closure needs.

    Only who arrived before, and no longer does, is led: what was missing before stays missing.
    """
    calm = Conditions()
    epochs = [router.schedule.find_epoch(departure, one) for one in (calm, conditions)]
    before, after = (SignWalker(router, signs, profile=profile, epoch=epoch) for epoch in epochs)
    usual = {_key(walk): walk for walk in walk_all(router, before, departure, calm)}
    closed = {_key(walk): walk for walk in walk_all(router, after, departure, conditions)}
    wanted = {key for key in closed if key in usual and usual[key].arrived}
    wrong = list_wrong((router, before), (router, after))
    placed = list(_correct(wrong, signs))
    walker, walks = after, closed
    for number in range(_ROUNDS):
        hung = _hang(signs, placed)
        walker = SignWalker(router, hung, profile=profile, epoch=epochs[1])
        walks = {_key(walk): walk for walk in walk_all(router, walker, departure, conditions)}
        lost = [walks[key] for key in sorted(wanted) if not walks[key].arrived]
        fresh = list(_guide(walker, lost, number)) if number + 1 < _ROUNDS else []
        if not fresh:
            break
        placed += fresh
    return Detours(
        wrong,
        tuple(placed),
        len(closed),
        sum(usual[key].arrived for key in closed if key in usual),
        sum(walk.arrived for walk in closed.values()),
        sum(walk.arrived for walk in walks.values()),
    )


def _key(walk: Walk) -> tuple[str, str]:
    return walk.entrance, walk.goal


def _correct(wrong: Iterable[Wrong], signs: Sequence[Sign]) -> Iterator[Sign]:
    """Yield a temporary face over each sign whose arrows are wrong, with those that are right."""
    changed: defaultdict[str, dict[str, Arrow | None]] = defaultdict(dict)
    for one in wrong:
        if one.to is not None and one.code in {"arrow", "no-way"}:
            changed[one.sign][one.to] = one.right
    for sign in signs:
        if sign.id in changed:
            arrows = {message.to: message.arrow for message in sign.messages}
            right = {to: changed[sign.id].get(to, arrow) for to, arrow in arrows.items()}
            messages = tuple(Message(to, arrow) for to, arrow in right.items() if arrow is not None)
            yield replace(sign, id=f"detour-over-{sign.id}", code=None, messages=messages)


def _hang(signs: Sequence[Sign], placed: Sequence[Sign]) -> tuple[Sign, ...]:
    """Return what hangs: signs under a temporary face say what that says."""
    over = {sign.id.removeprefix("detour-over-"): sign for sign in placed}
    covered = [
        replace(sign, messages=over[sign.id].messages) if sign.id in over else sign
        for sign in signs
    ]
    return (*covered, *(sign for sign in placed if not sign.id.startswith("detour-over-")))


def _guide(walker: SignWalker, lost: Iterable[Walk], number: int) -> Iterator[Sign]:
    """Yield faces where those who are lost stand, that say how to go on."""
    spots: defaultdict[tuple[str, int, int], list[Walk]] = defaultdict(list)
    for walk in lost:
        x, y = walk.at
        spots[walk.level_id, round(x / _SPOT_M), round(y / _SPOT_M)].append(walk)
    for place, (spot, walks) in enumerate(sorted(spots.items())):
        face = _stand(walker, walks[0], f"detour-{number}-{place}")
        if face is None or face.facing_deg is None:
            continue
        messages = []
        for goal in dict.fromkeys(walk.goal for walk in walks):
            line = walker.find_line(spot[0], walks[0].at, goal)
            arrow = point_along(line, face.facing_deg) if len(line) > 1 else None
            if arrow is not None:
                messages.append(Message(goal, arrow))
        for first in range(0, len(messages), MOST_LINES):
            lines = tuple(messages[first : first + MOST_LINES])
            yield replace(face, id=f"{face.id}-{first // MOST_LINES}", messages=lines)


def _stand(walker: SignWalker, walk: Walk, sign_id: str) -> Sign | None:
    """Return a stand before somebody who does not know how to go on, facing him."""
    region = walker.sight.find_region(walk.level_id, walk.at)
    if region is None:
        return None
    (x, y), (hx, hy) = walk.at, walk.heading
    clear_m = walker.strolls.look_m(region, walk.at, walk.heading)
    far_m = min(_AHEAD_M, max(0.5, clear_m - 0.3))
    bearing_deg = degrees(atan2(-hx, -hy)) % 360.0
    unit = min(region.units, default="")
    at = (x + hx * far_m, y + hy * far_m)
    return Sign(sign_id, walk.level_id, unit, at, bearing_deg, "totem")
