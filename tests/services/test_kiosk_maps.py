"""The maps of a kiosk: heads up, its own floor marked, rooms that can be touched."""

import re
from dataclasses import replace

import pytest

from wayfinder.model import Display, list_displays
from wayfinder.services.kiosk_maps import draw_floor
from wayfinder.services.served import Served

MATRIX = re.compile('data-metres="([^"]+)"')


@pytest.fixture
def kiosk(clinic: Served) -> Display:
    return next(one for one in list_displays(clinic.plan) if one.kind == "kiosk")


def place(drawing: str, x: float, y: float) -> tuple[float, float]:
    found = MATRIX.search(drawing)
    assert found is not None
    a, b, c, d, e, f = map(float, found[1].split())
    return a * x + c * y + e, b * x + d * y + f


@pytest.mark.parametrize("bearing_deg", [0, 90, 180, 270])
def test_up_is_where_the_reader_looks(clinic: Served, kiosk: Display, bearing_deg: int) -> None:
    turned = replace(kiosk, bearing_deg=bearing_deg)
    drawing = draw_floor(clinic, turned, kiosk.level_id, language="en")
    x, y = kiosk.point
    ahead = {0: (0, -1), 90: (-1, 0), 180: (0, 1), 270: (1, 0)}[bearing_deg]
    here, there = place(drawing, x, y), place(drawing, x + ahead[0], y + ahead[1])
    assert there[1] < here[1]
    assert there[0] == pytest.approx(here[0], abs=1e-3)


def test_only_its_own_floor_says_you_are_here(clinic: Served, kiosk: Display) -> None:
    drawings = {
        level.id: draw_floor(clinic, kiosk, level.id, language="en") for level in clinic.plan.levels
    }
    marked = [level for level, drawing in drawings.items() if "You are here" in drawing]
    assert marked == [kiosk.level_id]


def test_rooms_can_be_touched_and_no_style_is_within(clinic: Served, kiosk: Display) -> None:
    drawing = draw_floor(clinic, kiosk, kiosk.level_id, language="zh-Hans")
    assert f'data-id="{kiosk.unit_id}"' in drawing
    assert "<style" not in drawing
    assert " style=" not in drawing


def test_displays_that_look_alike_share_a_drawing(clinic: Served, kiosk: Display) -> None:
    other = clinic.plan.levels[-1].id
    twin = replace(kiosk, id="twin", point=(0.0, 0.0))
    assert draw_floor(clinic, kiosk, other, language="en") is draw_floor(
        clinic, twin, other, language="en"
    )


def test_an_unknown_level_is_refused(clinic: Served, kiosk: Display) -> None:
    with pytest.raises(KeyError):
        draw_floor(clinic, kiosk, "nowhere", language="en")
