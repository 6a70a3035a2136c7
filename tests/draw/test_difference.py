"""What differs is marked by a sign, a line of its own and a colour; two pictures show the same."""

import re

import pytest
import shapely
from shapely.geometry import LineString, Point

from tests.ascii_plan import draw_plan
from wayfinder.draw.difference import Marked, Marking, draw_marked_level
from wayfinder.draw.scene import Scene, make_scene
from wayfinder.draw.style import Style
from wayfinder.draw.svg import draw_level
from wayfinder.draw.theme import PAGE

HOUSE = """
    +-----+-----+
    |A    |B    |
    +--1--+--2--+
    3hall       |
    +-----------+
"""
FRAME = re.compile(r'class="wf-map"[^>]*data-metres="([^"]+)"')


@pytest.fixture(scope="module")
def scene() -> Scene:
    plan = draw_plan(HOUSE)
    return make_scene(plan, plan.levels[0].id, language="en")


def draw(scene: Scene, *marked: Marked, extent: shapely.Polygon | None = None) -> str:
    shown = extent or shapely.box(0, -8, 12, 0)
    return draw_marked_level(
        scene, marked, extent=[shown], up_deg=0.0, width_px=300, title="1F <before>"
    )


def test_nothing_is_marked_where_nothing_differs(scene: Scene) -> None:
    svg = draw(scene)
    assert svg.endswith("</svg>")
    assert 'class="d-' not in svg
    assert "<title" in svg
    assert "1F &lt;before&gt;</title>" in svg


def test_each_marking_has_a_line_and_a_sign_of_its_own(scene: Scene) -> None:
    room = shapely.box(1, -3, 5, -1)
    drawn = [draw(scene, Marked(room, marking)) for marking in Marking]
    for marking, svg in zip(Marking, drawn, strict=True):
        assert f'class="d-{marking} d-f"' in svg
        assert f'class="d-b d-{marking}"' in svg
    glyphs = {re.findall(r'<circle r="[^"]+"/><path d="([^"]+)"', svg)[0] for svg in drawn}
    dashes = {re.findall(rf"\.d-{m}{{stroke:#\w+;([^}}]*)}}", drawn[0])[0] for m in Marking}
    assert len(glyphs) == len(dashes) == len(Marking)


def test_doors_are_lines_points_are_badges_and_zones_are_not_filled(scene: Scene) -> None:
    svg = draw(
        scene,
        Marked(LineString([(2, -4), (3, -4)]), Marking.REMOVED),
        Marked(Point(9, -6), Marking.ADDED),
        Marked(shapely.box(0, -8, 12, -4), Marking.CHANGED, is_zone=True),
    )
    assert 'class="d-removed d-l"' in svg
    assert re.search(r'class="d-changed" transform', svg)
    assert svg.count('class="d-b ') == 3
    assert len(re.findall(r'class="d-added[ "]', svg)) == 0  # the badge alone


def test_badges_do_not_lie_on_each_other(scene: Scene) -> None:
    points = [Marked(Point(6 + n / 100, -6), Marking.ADDED) for n in range(5)]
    assert draw(scene, *points).count('class="d-b ') == 1


BADGE = re.compile(r'class="d-b [^"]+" transform="translate\(([\d.]+) ([\d.]+)\)"')


def test_badges_stand_in_what_they_mark_and_beside_names(scene: Scene) -> None:
    rooms = {"A": shapely.box(0, -4, 6, 0), "hall": shapely.box(0, -8, 12, -4)}
    style = Style(theme=PAGE, zooms=1, legend=False, furniture=False)
    plain = draw_level(scene, width_px=300, extent=[shapely.box(0, -8, 12, 0)], style=style)
    boxes = [*(one.box(0) for one in plain.labels), *(one.box(0) for one in plain.symbols)]
    names = [box.polygon for box in boxes]
    for name, room in rooms.items():
        home = plain.view.shape(room)
        assert any(label.intersects(home) for label in names), name
        (place,) = BADGE.findall(draw(scene, Marked(room, Marking.CHANGED)))
        badge = Point(*map(float, place)).buffer(7)
        assert home.contains(badge), name
        assert not any(label.intersects(badge) for label in names), name


def test_what_lies_outside_of_the_picture_is_left_out(scene: Scene) -> None:
    svg = draw(scene, Marked(shapely.box(100, 100, 110, 110), Marking.ADDED))
    assert 'class="d-b ' not in svg


def test_two_pictures_show_the_same_part(scene: Scene) -> None:
    other = make_scene(draw_plan(HOUSE, units={"B": "walkway"}), scene.level_id, language="en")
    part = shapely.box(2, -6, 8, -1)
    frames = {FRAME.findall(draw(one, extent=part))[0] for one in (scene, other)}
    assert len(frames) == 1
    assert FRAME.findall(draw(scene))[0] not in frames
