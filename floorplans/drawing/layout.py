"""What all who draw the hospital share: where its buildings stand, when their doors are open."""

from floorplans.drawing.kit import Box

SITE = Box(0, 0, 320, 260)
OUTPATIENT = Box(100, 60, 190, 108)
DIAGNOSTICS = Box(100, 130, 180, 170)
INPATIENT = Box(10, 130, 78, 166)
EMERGENCY = Box(215, 125, 275, 165)
INFECTIOUS = Box(230, 205, 270, 230)
UNDERGROUND_PARKING = Box(100, 2, 190, 56)
"""P2, on level B1."""

LINK_AB = Box(136, 108, 144, 130)
"""From A to B on 1F, 2F and 3F; drawn on the floors of A."""
LINK_BC = Box(78, 146, 100, 150)
"""From B to C on 2F; drawn on the floor of B."""
LINK_BD = Box(180, 146, 215, 150)
"""From B to D on 1F, with the ramp of 0.9 m; drawn on the floor of B."""
TUNNEL_AP = Box(140, 56, 150, 60)
"""From A B1 to P2; drawn on the floor of A."""

ORDINALS = {"B1": -1, **{f"{n}F": n - 1 for n in range(1, 13)}}
"""Label of a floor to its ordinal, the same in all buildings."""

DAY = "Mo-Su 07:00-18:00"
"""The public doors of the outpatient and diagnostics buildings."""
CLINICS = "Mo-Sa 08:00-17:30"
"""Outpatient departments."""
VISITS = "Mo-Su 15:00-20:00"
"""Visiting hours of the wards."""
TOWER = "Mo-Su 06:00-21:00"
"""The lobby of the inpatient tower; by intercom at other times."""
