"""Displays as the plan has them: screens that nobody attends, where each stands and faces.

A kiosk is touched, a board is only read. Whatever its category, an amenity with a
``wayfinder.display`` object is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wayfinder.kept import keep_with
from wayfinder.model.feature import Feature
from wayfinder.model.kinds import Amenity, Unit
from wayfinder.model.plan import Plan
from wayfinder.model.values import read_number, read_object, read_text, read_texts

DISPLAY = "display"
"""Category of the amenities that are displays and nothing else."""


class DisplayKind(StrEnum):
    """What a display is for."""

    KIOSK = "kiosk"
    """It is touched: a directory and ways to everywhere."""
    BOARD = "board"
    """It is read in passing: what lies each way."""


_SIZES_PX = {DisplayKind.KIOSK: (1080, 1920), DisplayKind.BOARD: (1920, 1080)}
"""What is most often bought (ours)."""
_MOST_PX = 20_000
PAPERS = ("a4", "80mm")
"""What a kiosk's printer holds: sheets of an office printer, or the roll of a receipt printer."""
_MOST_MM = 100.0


@dataclass(frozen=True, slots=True)
class Display:
    """One screen.

    Parameters
    ----------
    id
        Id of the amenity.
    level_id, unit_id
        Where it stands.
    point
        Metres in the venue's frame.
    bearing_deg
        Outward normal of its glass, degrees clockwise from true north; None where the plan does
        not say.
    kind
        Whether it is touched or read.
    width_px, height_px
        What a browser that fills it has, as it hangs: 1080 × 1920 for one that stands upright.
    pixel_pitch_mm
        From the middle of a pixel to the middle of the next; None where the plan does not say.
    languages
        BCP 47 tags of what it speaks, the first one at first; empty: all that there are.
    mounting
        ``wall``, ``hanging``, ``pillar``, ``door``, ``totem`` or ``desk``.
    group
        What it is switched and watched together with, such as ``outpatient-lobby``; empty where
        it stands for itself.
    ref
        What one says on the telephone, such as ``K-01``; empty where it has none.
    paper
        What its printer holds, one of `PAPERS`; empty where it has no printer.
    """

    id: str
    level_id: str
    unit_id: str
    point: tuple[float, float]
    bearing_deg: float | None
    kind: DisplayKind
    width_px: int
    height_px: int
    pixel_pitch_mm: float | None = None
    languages: tuple[str, ...] = ()
    mounting: str = "wall"
    group: str = ""
    ref: str = ""
    paper: str = ""

    @property
    def facing_deg(self) -> float | None:
        """Where its reader looks: against the outward normal."""
        return None if self.bearing_deg is None else (self.bearing_deg + 180) % 360

    @property
    def is_portrait(self) -> bool:
        """Whether it is higher than wide."""
        return self.height_px > self.width_px

    @property
    def size_mm(self) -> tuple[float, float] | None:
        """Width and height of the picture in millimetres, or None where the pitch is unknown."""
        pitch = self.pixel_pitch_mm
        return None if pitch is None else (self.width_px * pitch, self.height_px * pitch)


def is_display(feature: Feature) -> bool:
    """Tell whether a feature is meant to be a display, wherever it stands."""
    return isinstance(feature, Amenity) and bool(_read(feature))


def find_display(plan: Plan, feature_id: str) -> Display | None:
    """Return the display with a feature id.

    None where that is no display, stands nowhere, or does not say of which kind it is: nobody
    shall be shown buttons on what cannot be touched.
    """
    amenity = plan.find(feature_id, Amenity)
    placed = _read(amenity) if amenity is not None else {}
    said = read_text(placed, "kind")
    if amenity is None or said not in set(DisplayKind):
        return None
    units = (plan.find(unit_id, Unit) for unit_id in amenity.unit_ids)
    unit = next((unit for unit in units if unit is not None), None)
    place = plan.find_geometry_m(feature_id)
    if unit is None or unit.level_id is None or place is None or place.is_empty:
        return None
    kind = DisplayKind(said)
    width_px, height_px = _read_size(placed, kind)
    pitch_mm = read_number(placed, "pixel_pitch_mm")
    bearing_deg = read_number(placed, "bearing_deg")
    return Display(
        id=feature_id,
        level_id=unit.level_id,
        unit_id=unit.id,
        point=(float(place.centroid.x), float(place.centroid.y)),
        bearing_deg=None if bearing_deg is None else bearing_deg % 360,
        kind=kind,
        width_px=width_px,
        height_px=height_px,
        pixel_pitch_mm=pitch_mm if pitch_mm is not None and 0 < pitch_mm <= _MOST_MM else None,
        languages=tuple(dict.fromkeys(tag for tag in read_texts(placed, "languages") if tag)),
        mounting=read_text(placed, "mounting") or "wall",
        group=read_text(placed, "group") or "",
        ref=read_text(amenity.wayfinder, "ref") or "",
        paper=_read_paper(placed),
    )


def list_displays(plan: Plan) -> tuple[Display, ...]:
    """List the displays of a plan that stand somewhere, in its order; they are kept with it."""
    return keep_with(plan, "displays", lambda: _list_displays(plan))


def _list_displays(plan: Plan) -> tuple[Display, ...]:
    found = (find_display(plan, one.id) for one in plan.list_of(Amenity) if is_display(one))
    return tuple(display for display in found if display is not None)


def _read(amenity: Feature) -> Mapping[str, Any]:
    return read_object(amenity.wayfinder, "display")


def _read_paper(placed: Mapping[str, Any]) -> str:
    paper = read_text(placed, "paper") or ""
    return paper if paper in PAPERS else ""


def _read_size(placed: Mapping[str, Any], kind: DisplayKind) -> tuple[int, int]:
    """Return width and height in pixels; both are the usual ones where either is unreadable."""
    sides = [read_number(placed, key) for key in ("width_px", "height_px")]
    whole = [int(side) for side in sides if side is not None and 1 <= side <= _MOST_PX]
    return (whole[0], whole[1]) if len(whole) == len(sides) else _SIZES_PX[kind]
