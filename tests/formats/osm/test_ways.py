"""Lines become ways: on a level, between levels, through doors and gates, in the open."""

from pathlib import Path

import networkx as nx
import pytest

from tests.formats.osm.drawing import Drawing, by_code, codes
from wayfinder.formats import ReadResult, read_plan
from wayfinder.graph import build_network
from wayfinder.model import Plan, Relationship, Unit


def _ways(result: ReadResult) -> dict[str, Relationship]:
    return {w.codes["osm"]: w for w in result.plan.list_of(Relationship)}


def _levels(plan: Plan, way: Relationship) -> list[float]:
    ordinals = {level.id: level.ordinal for level in plan.levels}
    return [ordinals[key] for key in way.level_ids]


def _connected(result: ReadResult) -> list[set[str]]:
    """Return the OSM names of the units that hang together, largest first."""
    plan, graph = result.plan, build_network(result.plan).graph
    names = {f.id: code for code, f in by_code(plan).items() if isinstance(f, Unit)}
    groups = [
        {names[u] for n in nodes if (u := graph.nodes[n]["unit"]) is not None}
        for nodes in nx.weakly_connected_components(graph)
    ]
    return sorted((group for group in groups if group), key=lambda g: (-len(g), sorted(g)))


def _two_floors() -> Drawing:
    """Draw a hall on level 0 and one on level 1, side by side."""
    drawing = Drawing()
    drawing.box(0, 0, 5, 5, indoor="area", level="0")
    drawing.box(15, 0, 5, 5, indoor="area", level="1")
    return drawing


def test_a_line_on_a_level_joins_what_it_ends_in(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 5, indoor="area", level="2")
    drawing.box(15, 0, 5, 5, indoor="area", level="2")
    drawing.line([(3, 2), (17, 2)], {"highway": "corridor"}, level="2", indoor="yes", width="1.8")
    result = drawing.read(tmp_path)
    (way,) = result.plan.list_of(Relationship)
    assert way.category == "traversal"
    assert not way.directed
    assert way.wayfinder["clear_width_m"] == 1.8
    assert _connected(result) == [{"way/1@2", "way/2@2"}]


def test_corridors_as_lines_serve_rooms_through_their_doors(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 5, indoor="room", level="0")
    drawing.box(15, 0, 5, 5, indoor="room", level="0")
    drawing.box(30, 0, 5, 5, indoor="room", level="0")
    for x in (5, 15):
        drawing.node(x, 2, door="yes", level="0")
    drawing.line([(5, 2), (10, 2), (15, 2)], highway="footway", indoor="yes", level="0")
    result = drawing.read(tmp_path)
    assert _connected(result) == [{"way/1@0", "way/2@0"}, {"way/3@0"}]


def test_lines_that_share_a_vertex_connect_even_in_the_middle(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 5, indoor="area", level="0")
    drawing.box(15, 0, 5, 5, indoor="area", level="0")
    drawing.box(8, 15, 5, 5, indoor="area", level="0")
    drawing.line([(3, 2), (10, 2), (17, 2)], highway="corridor", level="0")
    drawing.line([(10, 2), (10, 17)], highway="corridor", level="0")
    assert len(_connected(drawing.read(tmp_path))[0]) == 3


@pytest.mark.parametrize(
    ("tags", "ends", "category", "ordinals"),
    [
        ({"highway": "steps", "level": "0;1"}, ("0", "1"), "stairs", [0, 1]),
        ({"highway": "steps", "level": "0-1"}, ("1", "0"), "stairs", [1, 0]),
        ({"highway": "steps", "level": "0-1"}, ("0", None), "stairs", [0, 1]),
        ({"highway": "steps", "level": "0-1"}, (None, "0"), "stairs", [1, 0]),
        ({"highway": "steps", "level": "0;1", "incline": "up"}, (None, None), "stairs", [0, 1]),
        ({"highway": "steps", "level": "0;1", "incline": "down"}, (None, None), "stairs", [1, 0]),
        ({"highway": "footway", "level": "0;1", "incline": "6%"}, ("0", "1"), "ramp", [0, 1]),
        ({"indoor": "pathway", "level": "0-1"}, ("0", "1"), "ramp", [0, 1]),
    ],
)
def test_lines_between_levels(
    tags: dict[str, str],
    ends: tuple[str | None, str | None],
    category: str,
    ordinals: list[float],
    tmp_path: Path,
) -> None:
    drawing = Drawing()
    drawing.box(50, 0, 5, 5, indoor="area", level="0;1")
    for x, level in zip((0, 9), ends, strict=True):
        drawing.node(x, 2, {"level": level} if level is not None else {})
    drawing.line([(0, 2), (4, 2), (9, 2)], tags)
    result = drawing.read(tmp_path)
    (way,) = result.plan.list_of(Relationship)
    assert way.category == category
    assert _levels(result.plan, way) == ordinals


