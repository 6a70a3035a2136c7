"""The wheel holds all that is needed and works in an empty folder; the lock fits everywhere."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

import wayfinder
from tests.serving import serve
from tools.uv import UV_VERSION, UV_WHEELS

ROOT = Path(__file__).resolve().parents[1]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = [package for package in LOCK["package"] if "editable" not in package["source"]]
REQUIREMENTS = (ROOT / "requirements-dev.txt").read_text("utf-8")


# --- the wheel -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", target], cwd=ROOT, check=True, capture_output=True)
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder where the wheel is installed, its dependencies apart."""
    target = tmp_path_factory.mktemp("installed")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-compile",
    ]
    subprocess.run([*pip, "--target", target, wheel], check=True, capture_output=True)
    return target


def run(installed: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the installed wheel, in a folder far from the checkout."""
    # Coverage is of the checkout: the copy would count as a second, hardly tested package.
    environ = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    environ |= {"PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {
        path.relative_to(ROOT).as_posix()
        for room in ("wayfinder", "static", "floorplans")
        for path in (ROOT / room).rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and ROOT / "floorplans" / "drawing" not in path.parents
    }
    expected = {re.sub("^(static|floorplans)/", r"wayfinder/\1/", name) for name in expected}
    assert expected <= names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"wayfinder", f"wayfinder-{wayfinder.__version__}.dist-info"}
    assert not any(name.startswith("wayfinder/floorplans/drawing") for name in names)


def test_the_installed_package_finds_its_own_files(installed: Path, tmp_path: Path) -> None:
    code = "from wayfinder import resources as r; print(r.static_dir()); print(r.floorplans_dir())"
    answer = run(installed, tmp_path, sys.executable, "-c", code)
    package = installed / "wayfinder"
    assert answer.stdout.split() == [str(package / "static"), str(package / "floorplans")]


def test_the_installed_command_knows_its_version(installed: Path, tmp_path: Path) -> None:
    answer = run(installed, tmp_path, str(installed / "bin" / "wayfinder"), "--version")
    assert answer.stderr == ""
    assert wayfinder.__version__ in answer.stdout
    assert wayfinder.__version__ == PROJECT["project"]["version"]


@pytest.mark.long
def test_the_installed_demo_serves_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    environ |= {"PYTHONPATH": str(installed), "PYTHONUTF8": "1", "TMPDIR": str(tmp_path)}
    program = [str(installed / "bin" / "wayfinder"), "demo"]
    with serve(program, environ, tmp_path, wait_for="Ctrl-C") as server:
        said = server.read()
        assert "/v/clinic?lang=en" in said
        assert "/v/clinic?lang=zh-Hans" in said
        for address in re.findall(r"http://\S+", said):
            assert server.get(address).status == 200, address
    assert server.code == 0
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("wayfinder-")]


# --- the lock ------------------------------------------------------------------------------------


def test_the_lock_names_only_the_default_hosts() -> None:
    text = (ROOT / "uv.lock").read_text("utf-8")
    assert set(re.findall(r"\w+://[^/\"]*", text)) == {
        "https://pypi.org",
        "https://files.pythonhosted.org",
    }
    assert "://" not in REQUIREMENTS
    assert "--" not in REQUIREMENTS.replace("--hash=sha256:", "")


def test_the_lock_is_of_this_project() -> None:
    """Whoever changes the dependencies renews the lock: `python3 dev.py lock`."""
    locked = next(p for p in LOCK["package"] if "editable" in p["source"])
    declared = PROJECT["project"]["dependencies"]
    assert names_of(declared) == {d["name"] for d in locked["dependencies"]}
    extras = PROJECT["project"]["optional-dependencies"]
    assert {extra: names_of(them) for extra, them in extras.items()} == {
        extra: {d["name"] for d in them} for extra, them in locked["optional-dependencies"].items()
    }
    groups = PROJECT["dependency-groups"]
    assert {group: names_of(them) for group, them in groups.items()} == {
        group: {d["name"] for d in them} for group, them in locked["dev-dependencies"].items()
    }


def names_of(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


def test_the_requirements_are_the_lock() -> None:
    """Whoever changes the lock exports it: `python3 dev.py lock`."""
    entries = re.findall(
        r"^([\w.-]+)==([^\s;]+)((?:.*\\\n)?(?:    --hash.*\n)+)", REQUIREMENTS, re.MULTILINE
    )
    exported = {
        (name, version): set(re.findall("sha256:[0-9a-f]{64}", rest))
        for name, version, rest in entries
    }
    locked = {
        (package["name"], package["version"]): {file["hash"] for file in files_of(package)}
        for package in PACKAGES
    }
    assert exported == locked


def files_of(package: dict[str, Any]) -> list[dict[str, str]]:
    source = [package["sdist"]] if "sdist" in package else []
    return [*package.get("wheels", []), *source]


@pytest.mark.parametrize("machine", ["manylinux x86_64", "manylinux aarch64", "macosx arm64"])
@pytest.mark.parametrize("python", ["3.11", "3.13"])
def test_nothing_needs_a_compiler(python: str, machine: str) -> None:
    system, architecture = machine.split()
    without = set()
    for package in PACKAGES:
        tags = [
            tag
            for file in package.get("wheels", [])
            for tag in parse_wheel_filename(file["url"].rpartition("/")[2].replace("%2B", "+"))[3]
        ]
        platforms = {tag.platform for tag in tags if fits_python(tag.interpreter, tag.abi, python)}
        fits = any(
            name == "any"
            or (name.startswith(system) and name.endswith((architecture, "universal2")))
            for name in platforms
        )
        if not fits and not is_for_other_pythons(package, python):
            without.add(package["name"])
    assert without == set()


def fits_python(interpreter: str, abi: str, python: str) -> bool:
    this = "cp" + python.replace(".", "")
    if abi == "abi3":
        return int(interpreter.removeprefix("cp3") or 0) <= int(this.removeprefix("cp3"))
    return interpreter in {this, "py3"} and abi in {this, "none"}


def is_for_other_pythons(package: dict[str, Any], python: str) -> bool:
    """Tell whether the lock has another version of the package for this Python."""
    markers = package.get("resolution-markers", [])
    for_this = (
        "python_full_version < '3.12'" if python == "3.11" else "python_full_version >= '3.12'"
    )
    return bool(markers) and not any(for_this in marker for marker in markers)


def test_the_pinned_uv_serves_the_usual_machines() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", UV_VERSION)
    assert {("Linux", "x86_64"), ("Linux", "aarch64"), ("Darwin", "arm64")} <= UV_WHEELS.keys()
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for _, digest in UV_WHEELS.values())
