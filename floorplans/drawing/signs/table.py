"""Where the signs of the buildings are: ``(x, y, faces, mounting)`` in metres, floor by floor.

Signs are where ways part: inside entrances, before and behind lifts, at the heads of escalators,
at both ends of links, at crossings of corridors, where a department begins. ``faces`` is the side
to which the face looks; whoever reads it looks the other way. Numbers count on in this order, so
new signs come last.
"""

from typing import Literal, TypeAlias

Place: TypeAlias = tuple[
    float, float, Literal["N", "E", "S", "W"], Literal["wall", "hanging", "pillar", "totem"]
]

_CLINIC_WALLS: tuple[Place, ...] = (
    *((118.6, y, "E", "wall") for y in (69.6, 81.6, 93.6, 105.6)),
    *((171.4, y, "W", "wall") for y in (69.6, 81.6, 93.6, 105.6)),
)
_RING: tuple[Place, ...] = (
    (149.0, 95.0, "S", "wall"),
    (145.0, 88.0, "N", "wall"),
    (128.0, 91.5, "E", "hanging"),
    (162.0, 91.5, "W", "hanging"),
    (128.0, 72.0, "E", "hanging"),
    (162.0, 72.0, "W", "hanging"),
)
_OUTPATIENT: dict[str, tuple[Place, ...]] = {
    "B1": (
        (145.0, 59.0, "S", "hanging"),
        (145.0, 62.0, "N", "hanging"),
        (149.0, 95.0, "S", "wall"),
        (145.0, 78.0, "S", "hanging"),
        (145.0, 82.0, "N", "hanging"),
        (140.0, 97.0, "S", "hanging"),
    ),
    "1F": (
        (145.0, 65.5, "S", "hanging"),
        (145.0, 67.0, "N", "hanging"),
        (137.6, 72.0, "S", "hanging"),
        (132.0, 84.0, "E", "hanging"),
        (158.0, 84.0, "W", "hanging"),
        (102.5, 84.0, "W", "hanging"),
        (120.0, 84.0, "W", "hanging"),
        (149.0, 95.0, "S", "wall"),
        (145.0, 89.0, "N", "hanging"),
        (140.0, 98.0, "S", "hanging"),
        (143.0, 107.0, "S", "wall"),
        (128.0, 92.0, "E", "hanging"),
        (162.0, 90.0, "S", "hanging"),
        (172.0, 84.0, "W", "hanging"),
        (132.0, 70.0, "E", "hanging"),
        (166.0, 79.0, "N", "hanging"),
        (140.0, 110.0, "N", "hanging"),
        (140.0, 128.0, "S", "hanging"),
        (165.0, 97.0, "W", "hanging"),
    ),
    "2F": (
        *_RING,
        *_CLINIC_WALLS,
        (137.6, 89.0, "S", "hanging"),
        (151.6, 89.5, "N", "hanging"),
        (143.0, 107.0, "S", "wall"),
        (140.0, 110.0, "N", "hanging"),
        (140.0, 128.0, "S", "hanging"),
        (138.0, 71.5, "N", "hanging"),
        (153.0, 71.5, "N", "hanging"),
    ),
    "3F": (
        *_RING,
        *_CLINIC_WALLS,
        (151.6, 72.0, "N", "hanging"),
        (143.0, 107.0, "S", "wall"),
        (140.0, 110.0, "N", "hanging"),
        (140.0, 128.0, "S", "hanging"),
    ),
    "4F": (*_RING, *_CLINIC_WALLS),
    "5F": (*_RING, *_CLINIC_WALLS),
}
_STREET: tuple[Place, ...] = (
    (142.0, 152.0, "W", "wall"),
    (140.0, 144.5, "S", "hanging"),
    (139.0, 148.0, "E", "hanging"),
    (141.0, 148.0, "W", "hanging"),
)
_DIAGNOSTICS: dict[str, tuple[Place, ...]] = {
    "B1": (
        *_STREET[:1],
        *_STREET[2:],
        (128.0, 148.0, "E", "hanging"),
        (153.0, 148.0, "W", "hanging"),
        (178.0, 147.0, "S", "hanging"),
    ),
    "1F": (
        *_STREET,
        (140.0, 132.0, "S", "hanging"),
        (140.0, 134.0, "N", "hanging"),
        (118.0, 148.0, "E", "hanging"),
        (159.5, 148.0, "W", "hanging"),
        (163.5, 148.0, "E", "hanging"),
        (172.5, 148.0, "E", "hanging"),
        (151.0, 147.0, "W", "hanging"),
        (182.0, 148.0, "E", "hanging"),
        (185.5, 148.0, "W", "hanging"),
        (212.5, 148.0, "E", "hanging"),
        (154.0, 138.0, "W", "hanging"),
    ),
    "2F": (
        *_STREET,
        (140.0, 132.0, "S", "hanging"),
        (140.0, 134.0, "N", "hanging"),
        (122.0, 148.0, "E", "hanging"),
        (103.0, 148.0, "W", "hanging"),
        (98.0, 148.0, "E", "hanging"),
        (80.0, 148.0, "W", "hanging"),
        (160.0, 148.0, "W", "hanging"),
        (122.5, 137.1, "E", "hanging"),
    ),
    "3F": (
        *_STREET,
        (140.0, 132.0, "S", "hanging"),
        (140.0, 134.0, "N", "hanging"),
        (125.0, 148.0, "E", "hanging"),
        (108.0, 148.0, "E", "hanging"),
        (153.0, 148.0, "W", "hanging"),
        (170.0, 148.0, "W", "hanging"),
    ),
    "4F": (
        *_STREET,
        (153.0, 148.0, "W", "hanging"),
        (133.0, 148.0, "E", "hanging"),
        (154.0, 143.0, "W", "hanging"),
    ),
}
_EMERGENCY: dict[str, tuple[Place, ...]] = {
    "1F": (
        (235.0, 130.0, "S", "hanging"),
        (235.0, 127.0, "N", "hanging"),
        (235.0, 144.0, "S", "hanging"),
        (237.0, 152.0, "W", "wall"),
        (236.5, 148.0, "W", "hanging"),
        (233.5, 148.0, "E", "hanging"),
        (235.0, 156.5, "S", "hanging"),
        (243.0, 131.75, "W", "hanging"),
        (216.5, 148.0, "W", "hanging"),
        (258.0, 148.0, "E", "hanging"),
        (244.0, 159.35, "W", "hanging"),
    ),
    "2F": (
        (237.0, 152.0, "W", "wall"),
        (235.0, 148.6, "N", "hanging"),
        (236.5, 141.5, "N", "hanging"),
        (248.0, 148.6, "W", "hanging"),
    ),
}
_INFECTIOUS: dict[str, tuple[Place, ...]] = {
    "1F": (
        (268.0, 217.0, "E", "hanging"),
        (263.5, 211.75, "E", "hanging"),
        (256.0, 211.75, "E", "hanging"),
        (244.0, 211.75, "E", "hanging"),
        (232.5, 211.75, "E", "hanging"),
        (232.0, 216.5, "S", "hanging"),
    ),
}
_TOWER_HALL: tuple[Place, ...] = ((44.0, 142.0, "N", "wall"),)
_ONE_WARD: tuple[Place, ...] = (
    *_TOWER_HALL,
    (51.0, 138.6, "N", "wall"),
    (53.5, 139.15, "W", "hanging"),
    (71.0, 139.15, "W", "hanging"),
    (17.0, 139.15, "E", "hanging"),
)
_TWO_WARDS: tuple[Place, ...] = (
    *_ONE_WARD,
    (37.0, 138.6, "N", "wall"),
)
_INPATIENT: dict[str, tuple[Place, ...]] = {
    "1F": (
        (44.0, 134.6, "S", "hanging"),
        (44.0, 136.0, "N", "hanging"),
        (41.0, 139.6, "S", "wall"),
        (44.0, 141.0, "N", "wall"),
        (27.5, 139.15, "E", "hanging"),
        (61.0, 139.15, "W", "hanging"),
        (66.0, 137.2, "N", "hanging"),
        (17.0, 142.0, "S", "hanging"),
        (71.0, 142.0, "S", "hanging"),
    ),
    "2F": (
        (42.0, 138.6, "N", "wall"),
        (52.0, 139.15, "W", "hanging"),
        (71.0, 139.15, "W", "hanging"),
        (71.0, 149.0, "S", "hanging"),
        (75.0, 148.0, "E", "hanging"),
        (27.0, 139.15, "E", "hanging"),
        (60.0, 156.85, "W", "hanging"),
    ),
    **{f"{number}F": _TWO_WARDS if number in {5, 9, 12} else _ONE_WARD for number in range(3, 13)},
}

