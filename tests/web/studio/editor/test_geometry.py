"""The plane geometry, snapping and walls of the editor's canvas, by cases."""

from collections.abc import Iterator
from itertools import pairwise
from math import cos, radians, sin
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.web.studio.editor.modules import call, make_rectangle, make_unit, open_modules

GEOMETRY, SNAP = "canvas/geometry.js", "canvas/snap.js"
WALLS, DOORS = "canvas/walls.js", "canvas/doors.js"
NEAR = {"corners": [[0, 0]], "edges": [[[0, 0], [5, 0]]], "others": [[7, 7]]}
HOW = {"tolerance_m": 0.2, "grid_m": 0}
ROOM = make_unit("room", make_rectangle(0, 0, 4, 3))
BESIDE = make_unit("beside", make_rectangle(4, 0, 8, 3))
CORRIDOR = make_unit("corridor", make_rectangle(0, 3.2, 8, 6), is_open=True)
BELOW = make_unit("below", make_rectangle(-5, -3, 10, 0), is_open=True)
FLOOR = [ROOM, BESIDE, CORRIDOR]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with open_modules(browser) as page:
        yield page


def turn(ring: list[list[float]], degrees: float) -> list[list[float]]:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return [[x * c - y * s, x * s + y * c] for x, y in ring]


@pytest.mark.parametrize("degrees", [0, 12.34, 44, -30, 89.8])
def test_most_walls_say_how_the_building_lies(page: Page, degrees: float) -> None:
    rings = [turn(make_rectangle(0, 0, 20, 8), degrees), turn(make_rectangle(30, 0, 34, 4), 7)]
    axis = call(page, GEOMETRY, "findAxis", rings)
    off = (axis - radians(degrees)) / radians(90)
    assert abs(off - round(off)) < 1e-6
    assert abs(axis) <= radians(45) + 1e-9


@pytest.mark.parametrize(
    ("vector", "bearing"), [([0, 1], 0), ([1, 0], 90), ([0, -2], 180), ([-1, 0], 270), ([1, 1], 45)]
)
def test_bearings_run_clockwise_from_north(page: Page, vector: list[int], bearing: float) -> None:
    assert call(page, GEOMETRY, "bearingOf", vector) == pytest.approx(bearing)
    x, y = call(page, GEOMETRY, "vectorOf", bearing)
    assert x * vector[1] == pytest.approx(y * vector[0], abs=1e-9)
    assert x * vector[0] + y * vector[1] > 0


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (make_rectangle(4, 0, 8, 3), False),  # a wall in common
        (make_rectangle(3.9, 1, 8, 2), True),
        (make_rectangle(1, 1, 2, 2), True),  # within
        (make_rectangle(-1, -1, 9, 9), True),  # about
        (make_rectangle(0, 0, 4, 3), True),  # the same
        (make_rectangle(20, 0, 24, 3), False),
    ],
)
def test_areas_overlap_by_more_than_an_edge(
    page: Page, other: list[list[float]], *, expected: bool
) -> None:
    assert call(page, GEOMETRY, "overlap", ROOM["polygons"], [[other]]) is expected


def test_a_hole_is_outside(page: Page) -> None:
    ring = [make_rectangle(0, 0, 10, 10), make_rectangle(4, 4, 6, 6)]
    assert call(page, GEOMETRY, "isInside", [1, 1], [ring])
    assert not call(page, GEOMETRY, "isInside", [5, 5], [ring])
    assert call(page, GEOMETRY, "areaOf", [ring]) == pytest.approx(96)
    inner = call(page, GEOMETRY, "findInnerPoint", [ring])
    assert call(page, GEOMETRY, "isInside", inner, [ring])


def test_a_bow_tie_crosses_itself(page: Page) -> None:
    assert call(page, GEOMETRY, "crossesItself", [[0, 0], [2, 2], [2, 0], [0, 2]])
    assert not call(page, GEOMETRY, "crossesItself", [[0, 0], [2, 0], [2, 2], [0, 2]])


@pytest.mark.parametrize(
    ("point", "drawing", "how", "expected", "kind"),
    [
        ([0.05, 0.05], {}, {}, [0, 0], "corner"),
        ([2, 0.05], {}, {}, [2, 0], "edge"),
        ([2.52, 0.04], {}, {}, [2.5, 0], "middle"),
        ([3, 1], {}, {}, [3, 1], "free"),
        ([0.05, 0.05], {}, {"free": True}, [0.05, 0.05], "free"),
        ([3.1, 4.5], {"points": [[0, 0], [3, 0]]}, {}, [3, 4.5], "right-angle"),
        ([6, 0.15], {"points": [[0, 0], [3, 0]]}, {}, [6, 0], "straight"),
        ([7.05, 3], {"points": [[1, 1]]}, {}, [7, 3], "align"),
        ([3.9, 4.5], {"points": [[0, 0], [3, 0]]}, {"square": True}, [3, 4.5], "right-angle"),
        ([1.23, 2.36], {}, {"grid_m": 0.5}, [1, 2.5], "grid"),
        ([4.1, 0.08], {"points": [[4, 3]]}, {}, [4, 0], "edge"),  # square onto the wall
    ],
)
def test_points_go_where_they_are_meant(
    page: Page,
    point: list[float],
    drawing: dict[str, Any],
    how: dict[str, Any],
    expected: list[float],
    kind: str,
) -> None:
    found = call(page, SNAP, "snap", point, NEAR, drawing, {**HOW, **how})
    assert found["point"] == pytest.approx(expected)
    assert found["kind"] == kind


