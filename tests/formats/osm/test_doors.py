"""Doors become openings on the walls they stand in, on the levels they are on."""

from cmath import rect
from math import atan2, degrees
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point

from tests.formats.osm.drawing import Drawing, by_code, codes
from wayfinder.formats import ReadResult
from wayfinder.graph import build_network
from wayfinder.model import Opening, Plan


def _two_rooms(level: str = "0") -> Drawing:
    """Two rooms that share the wall x = 5 from y = 0 to y = 4."""
    drawing = Drawing()
    drawing.box(0, 0, 5, 4, indoor="room", level=level)
    drawing.box(5, 0, 5, 4, indoor="corridor", level=level)
    return drawing


def _line(plan: Plan, opening: Opening) -> shapely.LineString:
    """Return an opening's line in metres of the drawing."""
    line = plan.find_geometry_m(opening.id)
    corner = min(
        (plan.find_geometry_m(unit.id) for unit in plan.units),
        key=lambda shape: shape.bounds[:2] if shape is not None else (0, 0),
    )
    assert line is not None
    assert corner is not None
    x, y = corner.bounds[:2]
    return shapely.LineString(shapely.get_coordinates(line) - (x, y))


def _openings(result: ReadResult) -> dict[str, Opening]:
    plan = result.plan
    return {f.codes["osm"]: f for f in plan.list_of(Opening)}


def test_a_door_lies_centred_along_its_wall(tmp_path: Path) -> None:
    drawing = _two_rooms()
    drawing.node(5, 2, {"door": "hinged", "level": "0", "door:width": "1.2"})
    plan = drawing.read(tmp_path).plan
    (opening,) = plan.list_of(Opening)
    line = _line(plan, opening)
    assert line.length == pytest.approx(1.2, abs=0.03)
    assert line.centroid.distance(Point(5, 2)) < 0.03
    dx, dy = line.coords[1][0] - line.coords[0][0], line.coords[1][1] - line.coords[0][1]
    assert degrees(atan2(dy, dx)) % 180 == pytest.approx(90, abs=1)
    assert opening.clear_width_m == 1.2
    assert opening.door["type"] == "swinging"
    assert opening.category == "pedestrian"


def test_an_untagged_width_stays_unknown(tmp_path: Path) -> None:
    drawing = _two_rooms()
    drawing.node(5, 2, door="yes", level="0")
    plan = drawing.read(tmp_path).plan
    (opening,) = plan.list_of(Opening)
    assert opening.clear_width_m is None
    assert _line(plan, opening).length == pytest.approx(0.9, abs=0.03)


def test_a_door_at_a_corner_lies_along_the_shared_wall(tmp_path: Path) -> None:
    drawing = Drawing()
    # the corridor turns at the door: only the wall above is shared
    drawing.box(0, 0, 5, 4, indoor="room", level="0")
    drawing.area([(5, 2), (9, 2), (9, 9), (5, 9)], indoor="corridor", level="0")
    drawing.node(5, 2, door="yes", level="0")
    plan = drawing.read(tmp_path).plan
    (opening,) = plan.list_of(Opening)
    line = _line(plan, opening)
    shared = shapely.LineString([(5, 2), (5, 4)])
    assert shared.buffer(0.05).contains(line)
    assert line.length > 0.4


def test_a_door_beside_a_corner_stays_on_its_wall(tmp_path: Path) -> None:
    drawing = _two_rooms()
    drawing.node(5, 3.8, door="yes", level="0")
    plan = drawing.read(tmp_path).plan
    (opening,) = plan.list_of(Opening)
    assert shapely.LineString([(5, 0), (5, 4)]).buffer(0.05).contains(_line(plan, opening))


def test_doors_repeat_on_levels(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 3, 3, indoor="room", stairs="yes", level="-1-3")
    drawing.box(3, 0, 9, 3, indoor="corridor", level="1", repeat_on="2-3")
    door = drawing.node(3, 1.5, door="hinged", level="-1", repeat_on="1-3")
    assert sorted(_openings(drawing.read(tmp_path))) == [f"{door}@{n}" for n in (-1, 1, 2, 3)]


