"""The two commands: what they promise beside the checks that they run."""

import ast
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import dev
from tools.uv import SetupError

ROOT = Path(__file__).resolve().parents[1]
posix_only = pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for programs")


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Send the environment somewhere else."""
    monkeypatch.setenv("WAYFINDER_VENV", str(tmp_path / "venv"))
    return tmp_path / "venv"


# --- an old Python -------------------------------------------------------------------------------


def test_an_old_python_can_read_the_script() -> None:
    ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 6))


def test_an_old_python_gets_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class Version(NamedTuple):
        major: int = 3
        minor: int = 9

    monkeypatch.setattr(sys, "version_info", Version())
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.9\..*"):
        runpy.run_path(str(ROOT / "dev.py"))


# --- the environment -----------------------------------------------------------------------------


class FakeUv:
    """Stands in for uv: notes the calls and makes the folder."""

    def __init__(self, *, fails_at: str = "") -> None:
        self.calls: list[str] = []
        self.fails_at = fails_at

    def __call__(self, _: Path, *arguments: str) -> None:
        self.calls.append(" ".join(arguments[:2]))
        if self.fails_at and self.calls[-1].startswith(self.fails_at):
            raise SetupError(self.fails_at)
        if arguments[0] == "venv":
            python = Path(dev.venv_program("python"))
            python.parent.mkdir(parents=True)
            python.touch()
            (dev.venv_dir() / "pyvenv.cfg").touch()


@pytest.fixture
def fake_uv(monkeypatch: pytest.MonkeyPatch) -> FakeUv:
    fake = FakeUv()
    monkeypatch.setattr(dev, "run_uv", fake)
    monkeypatch.setattr(dev, "get_uv", lambda: Path("uv"))
    return fake


def test_a_second_run_installs_nothing(venv: Path, fake_uv: FakeUv) -> None:
    dev.ensure_environment()
    assert fake_uv.calls == ["venv --quiet", "pip sync", "pip install"]
    dev.ensure_environment()
    assert len(fake_uv.calls) == 3
    assert venv.exists()


def test_other_requirements_are_installed_into_the_same_environment(
    venv: Path, fake_uv: FakeUv, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dev.ensure_environment()
    (venv / "kept").touch()
    monkeypatch.setattr(dev, "REQUIREMENTS", tmp_path / "requirements.txt")
    dev.REQUIREMENTS.write_text("another==1\n")
    dev.ensure_environment()
    assert fake_uv.calls[3:] == ["pip sync", "pip install"]
    assert (venv / "kept").exists()


def test_another_python_gets_a_new_environment(
    venv: Path, fake_uv: FakeUv, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.ensure_environment()
    (venv / "old").touch()
    monkeypatch.setattr(sys, "version", "3.99.0")
    dev.ensure_environment()
    assert fake_uv.calls[3:] == ["venv --quiet", "pip sync", "pip install"]
    assert not (venv / "old").exists()


@pytest.mark.usefixtures("venv")
def test_a_broken_installation_is_done_again(fake_uv: FakeUv) -> None:
    fake_uv.fails_at = "pip install"
    with pytest.raises(SetupError):
        dev.ensure_environment()
    fake_uv.fails_at = ""
    dev.ensure_environment()
    assert fake_uv.calls.count("pip install") == 2


@pytest.mark.usefixtures("fake_uv")
def test_a_folder_that_is_no_environment_is_left_alone(venv: Path) -> None:
    venv.mkdir()
    (venv / "thesis.txt").touch()
    with pytest.raises(SetupError, match="WAYFINDER_VENV"):
        dev.ensure_environment()
    assert (venv / "thesis.txt").exists()


# --- the test command ----------------------------------------------------------------------------


def run_gates(monkeypatch: pytest.MonkeyPatch, **codes: int) -> int:
    """Run the test command with stand-ins for the checks."""
    commands = {
        name: [sys.executable, "-c", f"print('ran {name}'); raise SystemExit({code})"]
        for name, code in codes.items()
    }
    monkeypatch.setattr(dev, "ensure_environment", lambda: None)
    monkeypatch.setattr(dev, "gates", lambda _: commands)
    return dev.main(["test"])


def test_all_checks_run_even_where_one_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_gates(monkeypatch, first=1, second=0) == 1
    output = capfd.readouterr().out
    assert "ran first" in output
    assert "ran second" in output
    assert [line.split()[-1] for line in output.splitlines() if " s  " in line] == ["FAILED", "ok"]


def test_all_is_well_where_none_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_gates(monkeypatch, first=0, second=0) == 0


def test_tools_are_started_as_this_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "1")
    environ = dev.tool_environ()
    assert not {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"} & set(environ)
    assert environ["PATH"].split(os.pathsep)[0] == str(Path(dev.venv_program("python")).parent)


def test_every_promised_check_is_there() -> None:
    names = list(dev.gates([]))
    assert names == ["ruff check", "ruff format", "mypy", "import-linter", "pytest"]


def test_arguments_reach_pytest_and_a_part_need_not_cover_the_whole() -> None:
    assert dev.gates(["--all"])["pytest"][-1] == "--all"
    assert "--cov-fail-under=0" not in dev.gates(["--all"])["pytest"]
    assert "--cov-fail-under=0" in dev.gates(["-k", "osm"])["pytest"]


def test_coverage_is_measured_of_the_whole_and_wherever_it_costs_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "--cov" in dev.gates(["--all"])["pytest"]
    for free in (False, True):
        monkeypatch.setattr(dev, "COVERS_FOR_FREE", free)
        assert ("--cov" in dev.gates([])["pytest"]) == free


def test_a_missing_browser_is_named_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAYFINDER_CHROMIUM", "/nonexistent/chromium")
    run_gates(monkeypatch, only=0)
    last = capfd.readouterr().out.splitlines()
    assert any(line.startswith("NOT HERE: a Chromium") for line in last[-2:])


@posix_only
def test_a_browser_on_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "google-chrome"
    browser.touch(mode=0o755)
    monkeypatch.delenv("WAYFINDER_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dev.find_browser() == browser


@posix_only
def test_a_browser_without_windows_is_taken_first_where_no_whole_one_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WAYFINDER_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    shell, browser = tmp_path / "chromium-headless-shell", tmp_path / "chromium"
    shell.touch(mode=0o755)
    monkeypatch.setattr(dev, "BROWSER_PATHS", ())
    assert dev.find_browser(whole=True) == shell
    browser.touch(mode=0o755)
    assert dev.find_browser(whole=True) == browser
    assert dev.find_browser() == shell
    monkeypatch.setenv("WAYFINDER_CHROMIUM", str(browser))
    assert dev.find_browser() == browser


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["deploy"], 2), (["--help"], 0)])
def test_an_unknown_command_gets_the_usage(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == code
    output = capsys.readouterr()
    assert "python3 dev.py test" in (output.err if code else output.out)


def test_what_cannot_be_had_is_one_message_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise SetupError("uv cannot be fetched: no network")

    monkeypatch.setattr(dev, "ensure_environment", fail)
    assert dev.main(["demo"]) == 1
    assert capsys.readouterr().err == "dev.py: uv cannot be fetched: no network\n"


@posix_only
def test_what_stops_the_demo_stops_its_server(tmp_path: Path) -> None:
    server = tmp_path / "wayfinder"
    server.write_text('#!/bin/sh\necho "$$ $@"\nexec sleep 60\n')
    server.chmod(0o755)
    code = (
        "import dev; dev.ensure_environment = lambda: None; "
        f"dev.venv_program = lambda name: {str(server)!r}; dev.main(['demo', '--port', '8001'])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        pid, *arguments = process.stdout.readline().split()
        assert arguments == ["demo", "--port", "8001"]
        process.terminate()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


# --- continuous integration ----------------------------------------------------------------------


@posix_only
@pytest.mark.parametrize("apt_works", [True, False])
@pytest.mark.parametrize("has_shell", [True, False])
def test_ci_installs_what_is_missing_and_runs_the_tests(
    tmp_path: Path, *, apt_works: bool, has_shell: bool
) -> None:
    for program in ("bash", "dirname", "env"):
        (tmp_path / program).symlink_to(str(shutil.which(program)))
    programs = {
        "id": "echo 0",
        "apt-get": f'echo "apt-get $*" >>{tmp_path}/log; {"true" if apt_works else "false"}',
        "apt-cache": "echo $2" if has_shell else "exit 100",
        "python3": f'echo "python3 $*" >>{tmp_path}/log; exit 3',
    }
    for name, script in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    answer = subprocess.run(
        [ROOT / ".ci" / "run", "--all"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    log = (tmp_path / "log").read_text().splitlines()
    asked_for = [line.split()[-1] for line in log if line.startswith("apt-get install")]
    assert {"chromium", "fonts-noto-cjk"} <= set(asked_for)
    assert ("chromium-headless-shell" in asked_for) is has_shell
    assert log[-1] == "python3 dev.py test --all"
    assert answer.returncode == 3
    assert ("could not install" in answer.stderr) is not apt_works
