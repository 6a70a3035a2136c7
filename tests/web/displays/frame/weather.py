"""A server in this process, and what may stand between it and a display."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from flask import Flask

from tests.web.network import Network
from wayfinder.formats import read_plan
from wayfinder.model import Plan, Release, make_feature
from wayfinder.resources import floorplans_dir
from wayfinder.services.served import Served, make_served

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOGIN = b"<!doctype html><title>Free WiFi</title><h1>Free WiFi: accept our terms</h1>"


class Weather(StrEnum):
    """What a display meets."""

    FINE = "fine"
    PORTAL = "portal"
    """Somebody else answers everything, in good order: 200 and a page of his."""
    TROUBLE = "trouble"
    """503."""
    CRASHING = "crashing"
    """500 with a page."""
    HALF = "half"
    """Answers break off in the middle, and nobody says so."""
    ELSEWHERE = "elsewhere"
    """Everything is sent to a login page."""


class Storm(Network):
    """An application behind a port with weather between, see `Weather`."""

    def __init__(self, served: Iterable[Served]) -> None:
        super().__init__(list(served))
        self.weather = Weather.FINE
        self.refused: frozenset[str] = frozenset()
        """Paths that are answered with 503, whatever the weather."""
        self.asked: list[str] = []
        """Paths that were asked for."""
        self.plain: Flask | None = None
        """The program with plain boards, which answers unless a test installs another one."""
        self._own = self._pass = self._app.wsgi_app
        self._app.wsgi_app = self._answer  # type: ignore[assignment,method-assign]

    def install(self, app: Flask | None = None) -> None:
        """Let another version of the program answer; without one the program as it is."""
        self._pass = app.wsgi_app if app is not None else self._own

    def clear(self) -> Self:
        """Let the sun shine."""
        self.weather, self.refused = Weather.FINE, frozenset()
        self._pass = self.plain.wsgi_app if self.plain is not None else self._own
        self.asked.clear()
        self.restore()
        return self

    def _answer(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        self.wait(environ["PATH_INFO"])
        weather = self.weather
        if environ["PATH_INFO"] in self.refused:
            weather = Weather.TROUBLE
        if weather is Weather.FINE:
            return self._pass(environ, start)
        if weather is Weather.HALF:
            return _halve(self._pass, environ, start)
        status, body, *headers = _INSTEAD[weather]
        start(status, [("Content-Type", "text/html"), ("Content-Length", str(len(body))), *headers])
        return [body]


_INSTEAD: Mapping[Weather, tuple[Any, ...]] = {
    Weather.PORTAL: ("200 OK", LOGIN),
    Weather.TROUBLE: ("503 Service Unavailable", b""),
    Weather.CRASHING: ("500 Internal Server Error", b"<h1>Oops</h1>"),
    Weather.ELSEWHERE: ("302 Found", b"", ("Location", "/s")),
}
"""What is answered: the status, the content, further headers."""


def _halve(
    app: "WSGIApplication", environ: "WSGIEnvironment", start: "StartResponse"
) -> Iterable[bytes]:
    """Answer with half of the content, in good order."""
    said: list[tuple[str, list[tuple[str, str]]]] = []

    def note(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
        said.append((status, headers))

    environ["HTTP_ACCEPT_ENCODING"] = "identity"
    whole = b"".join(app(environ, note))  # type: ignore[arg-type]
    body = whole[: len(whole) // 2]
    status, headers = said[-1]
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    start(status, [*kept, ("Content-Length", str(len(body)))])
    return [body]


def make_clinic(*, number: int = 1, tag: str = "") -> Served:
    """Make the sample clinic, which has a kiosk and a board in its lobby.

    Parameters
    ----------
    number
        Of the release.
    tag
        What the venue's name ends with, to tell releases apart.
    """
    plan: Plan = read_plan(floorplans_dir() / "clinic").plan
    venue = plan.venue
    if tag and venue is not None:
        name = {language: f"{text} {tag}" for language, text in venue.name.items()}
        properties = {**venue.properties, "name": name}
        plan = plan.with_features(make_feature(venue.id, "venue", venue.geometry, properties))
    return make_served("clinic", Release(plan, number))
