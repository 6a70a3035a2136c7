"""Everything from a bare clone, with nothing but Python 3.11 or newer.

    python3 dev.py demo [...]          the sample hospital, served to try it in a browser
    python3 dev.py test [--all] [...]  all checks and tests; further arguments go to pytest
    python3 dev.py lock [...]          renew uv.lock and requirements-dev.txt

The environment goes to `.venv` (or to $WAYFINDER_VENV). uv makes it, because uv needs neither pip
nor venv: the one on PATH, else its wheel from the configured package index, pinned by hash.
"""

import sys

if sys.version_info < (3, 11):  # before anything that an older Python would stumble over
    sys.exit(
        "dev.py needs Python 3.11 or newer; this is {}.{}. Try: python3.11 dev.py".format(
            *sys.version_info[:2]
        )
    )

import contextlib
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # a safe-path Python leaves it out

from tools.settings import DEFAULT_INDEX, ROOT, WINDOWS
from tools.uv import SetupError, get_uv, run_uv

COVERS_FOR_FREE = sys.version_info >= (3, 12)
"""Whether coverage is measured without slowing down what is measured, else with --all only."""
REQUIREMENTS = ROOT / "requirements-dev.txt"
SHELLS = ("chromium-headless-shell", "chrome-headless-shell", "headless_shell")
"""Chromium without an interface of its own: a page takes a quarter of the processor time."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def venv_dir() -> Path:
    """Return where the environment goes."""
    return Path(os.environ.get("WAYFINDER_VENV") or ROOT / ".venv").absolute()


def venv_program(name: str) -> str:
    """Return the path of a program in the environment."""
    return str(venv_dir() / (f"Scripts/{name}.exe" if WINDOWS else f"bin/{name}"))


def ensure_environment() -> None:
    """Make the environment, or bring it up to date; quick when nothing has changed.

    Raises
    ------
    SetupError
        Something that is needed cannot be had.
    """
    python_key = f"{sys.version}\n{sys.base_prefix}\n{ROOT}\n"
    content = REQUIREMENTS.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    key = python_key + hashlib.sha256(content).hexdigest()
    venv, stamp = venv_dir(), venv_dir() / "wayfinder-stamp"
    known = stamp.read_text("utf-8") if stamp.exists() else ""
    if known == key and Path(venv_program("python")).exists():
        return
    uv = get_uv()
    stamp.unlink(missing_ok=True)
    if not known.startswith(python_key) or not Path(venv_program("python")).exists():
        clear(venv)
        run_uv(uv, "venv", "--quiet", "--python", sys.executable, str(venv))
    say("installing what the project needs (some minutes the first time)")
    python = ("--python", venv_program("python"))
    run_uv(uv, "pip", "sync", "--quiet", "--require-hashes", *python, str(REQUIREMENTS))
    project = ("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    run_uv(uv, "pip", "install", "--quiet", *python, *project)
    stamp.write_text(key, "utf-8")


def clear(venv: Path) -> None:
    """Remove an old environment, but nothing that is not one.

    Raises
    ------
    SetupError
        The folder holds something else.
    """
    if not venv.exists():
        return
    if not (venv / "pyvenv.cfg").exists() and any(venv.iterdir()):
        raise SetupError(f"{venv} is not a Python environment: name another in WAYFINDER_VENV")
    shutil.rmtree(venv)


def demo(arguments: Sequence[str]) -> int:
    """Serve the sample hospital."""
    ensure_environment()
    command = [venv_program("wayfinder"), "demo", *arguments]
    if os.name == "posix":  # in our place, so that no server is left behind by what stops us
        os.execve(command[0], command, tool_environ())  # noqa: S606 - no shell is wanted
    with subprocess.Popen(command, env=tool_environ()) as process:
        while True:
            # Ctrl-C reaches the server too, which then stops by itself
            with contextlib.suppress(KeyboardInterrupt):
                return process.wait()


def test(arguments: Sequence[str]) -> int:
    """Run every check and test; all of them run even where one fails."""
    ensure_environment()
    results = []
    for name, command in gates(arguments).items():
        say(f"\n== {name}: {' '.join(command[1:])}")
        start = time.monotonic()
        code = subprocess.call(command, cwd=ROOT, env=tool_environ())
        results.append((name, code, time.monotonic() - start))
    say("")
    for name, code, duration_s in results:
        say(f"{name:<14} {duration_s:7.1f} s  {'ok' if code == 0 else 'FAILED'}")
    for missing in missing_things():
        say(f"NOT HERE: {missing}")
    return 1 if any(code for _, code, _ in results) else 0


def gates(arguments: Sequence[str]) -> dict[str, list[str]]:
    """Return the checks by name, each a command."""
    python = venv_program("python")
    pytest = [python, "-m", "pytest"]
    if COVERS_FOR_FREE or "--all" in arguments:
        pytest += ["--cov", "--cov-report=term-missing:skip-covered"]
    # two more than processors: two fifths of its time a test of a browser waits
    workers = min(4, (os.cpu_count() or 1) + 2)
    # neighbours stay with one worker, which builds once what they share
    pytest += [f"--numprocesses={workers}", "--dist=worksteal"]
    if any(argument != "--all" for argument in arguments):  # a part cannot cover the whole
        pytest.append("--cov-fail-under=0")
    return {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy", "--num-workers=auto"],
        "import-linter": [venv_program("lint-imports"), "--no-logo"],
        "pytest": [*pytest, *arguments],
    }


def lock(arguments: Sequence[str]) -> int:
    """Renew the lock from the default index alone, and the hashed requirements from the lock."""
    uv = get_uv()
    default = ("--default-index", DEFAULT_INDEX)
    run_uv(uv, "lock", "--python", sys.executable, *default, *arguments)
    what = ("--frozen", "--no-emit-project", "--all-extras", "--no-header")
    run_uv(uv, "export", "--quiet", *what, "--output-file", str(REQUIREMENTS))
    return 0


def tool_environ() -> dict[str, str]:
    """Return the variables for the tools: this environment's programs first, text in UTF-8."""
    # without bytecode each of the many processes compiles all it imports: seconds, each time
    unwanted = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")
    result = {name: value for name, value in os.environ.items() if name not in unwanted}
    result["VIRTUAL_ENV"] = str(venv_dir())
    result["PATH"] = str(Path(venv_program("python")).parent) + os.pathsep + result.get("PATH", "")
    result["PYTHONUTF8"] = "1"
    if COVERS_FOR_FREE:
        result.setdefault("COVERAGE_CORE", "sysmon")
    return result