_PARKING: dict[str, tuple[Place, ...]] = {
    "B1": (
        (145.0, 53.0, "S", "hanging"),
        (145.0, 51.0, "N", "hanging"),
        (142.0, 43.0, "W", "hanging"),
        (148.0, 43.0, "E", "hanging"),
        (148.0, 14.0, "E", "hanging"),
        (142.0, 14.0, "W", "hanging"),
        (145.0, 30.0, "S", "hanging"),
        (145.0, 28.0, "N", "hanging"),
        (117.2, 42.2, "S", "pillar"),
        (172.2, 42.2, "S", "pillar"),
        (172.2, 15.2, "S", "pillar"),
        (117.2, 15.2, "S", "pillar"),
        (164.5, 24.0, "W", "wall"),
        (168.0, 22.0, "E", "hanging"),
    ),
    "1F": ((165.0, 22.0, "W", "wall"),),
}
_GROUNDS: dict[str, tuple[Place, ...]] = {
    "室外": (
        (145.0, 8.0, "S", "totem"),
        (163.0, 4.0, "E", "totem"),
        (136.0, 8.2, "W", "totem"),
        (146.5, 39.0, "S", "totem"),
        (143.5, 40.0, "N", "totem"),
        (148.0, 54.0, "S", "totem"),
        (142.0, 55.0, "N", "totem"),
        (98.0, 53.0, "E", "totem"),
        (192.0, 54.0, "W", "totem"),
        (94.0, 86.0, "E", "totem"),
        (94.0, 62.0, "S", "totem"),
        (93.0, 122.5, "S", "totem"),
        (48.0, 121.0, "E", "totem"),
        (42.5, 126.0, "N", "totem"),
        (196.0, 63.0, "S", "totem"),
        (196.0, 110.0, "S", "totem"),
        (207.0, 118.0, "W", "totem"),
        (237.5, 122.0, "S", "totem"),
        (232.5, 119.0, "N", "totem"),
        (316.0, 122.0, "E", "totem"),
        (296.0, 118.0, "E", "totem"),
        (280.5, 118.0, "W", "totem"),
        (293.2, 160.0, "S", "totem"),
        (278.0, 214.0, "E", "totem"),
        (227.0, 219.0, "E", "totem"),
        (284.0, 162.0, "N", "totem"),
        (207.0, 73.0, "E", "totem"),
        (257.0, 57.0, "N", "pillar"),
        (253.0, 96.0, "S", "totem"),
        (164.5, 16.8, "N", "totem"),
        (154.5, 20.0, "W", "totem"),
        (88.0, 81.0, "W", "totem"),
    ),
}