def test_the_areas_at_its_ends_tell_the_levels_of_a_line(tmp_path: Path) -> None:
    drawing = _two_floors()
    drawing.line([(5, 2), (15, 2)], highway="steps", level="0;1")
    result = drawing.read(tmp_path)
    (way,) = result.plan.list_of(Relationship)
    assert _levels(result.plan, way) == [0, 1]
    assert _connected(result) == [{"way/1@0", "way/2@1"}]


@pytest.mark.parametrize("ends", [(None, None), ("0", "0")])
def test_steps_whose_ends_are_unknown_join_nothing(
    ends: tuple[str | None, str | None], tmp_path: Path
) -> None:
    drawing = _two_floors()
    for x, level in zip((8, 12), ends, strict=True):
        drawing.node(x, 2, {"level": level} if level is not None else {})
    steps = drawing.line([(8, 2), (12, 2)], highway="steps", level="0;1")
    result = drawing.read(tmp_path)
    assert not result.plan.list_of(Relationship)
    (issue,) = [i for i in result.issues if i.code == "osm-line-levels-unknown"]
    assert issue.values == {"element": steps, "levels": "0;1"}
    assert issue.fix is not None


def test_flights_that_meet_on_a_landing_are_one_stair(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(-5, 0, 5, 5, indoor="area", level="0")
    drawing.box(-5, 10, 5, 5, indoor="area", level="1")
    drawing.node(6, 4, level="0.5")
    drawing.line([(0, 2), (6, 2), (6, 4)], indoor="pathway", level="0-1")
    drawing.line([(0, 12), (6, 4)], indoor="pathway", level="0-1")
    result = drawing.read(tmp_path)
    (way,) = result.plan.list_of(Relationship)
    assert _levels(result.plan, way) == [0, 1]
    assert len(_connected(result)) == 1


def test_a_landing_tagged_like_its_flights_stays_on_its_level(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(50, 0, 5, 5, indoor="area", level="0-1")
    for x, level in ((0, "0"), (3, "0"), (9, "1")):
        drawing.node(x, 2, level=level)
    drawing.line([(0, 2), (3, 2)], indoor="pathway", level="0-1")
    drawing.line([(3, 2), (9, 2)], indoor="pathway", level="0-1")
    result = drawing.read(tmp_path)
    ways = _ways(result)
    assert _levels(result.plan, ways["way/2"]) == [0]
    assert _levels(result.plan, ways["way/3"]) == [0, 1]


def test_a_stair_over_three_floors_stops_where_its_nodes_say(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(50, 0, 5, 5, indoor="area", level="0-2")
    for x in (0, 5, 10):
        drawing.node(x, 2, level=str(x // 5))
    drawing.line([(0, 2), (5, 2), (10, 2)], highway="steps", level="0-2")
    result = drawing.read(tmp_path)
    assert [_levels(result.plan, way) for way in _ways(result).values()] == [[0, 1], [1, 2]]


def test_a_winding_stair_begins_and_ends_at_one_door(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 4, 4, indoor="room", stairs="yes", level="0-3")
    drawing.box(-5, 0, 5, 4, indoor="corridor", level="0", repeat_on="1-3")
    drawing.node(0, 2, door="yes", level="0", repeat_on="1-3")
    drawing.node(3, 1, level="1")
    drawing.node(3, 3, level="2")
    points = [(0.0, 2.0), (3.0, 1.0), (3.0, 3.0), (0.0, 2.0)]
    drawing.line(points, indoor="pathway", level="1-2", repeat_on="2")
    result = drawing.read(tmp_path)
    climbs = [w for w in result.plan.list_of(Relationship) if len(w.level_ids) == 2]
    assert [_levels(result.plan, way) for way in climbs] == [[1, 2], [2, 3]]
    assert {way.category for way in climbs} == {"stairs"}


@pytest.mark.parametrize(
    ("tags", "ordinals", "directed"),
    [
        ({"conveying": "forward"}, [0, 1], True),
        ({"conveying": "backward"}, [1, 0], True),
        ({"conveying": "yes", "oneway": "yes"}, [0, 1], True),
        ({"conveying": "reversible"}, [0, 1], False),
    ],
)
def test_escalators_run_one_way(
    tags: dict[str, str], ordinals: list[float], *, directed: bool, tmp_path: Path
) -> None:
    drawing = _two_floors()
    drawing.line([(5, 2), (15, 2)], tags, highway="steps", level="0;1", incline="up")
    result = drawing.read(tmp_path)
    (way,) = result.plan.list_of(Relationship)
    assert (way.category, way.directed) == ("escalator", directed)
    assert _levels(result.plan, way) == ordinals


def test_an_escalator_of_unknown_direction_is_not_used(tmp_path: Path) -> None:
    drawing = _two_floors()
    steps = drawing.line([(5, 2), (15, 2)], highway="steps", level="0;1", conveying="yes")
    result = drawing.read(tmp_path)
    assert not result.plan.list_of(Relationship)
    (issue,) = [i for i in result.issues if i.code == "osm-escalator-direction"]
    assert issue.values["element"] == steps
    assert len(_connected(result)) == 2


def test_a_moving_walkway(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(50, 0, 5, 5, indoor="area", level="0")
    drawing.line([(0, 0), (9, 0)], highway="footway", level="0", conveying="backward")
    (way,) = drawing.read(tmp_path).plan.list_of(Relationship)
    assert (way.category, way.directed) == ("movingwalkway", True)
    assert way.geometry is not None
    first, last = way.geometry["coordinates"]
    assert first[0] > last[0]


def test_ways_in_the_open_join_buildings_at_their_entrances(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 10, 10, building="hospital")
    drawing.box(0, 0, 10, 10, indoor="corridor", level="0")
    drawing.box(40, 0, 10, 10, indoor="corridor", level="-1")
    drawing.node(10, 5, entrance="main", door="yes", level="0")
    drawing.node(40, 5, entrance="yes", level="-1")
    drawing.line([(10, 5), (25, 5), (40, 5)], highway="footway", incline="-4%", access="yes")
    result = drawing.read(tmp_path)
    (way,) = result.plan.list_of(Relationship)
    assert way.category == "traversal"
    assert way.incline == -0.04
    assert _levels(result.plan, way) == [0, -1]
    assert _connected(result) == [{"way/2@0", "way/3@-1"}]


def test_an_emergency_exit_is_no_way_in(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 10, 10, indoor="corridor", level="0")
    drawing.node(10, 5, door="yes", entrance="emergency", level="0")
    drawing.line([(10, 5), (25, 5)], highway="footway")
    result = drawing.read(tmp_path)
    graph = build_network(result.plan).graph
    unit = by_code(result.plan)["way/1@0"].id
    inward = [(a, b) for a, b in graph.edges if _unit(graph, b) == unit != _unit(graph, a)]
    assert len(inward) == 1
    assert graph.edges[inward[0]]["emergency"] is True


def test_an_emergency_exit_onto_a_square_is_no_way_in(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 10, 10, indoor="corridor", level="0")
    drawing.box(10, 0, 30, 10, highway="pedestrian", area="yes")
    drawing.node(10, 5, door="yes", entrance="emergency", level="0")
    drawing.line([(10, 5), (25, 5)], highway="footway")
    result = drawing.read(tmp_path)
    graph = build_network(result.plan).graph
    unit = by_code(result.plan)["way/1@0"].id
    inward = [(a, b) for a, b in graph.edges if _unit(graph, b) == unit != _unit(graph, a)]
    assert inward
    assert all(graph.edges[edge].get("emergency") is True for edge in inward)


def _unit(graph: "nx.DiGraph[str]", node: str) -> str | None:
    unit: str | None = graph.nodes[node]["unit"]
    return unit


def test_steps_without_a_level_join_the_floors_they_meet(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(50, 0, 5, 5, indoor="area", level="0;1")
    drawing.line([(-9, 0), (0, 0)], highway="corridor", level="0")
    drawing.line([(9, 0), (18, 0)], highway="corridor", level="1")
    steps = drawing.line([(0, 0), (9, 0)], highway="steps")
    result = drawing.read(tmp_path)
    way = _ways(result)[steps]
    assert way.category == "stairs"
    assert _levels(result.plan, way) == [0, 1]


@pytest.mark.parametrize(
    ("tags", "walked"),
    [
        ({"highway": "footway"}, True),
        ({"highway": "path"}, True),
        ({"highway": "service"}, True),
        ({"highway": "service", "foot": "no"}, False),
        ({"highway": "residential"}, True),
        ({"highway": "cycleway"}, False),
        ({"highway": "cycleway", "foot": "yes"}, True),
        ({"highway": "primary"}, False),
        ({"highway": "primary", "sidewalk": "both"}, True),
        ({"highway": "motorway"}, False),
        ({"railway": "rail"}, False),
        ({"waterway": "river"}, False),
        ({"indoor": "yes", "tactile_paving": "yes", "level": "0"}, False),
    ],
)
def test_which_ways_one_walks(tags: dict[str, str], *, walked: bool, tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 5, indoor="area", level="0")
    drawing.line([(9, 0), (20, 0)], tags)
    assert bool(drawing.read(tmp_path).plan.list_of(Relationship)) is walked


def test_ways_far_away_are_left_out_and_counted(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 5, indoor="area", level="0")
    drawing.line([(400, 0), (500, 0)], highway="footway")
    result = drawing.read(tmp_path)
    assert not result.plan.list_of(Relationship)
    assert [i.values["count"] for i in result.issues if i.code == "osm-outdoors-left-out"] == [1]


def test_an_indoor_line_without_level_is_reported(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 5, indoor="area", level="0")
    line = drawing.line([(9, 0), (20, 0)], highway="corridor", indoor="yes")
    result = drawing.read(tmp_path)
    assert [i.values["element"] for i in result.issues if i.code == "osm-level-missing"] == [line]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"barrier": "gate", "access": "private"}, {"access": "private"}),
        ({"barrier": "gate", "locked": "yes"}, {"access": "private"}),
        ({"barrier": "bollard", "maxwidth": "0.8"}, {"clear_width_m": 0.8}),
        ({"barrier": "kerb", "kerb": "raised"}, {"wheelchair": False}),
        ({"door": "yes", "access": "employees"}, {"access": "staff"}),
    ],
)
def test_a_gate_bars_its_own_piece_of_a_way(
    tags: dict[str, str], expected: dict[str, object], tmp_path: Path
) -> None:
    drawing = Drawing()
    drawing.box(50, 0, 5, 5, indoor="area", level="0")
    drawing.node(10, 0, tags)
    drawing.line([(0, 0), (10, 0), (20, 0)], highway="footway")
    result = drawing.read(tmp_path)
    ways = list(_ways(result).values())
    barred = [w for w in ways if expected.items() <= w.wayfinder.items()]
    assert len(ways) == 4
    assert len(barred) == 2
    lengths = [result.plan.find_geometry_m(w.id) for w in barred]
    assert all(line is not None and line.length < 0.3 for line in lengths)
    graph = build_network(result.plan).graph
    ends = [n for n, d in graph.nodes(data=True) if d["kind"] == "way"]
    assert len({frozenset(c) for c in nx.weakly_connected_components(graph.subgraph(ends))}) == 1


def test_repeated_lines(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 5, indoor="area", level="0-2")
    drawing.line([(0, 9), (9, 9)], highway="corridor", level="0", repeat_on="1-2")
    result = drawing.read(tmp_path)
    assert [_levels(result.plan, way) for way in _ways(result).values()] == [[0], [1], [2]]


def test_what_the_extract_cuts_is_noted(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 5, indoor="area", level="0")
    text = drawing.xml().replace(
        "</osm>",
        "<way id='99'><nd ref='1'/><nd ref='77'/><tag k='highway' v='corridor'/>"
        "<tag k='level' v='0'/></way></osm>",
    )
    path = tmp_path / "cut.osm"
    path.write_text(text)
    assert codes(read_plan(path)) == ["osm-incomplete"]
