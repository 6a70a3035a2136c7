"""Qinghe First People's Hospital, building by building."""

from floorplans.drawing import (
    diagnostics,
    displays,
    emergency,
    infectious,
    inpatient,
    links,
    outpatient,
    parking,
    signs,
    site,
)
from floorplans.drawing.kit import Hospital
from floorplans.drawing.layout import SITE


def draw_hospital(*, planned: bool = True) -> Hospital:
    """Draw all of it; `Hospital.plan` then proves it and makes the plan.

    Parameters
    ----------
    planned
        Whether signs announce what was planned, and hang where the plan adds some.
    """
    hospital = Hospital(
        "qinghe",
        "青禾市第一人民医院 / Qinghe First People's Hospital: 市一院, 一院, 人民医院",
        SITE,
        origin=(117.2, 34.3),
        time_zone="Asia/Shanghai",
        address={
            "address": "青禾大道100号",
            "locality": "青禾市",
            "country": "CN",
        },
        phone="0500-8888120",
    )
    for building in (outpatient, diagnostics, inpatient, emergency, infectious):
        building.draw(hospital)
    links.draw(hospital)
    parking.draw_parking(hospital)
    site.draw_outdoors(hospital)
    signs.draw(hospital, planned=planned)
    displays.draw(hospital)
    return hospital
