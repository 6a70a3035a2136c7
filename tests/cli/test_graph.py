"""`wayfinder graph`: the network as a file of three formats."""

import json
from pathlib import Path

import networkx as nx
import pytest

from tests.ascii_plan import draw_plan
from tests.cli.conftest import Run
from tests.cli.schemas import NODE_LINK, require
from wayfinder.formats import write_imdf


def test_node_link_is_what_networkx_reads(run: Run, clinic: Path, tmp_path: Path) -> None:
    outcome = run("graph", clinic, "--output", tmp_path / "net.json")
    assert (outcome.code, outcome.out) == (0, "")
    document = json.loads((tmp_path / "net.json").read_text("utf-8"))
    require(document, NODE_LINK)
    graph = nx.node_link_graph(document, edges="edges")
    assert isinstance(graph, nx.DiGraph)
    assert nx.is_weakly_connected(graph)
    assert f"{len(graph)} nodes" in outcome.err


@pytest.mark.parametrize("name", ["net.graphml", "net.GeoJSON"])
def test_other_formats_are_written_whole(run: Run, clinic: Path, tmp_path: Path, name: str) -> None:
    assert run("graph", clinic, "--output", tmp_path / name).code == 0
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_of_a_plan_with_errors_nothing_is_written_unless_asked(
    run: Run, faulty: Path, tmp_path: Path
) -> None:
    target = tmp_path / "net.json"
    outcome = run("graph", faulty, "--output", target)
    assert outcome.code == 1
    assert outcome.err.count("\n") == 1
    assert "1 error" in outcome.err
    assert not target.exists()
    assert run("graph", faulty, "--output", target, "--despite-errors").code == 0
    assert target.exists()


def test_an_empty_network_is_no_network(run: Run, tmp_path: Path) -> None:
    plan = draw_plan("+--+\n|A |\n+--+").without("A")
    write_imdf(plan, tmp_path / "plan")
    target = tmp_path / "net.json"
    outcome = run("graph", tmp_path / "plan", "--output", target, "--despite-errors")
    assert outcome.code == 1
    assert "nothing that a person could enter" in outcome.err
    assert not target.exists()


def test_where_nothing_can_be_written_nothing_is(run: Run, clinic: Path, tmp_path: Path) -> None:
    folder = tmp_path / "net.json"
    folder.mkdir()
    assert "is a folder" in run("graph", clinic, "--output", folder).err
    missing = tmp_path / "missing" / "net.json"
    outcome = run("graph", clinic, "--output", missing)
    assert outcome.code == 2
    assert "make it first" in outcome.err
    assert not missing.parent.exists()
