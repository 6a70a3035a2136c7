"""What is kept of a sign beside the plan: how far it has come, and where it was last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from wayfinder.model.labels import Labels

_NO_LABELS: Labels = MappingProxyType({})


class SignState(StrEnum):
    """How far a sign has come, from the plan to the wall and off it."""

    PLANNED = "planned"
    PRINTED = "printed"
    MOUNTED = "mounted"
    DAMAGED = "damaged"
    REMOVED = "removed"


NEXT_STATES: Mapping[SignState, tuple[SignState, ...]] = MappingProxyType(
    {
        SignState.PLANNED: (SignState.PRINTED, SignState.REMOVED),
        # printed once more: the first print was spoilt, or what it says has changed
        SignState.PRINTED: (SignState.PRINTED, SignState.MOUNTED, SignState.REMOVED),
        # what hangs is printed anew: it hangs until it is said that the new one does
        SignState.MOUNTED: (SignState.PRINTED, SignState.DAMAGED, SignState.REMOVED),
        SignState.DAMAGED: (SignState.PRINTED, SignState.MOUNTED, SignState.REMOVED),
        # taken down for works, or by mistake in a list: it hangs again, as what it was
        SignState.REMOVED: (SignState.PLANNED, SignState.MOUNTED),
    }
)
"""What may become of a sign in each state (ours)."""

HANGING = frozenset({SignState.MOUNTED, SignState.DAMAGED})
"""States of what is on its wall, and stays in them when it is printed anew."""


@dataclass(frozen=True, slots=True)
class SignPlace:
    """Where a sign was in the last release in force that had it.

    Parameters
    ----------
    release
        Number of that release.
    level, unit
        Ids of where it stood.
    place
        Longitude and latitude in degrees: the frame in metres is each release's own.
    bearing_deg
        Outward normal of its face, degrees clockwise from true north; None where unknown.
    name, floor, building
        What its place, the floor and the building were called, by language.
    """

    release: int
    level: str
    unit: str
    place: tuple[float, float]
    bearing_deg: float | None = None
    name: Labels = field(default_factory=lambda: _NO_LABELS)
    floor: Labels = field(default_factory=lambda: _NO_LABELS)
    building: Labels = field(default_factory=lambda: _NO_LABELS)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "release": self.release,
            "level": self.level,
            "unit": self.unit,
            "place": list(self.place),
            "bearing_deg": self.bearing_deg,
            "name": dict(self.name),
            "floor": dict(self.floor),
            "building": dict(self.building),
        }

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> "SignPlace | None":
        """Read what `to_json` wrote; None for an empty object."""
        if not said:
            return None
        lon, lat = said["place"]
        bearing = said["bearing_deg"]
        return cls(
            release=said["release"],
            level=said["level"],
            unit=said["unit"],
            place=(float(lon), float(lat)),
            bearing_deg=None if bearing is None else float(bearing),
            name=MappingProxyType(said["name"]),
            floor=MappingProxyType(said["floor"]),
            building=MappingProxyType(said["building"]),
        )
