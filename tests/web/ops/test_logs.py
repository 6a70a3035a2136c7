"""Logs: JSON lines that hold neither what was asked nor who asked."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from flask import Response

from tests.web.conftest import BASE_URL, make_client
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app
from wayfinder.web.ops.logs import get_logger, make_log_config


@pytest.fixture
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Catch the lines of our loggers."""
    stream = io.StringIO()
    settings = Settings(log_format=getattr(request, "param", "json"), log_level="info")
    config = dict(make_log_config(settings))
    names = list(config["loggers"])
    before = {name: logging.getLogger(name).handlers[:] for name in names}
    config["handlers"]["stderr"]["stream"] = stream
    # the root logger belongs to pytest
    logging.config.dictConfig({**config, "root": {}, "incremental": False})
    yield stream
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers[:] = before[name]
        logger.propagate = True
        logger.setLevel(logging.NOTSET)


def test_a_request_is_a_line(log: io.StringIO, served_clinic: Served) -> None:
    client = make_client(create_app(Venues([served_clinic]), Settings(base_url=BASE_URL)))
    client.get("/v/clinic/search?q=Geheim", headers={"X-Forwarded-For": "6.6.6.6"})
    (line,) = (json.loads(text) for text in log.getvalue().splitlines())
    assert line["event"] == "request"
    assert (line["method"], line["route"], line["status"]) == ("GET", "/v/<slug>/search", 200)
    assert line["ms"] > 0
    assert set(line) == {"event", "level", "logger", "timestamp", "method", "route", "status", "ms"}


def test_when_somebody_reports_is_in_no_log(log: io.StringIO, served_clinic: Served) -> None:
    client = make_client(create_app(Venues([served_clinic]), Settings(base_url=BASE_URL)))
    client.get("/v/clinic/report")
    for path in ("report", "lost"):
        client.post(f"/v/clinic/{path}", data={"kind": "blocked"})
    assert log.getvalue() == ""


def test_it_can_be_turned_off(log: io.StringIO, served_clinic: Served) -> None:
    settings = Settings(base_url=BASE_URL, access_log=False)
    make_client(create_app(Venues([served_clinic]), settings)).get("/v/clinic")
    assert log.getvalue() == ""


def test_a_crash_is_logged_without_what_it_quotes(
    log: io.StringIO, served_clinic: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("no way to Geheim")

    monkeypatch.setattr(Venues, "find", crash)
    client = make_client(create_app(Venues([served_clinic]), Settings(base_url=BASE_URL)))
    assert client.get("/v/clinic?start=Geheim").status_code == 500
    assert "Geheim" not in log.getvalue()
    line = json.loads(log.getvalue().splitlines()[0])
    assert (line["event"], line["error"], line["route"]) == ("crash", "RuntimeError", "/v/<slug>")
    assert any("crash" in frame for frame in line["frames"])


def test_a_crash_beside_the_views_is_logged_without_the_address(
    log: io.StringIO, served_clinic: Served
) -> None:
    app = create_app(Venues([served_clinic]), Settings(base_url=BASE_URL))

    def crash(_: Response) -> Response:
        raise RuntimeError("no way to Geheim")

    app.after_request(crash)
    assert make_client(app).get("/v/clinic/place/Geheim").status_code == 500
    assert "Geheim" not in log.getvalue()
    line = json.loads(log.getvalue().splitlines()[0])
    assert (line["event"], line["error"]) == ("crash", "RuntimeError")
    assert line["route"] == "/v/<slug>/place/<place_id>"


def test_an_exception_that_a_library_logs_is_cut_down_too(log: io.StringIO) -> None:
    try:
        int("Geheim")
    except ValueError:
        logging.getLogger("wayfinder.services.follow").exception("cannot follow")
    assert "Geheim" not in log.getvalue()
    line = json.loads(log.getvalue())
    assert (line["event"], line["error"]) == ("cannot follow", "ValueError")


@pytest.mark.parametrize("log", ["text"], indirect=True)
def test_lines_for_people_are_text(log: io.StringIO) -> None:
    get_logger("web").warning("something", count=3)
    assert "something" in log.getvalue()
    assert "count" in log.getvalue()
    with pytest.raises(json.JSONDecodeError):
        json.loads(log.getvalue())
