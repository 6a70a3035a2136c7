"""Somebody who goes about the sample hospital, and tells by which buildings, floors and lifts."""

from collections.abc import Sequence
from datetime import datetime

from wayfinder.model import Building, Closure, Conditions, Level, Plan, Unit
from wayfinder.route import Journey, Refusal, Router, find_places, find_time_zone
from wayfinder.route.journey import Segment, SegmentKind
from wayfinder.route.targets import NEAREST

DAY = "2026-11-23T10:00"
"""A Monday, in the middle of the morning."""
NIGHT = "2026-11-23T23:30"

RIDDEN = frozenset({SegmentKind.LIFT, SegmentKind.STAIRS, SegmentKind.ESCALATOR})


class Traveller:
    """Finds ways in a plan by codes and names.

    Parameters
    ----------
    router
        On the hospital.
    """

    def __init__(self, router: Router) -> None:
        self.router = router
        self.plan: Plan = router.network.plan
        self.zone = find_time_zone(self.plan)

    def find(self, text: str) -> str:
        """Return the only place that is called so."""
        found = find_places(self.plan, text)
        assert len(found) == 1, f"{text!r} are {len(found)} places"
        return found[0]

    def ask(
        self,
        *stops: str,
        profile: str = "walk",
        at: str = DAY,
        without: Sequence[str] = (),
    ) -> Journey | Refusal:
        """Ask for the way from the first stop over all others, ``without`` lifts by their codes."""
        start, *rest = [stop if stop.startswith(NEAREST) else self.find(stop) for stop in stops]
        closures = tuple(Closure(find_places(self.plan, lift)[0]) for lift in without)
        return self.router.find_route(
            start,
            rest,
            profile=profile,
            departure=datetime.fromisoformat(at).replace(tzinfo=self.zone),
            conditions=Conditions(closures),
        )

    def go(
        self,
        *stops: str,
        profile: str = "walk",
        at: str = DAY,
        without: Sequence[str] = (),
    ) -> Journey:
        """Find the way; there must be one."""
        found = self.ask(*stops, profile=profile, at=at, without=without)
        assert isinstance(found, Journey), (found.code, [self.say(key) for key in found.blocked_by])
        return found

    def trace(self, journey: Journey) -> list[str]:
        """Tell the floors that a journey leads over, and the lifts and stairs between them."""
        told: list[str] = []
        for segment in journey.segments:
            ridden = [self.say_shaft(segment)] if segment.kind in RIDDEN else []
            for word in (self.say_floor(segment.level), *ridden, self.say_floor(segment.to_level)):
                if not told or told[-1] != word:
                    told.append(word)
        return told

    def list_units(self, journey: Journey) -> set[str]:
        """List the ids of the units that a journey leads through."""
        return {unit for segment in journey.segments for unit in segment.units}

    def say_floor(self, level_id: str) -> str:
        """Say a floor with its building: ``C 11F``; ``outdoors`` for the grounds."""
        level = self.plan.find(level_id, Level)
        assert level is not None
        buildings = [self.plan.find(key, Building) for key in level.building_ids]
        codes = [building.codes["his"] for building in buildings if building]
        return f"{codes[0]} {level.short_name['en']}" if codes else "outdoors"

    def say_shaft(self, segment: Segment) -> str:
        """Say the code of a lift or an escalator, or ``stairs``."""
        if segment.kind is SegmentKind.STAIRS:
            return "stairs"
        unit = self.plan.find(segment.features[0], Unit)
        assert unit is not None
        return unit.codes["his"]

    def say(self, key: str) -> str:
        """Say what a feature is called."""
        feature = self.plan[key]
        return feature.name.get("en") or feature.feature_type
