"""Who gets through what: the verdict on each group of edges for a profile.

Known too narrow, too steep, tagged unfit: barred. Unknown: barred for a bed; for a wheelchair
barred unless tagged accessible, or vouched for by a default of the venue, which leaves the answer
unverified.

The figures for corridors hold for everything that is walked along or through. In a room at either
end of the way they do not: no standard has a figure for it, its door decides, and only a width that
is tagged can bar it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wayfinder.graph import EdgeKind, Network
from wayfinder.model import Feature, Opening, Plan, Relationship, Unit
from wayfinder.model.categories import LIFT, RAMP, STEPPED, is_through
from wayfinder.model.values import read_number
from wayfinder.route.profiles import Lift, Profile, Room
from wayfinder.route.table import Group

UNKNOWN = frozenset({"unknown-width", "unknown-incline", "unknown-lift"})
"""Reasons that say no more than that the plan does not say enough."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a profile passes.

    Parameters
    ----------
    reason
        Why it does not, as the catalogue entry ``bar.<reason>``, or None where it does.
    culprits
        Ids of the features that bar.
    unverified
        Ids of the features that a default of the venue vouches for.
    """

    reason: str | None = None
    culprits: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()


PASSABLE = Verdict()


def judge(network: Network, group: Group, profile: Profile) -> Verdict:
    """Tell whether a profile passes a group of edges, whatever the hour."""
    plan = network.plan
    features = [plan.features[key] for key in group.features if key in plan]
    verdict = _judge_access(network, group, profile) or _judge_steps(plan, group, profile)
    if verdict is not None or profile.room is None:
        return verdict or PASSABLE
    unfit = tuple(feature.id for feature in features if feature.wheelchair is False)
    if unfit:
        return Verdict("tagged-unfit", unfit)
    return _KINDS[group.kind](_Case(plan, group, tuple(features), profile.room))


def _judge_access(network: Network, group: Group, profile: Profile) -> Verdict | None:
    """Bar what nobody opens in daily life, and what not everybody may open.

    A restricted door or way does not bar those who leave a restricted zone; into one the zone
    itself decides.
    """
    if group.emergency:
        return Verdict("emergency-only", group.features[:1])
    if group.access is None or group.access in profile.enters:
        return None
    zoned = any(unit in network.zone_of_unit for unit in group.units)
    return None if zoned else Verdict("restricted", group.features[:1])


def _judge_steps(plan: Plan, group: Group, profile: Profile) -> Verdict | None:
    if group.kind is EdgeKind.STAIRS and not profile.stairs:
        return Verdict("steps", group.features[:1])
    if group.kind is EdgeKind.ESCALATOR and not profile.escalators:
        return Verdict("escalator", group.features[:1])
    unit = plan.find(group.units[0], Unit)
    if (
        profile.room
        and group.kind is EdgeKind.WALK
        and unit is not None
        and unit.category in STEPPED
    ):
        return Verdict("steps", (unit.id,))
    return None


@dataclass(frozen=True, slots=True)
class _Case:
    """A group of edges before a profile that needs room."""

    plan: Plan
    group: Group
    features: tuple[Feature, ...]
    room: Room

    def settle_unknown(self, feature: Feature, least: float, reason: str) -> Verdict:
        """Judge a feature of which the plan does not say enough."""
        if feature.wheelchair and self.room.tag_counts:
            return PASSABLE
        vouched = find_default_m(self.plan, feature)
        if vouched is None or not self.room.defaults_count:
            return Verdict(reason, (feature.id,))
        if vouched < least:
            return Verdict("narrow", (feature.id,))
        return Verdict(unverified=(feature.id,))

    def judge_width(self, feature: Feature, least: float) -> Verdict:
        """Judge a feature by the width of the group, else by what is known of it."""
        width = self.group.clear_width_m
        width = feature.clear_width_m if width is None else width
        if width is None:
            return self.settle_unknown(feature, least, "unknown-width")
        return PASSABLE if width >= least else Verdict("narrow", (feature.id,))

    def judge_slope(self, feature: Feature, *, needed: bool) -> Verdict:
        """Judge a slope; where it is needed, not knowing it counts as unknown."""
        limit, incline = self.room.incline, self.group.incline
        if limit is None:
            return PASSABLE
        if incline is None:
            width = self.room.corridor_m
            return self.settle_unknown(feature, width, "unknown-incline") if needed else PASSABLE
        return Verdict("steep", (feature.id,)) if abs(incline) > limit + 1e-9 else PASSABLE


def find_default_m(plan: Plan, feature: Feature) -> float | None:
    """Return the clear width in metres that the venue vouches for, or None.

    Looked up by the feature's category, by what stands before the dot in it, by ``door`` for an
    opening, then by ``*``.
    """
    defaults: Mapping[str, float] = {} if plan.venue is None else plan.venue.default_clear_widths_m
    category = feature.category
    keys = [
        category,
        category.split(".", 1)[0],
        *(["door"] if isinstance(feature, Opening) else []),
        "*",
    ]
    return next((defaults[key] for key in keys if key in defaults), None)


def _both(*verdicts: Verdict) -> Verdict:
    """Join verdicts: the first that bars, else all that is unverified."""
    barring = next((verdict for verdict in verdicts if verdict.reason), None)
    if barring is not None:
        return barring
    found = dict.fromkeys(key for verdict in verdicts for key in verdict.unverified)
    return Verdict(unverified=tuple(found)) if found else PASSABLE


def _judge_walk(case: _Case) -> Verdict:
    unit = case.plan.find(case.group.units[0], Unit)
    if unit is None:  # in the open
        return PASSABLE
    slope = case.judge_slope(unit, needed=unit.category == RAMP)
    if not is_through(unit) and not case.group.crosses_room:
        width = case.group.clear_width_m
        narrow = width is not None and width < case.room.door_m
        return Verdict("narrow", (unit.id,)) if narrow else slope
    return _both(case.judge_width(unit, case.room.corridor_m), slope)


def _judge_door(case: _Case) -> Verdict:
    opening = next((feature for feature in case.features if isinstance(feature, Opening)), None)
    lift = next((unit for unit in _units(case) if unit.category == LIFT), None)
    if opening is None:
        return _judge_opening(case)
    sill, limit = opening.threshold_mm, case.room.threshold_mm
    if limit is not None and sill is not None and sill > limit:
        return Verdict("threshold", (opening.id,))
    if lift is not None:
        return _judge_lift_door(case, opening, lift)
    least = case.room.automatic_door_m if opening.automatic else case.room.door_m
    return case.judge_width(opening, least)


def _judge_lift_door(case: _Case, opening: Opening, lift: Unit) -> Verdict:
    """Judge the door of a lift, of which the lift itself may know the width."""
    least = case.room.lift.door_width_m
    if case.group.clear_width_m is not None or opening.wheelchair:
        return case.judge_width(opening, least)
    width = _lift_size(lift, "door_width_m")
    if width is not None:
        return PASSABLE if width >= least else Verdict("lift-small", (lift.id,))
    if lift.wheelchair and case.room.tag_counts:
        return PASSABLE
    return case.judge_width(opening, least)


def _judge_opening(case: _Case) -> Verdict:
    """Judge an open boundary, which only a tagged width can bar: the spaces have theirs."""
    width = case.group.clear_width_m
    if width is not None and width < case.room.door_m:
        return Verdict("narrow", case.group.features)
    return PASSABLE


def _judge_way(case: _Case) -> Verdict:
    """Judge a drawn way or a ramp between levels."""
    if not case.features:
        return PASSABLE
    drawn = tuple(feature for feature in case.features if isinstance(feature, Relationship))
    subjects: tuple[Feature, ...] = drawn or case.features
    ramp = case.group.kind is EdgeKind.RAMP
    return _both(
        *(case.judge_width(subject, case.room.corridor_m) for subject in subjects),
        *(case.judge_slope(subject, needed=ramp) for subject in subjects),
    )


def _judge_lift(case: _Case) -> Verdict:
    lifts = [unit for unit in case.features if isinstance(unit, Unit) and unit.category == LIFT]
    return _both(*(_judge_car(case, lift) for lift in lifts)) if lifts else _judge_way(case)


def _judge_car(case: _Case, lift: Unit) -> Verdict:
    """Judge the car and its door; one size that is too small settles it."""
    least: Lift = case.room.lift
    sizes = (
        (_lift_size(lift, "car_width_m"), least.car_width_m),
        (_lift_size(lift, "car_depth_m"), least.car_depth_m),
        (_lift_size(lift, "door_width_m"), least.door_width_m),
    )
    if any(size is not None and size < limit for size, limit in sizes):
        return Verdict("lift-small", (lift.id,))
    if all(size is not None for size, _ in sizes[:2]):
        return PASSABLE
    return case.settle_unknown(lift, least.door_width_m, "unknown-lift")


def _units(case: _Case) -> list[Unit]:
    found = (case.plan.find(key, Unit) for key in case.group.units)
    return [unit for unit in found if unit is not None]


def _lift_size(lift: Unit, key: str) -> float | None:
    return read_number(lift.lift, key)


_KINDS: Mapping[EdgeKind, Callable[[_Case], Verdict]] = {
    EdgeKind.WALK: _judge_walk,
    EdgeKind.DOOR: _judge_door,
    EdgeKind.OPENING: _judge_opening,
    EdgeKind.MANUAL: _judge_way,
    EdgeKind.RAMP: _judge_way,
    EdgeKind.STAIRS: _judge_way,
    EdgeKind.ESCALATOR: _judge_way,
    EdgeKind.LIFT_BOARD: _judge_lift,
    EdgeKind.LIFT_RIDE: _judge_lift,
    EdgeKind.LIFT_ALIGHT: _judge_lift,
}
