"""D, the emergency building: open day and night, at the level of the ambulances."""

from floorplans.drawing.emergency.core import draw_shafts
from floorplans.drawing.emergency.first import draw_first
from floorplans.drawing.emergency.second import draw_second
from floorplans.drawing.kit import Building, Hospital
from floorplans.drawing.layout import EMERGENCY, ORDINALS


def draw(hospital: Hospital) -> Building:
    """Draw the building; its floor lies 0.9 m below that of diagnostics."""
    building = hospital.building(
        "D",
        "急诊楼 / Emergency Building: 急诊, 急救, D座, ER, A&E",
        EMERGENCY,
        his="D",
        zone=("D", "red"),
    )
    for label, name in (("1F", "一层"), ("2F", "二层")):
        words = f"急诊楼{name} / Emergency Building, Floor {label}"
        building.floor(label, ORDINALS[label], words)
    draw_shafts(building)
    draw_first(building.floors["1F"])
    draw_second(building.floors["2F"])
    for floor in building.floors.values():
        floor.section(
            building.footprint, "D区（红区） / Zone D (red)", key="zone", zone=("D", "red")
        )
    return building
