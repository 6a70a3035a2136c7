"""All settings: what ``WAYFINDER_*`` variables say, checked once, never changed.

The description of each field is what ``wayfinder settings`` and the documentation show.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_network
from os import environ
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from wayfinder.languages import check_language

PREFIX = "WAYFINDER_"
_FOREIGN = frozenset({"WAYFINDER_CHROMIUM", "WAYFINDER_VENV"})
"""Variables of ours that are no settings of the program: tests and dev.py read them."""
_HIDDEN = "(hidden)"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SettingsError(ValueError):
    """A variable holds what cannot be used; the message names it and says what can."""


class Settings(BaseSettings):
    """The settings of one process; read from the environment by `read_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: SecretStr = Field(
        default=SecretStr(""),
        description="Address of the database, postgresql://user:password@host/name say; empty: a "
        "SQLite file in DATA_DIR.",
    )
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("wayfinder", appauthor=False),
        description="Folder of the SQLite file, and of what is brought while it is looked at.",
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    base_url: str = Field(
        default="",
        description="Public address, https://way.example.org say, as printed on signs; empty: "
        "http://HOST:PORT. With https browsers are told never to use http again.",
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Host names that are answered beside the one of BASE_URL, with commas between "
        "them; requests for others are refused.",
    )
    language: Annotated[str, AfterValidator(check_language)] = Field(
        default="zh-Hans",
        description="Language of the answers to those who name none; one that has catalogues.",
    )
    workers: int = Field(default=2, ge=1, le=64, description="Worker processes.")
    threads: int = Field(
        default=4, ge=1, le=64, description="Threads of a worker that compute answers."
    )
    backlog: int = Field(
        default=2048, ge=128, le=65535, description="Connections that may wait to be accepted."
    )
    header_timeout_s: float = Field(
        default=10.0,
        gt=0,
        le=60,
        description="Seconds in which a request's headers must have arrived.",
    )
    max_header_bytes: int = Field(
        default=32_768, ge=8192, le=1_048_576, description="Largest headers of a request."
    )
    max_body_bytes: int = Field(
        default=65_536, ge=1024, le=16_777_216, description="Largest body of a request."
    )
    stop_timeout_s: int = Field(
        default=30,
        ge=1,
        le=600,
        description="Seconds that running requests have when the server stops.",
    )
    poll_interval_s: float = Field(
        default=1.0,
        gt=0,
        le=2,
        description="Seconds between two looks into the database for what is new.",
    )
    stale_after_s: float = Field(
        default=90.0,
        ge=5,
        description="Seconds without the database after which /readyz says that it is stale.",
    )
    fire_dir: Path | None = Field(
        default=None,
        description="Folder of the fire takeover, which all workers share and can write to; empty: "
        "fire in DATA_DIR.",
    )
    fire_keys: Path | None = Field(
        default=None,
        description="Keyring of who may sign for a fire; empty: keys.json in FIRE_DIR. Whoever can "
        "write it can announce a fire.",
    )
    fire_window_s: int = Field(
        default=300,
        ge=10,
        le=3600,
        description="Seconds that a message about a fire may be late, and that its sender's clock "
        "may be off.",
    )
    work_dir: Path | None = Field(
        default=None,
        description="Folder of batches of signs and of files that staff bring, which all workers "
        "share and can write to; empty: work in DATA_DIR.",
    )
    batches_kept: int = Field(
        default=20,
        ge=1,
        le=1000,
        description="Batches of signs that are kept for a venue, the newest; one of a large "
        "hospital is some 30 MB.",
    )
    report_text_days: int = Field(
        default=90,
        ge=1,
        le=90,
        description="Days after which the sentence of what people report is removed.",
    )
    report_months: int = Field(
        default=25, ge=1, le=25, description="Months after which what people report is removed."
    )
    count_months: int = Field(
        default=25, ge=1, le=25, description="Months for which daily counts are kept."
    )
    second_factor: Literal["required", "optional"] = Field(
        default="required",
        description="Whether staff who sign in with a password need a second factor too.",
    )
    session_idle_min: int = Field(
        default=30,
        ge=5,
        le=480,
        description="Minutes without a request after which staff sign in again.",
    )
    session_h: int = Field(
        default=12, ge=1, le=72, description="Hours after which staff sign in again in any case."
    )
    proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Addresses or networks of proxies in front, with commas between them, whose "
        "X-Forwarded-For is believed: who guesses passwords is told apart by it, nothing else.",
    )
    oidc_issuer: str = Field(
        default="",
        description="Address of the organisation's own sign-in (OpenID Connect); empty: none.",
    )
    oidc_client_id: str = Field(default="", description="What this server is called there.")
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="What it proves itself with there."
    )
    oidc_claim: str = Field(
        default="preferred_username",
        min_length=1,
        description="What of it is a person's name here, at their first sign-in; one that people "
        "cannot change themselves.",
    )
    oidc_label: str = Field(
        default="", max_length=40, description="What the button to it says; empty: Single sign-on."
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="Bearer token that /metrics asks for; empty: none."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe lines that are logged."
    )
    log_format: Literal["json", "text"] = Field(
        default="json", description="Logs as JSON lines, or as text for people."
    )
    access_log: bool = Field(
        default=True,
        description="Whether each request is logged: method, pattern of the address, status, time.",
    )

    @field_validator("base_url")
    @classmethod
    def _check_base_url(cls, value: str) -> str:
        return value and _clean_base_url(value)

    @field_validator("oidc_issuer")
    @classmethod
    def _check_issuer(cls, value: str) -> str:
        return value and _check_issuer(value)

    @field_validator("proxies")
    @classmethod
    def _check_proxies(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ip_network(one.strip())) for one in value if one.strip())

    @field_validator("hosts", "proxies", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        return value.split(",") if isinstance(value, str) else value

    @field_validator("hosts")
    @classmethod
    def _check_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_clean_host(host) for host in value if host.strip())

    @model_validator(mode="after")
    def _check_token(self) -> "Settings":
        token = self.metrics_token.get_secret_value()
        if token and len(token) < 16:
            raise ValueError("METRICS_TOKEN has fewer than 16 characters: take a longer one")
        return self

    @model_validator(mode="after")
    def _check_client(self) -> "Settings":
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("OIDC_ISSUER is set and OIDC_CLIENT_ID is not: both are needed")
        return self

    @property
    def public_url(self) -> str:
        """The address that links and signs carry, without a slash at its end."""
        if self.base_url:
            return self.base_url
        host = "localhost" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def is_https(self) -> bool:
        """Whether the public address is encrypted."""
        return self.public_url.startswith("https://")

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The host names that are answered: small letters, without a port."""
        own = urlsplit(self.public_url).hostname or ""
        named = {own, *self.hosts}
        return frozenset(named | _LOOPBACK if named & _LOOPBACK else named)

    @property
    def fire_folder(self) -> Path:
        """Folder of the fire takeover: the one set, else one beside the SQLite file."""
        return self.fire_dir or self.data_dir / "fire"

    @property
    def work_folder(self) -> Path:
        """Folder of what was made for staff: the one set, else one beside the SQLite file."""
        return self.work_dir or self.data_dir / "work"

    @property
    def store_url(self) -> str:
        """Address of the database: the one set, else that of the SQLite file in `data_dir`."""
        own = f"sqlite:///{(self.data_dir / 'wayfinder.sqlite3').as_posix()}"
        return self.database_url.get_secret_value() or own


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is listed.

    Parameters
    ----------
    variable
        Name of the environment variable.
    value
        What holds now; secrets are hidden.
    default
        What holds where nothing is set.
    meaning
        One sentence.
    """

    variable: str
    value: str
    default: str
    meaning: str


def read_settings(**given: Any) -> Settings:  # noqa: ANN401 - the fields of Settings
    """Read the settings from the environment.

    Parameters
    ----------
    given
        What goes before the environment, options of a command say; None counts as not given.

    Raises
    ------
    SettingsError
        A value cannot be used; all of them are named in one line, without their values.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        problems = (_explain(dict(problem)) for problem in error.errors())
        raise SettingsError("; ".join(problems)) from None


def list_settings(settings: Settings) -> Iterator[Setting]:
    """List every setting with value, default and meaning."""
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True, validated_data={})
        assert default is not PydanticUndefined  # noqa: S101 - every setting has a default
        yield Setting(
            variable=PREFIX + name.upper(),
            value=_show(getattr(settings, name)),
            default="(the system's folder for data)" if name == "data_dir" else _show(default),
            meaning=field.description or "",
        )


def list_unknown(variables: Mapping[str, str] = environ) -> Iterator[tuple[str, str | None]]:
    """Yield variables that look like settings but are none, each with the one likely meant."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for variable in sorted(variables):
        if variable.startswith(PREFIX) and variable not in _FOREIGN and variable not in known:
            yield variable, next(iter(get_close_matches(variable, known, n=1)), None)


def to_environ(settings: Settings) -> dict[str, str]:
    """Return the variables that make another process read the same settings."""
    found = {}
    for name in Settings.model_fields:
        value = getattr(settings, name)
        plain = value.get_secret_value() if isinstance(value, SecretStr) else value
        text = ",".join(plain) if isinstance(plain, tuple) else _write(plain)
        found[PREFIX + name.upper()] = text
    return found


def _write(value: object) -> str:
    return "" if value is None else str(value)


def _explain(problem: Mapping[str, Any]) -> str:
    message = str(problem["msg"]).removeprefix("Value error, ")
    if not problem["loc"]:
        return message
    return f"{PREFIX}{str(problem['loc'][0]).upper()}: {message}"


def _show(value: object) -> str:
    if isinstance(value, SecretStr):
        return _HIDDEN if value.get_secret_value() else ""
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else _write(value)


def _clean_base_url(value: str) -> str:
    parts = urlsplit(value.strip())
    try:
        port = parts.port
    except ValueError:
        raise ValueError("has a port that is no number up to 65535") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is no address; it looks like https://way.example.org")
    if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        raise ValueError(
            "is more than scheme, host and port; it looks like https://way.example.org"
        )
    host = _clean_host(parts.hostname)
    shown = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + (f":{port}" if port and port != usual else "")


def _check_issuer(value: str) -> str:
    parts = urlsplit(value.strip())
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not secure or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError("is no https address; it looks like https://id.example.org/realms/staff")
    return value.strip()


def _clean_host(value: str) -> str:
    host = value.strip().lower().rstrip(".").strip("[]")
    if not host or any(c in host for c in "/\\@?#*% ") or not host.isascii():
        raise ValueError(f"{value.strip()!r} is no host name; one looks like way.example.org")
    if ":" in host and host.count(":") == 1:
        raise ValueError(f"{value.strip()!r} has a port; name the host alone")
    return host
