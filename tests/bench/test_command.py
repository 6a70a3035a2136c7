import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import SharedPlans
from wayfinder.bench import worlds
from wayfinder.bench.campus import Campus
from wayfinder.bench.command import PARTS, bench
from wayfinder.cli import main


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worlds, "QUICK", Campus(buildings=1, floors=2))
    monkeypatch.setattr(worlds, "QUICK_COUNTS", (3, 4, 12))


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(bench, [*arguments, "--quick"], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.stdout, result.stderr


@pytest.mark.long
def test_without_the_real_plan_it_goes_on_and_names_it(tmp_path: Path) -> None:
    code, out, err = run("--json", "--plan", str(tmp_path / "absent.osm"), "--only", "paths",
                         "--only", "trees", "--only", "lines", "--only", "costs")  # fmt: skip
    document = json.loads(out)
    assert code == 0
    assert any("absent.osm" in text for text in document["missing"])
    assert "missing: the real plan" in err
    names = [section["name"] for section in document["sections"]]
    assert names == ["paths-campus", "paths-group", "hops", "trees", "closure"]
    peers = [row["search"] for row in document["sections"][0]["rows"]]
    assert peers[0] == "ours, tree cached"
    assert {"rustworkx", "igraph", "scipy dijkstra"} <= set(peers)


@pytest.mark.long
def test_figures_of_quick_runs_are_judged_by_nobody(tmp_path: Path) -> None:
    code, out, _ = run("--plan", str(tmp_path / "absent.osm"), "--only", "answers")
    assert code == 0
    assert "DOES NOT HOLD" not in out
    assert "| campus" in out


@pytest.mark.long
def test_every_part_runs_on_the_real_plan(shared_plans: SharedPlans) -> None:
    plan = shared_plans / "osm_apb_dresden/APBorig.osm"
    code, out, _ = run("--json", "--plan", str(plan))
    document = json.loads(out)
    assert code == 0
    # its wheel is none of ours to ask for
    assert all("Valhalla" in text for text in document["missing"])
    assert {"paths-APB", "build", "lines", "inside", "costs"} <= {
        section["name"] for section in document["sections"]
    }


def test_it_is_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--help"]) == 0
    text = capsys.readouterr().out
    assert all(name in text for name in PARTS)
