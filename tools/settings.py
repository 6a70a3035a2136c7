"""The settings of this machine: which package index, which certificates."""

import configparser
import os
import re
import ssl
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
DEFAULT_INDEX = "https://pypi.org/simple"
WINDOWS = os.name == "nt"

SYSTEM_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)


def pip_config_files(environ: Mapping[str, str]) -> list[Path]:
    """Return the files that pip would read, the strongest last."""
    explicit = environ.get("PIP_CONFIG_FILE", "")
    if explicit == os.devnull:
        return []
    name = "pip.ini" if WINDOWS else "pip.conf"
    folders = [Path("/etc/xdg/pip"), Path("/etc"), Path("/Library/Application Support/pip")]
    home = environ.get("HOME") or environ.get("USERPROFILE")
    if home:
        config_home = environ.get("XDG_CONFIG_HOME") or Path(home, ".config")
        folders += [Path(home, ".pip"), Path(home, "Library/Application Support/pip")]
        folders += [Path(config_home, "pip")]
    if environ.get("APPDATA"):
        folders.append(Path(environ["APPDATA"], "pip"))
    folders.append(Path(sys.prefix))
    return [*(folder / name for folder in folders), *([Path(explicit)] if explicit else [])]


def pip_setting(key: str, environ: Mapping[str, str]) -> str:
    """Return a setting of pip's, from its variable or its files; empty where it is not set."""
    value = environ.get("PIP_" + key.upper().replace("-", "_"), "").strip()
    if value:
        return value
    for path in pip_config_files(environ):
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, OSError, UnicodeDecodeError):
            continue  # pip itself complains about such a file
        for section in ("global", "install"):
            value = parser.get(section, key, fallback="").strip() or value
    return value


def configured_index(environ: Mapping[str, str]) -> str:
    """Return the address of the index that the settings name, or the empty string."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        value = environ.get(name, "").strip()
        if value:
            return re.sub(r"^[\w.-]+=(?=\w+:)", "", value)  # uv allows NAME=URL
    return pip_setting("index-url", environ)


def uv_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for uv: this machine's index and certificates, nobody else's venv."""
    unwanted = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "UV_PYTHON", "UV_SYSTEM_PYTHON")
    result = {name: value for name, value in environ.items() if name not in unwanted}
    index = configured_index(environ)
    if index:
        result["UV_DEFAULT_INDEX"] = index
        result.pop("UV_INDEX_URL", None)
    certificates = pip_setting("cert", environ)
    if certificates and not environ.get("SSL_CERT_FILE"):
        result["SSL_CERT_FILE"] = certificates
    trusted = pip_setting("trusted-host", environ)
    if trusted:
        result.setdefault("UV_INSECURE_HOST", " ".join(trusted.split()))
    result.setdefault("UV_SYSTEM_CERTS", "true")
    result.setdefault("UV_NATIVE_TLS", "true")  # the same, in older versions
    result.setdefault("UV_PYTHON_DOWNLOADS", "never")
    if not os.access(environ.get("HOME") or environ.get("USERPROFILE") or "", os.W_OK):
        result.setdefault("UV_CACHE_DIR", str(CACHE / "uv"))
    return result


def tls_context(host: str, environ: Mapping[str, str]) -> ssl.SSLContext:
    """Return the system's trust; none is needed for a host that pip is told to trust."""
    context = ssl.create_default_context()
    if host in re.sub(r":\d+", "", pip_setting("trusted-host", environ)).split():
        context.check_hostname = False  # what is fetched is checked by its hash
        context.verify_mode = ssl.CERT_NONE
        return context
    bundles = [environ.get("SSL_CERT_FILE"), pip_setting("cert", environ)]
    if not ssl.get_default_verify_paths().cafile:  # a Python with an OpenSSL of its own
        bundles += [path for path in SYSTEM_CERTIFICATES if Path(path).exists()][:1]
    for bundle in bundles:
        if bundle:
            context.load_verify_locations(bundle)
    return context
