"""A floor with marks: where things are, links with names; what anybody wrote is no code."""

from math import dist
from xml.etree import ElementTree as ET

import pytest

from tests.signed import make_plan
from wayfinder.services.marked_maps import Mark, draw_marked

SVG = "{http://www.w3.org/2000/svg}"


def find_marks(svg: str) -> list[ET.Element]:
    root = ET.fromstring(svg)  # noqa: S314 - our own
    return [one for one in root.iter(f"{SVG}g") if "mark" in (one.get("class") or "").split()]


def read_place(mark: ET.Element) -> tuple[float, float]:
    x, y = (mark.get("transform") or "").removeprefix("translate(").rstrip(")").split()
    return float(x), float(y)


def test_marks_lie_where_things_are() -> None:
    plan = make_plan()
    level = plan.levels[0].id
    west, east = Mark((1.0, 1.0), "west"), Mark((9.0, 1.0), "east")
    north = Mark((1.0, 4.0), "north")
    found = find_marks(draw_marked(plan, level, [west, east, north], language="en"))
    one, two, three = map(read_place, found)
    # whichever way the floor is turned
    assert dist(one, two) == pytest.approx(8 / 3 * dist(one, three), rel=0.01)
    assert find_marks(draw_marked(plan, level, [], language="en")) == []


def test_a_mark_that_leads_somewhere_is_a_link_with_a_name() -> None:
    plan = make_plan()
    title = '"><script>alert(1)</script>'
    mark = Mark((1.0, 1.0), title, "wrong", "/studio/v/x?a=1&b=2", 90.0, "7")
    svg = draw_marked(plan, plan.levels[0].id, [mark], language="en")
    assert "<script" not in svg
    (found,) = find_marks(svg)
    assert found.get("class") == "mark mark-wrong"
    link = found.find(f"{SVG}a")
    assert link is not None
    assert link.get("href") == "/studio/v/x?a=1&b=2"
    assert link.get("aria-label") == title
    assert [one.text for one in link.iter(f"{SVG}text")] == ["7"]


def test_an_unknown_floor_is_none() -> None:
    with pytest.raises(KeyError):
        draw_marked(make_plan(), "nowhere", [], language="en")


def test_what_lies_about_a_point_is_shown_larger() -> None:
    plan = make_plan()
    level = plan.levels[0].id
    mark = Mark((9.0, 1.0), "here", "here")
    whole = ET.fromstring(draw_marked(plan, level, [mark], language="en"))  # noqa: S314 - our own
    part = draw_marked(plan, level, [mark], language="en", around=mark.point)
    near = ET.fromstring(part)  # noqa: S314 - our own
    boxes = [
        [float(value) for value in (one.get("viewBox") or "").split()] for one in (whole, near)
    ]
    assert boxes[1][2] <= boxes[0][2]
    assert boxes[1][3] <= boxes[0][3]
    (x, y) = read_place(find_marks(part)[0])
    left, top, wide, high = boxes[1]
    assert left <= x <= left + wide
    assert top - 12 <= y <= top + high  # the mark itself lies off the drawn house, on its edge