def test_a_passage_is_open(tmp_path: Path) -> None:
    drawing = _two_rooms()
    drawing.node(5, 2, door="no", level="0")
    (opening,) = drawing.read(tmp_path).plan.list_of(Opening)
    assert opening.door["type"] == "open"


@pytest.mark.parametrize(
    ("tags", "category", "extras"),
    [
        ({"entrance": "main"}, "pedestrian.principal", {}),
        ({"entrance": "yes"}, "pedestrian.principal", {}),
        ({"entrance": "emergency"}, "emergencyexit", {"emergency_only": True}),
        ({"entrance": "emergency_ward"}, "pedestrian.principal", {}),
        ({"entrance": "exit"}, "pedestrian.principal", {"one_way_to": "outside"}),
        ({"entrance": "service"}, "service", {"access": "staff"}),
        ({"door": "yes", "access": "private"}, "pedestrian", {"access": "private"}),
        ({"door": "yes", "locked": "yes"}, "pedestrian", {"locked": True}),
        ({"door": "yes", "wheelchair": "no"}, "pedestrian", {"wheelchair": False}),
        ({"door": "yes", "kerb:height": "0.03"}, "pedestrian", {"threshold_mm": 30.0}),
        ({"railway": "subway_entrance"}, "pedestrian.principal", {}),
        ({"indoor": "door"}, "pedestrian", {}),
    ],
)
def test_what_kind_of_door(
    tags: dict[str, str], category: str, extras: dict[str, object], tmp_path: Path
) -> None:
    drawing = _two_rooms()
    drawing.node(0, 2, tags, level="0")
    (opening,) = drawing.read(tmp_path).plan.list_of(Opening)
    assert opening.category == category
    found = {k: v for k, v in opening.wayfinder.items() if k not in {"codes", "osm"}}
    assert found == extras


@pytest.mark.parametrize(
    ("tags", "kind", "automatic"),
    [
        ({"door": "sliding", "automatic_door": "yes"}, "sliding", True),
        ({"door": "revolving", "automatic_door": "no"}, "revolving", False),
        ({"door": "hinged", "automatic_door": "button"}, "swinging", True),
        ({"door": "yes", "barrier": "turnstile"}, "turnstile", False),
        ({"door": "overhead"}, "shutter", False),
        ({"door": "whatever"}, "unspecified", False),
    ],
)
def test_door_types(tags: dict[str, str], kind: str, *, automatic: bool, tmp_path: Path) -> None:
    drawing = _two_rooms()
    drawing.node(5, 2, tags, level="0")
    (opening,) = drawing.read(tmp_path).plan.list_of(Opening)
    assert (opening.door["type"], opening.automatic) == (kind, automatic)


def test_no_door_of_a_garage(tmp_path: Path) -> None:
    drawing = _two_rooms()
    drawing.node(5, 2, entrance="garage", level="0")
    assert not drawing.read(tmp_path).plan.list_of(Opening)


def test_a_door_of_another_level_is_reported_not_moved(tmp_path: Path) -> None:
    drawing = _two_rooms(level="2")
    drawing.box(20, 0, 3, 3, indoor="room", level="1")
    door = drawing.node(5, 2, door="yes", level="1")
    result = drawing.read(tmp_path)
    assert not result.plan.list_of(Opening)
    (issue,) = [i for i in result.issues if i.code == "osm-door-level-differs"]
    assert issue.fix is not None
    assert issue.fix.arguments == {"element": door, "level": "2"}
    assert issue.place is not None


def test_a_door_on_a_half_landing_connects_the_flights_there(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 3, 3, indoor="room", stairs="yes", level="0-1")
    drawing.box(3, 0, 3, 3, indoor="room", stairs="yes", level="0-1")
    door = drawing.node(3, 1.5, door="yes", level="0.5")
    assert sorted(_openings(drawing.read(tmp_path))) == [f"{door}@0"]


