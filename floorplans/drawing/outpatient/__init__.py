"""The outpatient building, zone A."""

from floorplans.drawing.kit import Building, Hospital
from floorplans.drawing.layout import LINK_AB, ORDINALS, OUTPATIENT, TUNNEL_AP
from floorplans.drawing.outpatient import basement, fifth, fourth, ground, second, third
from floorplans.drawing.outpatient.frame import draw_shafts

_ZH = {"B1": "地下一层", "1F": "一层", "2F": "二层", "3F": "三层", "4F": "四层", "5F": "五层"}


def draw(hospital: Hospital) -> Building:
    """Draw the building with all its floors."""
    building = hospital.building(
        "A",
        "门诊楼 / Outpatient Building: 门诊, A区, 蓝区",
        [OUTPATIENT, LINK_AB],
        his="A",
        zone=("A", "blue"),
    )
    outlines = {"B1": [OUTPATIENT, TUNNEL_AP]}
    outlines |= {label: [OUTPATIENT, LINK_AB] for label in ("1F", "2F", "3F")}
    for label, zh in _ZH.items():
        building.floor(
            label,
            ORDINALS[label],
            f"门诊楼{zh} / Outpatient Building, Floor {label}",
            outline=outlines.get(label, OUTPATIENT),
        )
    draw_shafts(building)
    for storey in (basement, ground, second, third, fourth, fifth):
        storey.draw(building)
    return building
