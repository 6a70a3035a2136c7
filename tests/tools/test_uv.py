"""uv is the one on PATH or the pinned one, never another."""

import hashlib
import io
import os
import platform
import subprocess
import zipfile
from pathlib import Path

import pytest

from tools import uv

SCRIPT = "#!/bin/sh\necho uv {} '(test)'\n"
posix_only = pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a shell script")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(uv, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(uv, "configured_index", lambda environ: environ.get("INDEX", ""))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "cache"


def pin(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Pin a wheel of our own for this machine and return it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        name = "uv.exe" if os.name == "nt" else "uv"
        program = SCRIPT.format(uv.UV_VERSION)
        archive.writestr(f"uv-{uv.UV_VERSION}.data/scripts/{name}", program)
    digest = hashlib.sha256(content.getvalue()).hexdigest()
    machine = (platform.system(), platform.machine())
    monkeypatch.setattr(uv, "UV_WHEELS", {machine: ("any", digest)})
    return content.getvalue()


def index_of(folder: Path, wheel: bytes) -> str:
    """Make an index that lists one wheel and return its address."""
    filename = f"uv-{uv.UV_VERSION}-py3-none-any.whl"
    (folder / "uv").mkdir(parents=True)
    (folder / "uv" / filename).write_bytes(wheel)
    address = (folder / "uv" / filename).as_uri()
    (folder / "uv" / "index.html").write_text(f'<a href="{address}">{filename}</a>')
    return folder.as_uri()


def put_on_path(tmp_path: Path, script: str) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").write_text(script)
    (tmp_path / "bin" / "uv").chmod(0o755)


@posix_only
def test_the_one_on_path_is_used(tmp_path: Path) -> None:
    put_on_path(tmp_path, SCRIPT.format("0.8.1"))
    assert uv.get_uv() == tmp_path / "bin" / "uv"


@posix_only
@pytest.mark.parametrize("script", [SCRIPT.format("0.5.9"), "#!/bin/sh\nexit 1\n", "not a program"])
def test_an_old_or_broken_one_is_not(tmp_path: Path, script: str) -> None:
    put_on_path(tmp_path, script)
    assert uv.find_uv() is None


@posix_only
def test_else_the_pinned_one_is_fetched_once(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = index_of(tmp_path / "index", pin(monkeypatch))
    found = uv.fetch_uv({"INDEX": index})
    assert cache in found.parents
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
    assert uv.UV_VERSION in answer.stdout
    assert uv.fetch_uv({"INDEX": "file:///gone"}) == found


@posix_only
def test_where_the_mirror_lacks_it_the_default_index_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uv, "DEFAULT_INDEX", index_of(tmp_path / "index", pin(monkeypatch)))
    assert uv.fetch_uv({"INDEX": (tmp_path / "empty").as_uri()}).exists()


def test_another_file_under_its_name_is_refused(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = index_of(tmp_path / "index", pin(monkeypatch) + b"!")
    monkeypatch.setattr(uv, "DEFAULT_INDEX", index)
    with pytest.raises(uv.SetupError, match="SHA-256 differs"):
        uv.fetch_uv({"INDEX": index})
    assert not cache.exists()


def test_the_error_names_every_index_and_what_to_do_but_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pin(monkeypatch)
    monkeypatch.setattr(uv, "DEFAULT_INDEX", (tmp_path / "default").as_uri())
    with pytest.raises(uv.SetupError) as caught:
        uv.fetch_uv({"INDEX": "http://user:secret@127.0.0.1:1/simple"})
    message = str(caught.value)
    assert "127.0.0.1:1/simple" in message
    assert "default" in message
    assert "PIP_INDEX_URL" in message
    assert "secret" not in message + capsys.readouterr().out


def test_a_machine_without_a_wheel_is_told_to_install_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "sparc64")
    with pytest.raises(uv.SetupError, match="sparc64: install uv"):
        uv.get_uv()
