"""What guards every answer: which hosts are answered, and the headers that browsers obey.

The headers follow MDN's HTTP Observatory; a test holds its table of scores.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.exceptions import RequestURITooLarge

from wayfinder.settings import Settings

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PUBLIC_HOST = "WAYFINDER_PUBLIC_HOST"
"""Key in an application's configuration of the only host that its views ever see."""
_POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self'",
    "manifest-src": "'self'",
    "require-trusted-types-for": "'script'",
    "script-src": "'self'",
    "style-src": "'self'",
    "trusted-types": "wayfinder",
    "worker-src": "'self'",
}
_UNUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED_FEATURES),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_HSTS = "max-age=63072000"
"""Two years; not for subdomains, which are not ours."""
_LONGEST = 8_000
"""Characters of an address and its query: longer ones nobody typed or linked (ours)."""
_HOSTLESS = frozenset({"/healthz", "/readyz", "/metrics"})
"""Addresses that probes ask for by the machine's own address; their answers name no host."""
_POLICY_HEADER = "Content-Security-Policy"
_REFERRER = "Referrer-Policy"
_FRAME = "X-Frame-Options"
_STYLES = "wayfinder.styles"
"""Key in a request's environment of the hashes of styles that its answer may have."""
_ORIGIN = "wayfinder.origin"
"""Key in a request's environment: forms of its page tell this server where they come from."""
_FRAMES = "wayfinder.frames"
"""Key in a request's environment of the directives about frames that its answer has."""
_CLIENT = "wayfinder.client"
"""Key in a request's environment of the address of who asks."""
_PROXY_HEADERS = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_HOST",
    "HTTP_X_ORIGINAL_URL",
    "HTTP_X_REWRITE_URL",
)


def guard(app: Flask, settings: Settings) -> None:
    """Let an application answer its own hosts only, each answer with the headers."""

    def refuse_enormous() -> None:
        environ = request.environ
        if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > _LONGEST:
            raise RequestURITooLarge

    app.before_request(refuse_enormous)
    # what is left after `_Guard` is always this one: two locks on one door
    app.config[PUBLIC_HOST] = urlsplit(settings.public_url).netloc
    app.wsgi_app = _Guard(app.wsgi_app, settings)  # type: ignore[assignment,method-assign]


def allow_styles(*contents: str) -> None:
    """Let the page that is being made have these contents of ``<style>`` elements, and no others.

    Parameters
    ----------
    contents
        Each the exact text between ``<style>`` and ``</style>``.
    """
    hashes = {f"'sha256-{hash_style(content)}'" for content in contents}
    request.environ[_STYLES] = request.environ.get(_STYLES, frozenset()) | hashes


def keep_origin() -> None:
    """Let forms of the page that is being made say to this server, and none else, whose they are.

    Without it browsers that do not send ``Sec-Fetch-Site`` would send an empty ``Origin``.
    """
    request.environ[_ORIGIN] = True


def allow_frames() -> None:
    """Let the page that is being made show our own pages in frames."""
    _add_frames("frame-src")


def allow_framing() -> None:
    """Let the page that is being made stand in a frame of our own pages, and of nobody else's."""
    _add_frames("frame-ancestors")


def _add_frames(directive: str) -> None:
    known: frozenset[str] = request.environ.get(_FRAMES, frozenset())
    request.environ[_FRAMES] = known | {directive}


def get_client(environ: "WSGIEnvironment") -> str:
    """Return the address of who asks; behind a proxy that is not in the settings, the proxy's."""
    return str(environ.get(_CLIENT, ""))


def find_client(peer: str, forwarded: str, proxies: Iterable[str]) -> str:
    """Return the address of who asks: the last one that no proxy of ours stands for.

    Parameters
    ----------
    peer
        Address of who is connected to this server.
    forwarded
        Value of ``X-Forwarded-For``, to which each proxy adds whom it was asked by.
    proxies
        Addresses and networks of our proxies.
    """
    networks = _read_networks(tuple(proxies))
    found = peer
    for address in reversed(forwarded.split(",")):
        if not _is_within(found, networks) or not _is_address(address.strip()):
            break
        found = address.strip()
    return found


