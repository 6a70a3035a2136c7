"""The screens: kiosks where people come in, boards where ways part.

A kiosk stands beside the way in, in sight of the door and clear of the stream; nobody has to turn
back for it. A board hangs across the way, or on the wall between the lifts, before one has to
choose. Bearings are as of signs: ``faces`` is the side to which the glass looks.
"""

from dataclasses import dataclass
from math import hypot
from typing import Any, TypeAlias

from floorplans.drawing.kit import DrawingError, Floor, Hospital
from floorplans.drawing.kit.items import Mounting, Side
from floorplans.drawing.signs.placing import BEARINGS_DEG, Placer

_APART_M = 2.0
"""Two screens are nowhere nearer than this (ours)."""


@dataclass(frozen=True)
class Panel:
    """A panel as it is bought.

    Parameters
    ----------
    width_px, height_px
        As it hangs.
    pixel_pitch_mm
        From pixel to pixel.
    """

    width_px: int
    height_px: int
    pixel_pitch_mm: float


UPRIGHT_55 = Panel(1080, 1920, 0.63)
"""55 inches, Full HD, upright: kiosks, and boards beside lifts."""
WIDE_55 = Panel(1920, 1080, 0.63)
"""55 inches, Full HD: over corridors."""
WIDE_86 = Panel(3840, 2160, 0.4935)
"""86 inches, UHD: over halls."""


Screen: TypeAlias = tuple[str, str, float, float, Side, Mounting, Panel, str]
"""Key of the building, label of the floor, metres (of one on a wall a spot before that wall), which
way it looks, how it is fixed, what it is, and where it is: ``Chinese / English``."""

KIOSKS: tuple[Screen, ...] = (
    ("A", "1F", 152.5, 69.0, "S", "totem", UPRIGHT_55, "门诊大厅 / Outpatient Hall"),
    ("A", "1F", 111.0, 84.0, "N", "wall", UPRIGHT_55, "门诊楼西门 / Outpatient West Door"),
    ("B", "1F", 143.2, 143.0, "S", "totem", UPRIGHT_55, "医技楼大厅 / Diagnostics Hall"),
    ("C", "1F", 38.0, 136.5, "S", "totem", UPRIGHT_55, "住院大厅 / Inpatient Hall"),
    ("D", "1F", 239.5, 133.0, "S", "totem", UPRIGHT_55, "急诊大厅 / Emergency Hall"),
    ("A", "B1", 147.4, 64.0, "S", "totem", UPRIGHT_55, "地下停车场入口 / Car Park Entrance"),
)
"""Numbered ``K-01`` and so on: new ones come last."""

PAPERS = {"K-01": "80mm", "K-03": "80mm", "K-04": "a4", "K-05": "80mm"}
"""What the printers hold of those that have one: a roll for receipts, or sheets."""

BOARDS: tuple[Screen, ...] = (
    ("A", "1F", 145.0, 74.0, "S", "hanging", WIDE_86, "门诊大厅 / Outpatient Hall"),
    ("A", "1F", 116.0, 84.0, "W", "hanging", WIDE_55, "门诊楼西侧通道 / Outpatient West Passage"),
    ("A", "1F", 153.0, 93.0, "S", "wall", UPRIGHT_55, "门诊楼一楼电梯厅 / Outpatient Lifts 1F"),
    ("A", "2F", 153.0, 93.0, "S", "wall", UPRIGHT_55, "门诊楼二楼电梯厅 / Outpatient Lifts 2F"),
    ("A", "3F", 153.0, 93.0, "S", "wall", UPRIGHT_55, "门诊楼三楼电梯厅 / Outpatient Lifts 3F"),
    ("A", "4F", 153.0, 93.0, "S", "wall", UPRIGHT_55, "门诊楼四楼电梯厅 / Outpatient Lifts 4F"),
    ("A", "2F", 140.0, 114.0, "S", "hanging", WIDE_55, "门诊医技连廊 / Bridge to Diagnostics"),
    ("B", "1F", 140.0, 140.0, "S", "hanging", WIDE_55, "医技楼大厅 / Diagnostics Hall"),
    ("B", "2F", 140.0, 140.0, "S", "hanging", WIDE_55, "医技楼二层大厅 / Diagnostics Hall 2F"),
    (
        "B",
        "2F",
        93.0,
        148.0,
        "E",
        "hanging",
        WIDE_55,
        "住院医技连廊 / Bridge to the Inpatient Tower",
    ),
    ("C", "1F", 44.0, 138.2, "S", "hanging", WIDE_55, "住院楼电梯厅 / Inpatient Lifts"),
    ("D", "1F", 235.0, 135.0, "S", "hanging", WIDE_55, "急诊大厅 / Emergency Hall"),
    ("D", "1F", 222.0, 148.0, "W", "hanging", WIDE_55, "急诊医技连廊 / Link to Emergency"),
    ("E", "1F", 263.2, 216.0, "E", "hanging", WIDE_55, "发热门诊分诊厅 / Fever Clinic Hall"),
)
"""Numbered ``B-01`` and so on: new ones come last."""

_KINDS = {"kiosk": ("自助导航机", "Kiosk"), "board": ("导向屏", "Board")}


def draw(hospital: Hospital) -> None:
    """Put up all screens; the signs hang already and stay where they are.

    Raises
    ------
    DrawingError
        Some cannot be where they should; all are named at once.
    """
    placer = Placer(hospital.floors)
    faults: list[str] = []
    put: list[tuple[Floor, float, float]] = []
    for kind, screens in (("kiosk", KIOSKS), ("board", BOARDS)):
        for number, screen in enumerate(screens, 1):
            key, label, x, y, faces, mounting, _, name = screen
            floor, ref = hospital.buildings[key].floors[label], f"{kind[0].upper()}-{number:02d}"
            try:
                at = placer.find_room(floor, ref, (x, y), BEARINGS_DEG[faces], mounting)
            except DrawingError as error:
                faults += error.faults
                continue
            near = (hypot(x - at[0], y - at[1]) for one, x, y in put if one is floor)
            if min(near, default=_APART_M) < _APART_M:
                faults.append(f"{floor}: screen {ref} at {at} is beside another screen")
            put.append((floor, *at))
            floor.display(ref, *at, name=_name(kind, name), display=_describe(kind, ref, screen))
    if faults:
        raise DrawingError(faults)


def _name(kind: str, name: str) -> str:
    chinese, english = name.split(" / ")
    return f"{_KINDS[kind][0]} {chinese} / {_KINDS[kind][1]}, {english}"


def _describe(kind: str, ref: str, screen: Screen) -> dict[str, Any]:
    key, _, _, _, faces, mounting, panel, _ = screen
    paper = {"paper": PAPERS[ref]} if ref in PAPERS else {}
    return {
        "kind": kind,
        "bearing_deg": BEARINGS_DEG[faces],
        "width_px": panel.width_px,
        "height_px": panel.height_px,
        "pixel_pitch_mm": panel.pixel_pitch_mm,
        "languages": ["zh-Hans", "en"],
        "mounting": mounting,
        "group": key,
        **paper,
    }
