"""What cannot be served is one clear line, and nothing is started."""

import socket
from pathlib import Path

import pytest

from tests.serving import find_port
from wayfinder.cli import main


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_busy_port_is_one_clear_line(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WAYFINDER_DATA_DIR", str(tmp_path))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = main([command, "--port", str(port)])
    error = capsys.readouterr().err
    assert code == 2
    assert f"127.0.0.1:{port} is in use" in error
    assert "--port" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"host": "no.such.host.invalid"}, "no address is called no.such.host.invalid"),
        ({"host": "203.0.113.1"}, "203.0.113.1"),
        ({"workers": "many"}, "WAYFINDER_WORKERS"),
        ({"base_url": "way.example.org"}, "WAYFINDER_BASE_URL"),
        ({"database_url": "mysql://x"}, "WAYFINDER_DATABASE_URL"),
    ],
)
def test_settings_that_cannot_be_used_are_one_line(
    settings: dict[str, str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WAYFINDER_DATA_DIR", str(tmp_path))
    for name, value in settings.items():
        monkeypatch.setenv(f"WAYFINDER_{name.upper()}", value)
    assert main(["serve", "--port", str(find_port())]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
