"""Settings: read strictly, handed on whole, explained in one line."""

import pytest

from wayfinder.settings import (
    PREFIX,
    Settings,
    SettingsError,
    list_unknown,
    read_settings,
    to_environ,
)


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def test_variables_are_read_and_options_go_before_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYFINDER_PORT", "8123")
    monkeypatch.setenv("WAYFINDER_WORKERS", "3")
    settings = read_settings(port=None, workers=5)
    assert (settings.port, settings.workers) == (8123, 5)


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYFINDER_PORT", "")
    assert read_settings().port == 8000


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "0"),
        ("PORT", "http"),
        ("WORKERS", "1000"),
        ("BASE_URL", "way.example.org"),
        ("BASE_URL", "https://way.example.org/app"),
        ("BASE_URL", "https://user:secret@way.example.org"),
        ("BASE_URL", "ftp://way.example.org"),
        ("BASE_URL", "https://way.example.org:99999"),
        ("HOSTS", "way.example.org:8000"),
        ("HOSTS", "https://way.example.org"),
        ("LANGUAGE", "tlh"),
        ("LOG_LEVEL", "loud"),
        ("ACCESS_LOG", "perhaps"),
        ("POLL_INTERVAL_S", "nan"),
        ("STALE_AFTER_S", "-1"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_name(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PREFIX + variable, value)
    with pytest.raises(SettingsError, match=PREFIX + variable) as caught:
        read_settings()
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_short_metrics_token_is_refused_without_being_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WAYFINDER_METRICS_TOKEN", "kurz")
    with pytest.raises(SettingsError, match="METRICS_TOKEN") as caught:
        read_settings()
    assert "kurz" not in str(caught.value)


def test_hosts_are_cleaned() -> None:
    settings = read_settings(
        base_url="HTTPS://Way.Example.org.:443/", hosts="A.example, b.example.,"
    )
    assert settings.public_url == "https://way.example.org"
    assert settings.allowed_hosts == {"way.example.org", "a.example", "b.example"}
    assert settings.is_https


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("0.0.0.0", "http://localhost:8000"),  # noqa: S104 - compared
    ],
)
def test_without_a_public_address_it_is_the_one_listened_on(host: str, url: str) -> None:
    settings = read_settings(host=host)
    assert settings.public_url == url
    assert settings.allowed_hosts == {"localhost", "127.0.0.1", "::1"}


def test_workers_get_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings(
        database_url="postgresql://me:geheim@db/x",
        hosts="a.example,b.example",
        access_log=False,
        poll_interval_s=0.5,
    )
    for name, value in to_environ(settings).items():
        monkeypatch.setenv(name, value)
    assert read_settings() == settings


def test_a_slip_in_a_name_is_noticed() -> None:
    variables = {"WAYFINDER_WORKER": "3", "WAYFINDER_PORT": "1", "WAYFINDER_VENV": "x", "PATH": ""}
    assert list(list_unknown(variables)) == [("WAYFINDER_WORKER", "WAYFINDER_WORKERS")]