def test_a_rectangle_closes_with_right_angles_shown(page: Page) -> None:
    drawing = {"points": [[0, 0], [3, 0], [3, 3.05]], "closes": True}
    found = call(page, SNAP, "snap", [0.05, 3.1], {"corners": []}, drawing, HOW)
    assert found["point"] == pytest.approx([0, 3.05])
    assert [corner for _, corner, _ in found["squares"]] == [[3, 3.05], [0, 3.05], [0, 0]]
    assert {guide["kind"] for guide in found["guides"]} == {"right-angle"}


def test_a_typed_length_holds_along_what_was_snapped_to(page: Page) -> None:
    drawing = {"points": [[0, 0], [3, 0]]}
    found = call(page, SNAP, "snap", [3.05, 4.5], NEAR, drawing, {**HOW, "length_m": 2})
    assert found["point"] == pytest.approx([3, 2])


def test_a_turned_building_has_right_angles_of_its_own(page: Page) -> None:
    axis = radians(30)
    drawing = {"points": [[0, 0]], "axis": axis}
    point = [4 * cos(axis) - 0.1 * sin(axis), 4 * sin(axis) + 0.1 * cos(axis)]
    found = call(page, SNAP, "snap", point, {}, drawing, HOW)
    assert found["point"] == pytest.approx([4 * cos(axis), 4 * sin(axis)])
    assert found["kind"] == "axis"


def push(page: Page, *shapes: object, **wall: object) -> dict[str, Any]:
    return dict(call(page, WALLS, "pushWall", list(shapes), {"id": "room", **wall}))


def test_a_shared_wall_moves_both_rooms(page: Page) -> None:
    wall = {"start": [4, 0], "end": [4, 3], "outward": [1, 0], "distance_m": 1}
    made = push(page, *FLOOR, **wall)
    assert made["room"] == [make_rectangle(0, 0, 5, 3)]
    assert made["beside"] == [make_rectangle(5, 0, 8, 3)]
    assert "corridor" not in made
    assert set(push(page, *FLOOR, **wall, alone=True)) == {"room"}


def test_a_corridor_beyond_a_thick_wall_steps_back_over_that_stretch(page: Page) -> None:
    made = push(page, *FLOOR, start=[0, 3], end=[4, 3], outward=[0, 1], distance_m=0.5)
    assert made["corridor"] == [
        [[0, 3.7], [4, 3.7], [4, 3.2], [8, 3.2], [8, 6], [0, 6], [0, 3.7]],
    ]
    assert "beside" not in made


def test_shared_corners_move_together(page: Page) -> None:
    made = dict(call(page, WALLS, "moveCorners", FLOOR, "room", [[[4, 3], [4.5, 2.5]]]))
    assert set(made) == {"room", "beside"}
    assert made["beside"][0][3] == [4.5, 2.5]


def test_a_square_corner_is_two_walls_also_on_a_neighbours_long_wall(page: Page) -> None:
    walls = call(page, WALLS, "splitCornerMove", "room", ROOM["lines"][0], False, 1, [5, -1])  # noqa: FBT003
    assert [(wall["outward"], wall["distance_m"]) for wall in walls] == [([0, -1], 1), ([1, 0], 1)]
    assert walls[1]["start"] == [4, -1]
    made = dict(call(page, WALLS, "pushWalls", [*FLOOR, BELOW], walls))
    assert made["room"] == [make_rectangle(0, -1, 5, 3)]
    assert call(page, WALLS, "findWallsThrough", [*FLOOR, BELOW], "room", [4, 0]) == ["below"]
    assert call(page, WALLS, "findWallsThrough", FLOOR, "room", [4, 0]) == []


def test_a_straight_wall_runs_over_the_corners_in_it(page: Page) -> None:
    ring = [[0, 0], [1, 0], [2, 0], [4, 0], [4, 3], [0, 3], [0, 0]]
    for number in range(3):
        assert call(page, WALLS, "findRun", ring, number) == [[0, 0], [4, 0]]
    assert call(page, WALLS, "findRun", ring, 3) == [[4, 0], [4, 3]]


