"""The floors of a route stacked, and the whole journey on one page."""

import pytest

from tests.draw.samples import SVG, clinic, find_way, parse, texts_of
from wayfinder.draw.overview import write_overview
from wayfinder.draw.route import make_route
from wayfinder.draw.scene import make_scene
from wayfinder.draw.sheet import write_sheet
from wayfinder.draw.style import Style


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
