"""Documentation is held to the program: links lead somewhere, commands run, options are there."""

import json
import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

from wayfinder.cli import app, main

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("floorplans/**/*.md")])
COMMAND_LINE = ROOT / "docs" / "command-line.md"


def list_examples() -> list[str]:
    """List the commands in the console blocks of README and the page of commands."""
    found = []
    for page in (ROOT / "README.md", COMMAND_LINE):
        for block in re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            found += [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return list(dict.fromkeys(found))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand where a reader stands: beside the sample plans."""
    shutil.copytree(ROOT / "floorplans", tmp_path / "floorplans")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target and not target.startswith("#"):
            assert (page.parent / target.split("#")[0]).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("example", list_examples())
def test_examples_do_what_the_page_says(
    example: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, *arguments = shlex.split(example)
    assert program == "wayfinder"
    code = main(arguments)
    captured = capsys.readouterr()
    assert code == (1 if "--close" in arguments else 0), captured.err
    if "--json" in arguments:
        json.loads(captured.out)
    for option in ("--svg", "--output"):
        if option in arguments:
            assert (place / arguments[arguments.index(option) + 1]).stat().st_size > 0


@pytest.mark.usefixtures("place")
def test_what_the_readme_shows_is_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    shown = 0
    for block in re.findall(
        r"```console\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    ):
        first, _, output = block.partition("\n")
        if output and not output.startswith("$"):
            main(shlex.split(first[2:])[1:])
            assert capsys.readouterr().out == output
            shown += 1
    assert shown


def test_the_readmes_python_runs(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert main(["graph", "floorplans/clinic", "--output", "clinic.json"]) == 0
    capsys.readouterr()
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - it is what a reader runs
    assert "nodes" in capsys.readouterr().out
    assert (place / "clinic.json").exists()


@pytest.mark.parametrize("name", sorted(app.COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    text = COMMAND_LINE.read_text("utf-8")
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert section, f"docs/command-line.md has no section on {name}"
    command = app.wayfinder.get_command(click.Context(app.wayfinder), name)
    assert command is not None
    options = {
        option for param in command.params for option in param.opts if option.startswith("--")
    }
    documented = set(re.findall(r"--[a-z][a-z-]*", section[1]))
    assert options <= documented, f"missing: {sorted(options - documented)}"


@pytest.mark.parametrize("page", ["README.md", "docs/tour.md"])
def test_the_pictures_are_pictures(page: str) -> None:
    path = ROOT / page
    targets = re.findall(r"!\[[^]]+\]\(([^)]+)\)", path.read_text("utf-8"))
    assert targets
    for target in targets:
        content = (path.parent / target).read_bytes()
        assert content.lstrip().startswith((b"<svg", b"\x89PNG\r\n")), target