@lru_cache(maxsize=8)
def _read_networks(texts: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(text) for text in texts)


def _is_within(address: str, networks: Iterable[IPv4Network | IPv6Network]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def hash_style(content: str) -> str:
    """Return the hash of a ``<style>`` element's content, as a policy carries it."""
    return b64encode(sha256(content.encode("utf-8")).digest()).decode("ascii")


def make_policy(style_hashes: Iterable[str] = (), frames: Iterable[str] = ()) -> str:
    """Make the value of ``Content-Security-Policy``.

    Parameters
    ----------
    style_hashes
        Of the styles that the page has.
    frames
        Directives about frames that let our own pages in, and nobody else's.
    """
    extra = {"style-src": " ".join(["'self'", *sorted(style_hashes)])}
    extra |= dict.fromkeys(sorted(frames), "'self'")
    return "; ".join(f"{name} {value}" for name, value in {**_POLICY, **extra}.items())


class _Guard:
    """Lets in requests for our own names, and writes the headers; others come in as for no host.

    A trailing dot, capitals and any port of our own name are fine. Whatever was asked for, the
    application sees the public address: no address can be built from what a client says. Headers
    are written here, where it costs next to nothing and no error gets past.
    """

    def __init__(self, app: "WSGIApplication", settings: Settings) -> None:
        public = urlsplit(settings.public_url)
        self._app = app
        self._allowed = settings.allowed_hosts
        self._host = public.netloc
        self._name = public.hostname or ""
        self._scheme = public.scheme
        self._port = str(public.port or {"http": 80, "https": 443}[public.scheme])
        self._answers: dict[str, bool] = {}
        secure = {"Strict-Transport-Security": _HSTS} if settings.is_https else {}
        self._headers = [*_HEADERS.items(), *secure.items()]
        self._policy = (_POLICY_HEADER, make_policy())
        self._own_headers = [
            (name, "same-origin" if name == _REFERRER else value) for name, value in self._headers
        ]
        self._proxies = settings.proxies

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "")
        known = self._is_allowed(host) or environ.get("PATH_INFO") in _HOSTLESS
        environ["HTTP_HOST"] = self._host if known else "."
        environ["SERVER_NAME"] = self._name
        environ["SERVER_PORT"] = self._port
        environ["wsgi.url_scheme"] = self._scheme
        environ[_CLIENT] = peer = environ.get("REMOTE_ADDR", "")
        if self._proxies:
            forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
            environ[_CLIENT] = find_client(peer, forwarded, self._proxies)
        for name in _PROXY_HEADERS:
            environ.pop(name, None)

        def start_guarded(
            status: str, headers: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None
        ) -> "Callable[[bytes], object]":
            styles, frames = environ.get(_STYLES, ()), environ.get(_FRAMES, ())
            own = self._own_headers if _ORIGIN in environ else self._headers
            if frames:
                own = _let_frame(own, frames)
            headers += own
            varied = styles or frames
            policy = (_POLICY_HEADER, make_policy(styles, frames)) if varied else self._policy
            headers.append(policy)
            return start(status, headers, exc_info)

        return self._app(environ, start_guarded)

    def _is_allowed(self, host: str) -> bool:
        known = self._answers.get(host)
        if known is None:
            known = _read_name(host) in self._allowed
            if len(self._answers) < 256:  # strangers do not fill the memory
                self._answers[host] = known
        return known


def _let_frame(headers: list[tuple[str, str]], frames: Iterable[str]) -> list[tuple[str, str]]:
    """Return headers of an answer that may stand in a frame of ours, if that is among them."""
    if "frame-ancestors" not in frames:
        return headers
    return [(name, "SAMEORIGIN" if name == _FRAME else value) for name, value in headers]


def _read_name(host: str) -> str | None:
    """Return the host name of a ``Host`` header: small letters, no port, no dot at its end."""
    if not host or len(host) > 260 or not host.isascii() or any(c in host for c in "/\\@?# \t"):
        return None
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    return (parts.hostname or "").removesuffix(".")
