"""``wayfinder sign-state``: what is noted, listed and refused."""

import re
import shlex
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "signs.md"
LOBBY = "VQAFYHP"


@pytest.fixture(autouse=True)
def _published(published_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a store of one's own that holds the clinic, published."""
    path = tmp_path / "store.sqlite3"
    shutil.copyfile(published_template, path)
    monkeypatch.setenv("WAYFINDER_DATABASE_URL", f"sqlite:///{path}")


def test_signs_are_listed_with_where_they_are_and_how_far_they_have_come(run: Run) -> None:
    lines = run("sign-state", "list", "clinic").out.splitlines()
    assert len(lines) == 5
    assert lines[0].startswith(f"{LOBBY}  1-01")
    assert "1F Lobby · planned · " in lines[0]
    upstairs = run("sign-state", "list", "clinic", "--level", "2f", "--json").json["signs"]
    assert [one["ref"] for one in upstairs] == ["2-01", "2-02"]
    assert upstairs[0]["state"] == "planned"
    assert upstairs[0]["floor"]
    assert upstairs[0]["in_force"] is True
    said = run("sign-state", "list", "clinic", "--language", "zh-Hans").out
    assert "门诊大厅 · 计划中 · " in said


def test_what_became_of_signs_is_noted_and_told(run: Run) -> None:
    done = run("sign-state", "set", "clinic", "printed", "1-01", "d3h 69da")
    assert done.out.splitlines()[-1] == "2 signs: printed"
    listed = run("sign-state", "list", "clinic", "--state", "printed", "--json").json["signs"]
    assert {one["ref"] for one in listed} == {"1-01", "1-03"}
    mounted = run("sign-state", "set", "clinic", "mounted", "--from", "printed", "--json").json
    assert [one["state"] for one in mounted["signs"]] == ["mounted", "mounted"]
    assert run("sign-state", "set", "clinic", "mounted", "1-01").out == "0 signs: mounted\n"
    assert "no such signs" in run("sign-state", "list", "clinic", "--state", "damaged").out
    lines = run("sign-state", "history", "clinic", LOBBY).out.splitlines()
    assert [line.split(" · ")[1] for line in lines] == ["planned", "printed", "mounted"]
    told = run("sign-state", "history", "clinic", "1-01", "--json").json
    assert [one["state"] for one in told["changes"]] == ["planned", "printed", "mounted"]
    assert told["sign"]["code"] == LOBBY


def test_what_is_printed_and_mounted_on_one_day_is_noted_by_the_day(run: Run) -> None:
    today = datetime.now().astimezone().date()
    change = ("sign-state", "set", "clinic")
    assert run(*change, "printed", "1-01").code == 0, "noted with the time, as by a batch"
    done = run(*change, "mounted", "1-01", "--on", today)
    assert (done.code, done.err) == (0, "")
    before = today - timedelta(days=3)
    for state in ("printed", "mounted", "damaged"):
        assert run(*change, state, "2-01", "--on", before).code == 0
    early = run(*change, "mounted", "2-01", "--on", before - timedelta(days=1))
    assert (early.code, "cannot have been before" in early.err) == (2, True)
    tomorrow = run(*change, "damaged", "1-01", "--on", today + timedelta(days=1))
    assert (tomorrow.code, "still to come" in tomorrow.err) == (2, True)


def test_what_the_page_shows_can_be_done(run: Run) -> None:
    (block,) = (
        block
        for block in re.findall(r"```console\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
        if "sign-state" in block
    )
    for line in block.splitlines():
        program, *arguments = shlex.split(line.removeprefix("$ "))
        done = run(*arguments)
        assert (program, done.code, done.err) == ("wayfinder", 0, ""), line


def test_the_page_s_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    for code in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        if "base_address" in code:
            exec(compile(code, "signs.md", "exec"), {})  # noqa: S102 - it is what a reader runs
    assert capsys.readouterr().out == f"way.example.org/S/{LOBBY}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("list", "nowhere"), 1, "there are: clinic"),
        (("list", "clinic", "--level", "99F"), 1, "99F"),
        (("list", "clinic", "--state", "lost"), 2, "--help"),
        (("set", "clinic", "mounted", "1-01"), 1, "printed"),
        (("set", "clinic", "printed"), 2, "--from"),
        (("set", "clinic", "printed", "1-99"), 1, "1-99"),
        (("set", "clinic", "printed", "VQAFYH0"), 1, f"there are: {LOBBY}"),
        (("set", "clinic", "printed", "1-01", "--on", "soon"), 2, "--on"),
        (("set", "clinic", "printed", "1-01", "--on", "2999-01-01"), 2, "still to come"),
        (("set", "clinic", "hung", "1-01"), 2, "--help"),
        (("history", "clinic", "1-99"), 1, "1-99"),
    ],
)
def test_a_refusal_is_one_line_that_helps(
    run: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run("sign-state", *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    assert said in done.err