@pytest.mark.parametrize(
    ("point", "line", "sides"),
    [
        ([3.9, 1.2], [[4, 0.75], [4, 1.65]], {"room", "beside"}),
        ([1, 3.05], [[1.45, 3.1], [0.55, 3.1]], {"room", "corridor"}),  # amid a thick wall
        ([0.1, 0.1], [[0, 0], [0.9, 0]], {"room", None}),  # to the outside, kept off the corner
    ],
)
def test_doors_find_their_wall_and_both_sides(
    page: Page, point: list[float], line: list[list[float]], sides: set[str | None]
) -> None:
    fitted = call(page, DOORS, "fitDoor", FLOOR, point, 0.9)
    ends = sorted(map(tuple, fitted["line"]))
    assert [value for end in ends for value in end] == pytest.approx(
        [value for end in sorted(map(tuple, line)) for value in end]
    )
    assert set(fitted["sides"]) == sides


def test_a_door_that_fits_nowhere_says_why(page: Page) -> None:
    assert call(page, DOORS, "fitDoor", FLOOR, [30, 30], 0.9) == {"problem": "no-wall"}
    narrow = make_unit("narrow", make_rectangle(0, 0, 0.5, 0.5))
    problem = call(page, DOORS, "fitDoor", [narrow], [0.1, 0.1], 0.9)
    assert problem == {"problem": "too-short", "wall_m": 0.5}


@pytest.mark.parametrize(
    ("point", "at", "bearing"),
    [
        ([0.2, 1], [0.05, 1], 90),  # on the west wall, looking east into the room
        ([3.9, 1], [3.95, 1], 270),
        ([2, 2.9], [2, 2.95], 180),
        ([2, 1.5], [2, 1.5], None),  # amid the room it hangs free
    ],
)
def test_a_sign_hangs_on_the_wall_and_looks_into_the_room(
    page: Page, point: list[float], at: list[float], bearing: float | None
) -> None:
    fitted = call(page, DOORS, "fitSign", FLOOR, point, 0.5)
    assert fitted["at"] == pytest.approx(at)
    assert fitted["bearing_deg"] == (None if bearing is None else pytest.approx(bearing))
    assert fitted["unit"] == "room"


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("3.5", [3.5]),
        ("3,5", [3.5]),
        ("3.5 x 4.2", [3.5, 4.2]),
        ("3*4", [3, 4]),
        ("350cm", [3.5]),
        ("3米", [3]),
        ("0,950", [0.95]),
        ("0", None),
        ("1,200 mm", None),  # 1.2 or 1200
        ("3 x 1，250", None),
        ("wide", None),
        ("", None),
    ],
)
def test_lengths_are_read_as_people_type_them(
    page: Page, text: str, lengths: list[float] | None
) -> None:
    assert call(page, "canvas/lengths.js", "readLengths", text) == lengths


def test_the_focus_stays_in_a_field_of_a_tool_whatever_comes_before_it(page: Page) -> None:
    held = page.evaluate(
        """async () => {
          const { Fields } = await import("/static/studio/editor/canvas/options.js");
          const bar = document.body.appendChild(document.createElement("div"));
          const fields = new Fields(bar);
          const kind = { kind: "select", name: "kind", label: "Kind", options: [["a", "A"]] };
          const ref = { kind: "text", name: "ref", label: "Number" };
          const end = { kind: "button", name: "finish", label: "Finish" };
          const found = [[kind, ref], [end, kind, ref], [ref], [kind, end]].map((now, count) => {
            fields.show(now);
            if (!count) bar.querySelector("input").focus();
            return document.activeElement.dataset.name ?? null;
          });
          fields.show([kind, ref]);
          const before = bar.querySelector("select");
          fields.write("ref", "G07");
          fields.write("none", "G08");
          found.push(bar.querySelector("input").value, bar.querySelector("select") === before);
          bar.remove();
          return found;
        }"""
    )
    assert held == ["ref", "ref", "ref", None, "G07", True]


def test_names_break_between_words_or_characters(page: Page) -> None:
    lines = page.evaluate(
        """async () => {
          const { breakText } = await import("/static/studio/editor/canvas/labels.js");
          return [breakText("Consulting room 3", text => text.length * 7, 80),
                  breakText("消化内科门诊", text => text.length * 12, 40),
                  breakText("Endocrinology", text => text.length * 7, 40)];
        }"""
    )
    assert lines == [["Consulting", "room 3"], ["消化内", "科门诊"], ["Endocrinology"]]


def test_a_name_has_the_room_that_a_bent_area_has_about_it(page: Page) -> None:
    bent = [[0, 0], [6, 0], [6, 1], [2, 1], [2, 4], [0, 4], [0, 0]]
    edges = list(pairwise(bent))
    places = [[1, 0.5], [1, 3], [4, 3], [-1, 3]]
    found = [call(page, "canvas/labels.js", "findStretch", edges, place) for place in places]
    assert found == [[0, 6], [0, 2], None, None]
