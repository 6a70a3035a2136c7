"""The ways between the buildings: A–B on 1F to 3F, the bridge B–C on 2F, the ramp B–D on 1F.

A link is a space of the first-named building's floor and has doors at both ends. The public doors
into B have its hours; beside each is a door for staff and beds that has none.
"""

from typing import Any

from floorplans.drawing.kit import Box, Floor, Hospital
from floorplans.drawing.kit.shapes import Xy
from floorplans.drawing.layout import DAY, LINK_AB, LINK_BC, LINK_BD

_SLIDING: dict[str, Any] = {"kind": "sliding", "automatic": True, "material": "glass"}
_CLOSED_AT_NIGHT = "18:00至次日7:00关闭，请走急诊楼 / Closed 18:00–7:00, please come by Emergency"
_RISE_M = 0.45
_RUN_M = 6.0


def draw(hospital: Hospital) -> None:
    """Draw all links; the buildings they join have been drawn.

    A door is drawn on the floor of the building that it leads into, whose wall it opens.
    """
    outpatient, diagnostics, inpatient, emergency = (hospital.buildings[key] for key in "ABCD")
    outpatient.annex(LINK_AB)
    diagnostics.annex(LINK_BC, "aerial")
    diagnostics.annex(LINK_BD)
    for label in ("1F", "2F", "3F"):
        _draw_to_outpatients(outpatient.floors[label], diagnostics.floors[label])
    _draw_bridge(diagnostics.floors["2F"], inpatient.floors["2F"])
    _draw_ramp(diagnostics.floors["1F"], emergency.floors["1F"])


def _draw_to_outpatients(floor: Floor, beyond: Floor) -> None:
    """Draw the link between outpatients and diagnostics, wide enough for seats along its glass."""
    names = {
        "1F": ("walkway", "门诊医技连廊 / Outpatient–Diagnostics Link"),
        "2F": ("footbridge", "二层连廊 / Link Bridge 2F"),
        "3F": ("footbridge", "三层连廊 / Link Bridge 3F"),
    }
    category, words = names[floor.label]
    floor.corridor(LINK_AB, words, category=category, clear_width_m=6.0, key="link to B")
    floor.door(140, LINK_AB.y0, 2.4, **_SLIDING)
    _draw_night_doors(beyond, (139, LINK_AB.y1), (142.2, LINK_AB.y1))
    for x0 in (LINK_AB.x0 + 0.3, LINK_AB.x1 - 0.9):
        floor.seats(Box(x0, 112, x0 + 0.6, 118), along="N", amenity=False)
        floor.amenity(x0 + (1.0 if x0 < LINK_AB.middle[0] else -0.4), 115, "seating")


def _draw_night_doors(floor: Floor, public: Xy, staff: Xy) -> None:
    """Draw the door that the public uses by day, and the one beside it that beds always use."""
    floor.door(*public, 2.0, hours=DAY, description=_CLOSED_AT_NIGHT, **_SLIDING)
    floor.door(*staff, 1.3, access="staff", **_SLIDING)


def _draw_bridge(floor: Floor, beyond: Floor) -> None:
    """Draw the bridge to the inpatient tower; visitors pass by day, beds at any time."""
    floor.corridor(
        LINK_BC, "住院医技连廊 / Inpatient Bridge: 天桥, 连廊, skybridge", category="footbridge"
    )
    beyond.door(LINK_BC.x0, 148, 2.4, **_SLIDING)
    _draw_night_doors(floor, (LINK_BC.x1, 147.2), (LINK_BC.x1, 149.1))


def _draw_ramp(floor: Floor, beyond: Floor) -> None:
    """Draw the way down to emergency: 0.9 m in two runs of 1:13.3 with a level rest between.

    A run at 1:12 may rise at most 0.75 m (GB 50763); two gentler ones are easier to push a bed up.
    """
    x, south, north = LINK_BD.x0 + 7, LINK_BD.y0, LINK_BD.y1
    first = Box(x, south, x + _RUN_M, north)
    rest = Box(first.x1, south, first.x1 + 1.8, north)
    second = Box(rest.x1, south, rest.x1 + _RUN_M, north)
    floor.corridor(Box(LINK_BD.x0, south, x, north), "急诊连廊 / Emergency Link")
    slope: dict[str, Any] = {"incline": round(_RISE_M / _RUN_M, 3), "wheelchair": True}
    for run in (first, second):
        floor.corridor(run, "急诊连廊坡道 / Emergency Link Ramp", category="ramp", **slope)
    floor.corridor(rest, "坡道休息平台 / Ramp Landing", clear_width_m=4.0)
    lower = Box(second.x1, south, LINK_BD.x1, north)
    floor.corridor(lower, "急诊连廊 / Emergency Link")
    floor.door(LINK_BD.x0, 148, 2.4, **_SLIDING)
    beyond.door(LINK_BD.x1, 148, 2.4, **_SLIDING)
