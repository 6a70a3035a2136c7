"""What is handed out for running it: each file is taken by the program that it is for."""

import os
import re
import shutil
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.serving import find_port
from wayfinder.settings import PREFIX, Settings
from wayfinder.web.ops import metrics

DEPLOY = Path(__file__).resolve().parents[1] / "docs" / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())
HOST = "way.example.org"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(r"WAYFINDER_[A-Z_]+", path.read_text("utf-8"))) <= known


def test_the_example_environment_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (DEPLOY / "wayfinder.env").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.is_https
    assert settings.proxies == ("127.0.0.1/32",)
    assert settings.database_url.get_secret_value().startswith("postgresql://")


@pytest.mark.skipif(os.name != "posix", reason="it is a script for a shell")
def test_a_command_has_the_settings_of_the_service_and_rather_those_said_before_it(
    tmp_path: Path,
) -> None:
    environment, script = tmp_path / "wayfinder.env", tmp_path / "wayfinder.sh"
    environment.write_text(
        "WAYFINDER_WORKERS=2\nWAYFINDER_BASE_URL=https://way.example.org\n", "utf-8"
    )
    text = (DEPLOY / "wayfinder.sh").read_text("utf-8")
    text = text.replace("/etc/wayfinder.env", str(environment))
    script.write_text(
        text.replace("runuser -u wayfinder -- /opt/wayfinder/bin/wayfinder", "env"), "utf-8"
    )
    said = {"PATH": os.environ["PATH"], "WAYFINDER_BASE_URL": "", "WAYFINDER_DATA_DIR": "/a b"}
    done = subprocess.run(["sh", str(script)], env=said, capture_output=True, check=True)
    lines = {line for line in done.stdout.decode().splitlines() if line.startswith(PREFIX)}
    assert lines == {"WAYFINDER_WORKERS=2", "WAYFINDER_BASE_URL=", "WAYFINDER_DATA_DIR=/a b"}


def test_units_agree_on_who_may_look_into_the_folder_that_they_share() -> None:
    # systemd gives it the mode of the unit that was started last
    units = [path.read_text("utf-8") for path in DEPLOY.glob("*.service")]
    sharing = [unit for unit in units if "\nStateDirectory=" in unit]
    assert len(sharing) == 2
    assert all("\nStateDirectoryMode=0750\n" in unit for unit in sharing)


def test_what_containers_are_given_is_handed_out() -> None:
    mounted = re.findall(r"- \./([^:]+):", (DEPLOY / "compose.yaml").read_text("utf-8"))
    assert {*mounted} - {path.name for path in FILES} == {"certificates"}  # one's own


def test_alarms_are_about_figures_that_there_are() -> None:
    named = set(re.findall(r"wayfinder_[a-z_]+", (DEPLOY / "alerts.yaml").read_text("utf-8")))
    given = {
        metrics.REQUESTS: "_total",
        metrics.SECONDS: "_bucket",
        metrics.RELEASE: "",
        metrics.CONDITIONS: "",
        metrics.FIRE: "",
        metrics.CONFIRMED: "",
        metrics.PLANNED: "_total",
        metrics.WORK: "_total",
    }
    known = {f"{next(iter(metric.describe())).name}{end}" for metric, end in given.items()}
    assert named <= known


def test_a_stop_has_the_time_that_requests_have() -> None:
    unit = (DEPLOY / "wayfinder.service").read_text("utf-8")
    (patience_s,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)
    assert int(patience_s) > Settings().stop_timeout_s


def test_a_process_that_takes_too_much_memory_does_not_stop_the_others() -> None:
    # the system's usual answer to that is to stop the whole service
    assert "\nOOMPolicy=continue\n" in (DEPLOY / "wayfinder.service").read_text("utf-8")


