"""uv: the one on PATH, else its wheel from the configured index, pinned by hash."""

import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tools.index import find_file
from tools.settings import CACHE, DEFAULT_INDEX, ROOT, WINDOWS, configured_index, uv_environ

UV_VERSION = "0.13.9"
UV_OLDEST = (0, 6)
# The wheels for musl are static: they run on any Linux.
UV_WHEELS = {
    ("Linux", "x86_64"): (
        "musllinux_1_1_x86_64",
        "2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25",
    ),
    ("Linux", "aarch64"): (
        "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
    ("Darwin", "x86_64"): (
        "macosx_10_12_x86_64",
        "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ),
    ("Darwin", "arm64"): (
        "macosx_11_0_arm64",
        "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
    ),
    ("Windows", "AMD64"): (
        "win_amd64",
        "6a44b2ed8111d2f60d2b92627c5dccda3f7ed7570b18ce115e569cd68c28246b",
    ),
    ("Windows", "ARM64"): (
        "win_arm64",
        "eeb92051c2123b9730c46b04cc843cfa4bc7d7b0aec56df431a2215ef4cb0273",
    ),
}


class SetupError(Exception):
    """The environment cannot be made; the message says why and what to do."""


def get_uv() -> Path:
    """Return a uv that works, fetched if need be.

    Raises
    ------
    SetupError
        None can be had.
    """
    return find_uv() or fetch_uv(os.environ)


def fetch_uv(environ: Mapping[str, str]) -> Path:
    """Fetch the pinned uv into the cache and return it.

    Raises
    ------
    SetupError
        There is no wheel for this machine, or no index gives it with the right hash.
    """
    executable = CACHE / f"uv-{UV_VERSION}" / ("uv.exe" if WINDOWS else "uv")
    if executable.exists():
        return executable
    machine = (platform.system(), platform.machine())
    if machine not in UV_WHEELS:
        raise SetupError(
            f"no uv is pinned for {' '.join(machine)}: install uv "
            "(https://docs.astral.sh/uv/getting-started/installation/) and run this again"
        )
    tag, digest = UV_WHEELS[machine]
    filename = f"uv-{UV_VERSION}-py3-none-{tag}.whl"
    reasons = []
    for index in dict.fromkeys([configured_index(environ) or DEFAULT_INDEX, DEFAULT_INDEX]):
        shown = re.sub(r"//[^/@]*@", "//", index)
        print(f"fetching uv {UV_VERSION} from {shown}", flush=True)
        try:
            wheel = find_file(index, "uv", filename, environ)
        except (OSError, ValueError, KeyError) as error:
            reasons.append(f"{shown}: {error}")
            continue
        if hashlib.sha256(wheel).hexdigest() == digest:
            install_uv(wheel, executable)
            return executable
        reasons.append(f"{shown}: {filename} is not the file that is pinned here (SHA-256 differs)")
    raise SetupError(
        "uv cannot be fetched:\n  "
        + "\n  ".join(reasons)
        + "\nConnect this machine to the network, set PIP_INDEX_URL to a mirror of PyPI, "
        "or install uv, and run this again."
    )


def install_uv(wheel: bytes, executable: Path) -> None:
    """Write the program inside the wheel to its place, whole or not at all."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        program = archive.read(f"uv-{UV_VERSION}.data/scripts/{executable.name}")
    executable.parent.mkdir(parents=True, exist_ok=True)
    partial = executable.with_name(f"{executable.name}.{os.getpid()}")
    partial.write_bytes(program)
    partial.chmod(0o755)
    partial.replace(executable)


def find_uv() -> Path | None:
    """Return the uv on PATH if it runs and is new enough."""
    found = shutil.which("uv")
    if not found:
        return None
    try:
        answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    version = re.match(r"uv (\d+)\.(\d+)", answer.stdout)
    if version is None or (int(version[1]), int(version[2])) < UV_OLDEST:
        return None
    return Path(found)


def run_uv(uv: Path, *arguments: str) -> None:
    """Run uv.

    Raises
    ------
    SetupError
        It failed; its own words are on the terminal.
    """
    code = subprocess.call([str(uv), *arguments], cwd=ROOT, env=uv_environ(os.environ))
    if code != 0:
        raise SetupError(
            f"uv {' '.join(arguments[:2])} failed (its reason is above). Without a network, or "
            "behind a proxy, set PIP_INDEX_URL to a mirror of PyPI or HTTPS_PROXY to the proxy."
        )
