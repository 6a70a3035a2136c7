"""The index and the certificates that this machine is set up with."""

import os
import ssl
from pathlib import Path

import pytest

from tools import settings
from tools.settings import configured_index, pip_setting, tls_context, uv_environ

MIRROR = "https://mirror.example/simple"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home folder whose settings are the only ones on the machine."""

    def only_here(environ: dict[str, str]) -> list[Path]:
        files = list_files(environ)
        return [path for path in files if tmp_path in path.parents]

    list_files = settings.pip_config_files
    monkeypatch.setattr(settings, "pip_config_files", only_here)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("UV_DEFAULT_INDEX", MIRROR),
        ("UV_DEFAULT_INDEX", f"company={MIRROR}"),
        ("UV_INDEX_URL", MIRROR),
        ("PIP_INDEX_URL", f" {MIRROR} "),
    ],
)
def test_the_index_is_read_from_a_variable(home: Path, name: str, value: str) -> None:
    assert configured_index({"HOME": str(home), name: value}) == MIRROR


def test_uv_goes_before_pip(home: Path) -> None:
    environ = {"HOME": str(home), "UV_INDEX_URL": MIRROR, "PIP_INDEX_URL": "https://other.example"}
    assert configured_index(environ) == MIRROR


@pytest.mark.parametrize("folder", [".config/pip", ".pip"])
@pytest.mark.skipif(os.name == "nt", reason="other places on Windows")
def test_the_index_is_read_from_pips_files(home: Path, folder: str) -> None:
    (home / folder).mkdir(parents=True)
    (home / folder / "pip.conf").write_text(f"[global]\nindex-url = {MIRROR}\n")
    assert configured_index({"HOME": str(home)}) == MIRROR
    assert configured_index({"HOME": str(home), "PIP_CONFIG_FILE": os.devnull}) == ""


def test_a_named_file_is_stronger_and_install_stronger_than_global(home: Path) -> None:
    (home / ".pip").mkdir()
    (home / ".pip" / "pip.conf").write_text("[global]\nindex-url = https://weak.example\n")
    named = home / "named.conf"
    named.write_text(f"[global]\nindex-url = https://weak.example\n[install]\nindex-url = {MIRROR}")
    assert configured_index({"HOME": str(home), "PIP_CONFIG_FILE": str(named)}) == MIRROR


def test_a_file_that_pip_could_not_read_is_passed_over(home: Path) -> None:
    broken = home / "broken.conf"
    broken.write_bytes(b"index-url\xff without a section")
    assert pip_setting("index-url", {"PIP_CONFIG_FILE": str(broken)}) == ""


def test_uv_gets_the_index_and_the_certificates(home: Path) -> None:
    environ = uv_environ(
        {
            "HOME": str(home),
            "PIP_INDEX_URL": MIRROR,
            "PIP_CERT": "/company.pem",
            "PIP_TRUSTED_HOST": "mirror.example\nother.example",
            "VIRTUAL_ENV": "/elsewhere",
            "PYTHONPATH": "/elsewhere",
        }
    )
    assert environ["UV_DEFAULT_INDEX"] == MIRROR
    assert environ["SSL_CERT_FILE"] == "/company.pem"
    assert environ["UV_INSECURE_HOST"] == "mirror.example other.example"
    assert environ["UV_SYSTEM_CERTS"] == "true"
    assert not environ.keys() & {"VIRTUAL_ENV", "PYTHONPATH", "UV_CACHE_DIR"}


def test_what_the_user_set_for_uv_stays(home: Path) -> None:
    given = {"HOME": str(home), "SSL_CERT_FILE": "/mine.pem", "UV_SYSTEM_CERTS": "false"}
    environ = uv_environ({**given, "PIP_CERT": "/company.pem"})
    assert {name: environ[name] for name in given} == given


def test_without_a_home_the_cache_lies_in_the_project() -> None:
    assert uv_environ({"HOME": "/nonexistent"})["UV_CACHE_DIR"] == str(settings.CACHE / "uv")


def test_only_a_trusted_host_goes_unchecked(home: Path) -> None:
    environ = {"HOME": str(home), "PIP_TRUSTED_HOST": "mirror.example:8443"}
    assert tls_context("mirror.example", environ).verify_mode is ssl.CERT_NONE
    assert tls_context("mirror.example.org", environ).verify_mode is ssl.CERT_REQUIRED