def find_browser(*, whole: bool = False) -> Path | None:
    """Return a Chromium: $WAYFINDER_CHROMIUM, on PATH, or where systems put it.

    Parameters
    ----------
    whole
        Rather a browser as people have it than one without windows, which is quicker.
    """
    named = os.environ.get("WAYFINDER_CHROMIUM")
    shells, browsers = map(shutil.which, SHELLS), [*map(shutil.which, BROWSERS), *BROWSER_PATHS]
    candidates = [*browsers, *shells] if whole else [*shells, *browsers]
    if named:
        candidates = [named]
    return next((Path(path) for path in candidates if path and Path(path).is_file()), None)


def missing_things() -> list[str]:
    """Name what the tests could use and this machine lacks."""
    missing = []
    if find_browser() is None:
        missing.append(
            "a Chromium browser: the tests that need one were skipped. "
            "Install it (Debian: apt-get install chromium) or name it in WAYFINDER_CHROMIUM."
        )
    font_list = shutil.which("fc-list")
    if (
        font_list
        and not subprocess.run([font_list, ":lang=zh"], capture_output=True, check=False).stdout
    ):
        missing.append(
            "a font with Chinese characters: pictures show boxes instead. "
            "Install one (Debian: apt-get install fonts-noto-cjk)."
        )
    if shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin") is None:
        missing.append(
            "nginx: whether it takes the configuration in docs/deploy was not tried. "
            "Install it (Debian: apt-get install nginx-light)."
        )
    return missing


def say(text: str) -> None:
    """Print at once: the tools that follow write to the same terminal."""
    print(text, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    commands = {"demo": demo, "test": test, "lock": lock}
    if not arguments or arguments[0] not in commands:
        print(__doc__, file=sys.stdout if arguments[:1] in (["-h"], ["--help"]) else sys.stderr)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        return commands[arguments[0]](arguments[1:])
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
