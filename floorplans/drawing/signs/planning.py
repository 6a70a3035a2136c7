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
from wayfinder.checks.sign_extras import add_extras
from wayfinder.checks.sign_plan import add_signs, plan_signs
from wayfinder.graph import build_network
from wayfinder.model import Conditions, Release, Sign
from wayfinder.route import Router
from wayfinder.route.schedule import Epoch
from wayfinder.services.printed_signs import write_out
from wayfinder.services.served import Served, make_served

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
        for sign in _add_extras(served, found.signs, walkers)
        if sign.messages
    }
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


def _add_extras(
    served: Served, signs: Sequence[Sign], walkers: Sequence[tuple[str, Epoch]]
) -> Sequence[Sign]:
    """Return planned faces that also say where the emergency department, toilets and lifts are.

    Who walks by them reads the directories as well.
    """
    router = Router(build_network(add_signs(served.plan, signs)))
    directories = [sign for sign in served.signs.values() if sign.directory]
    hung = (*signs, *write_out(router, directories))
    return add_extras(router, hung, walkers=walkers)[: len(signs)]


if __name__ == "__main__":
    sys.exit(plan_hospital())
