"""B, the diagnostics building: imaging, laboratory, endoscopy, dialysis, theatres."""

from floorplans.drawing.diagnostics.basement import draw_basement
from floorplans.drawing.diagnostics.core import draw_shafts
from floorplans.drawing.diagnostics.first import draw_first
from floorplans.drawing.diagnostics.fourth import draw_fourth
from floorplans.drawing.diagnostics.second import draw_second
from floorplans.drawing.diagnostics.third import draw_third
from floorplans.drawing.kit import Building, Hospital
from floorplans.drawing.layout import DIAGNOSTICS, LINK_BC, LINK_BD, ORDINALS

_FLOORS = (
    ("B1", "地下一层", draw_basement, None),
    ("1F", "一层", draw_first, LINK_BD),
    ("2F", "二层", draw_second, LINK_BC),
    ("3F", "三层", draw_third, None),
    ("4F", "四层", draw_fourth, None),
)


def draw(hospital: Hospital) -> Building:
    """Draw the building, with room on its floors for the links that belong to them."""
    building = hospital.building(
        "B",
        "医技楼 / Diagnostics Building: 检查楼, B座, tests and scans",
        DIAGNOSTICS,
        his="B",
        zone=("B", "green"),
    )
    for label, name, _, annex in _FLOORS:
        outline = DIAGNOSTICS if annex is None else [DIAGNOSTICS, annex]
        words = f"医技楼{name} / Diagnostics Building, Floor {label}"
        building.floor(label, ORDINALS[label], words, outline=outline)
    draw_shafts(building)
    for label, _, draw_floor, _ in _FLOORS:
        draw_floor(building.floors[label])
    for floor in building.floors.values():
        floor.section(
            building.footprint, "B区（绿区） / Zone B (green)", key="zone", zone=("B", "green")
        )
    return building
