"""The floors of a route stacked, and the whole journey on one page."""

import pytest
from shapely.geometry import LineString, Point, box

from tests.draw.samples import (
    NOON,
    SVG,
    clinic,
    feature,
    find_way,
    level,
    parse,
    plan_of,
    room,
    texts_of,
)
from wayfinder.draw.overview import write_overview
from wayfinder.draw.route import make_route
from wayfinder.draw.scene import make_scene
from wayfinder.draw.sheet import write_sheet
from wayfinder.draw.style import Style
from wayfinder.graph import build_network
from wayfinder.model import Plan, make_feature
from wayfinder.route import Journey, Router


def overview(**options: object) -> str:
    plan = clinic()
    journey = find_way("Main Entrance", "Paediatrics", "wheelchair")
    route = make_route(plan, journey, language="en")
    scenes = [make_scene(plan, level, language="en") for level in route.level_ids]
    return write_overview(scenes, route, **options)  # type: ignore[arg-type]


def y_of(svg: str, said: str) -> float:
    nodes = parse(svg).iter(f"{SVG}text")
    return next(float(node.get("y", "nan")) for node in nodes if node.text == said)


def test_higher_floors_lie_higher_and_are_labelled() -> None:
    svg = overview()
    assert y_of(svg, "2F") < y_of(svg, "1F")
    assert "↑ 2F by Lift 1" in texts_of(svg)
    assert {"Main Entrance", "Paediatrics"} <= set(texts_of(svg))


def test_it_says_what_it_shows() -> None:
    root = parse(overview())
    title, desc = (root.findtext(f"{SVG}{tag}") for tag in ("title", "desc"))
    assert title == "Way through 1F and 2F"
    assert desc == "Way from Main Entrance to Paediatrics."


def test_floors_but_the_current_one_are_faint() -> None:
    plan = clinic()
    assert "opacity=" not in overview().replace("fill-opacity", "")
    assert overview(current=plan.levels[0].id).count('opacity=".45"') == 1


@pytest.mark.parametrize("width", [320.0, 1200.0])
def test_all_of_it_lies_in_the_picture(width: float) -> None:
    root = parse(overview(width_px=width))
    height = float(root.get("height", "0"))
    for node in root.iter(f"{SVG}rect"):
        if node.get("y") and node.get("rx") != "5":
            assert 0 <= float(node.get("y", "0")) <= height
    assert float(root.get("width", "0")) == width


def test_a_missing_floor_is_refused() -> None:
    plan = clinic()
    journey = find_way("Main Entrance", "Paediatrics")
    route = make_route(plan, journey, language="en")
    only = [make_scene(plan, route.level_ids[0], language="en")]
    with pytest.raises(ValueError, match=route.level_ids[1]):
        write_overview(only, route)


def test_a_sheet_has_the_overview_and_every_floor_in_the_order_of_the_way() -> None:
    svg = write_sheet(
        clinic(),
        find_way("Paediatrics", "Pharmacy"),
        language="zh-Hans",
        second_language="en",
        width_px=900,
    )
    root = parse(svg)
    inner = [node.find(f"{SVG}svg") for node in root.findall(f"{SVG}g")]
    levels = [node.get("data-level") for node in inner if node is not None]
    upper, lower = clinic().levels[1].id, clinic().levels[0].id
    assert levels == [None, upper, lower]
    heights = [float(node.get("height", "0")) for node in inner if node is not None]
    assert float(root.get("height", "0")) == pytest.approx(sum(heights), abs=0.2)


def test_a_sheet_of_one_floor_is_that_floor() -> None:
    svg = write_sheet(clinic(), find_way("Main Entrance", "Pharmacy"), language="en")
    assert parse(svg).get("data-level") == clinic().levels[0].id


def test_a_sheet_can_be_printed_in_black() -> None:
    journey = find_way("Main Entrance", "Paediatrics")
    svg = write_sheet(clinic(), journey, language="en", style=Style(theme="print", zooms=1))
    assert "#0057d9" not in svg


def bridge() -> tuple[Plan, Journey]:
    """Make two buildings whose first floors are levels of their own, joined by a door."""
    both = []
    for letter, west in (("A", 0), ("B", 20)):
        building = make_feature(f"house{letter}", "building", properties={"name": {"en": letter}})
        floor = level(f"F{letter}", 1, building_ids=[building.id])
        hall = box(west, 0, west + 20, 4)
        goal = box(west + 8, 4, west + 14, 9)
        both += [
            *(building, floor),
            room(f"hall{letter}", hall, category="walkway", level_id=floor.id),
            room(f"goal{letter}", goal, {"en": f"Goal {letter}"}, level_id=floor.id),
            feature(
                *("opening", f"door{letter}", LineString([(west + 10, 4), (west + 11, 4)])),
                category="pedestrian",
                level_id=floor.id,
            ),
        ]
    sill = LineString([(20, 1), (20, 3)])
    joint = feature("opening", "joint", sill, category="pedestrian", level_id="FA")
    plan = plan_of(*both, joint)
    found = Router(build_network(plan), release="sha256:0").find_route(
        "goalA", ["goalB"], departure=NOON
    )
    assert isinstance(found, Journey)
    return plan, found


def test_levels_of_one_storey_lie_side_by_side() -> None:
    plan, journey = bridge()
    route = make_route(plan, journey, language="en")
    assert len(route.level_ids) == 2
    scenes = [make_scene(plan, key, language="en") for key in route.level_ids]
    svg = write_overview(scenes, route)
    assert texts_of(svg).count("1F") == 1
    assert "→ B" in texts_of(svg)


def test_a_door_to_the_next_building_is_no_entrance_and_shows_what_lies_there() -> None:
    plan, _ = bridge()
    scene = make_scene(plan, "FA", language="en")
    assert [place.feature for place in scene.places if place.symbol == "entrance"] == []
    assert scene.beside.area == pytest.approx(20 * 4 + 6 * 5, rel=0.01)


@pytest.mark.parametrize("key", ["FA", "FB"])
def test_a_wall_that_two_buildings_share_is_open_at_the_door_on_both_maps(key: str) -> None:
    plan, _ = bridge()
    scene = make_scene(plan, key, language="en")
    doors = {door.feature: door for door in scene.doors}
    assert doors.keys() == {"joint", f"door{key[1]}"}
    assert doors["joint"].inward is None
    assert scene.walls.outer.distance(Point(20, 2)) == pytest.approx(1, abs=0.05)
