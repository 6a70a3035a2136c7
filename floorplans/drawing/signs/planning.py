"""Plans what the signs of the hospital announce: where faces are missing, and the lines of all."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import dist
from typing import cast

from floorplans.drawing.kit import DrawingError, Hospital
from floorplans.drawing.kit.items import Mounting
from floorplans.drawing.qinghe import draw_hospital
from floorplans.drawing.signs import make_prefix
from floorplans.drawing.signs.placing import Placer
from floorplans.drawing.signs.planned import make_refs, name_floor, write_planned
from wayfinder.checks.sign_plan import plan_signs
from wayfinder.model import Conditions, Release, Sign
from wayfinder.services.served import Served, make_served
from wayfinder.services.sign_faces import make_face

_TOILETS = frozenset({"restroom", "restroom.unisex", "restroom.wheelchair"})

_WEEKDAY, _VISITING = "2026-11-23T10:00+08:00", "2026-11-23T16:00+08:00"
"""A Monday: when most come, and when the wards may be visited."""

_MOVED_M = 0.5
"""A face that has room only farther away than this is another one (ours)."""


def plan_hospital() -> int:
    """Plan the signs of the hospital as its table has them, and write ``planned.json``."""
    hospital = draw_hospital(planned=False)
    served = make_served("qinghe", Release(hospital.plan(), 1))
    kept = tuple(sign for sign in served.signs.values() if not sign.directory)
    router = served.router
    calm = Conditions()
    weekday = router.schedule.find_epoch(datetime.fromisoformat(_WEEKDAY), calm)
    visiting = router.schedule.find_epoch(datetime.fromisoformat(_VISITING), calm)
    walkers = (("walk", weekday), ("walk", visiting), ("easy", weekday))
    found = plan_signs(router, kept=kept, fit=Fitter(hospital).fit, walkers=walkers)
    sys.stderr.write(f"{found.arrived} of {found.journeys} arrive by {len(found.signs)} faces\n")
    added = [sign for sign in found.signs if sign.id not in served.signs]
    refs = _number(hospital, kept, added)
    names = {level.id: name_floor(level) for level in hospital.floors}
    faces = {
        refs[sign.id]: {
            "floor": names[sign.level_id],
            "x": sign.point[0],
            "y": sign.point[1],
            "bearing_deg": sign.bearing_deg or 0.0,
            "mounting": sign.mounting,
        }
        for sign in added
    }
    messages: dict[str, Mapping[str, str]] = {
        refs.get(sign.id, sign.ref): {one.to: str(one.arrow) for one in sign.messages}
        for sign in found.signs
        if sign.messages
    }
    messages |= _speak(served, [sign for sign in kept if sign.ref not in messages])
    write_planned(faces, messages)
    return 0


class Fitter:
    """Finds room for faces on the walls as they are drawn.

    Parameters
    ----------
    hospital
        The hospital with the signs of its table.
    """

    def __init__(self, hospital: Hospital) -> None:
        self._placer = Placer(hospital.floors)
        self._floors = {floor.id: floor for floor in hospital.floors}

    def fit(self, sign: Sign) -> Sign | None:
        """Return a face as it can hang, or None where there is no room."""
        bearing_deg = round(sign.bearing_deg or 0.0, 1) % 360
        floor = self._floors[sign.level_id]
        try:
            mounting = cast("Mounting", sign.mounting)
            at = self._placer.find_room(floor, "", sign.point, bearing_deg, mounting)
        except DrawingError:
            return None
        if dist(at, sign.point) > _MOVED_M:
            return None
        return replace(sign, point=at, bearing_deg=bearing_deg)


def _number(hospital: Hospital, kept: Sequence[Sign], added: Sequence[Sign]) -> Mapping[str, str]:
    """Return the numbers of added faces by their ids."""
    prefixes = {f.id: make_prefix(f.building.key, f.label) for f in hospital.floors}
    refs = make_refs([sign.ref for sign in kept], [prefixes[sign.level_id] for sign in added])
    return dict(zip((sign.id for sign in added), refs, strict=True))


def _speak(served: Served, silent: Sequence[Sign]) -> Mapping[str, Mapping[str, str]]:
    """Let faces that lead nowhere say where the toilets are.

    Lifts and places would send people another way than the faces that lead there.
    """
    said: dict[str, Mapping[str, str]] = {}
    for sign in silent:
        lines = make_face(served, sign.id).lines
        toilets = {line.to: str(line.arrow) for line in lines if line.category in _TOILETS}
        if toilets:
            said[sign.ref] = toilets
    return said


if __name__ == "__main__":
    sys.exit(plan_hospital())
