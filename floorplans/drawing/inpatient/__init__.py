"""Building C: the inpatient tower, B1 to 12F."""

from floorplans.drawing.inpatient.basement import draw_basement
from floorplans.drawing.inpatient.first import draw_first
from floorplans.drawing.inpatient.second import draw_second
from floorplans.drawing.inpatient.tower import begin
from floorplans.drawing.inpatient.ward_floor import draw_ward_floor
from floorplans.drawing.inpatient.wards import (
    CARDIOLOGY,
    NEUROLOGY,
    OBSTETRICS,
    ORTHOPAEDICS,
    PAEDIATRICS,
    SURGERY,
)
from floorplans.drawing.inpatient.wards_high import (
    GERIATRICS,
    INTERNATIONAL,
    MEDICINE,
    ONCOLOGY,
)
from floorplans.drawing.kit import Building, Hospital

WARD_FLOORS = (
    *(OBSTETRICS, PAEDIATRICS, ORTHOPAEDICS, SURGERY, CARDIOLOGY),
    *(NEUROLOGY, MEDICINE, ONCOLOGY, GERIATRICS, INTERNATIONAL),
)


def draw(hospital: Hospital) -> Building:
    """Draw the tower."""
    building = begin(hospital)
    draw_basement(building.floors["B1"])
    draw_first(building.floors["1F"])
    draw_second(building.floors["2F"])
    for ward_floor in WARD_FLOORS:
        draw_ward_floor(building.floors[f"{ward_floor.number}F"], ward_floor)
    return building
