"""How commands end: exit codes, one-line errors, help, version, completion, colour."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import wayfinder
from tests.cli.conftest import Run
from wayfinder.cli import app


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "Missing argument 'PLAN'"),
        (["check", "nowhere"], "nowhere"),
        (["chekc"], "No such command 'chekc'"),
        (["check", "nowhere", "--jason"], "No such option"),
        (["graph", "nowhere", "--output", "net.xlsx"], "unknown format"),
        (["route", "nowhere", "--from", "a", "--to", "b"], "nowhere"),
        (["convert", "nowhere", "target"], "nowhere"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
    ],
)
def test_unusable_arguments_end_with_two_and_one_line(
    run: Run, arguments: list[str], words: str
) -> None:
    outcome = run(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("error: ")
    assert outcome.err.count("\n") == 1
    assert words in outcome.err


def test_a_name_cannot_steer_the_terminal(run: Run) -> None:
    outcome = run("check", "no\x1b[31mwhere\n\u202e")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert "\x1b" not in outcome.err
    assert "\u202e" not in outcome.err


def test_help_lists_every_command(run: Run) -> None:
    outcome = run("--help")
    assert outcome.code == 0
    for name, entry in app.COMMANDS.items():
        assert f"  {name} " in outcome.out
        assert entry.summary in outcome.out


@pytest.mark.parametrize("name", sorted(app.COMMANDS))
def test_every_command_explains_itself(run: Run, name: str) -> None:
    outcome = run(name, "--help")
    assert outcome.code == 0
    assert outcome.out.startswith("Usage: wayfinder")
    command = app.wayfinder.get_command(click.Context(app.wayfinder), name)
    assert command is not None
    assert command.name == name
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.name} has no help"


def test_version(run: Run) -> None:
    assert run("--version").out.strip() == f"wayfinder, version {wayfinder.__version__}"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(run: Run, shell: str) -> None:
    outcome = run("completion", shell)
    assert outcome.code == 0
    assert "_WAYFINDER_COMPLETE" in outcome.out
    assert f"{shell}_complete" in outcome.out


def test_help_loads_no_command() -> None:
    code = (
        "import sys, wayfinder.cli; wayfinder.cli.main(['--help']);"
        "sys.exit(' '.join(m for m in sys.modules if m in {'shapely', 'networkx', 'scipy'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stderr.strip() == ""


def run_process(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "wayfinder", *arguments],
        check=False,
        capture_output=True,
        env={**os.environ, **variables},
    )


def test_the_shell_gets_what_completes() -> None:
    found = run_process(
        _WAYFINDER_COMPLETE="bash_complete", COMP_WORDS="wayfinder ch", COMP_CWORD="1"
    )
    assert found.stdout.split() == [b"plain,check"]


def test_output_that_nobody_reads_any_more_is_no_error(clinic: Path) -> None:
    command = f"{sys.executable} -m wayfinder check {clinic} --json | head -c 1"
    done = subprocess.run(
        ["sh", "-c", command], check=False, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stdout == "{"
    assert done.stderr == ""


def test_an_old_terminal_gets_escapes_and_json_stays_json(clinic: Path) -> None:
    done = run_process("check", str(clinic), "--language", "zh-Hans", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert b"\\u9752\\u79be" in done.stdout


def test_an_interrupt_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app.wayfinder, "main", stop)
    outcome = run("check", "plan")
    assert outcome.code == 130
    assert outcome.err == "error: stopped\n"


def test_progress_is_for_terminals_and_wiped(
    run: Run, clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("check", clinic).err == ""
    monkeypatch.setattr("wayfinder.cli.console.is_terminal", lambda: True)
    shown = run("check", clinic)
    assert "\rReading" in shown.err
    assert shown.err.endswith("\r")
    assert "Reading" not in shown.out


def test_no_command_at_all_shows_the_help(run: Run) -> None:
    outcome = run()
    assert outcome.code == 2
    assert outcome.err.startswith("Usage: wayfinder")
    assert outcome.err.count("\n") > 10


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_the_output_is_one_line(clinic: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "wayfinder", "check", clinic],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 2
    assert ended.stderr.startswith("error: the output cannot be written")
    assert ended.stderr.count("\n") == 1