def test_a_door_without_level_is_where_its_rooms_are(tmp_path: Path) -> None:
    drawing = _two_rooms(level="2")
    door = drawing.node(5, 2, door="yes")
    result = drawing.read(tmp_path)
    assert sorted(_openings(result)) == [f"{door}@2"]
    assert not codes(result)


def test_a_door_that_could_be_on_two_levels_is_reported(tmp_path: Path) -> None:
    drawing = _two_rooms(level="0;1")
    door = drawing.node(5, 2, door="yes")
    result = drawing.read(tmp_path)
    assert not result.plan.list_of(Opening)
    (issue,) = [i for i in result.issues if i.code == "osm-level-missing"]
    assert issue.values["element"] == door
    assert issue.fix is not None
    assert issue.fix.arguments["level"] == "0;1"


def test_an_entrance_without_level_is_on_the_ground(tmp_path: Path) -> None:
    drawing = _two_rooms(level="-1-1")
    drawing.box(0, 0, 10, 4, building="hospital")
    entrance = drawing.node(0, 2, entrance="main")
    result = drawing.read(tmp_path)
    assert sorted(_openings(result)) == [f"{entrance}@0"]
    assert codes(result) == ["osm-entrance-on-ground"]


def test_an_entrance_of_a_hillside_is_where_the_only_room_is(tmp_path: Path) -> None:
    drawing = _two_rooms(level="1")
    entrance = drawing.node(0, 2, entrance="yes")
    assert sorted(_openings(drawing.read(tmp_path))) == [f"{entrance}@1"]


def test_a_door_off_all_outlines_is_kept_but_joins_nothing(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 4, indoor="room", level="0")
    drawing.box(7, 0, 5, 4, indoor="room", level="0")
    drawing.node(6, 2, door="yes", level="0")
    drawing.node(40, 2, door="yes", level="0")
    result = drawing.read(tmp_path)
    assert len(result.plan.list_of(Opening)) == 2
    network = build_network(result.plan)
    assert sum(issue.code == "door-off-outline" for issue in network.issues) == 2
    one, other = (unit.id for unit in result.plan.units)
    units = {
        (network.graph.nodes[a]["unit"], network.graph.nodes[b]["unit"])
        for a, b in network.graph.edges
    }
    assert (one, other) not in units


def test_a_door_on_a_level_with_nothing_else_is_left_out(tmp_path: Path) -> None:
    drawing = _two_rooms()
    drawing.node(40, 2, door="yes", level="7")
    result = drawing.read(tmp_path)
    assert not result.plan.list_of(Opening)
    assert [level.ordinal for level in result.plan.levels] == [0]


def test_a_door_drawn_as_a_line(tmp_path: Path) -> None:
    drawing = _two_rooms()
    door = drawing.line([(5, 1), (5, 3)], indoor="door", level="0", width="2 m")
    plan = drawing.read(tmp_path).plan
    opening = by_code(plan)[f"{door}@0"]
    assert isinstance(opening, Opening)
    assert _line(plan, opening).length == pytest.approx(2, abs=0.03)
    assert opening.clear_width_m == 2


@pytest.mark.parametrize("turn", [0.0, 0.3, 1.1])
def test_doors_connect_whatever_way_the_plan_is_turned(turn: float, tmp_path: Path) -> None:
    def turned(x: float, y: float) -> tuple[float, float]:
        point = complex(x, y) * rect(1, turn)
        return round(point.real, 6), round(point.imag, 6)

    drawing = Drawing()
    door = turned(5, 1)
    drawing.area(
        [turned(0, 0), turned(5, 0), door, turned(5, 4), turned(0, 4)], indoor="room", level="0"
    )
    drawing.area(
        [turned(5, 0), turned(9, 0), turned(9, 4), turned(5, 4), door], indoor="room", level="0"
    )
    drawing.node(*door, door="yes", level="0")
    network = build_network(drawing.read(tmp_path).plan)
    kinds = {data["kind"] for _, _, data in network.graph.edges(data=True)}
    assert "door" in kinds
    assert not network.issues