DIRECTORIES: dict[str, dict[str, tuple[Place, ...]]] = {
    "A": {
        "1F": (
            (150.5, 63.0, "W", "wall"),
            (106.0, 83.0, "N", "wall"),
            (153.0, 93.0, "S", "wall"),
        )
    },
    "B": {"1F": ((139.0, 155.5, "S", "wall"),)},
    "C": {"1F": ((49.0, 136.0, "S", "totem"), (36.5, 142.0, "S", "wall"))},
    "D": {"1F": ((240.0, 138.0, "W", "wall"), (232.5, 152.0, "E", "wall"))},
    "E": {"1F": ((265.0, 214.0, "E", "totem"),)},
    "P2": {"B1": ((164.5, 20.0, "W", "wall"),), "1F": ((164.0, 19.5, "W", "wall"),)},
    "outdoors": {"室外": ((149.5, 6.0, "S", "totem"), (314.0, 117.5, "E", "totem"))},
}
"""The directories: at every public entrance, and before the lifts of a building's main floor.

Their numbers have a series of their own: ``A1-S1``.
"""

BUILDINGS: dict[str, dict[str, tuple[Place, ...]]] = {
    "A": _OUTPATIENT,
    "B": _DIAGNOSTICS,
    "C": _INPATIENT,
    "D": _EMERGENCY,
    "E": _INFECTIOUS,
    "P2": _PARKING,
    "outdoors": _GROUNDS,
}