def test_a_backup_that_fails_is_told_of() -> None:
    text = (DEPLOY / "wayfinder-backup.service").read_text("utf-8")
    (unit,) = re.findall(r"^OnFailure=(\S+)$", text, re.MULTILINE)
    assert "ExecStart=" in (DEPLOY / unit).read_text("utf-8")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for path in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
        text = path.read_text("utf-8").replace("/opt/wayfinder/bin/wayfinder", sys.executable)
        (tmp_path / path.name).write_text(text, "utf-8")
    units = [str(tmp_path / name) for name in ("wayfinder.service", "wayfinder-backup.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, check=False
    )
    ours = [line for line in done.stderr.decode().splitlines() if "wayfinder" in line]
    assert (done.returncode, ours) == (0, [])


class _Behind(BaseHTTPRequestHandler):
    """Stands in for the server: says what it was asked."""

    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        names = ("Host", "X-Forwarded-For", "Connection")
        said = "\n".join(f"{name}: {self.headers.get(name)}" for name in names).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST = _answer  # noqa: N815 - as the library calls them

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Proxy:
    """The proxy that runs, and where."""

    http: int
    https: int

    def ask(self, target: str, *, body: bytes | None = None, plain: bool = False) -> "Said":
        """Ask it for an address as a browser does that sends a false forwarded header."""
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        address = f"http://127.0.0.1:{self.http}" if plain else f"https://127.0.0.1:{self.https}"
        request = urllib.request.Request(  # noqa: S310 - our own address
            address + target, data=body, headers={"Host": HOST, "X-Forwarded-For": "6.6.6.6"}
        )
        opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=trusting), _Stays()
        )
        try:
            with opener.open(request, timeout=20) as answer:
                return Said(answer.status, answer.read().decode(), "")
        except urllib.error.HTTPError as error:
            return Said(error.code, error.read().decode(), error.headers.get("Location", ""))


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nowhere."""


@dataclass
class Said:
    """What came back."""

    status: int
    body: str
    location: str


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


def _write_configuration(folder: Path, proxy: Proxy, behind: int) -> Path:
    """Put the files that are handed out beside each other, with ports that anybody may open."""
    changes = {
        "/etc/ssl/wayfinder": str(folder),
        "/etc/nginx/wayfinder-proxy.conf": str(folder / "wayfinder-proxy.conf"),
        "/var/log/nginx": str(folder),
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "listen 80;": f"listen 127.0.0.1:{proxy.http};",
        "listen 443 ssl": f"listen 127.0.0.1:{proxy.https} ssl",
    }
    names = ("nginx.conf", "wayfinder-proxy.conf", "wayfinder-upstream.conf")
    for name in names:
        text = (DEPLOY / name).read_text("utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / name).write_text(re.sub(r"\n *listen \[::\].*", "", text), "utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "whole.conf"
    user = (
        "user root root;\n" if os.geteuid() == 0 else ""
    )  # who made the folder, and may write there
    whole.write_text(
        f"{user}daemon off;\npid {folder / 'nginx.pid'};\nerror_log {folder / 'error.log'};\n"
        f"events {{}}\nhttp {{\n{temporary}include {folder / 'nginx.conf'};\n"
        f"include {folder / 'wayfinder-upstream.conf'};\n}}\n",
        "utf-8",
    )
    return whole


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """Run nginx as it is handed out, before a server that says what it was asked."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        pytest.skip("there is no nginx here (Debian: apt-get install nginx-light)")
    folder = tmp_path_factory.mktemp("nginx")
    _write_certificate(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Behind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = Proxy(find_port(), find_port())
    configuration = _write_configuration(folder, found, server.server_address[1])
    arguments = ["-e", str(folder / "start.log"), "-c", str(configuration)]
    with (folder / "said.log").open("wb") as said:
        process = subprocess.Popen([program, *arguments], stderr=said)
    try:
        _wait_for(found, process, folder / "said.log")
        yield found
    finally:
        process.terminate()
        process.wait(20)
        server.shutdown()
        server.server_close()


def _wait_for(proxy: Proxy, process: "subprocess.Popen[bytes]", said: Path) -> None:
    until = time.monotonic() + 30
    while True:
        assert process.poll() is None, said.read_text("utf-8")
        try:
            proxy.ask("/")
        except OSError:
            assert time.monotonic() < until, "nginx does not listen"
            time.sleep(0.05)
        else:
            return


def test_the_proxy_hands_on_the_host_and_who_asks(proxy: Proxy) -> None:
    said = proxy.ask("/v/qinghe")
    assert said.status == 200
    assert f"Host: {HOST}" in said.body
    assert "X-Forwarded-For: 127.0.0.1" in said.body  # not what the client says of itself


def test_the_proxy_sends_everybody_to_the_encrypted_address(proxy: Proxy) -> None:
    said = proxy.ask("/S/ABC?x=1", plain=True)
    assert (said.status, said.location) == (301, f"https://{HOST}/S/ABC?x=1")


def test_the_proxy_keeps_figures_to_the_house_and_large_bodies_to_staff(proxy: Proxy) -> None:
    assert proxy.ask("/metrics").status == 403
    large = b"x" * 100_000
    assert proxy.ask("/api/v1/venues", body=large).status == 413
    assert proxy.ask("/studio/v/qinghe/import", body=large).status == 200
