"""A route over a level: its line, its ends, its changes of floor; and where the reader stands."""

import re

import pytest
from shapely.geometry import LineString

from tests.draw.samples import clinic, find_way, parse, texts_of
from wayfinder.draw.overlay import Here
from wayfinder.draw.route import make_route
from wayfinder.draw.scene import make_scene
from wayfinder.draw.style import Style
from wayfinder.draw.svg import Drawing, draw_level
from wayfinder.draw.theme import load_theme
from wayfinder.model import Level, pick_label

LIGHT = load_theme("light")


def draw(
    index: int,
    origin: str = "Main Entrance",
    destination: str = "Paediatrics",
    *,
    language: str = "en",
    profile: str = "walk",
    here: Here | None = None,
    fit_route: bool = False,
) -> Drawing:
    plan = clinic()
    journey = find_way(origin, destination, profile)
    route = make_route(plan, journey, language=language)
    scene = make_scene(plan, plan.levels[index].id, language=language)
    return draw_level(scene, route=route, you_are_here=here, fit_route=fit_route)


def test_only_the_line_of_this_floor_is_drawn() -> None:
    for index in (0, 1):
        svg = draw(index).svg
        assert f"stroke:{LIGHT.ink['route']}" in svg
        (line,) = [path for path in svg.split("<path") if 'class="r"' in path]
        assert line.split(' d="')[1].split('"')[0].upper().count("M") == 1


def test_a_change_of_floor_says_which_way_to_where_by_what() -> None:
    said = texts_of(draw(0, profile="wheelchair").svg)
    assert "↑ 2F by Lift 1" in said
    back = texts_of(draw(1, "Paediatrics", "Pharmacy", profile="wheelchair").svg)
    assert "↓ 1F by Lift 1" in back
    assert "From 1F" in texts_of(draw(1, profile="wheelchair").svg)
    assert "↑ 2F 1号电梯" in texts_of(draw(0, profile="wheelchair", language="zh-Hans").svg)


def test_both_ends_are_named_each_on_its_floor() -> None:
    lower, upper = (texts_of(draw(index).svg) for index in (0, 1))
    assert "Main Entrance" in lower
    assert "Paediatrics" in upper
    assert "Paediatrics" not in lower
    assert lower.count("Main Entrance") == 1


def test_the_room_one_goes_to_is_marked() -> None:
    marked = f'stroke="{LIGHT.ink["end"]}"'
    assert marked in draw(1).svg
    assert marked not in draw(0).svg


def test_the_line_of_the_drawing_is_that_of_the_journey() -> None:
    plan = clinic()
    journey = find_way("Main Entrance", "Paediatrics")
    route = make_route(plan, journey, language="en")
    drawn = sum(LineString(part.line).length for part in route.parts)
    walked = sum(
        LineString(segment.line).length
        for segment in journey.segments
        if segment.level == segment.to_level
    )
    assert drawn == pytest.approx(walked, rel=1e-6)
    assert route.parts[0].line[0] == journey.segments[0].line[0]
    assert len(route.parts) == 2
    assert [change.floors > 0 for change in route.changes] == [True]


def test_a_journey_on_one_floor_has_no_changes() -> None:
    plan = clinic()
    route = make_route(plan, find_way("Main Entrance", "Pharmacy"), language="en")
    assert route.changes == ()
    assert len(route.level_ids) == 1
    assert route.summary == "Way from Main Entrance to Pharmacy."


def test_a_journey_to_where_one_stands_is_a_pin() -> None:
    drawing = draw(0, "Pharmacy", "Pharmacy")
    assert "Pharmacy" in texts_of(drawing.svg)
    parse(drawing.svg)


def test_floors_are_called_by_their_labels() -> None:
    plan = clinic()
    upper = plan.levels[1]
    assert isinstance(upper, Level)
    label = pick_label(upper.short_name, "en")
    assert any(label in text for text in texts_of(draw(0).svg))


def test_you_are_here_with_a_direction_points_it() -> None:
    plan = clinic()
    point = find_way("Main Entrance", "Paediatrics").segments[0].line[0]
    scene = make_scene(plan, plan.levels[0].id, language="en")
    ahead = draw_level(scene, you_are_here=Here(point, 70), heads_up_deg=70).svg
    found = re.search(r'd="M0 0L(-?[\d.]+) (-?[\d.]+)A30 30 0 0 1 (-?[\d.]+) (-?[\d.]+)z"', ahead)
    assert found is not None
    x1, y1, x2, y2 = map(float, found.groups())
    assert x1 + x2 == pytest.approx(0, abs=0.2)
    assert y1 < 0
    assert y2 < 0
    assert "You are here" in texts_of(ahead)
    unknown = draw_level(scene, you_are_here=Here(point)).svg
    assert "A30 30" not in unknown
    assert "You are here" in texts_of(unknown)


def test_who_stands_at_the_start_is_told_so_once() -> None:
    point = find_way("Main Entrance", "Paediatrics").segments[0].line[0]
    said = texts_of(draw(0, here=Here(point)).svg)
    assert "You are here" in said
    assert "Main Entrance" not in said


def test_the_picture_closes_in_on_the_route() -> None:
    whole, part = draw(0), draw(0, "Main Entrance", "Pharmacy", fit_route=True)
    assert part.view.px_per_m > whole.view.px_per_m
    for box in part.overlay.taken:
        assert box.inside(part.view.frame)


def test_a_stop_on_the_way_is_named() -> None:
    plan = clinic()
    one = find_way("Main Entrance", "Pharmacy")
    route = make_route(plan, one, language="en")
    assert [end.role for end in route.ends] == ["start", "end"]
    scene = make_scene(plan, plan.levels[0].id, language="zh-Hans")
    drawing = draw_level(scene, route=route, style=Style(zooms=1))
    assert len(drawing.overlay.goals) == 1
