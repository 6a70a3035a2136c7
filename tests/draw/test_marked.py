"""A floor with marks: where things are, links with names; what anybody wrote is no code."""

from math import dist
from xml.etree import ElementTree as ET

import pytest
from shapely.geometry import box

from tests.draw.samples import level, plan_of, room
from tests.signed import make_plan
from wayfinder.draw.marked import Mark, draw_marked

SVG = "{http://www.w3.org/2000/svg}"


def find_marks(svg: str) -> list[ET.Element]:
    root = ET.fromstring(svg)  # noqa: S314 - our own
    return [one for one in root.iter(f"{SVG}g") if "mark" in (one.get("class") or "").split()]


def read_place(mark: ET.Element) -> tuple[float, float]:
    x, y = (mark.get("transform") or "").removeprefix("translate(").rstrip(")").split()
    return float(x), float(y)


def test_marks_lie_where_things_are() -> None:
    plan = make_plan()
    floor = plan.levels[0].id
    west, east = Mark((1.0, 1.0), "west"), Mark((9.0, 1.0), "east")
    north = Mark((1.0, 4.0), "north")
    found = find_marks(draw_marked(plan, floor, [west, east, north], language="en"))
    one, two, three = map(read_place, found)
    # whichever way the floor is turned
    assert dist(one, two) == pytest.approx(8 / 3 * dist(one, three), rel=0.01)
    assert find_marks(draw_marked(plan, floor, [], language="en")) == []


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


def test_what_lies_about_a_point_is_shown_larger_and_nothing_else_is_a_link() -> None:
    plan = make_plan()
    floor = plan.levels[0].id
    here, near, far = Mark((9.0, 1.0), "here"), Mark((4.0, 1.0), "near"), Mark((90.0, 1.0), "far")
    svg = draw_marked(plan, floor, [far, near, here], language="en", around=here.point)
    marks = find_marks(svg)
    assert [one.findtext(f"{SVG}title") for one in marks] == ["near", "here"]
    left, top, wide, high = map(float, (ET.fromstring(svg).get("viewBox") or "").split())  # noqa: S314 - our own
    place = read_place(marks[1])
    assert left < place[0] < left + wide
    assert top < place[1] < top + high
    # on a picture that shows some 40 m
    assert 35 < wide * 5 / dist(read_place(marks[0]), place) < 45


def test_at_the_edge_of_a_floor_the_picture_shows_the_floor_and_not_what_is_beyond() -> None:
    plan = plan_of(level(), room("r", box(0, 0, 100, 80)))
    middle, corner = (50.0, 40.0), (2.0, 2.0)
    places = []
    for point in (middle, corner):
        mark = Mark(point, "here")
        svg = draw_marked(plan, "F1", [mark], language="en", around=point)
        places.append(read_place(find_marks(svg)[0]))
    assert places[0] == pytest.approx((200, 150), abs=1)
    assert max(abs(places[1][0] - 200) / 200, abs(places[1][1] - 150) / 150) > 0.6
