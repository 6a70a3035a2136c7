"""Buildings as people have mapped them: what is read of them, and no way that is not there."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest

from tests.conftest import SharedPlans
from tests.formats.osm.drawing import by_code
from wayfinder.formats import ReadResult, read_plan
from wayfinder.formats.osm import read_osm
from wayfinder.graph import build_network
from wayfinder.guide.words import LANGUAGES, say_fix, say_issue
from wayfinder.model import Opening, Plan
from wayfinder.model.categories import is_walkable


def _components(plan: Plan) -> tuple[int, list[int]]:
    """Return how many units can be entered, and how many hang together."""
    units = {unit.id for unit in plan.units if is_walkable(unit)}
    graph = build_network(plan).graph
    groups = [
        {graph.nodes[node]["unit"] for node in nodes} & units
        for nodes in nx.weakly_connected_components(graph)
    ]
    return len(units), sorted(map(len, groups), reverse=True)


@pytest.fixture(scope="module")
def apb(shared_plans: SharedPlans) -> ReadResult:
    return read_osm(shared_plans / "osm_apb_dresden/APBorig.osm")


def test_apb_dresden_hangs_together(apb: ReadResult) -> None:
    result = apb
    assert [level.ordinal for level in result.plan.levels] == [-1, 0, 1, 2, 3]
    total, groups = _components(result.plan)
    assert total == 477
    assert groups[0] >= 475
    # the one door that is tagged for a level on which it touches nothing
    (door,) = [i for i in result.issues if i.code == "osm-door-level-differs"]
    assert door.values["element"] == "node/8109446036"
    venue = result.plan.venue
    assert venue is not None
    assert venue.name["de"] == "Andreas-Pfitzmann-Bau"
    assert venue.time_zone == "Europe/Berlin"


def test_apb_dresden_repeats_its_doors(apb: ReadResult) -> None:
    plan = apb.plan
    doors = {code for code in by_code(plan) if code.startswith("node/8109446373@")}
    assert doors == {f"node/8109446373@{level}" for level in range(4)}
    # 501 doors that can be placed, and 29 repetitions
    assert len(plan.list_of(Opening)) == 530


def test_apb_dresden_keeps_its_emergency_exits_shut(apb: ReadResult) -> None:
    plan = apb.plan
    shut = [opening for opening in plan.list_of(Opening) if opening.emergency_only]
    assert len(shut) == 16
    assert {opening.category for opening in shut} == {"emergencyexit"}


@pytest.mark.parametrize(
    ("name", "units", "doors_off"),
    [
        ("osm_caserne_rennes/caserne.osm", 75, 5),
        pytest.param("osm_massy_station/station-border.osm.pbf", 103, 4, marks=pytest.mark.long),
    ],
)
def test_other_plans_load_with_what_is_wrong(
    name: str, units: int, doors_off: int, shared_plans: SharedPlans
) -> None:
    result = read_plan(shared_plans / name)
    assert len(result.plan.units) == units
    network = build_network(result.plan)
    off = [issue for issue in network.issues if issue.code == "door-off-outline"]
    assert len(off) == doors_off
    assert all(issue.place is not None for issue in off)
    for issue in result.issues:
        for language in LANGUAGES:
            assert say_issue(issue, language)
            assert issue.fix is None or say_fix(issue.fix, language)


def test_no_way_is_invented(shared_plans: SharedPlans) -> None:
    plan = read_osm(shared_plans / "osm_caserne_rennes/caserne.osm").plan
    graph = build_network(plan).graph
    shops = {u.id for u in plan.units if "shop" in u.wayfinder["osm"]["tags"]}
    assert len(shops) > 30
    touched = Counter(
        graph.nodes[node]["unit"]
        for edge in graph.edges
        for node in edge
        if graph.nodes[edge[0]]["unit"] != graph.nodes[edge[1]]["unit"]
    )
    # no shop there has a door on its outline
    assert not shops & set(touched)


def test_reading_is_the_same_in_another_process(shared_plans: SharedPlans) -> None:
    path = shared_plans / "osm_caserne_rennes/caserne.osm"
    code = (
        "import sys\nfrom wayfinder.formats.osm import read_osm\n"
        "result = read_osm(sys.argv[1])\n"
        "print(*result.plan.features, *(i.code for i in result.issues))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
