"""`wayfinder graph`: the network as a file of three formats."""

import json
from pathlib import Path

import networkx as nx
import pytest

from tests.cli.conftest import Run
from tests.cli.schemas import NODE_LINK, require


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


def test_where_nothing_can_be_written_nothing_is(run: Run, clinic: Path, tmp_path: Path) -> None:
    folder = tmp_path / "net.json"
    folder.mkdir()
    assert "is a folder" in run("graph", clinic, "--output", folder).err
    missing = tmp_path / "missing" / "net.json"
    outcome = run("graph", clinic, "--output", missing)
    assert outcome.code == 2
    assert "make it first" in outcome.err
    assert not missing.parent.exists()
