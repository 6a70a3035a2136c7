"""The search that is measured finds what it should, in a hospital of generated names."""

import json

from click.testing import CliRunner

from wayfinder.bench.command import bench
from wayfinder.bench.names import list_departments, list_typed, make_names_plan
from wayfinder.services.directory import Directory, Spot


def test_what_is_typed_is_found_among_thousands_of_names() -> None:
    directory = Directory(make_names_plan(1_000))
    typed = list(list_typed(list_departments()))
    assert len(typed) > 700
    here = Spot("level-0", 70.0, 5.0)
    wrong = []
    for query in typed:
        hits = directory.search(query.text, near=here, limit=1).hits
        if not hits or hits[0].id != query.wanted:
            wrong.append(query)
    assert wrong == []


def test_the_part_of_the_benchmark_runs_and_has_a_peer() -> None:
    result = CliRunner().invoke(
        bench, ["--json", "--only", "search", "--quick"], standalone_mode=False
    )
    (section,) = json.loads(result.stdout)["sections"]
    assert section["rows"][0]["search"] == "ours"
    assert any("RapidFuzz" in row["search"] for row in section["rows"])
    assert section["rows"][0]["right first"] == 1
