"""The example of `floorplans/README.md` draws a plan without issues."""

import re
from pathlib import Path

import pytest

from wayfinder.checks.report import check_network
from wayfinder.formats import read_plan
from wayfinder.graph import build_network
from wayfinder.resources import floorplans_dir
from wayfinder.route import find_places


def test_the_example_draws_a_clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (floorplans_dir() / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own example
    read = read_plan(tmp_path / "my-clinic")
    report = check_network(build_network(read.plan), reading=read.issues)
    assert report.issues == ()
    assert len(find_places(read.plan, "REG")) == 1
    assert len(find_places(read.plan, "204")) == 1
