"""E, the infectious diseases building: in on the east, through, and out on the west.

No door joins it to another building for anybody. Patients stay in the south, staff come in from the
north; between them lie the rooms in which protective clothing is put on and taken off.
"""

from floorplans.drawing.infectious.first import draw_first
from floorplans.drawing.infectious.second import draw_second
from floorplans.drawing.infectious.zones import draw_shafts
from floorplans.drawing.kit import Building, Hospital
from floorplans.drawing.layout import INFECTIOUS, ORDINALS


def draw(hospital: Hospital) -> Building:
    """Draw the building."""
    building = hospital.building(
        "E",
        "感染楼 / Infectious Diseases Building: 感染科, 发热门诊楼, E座",
        INFECTIOUS,
        his="E",
        zone=("E", "yellow"),
    )
    for label, name in (("1F", "一层"), ("2F", "二层")):
        words = f"感染楼{name} / Infectious Diseases Building, Floor {label}"
        building.floor(label, ORDINALS[label], words)
    draw_shafts(building)
    draw_first(building.floors["1F"])
    draw_second(building.floors["2F"])
    for floor in building.floors.values():
        floor.section(
            building.footprint, "E区（黄区） / Zone E (yellow)", key="zone", zone=("E", "yellow")
        )
    return building
