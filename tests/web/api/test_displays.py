"""Displays over the API: enrolled once, believed by their token, watched by whoever may."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import BASE_URL, make_client
from wayfinder.formats import read_plan
from wayfinder.model.display_ids import make_display_id
from wayfinder.resources import floorplans_dir
from wayfinder.services import conditions, displays, releases, tokens
from wayfinder.services.follow import Follower
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import Store, UnavailableError, open_store
from wayfinder.store.conditions import ConditionDraft
from wayfinder.web.api.display_documents import DisplayList, DisplayToken, Reported
from wayfinder.web.app import create_app

ENROL = "/api/v1/displays/enrol"
LIST = "/api/v1/displays"
NAMES = itertools.count()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "wayfinder.sqlite3"
    store = open_store(str(path))
    plan = read_plan(floorplans_dir() / "clinic").plan
    for slug in ("clinic", "annex"):
        releases.import_plan(store, slug, _without_codes(plan) if slug == "annex" else plan)
        releases.publish(store, slug)
    store.close()
    return path


def _without_codes(plan: Any) -> Any:  # noqa: ANN401 - a plan
    signs = [one for one in plan if "sign_code" in one.wayfinder]
    return plan.with_features(*(one.with_wayfinder(sign_code=None) for one in signs))


class Desk:
    """An application over a store of its own."""

    def __init__(self, path: Path) -> None:
        self.store: Store = open_store(str(path))
        self.venues = Venues()
        self.follower = Follower(self.store, self.venues)
        self.follower.refresh()
        settings = Settings(base_url=BASE_URL, access_log=False)
        self.app: Flask = create_app(
            self.venues, settings, store=self.store, follower=self.follower
        )
        self.client: FlaskClient = make_client(self.app)

    def find_id(self, feature_kind: str = "kiosk", venue: str = "clinic") -> str:
        found = (one.id for one in self.venues.list_displays(venue) if one.kind == feature_kind)
        return next(found)

    def enrol(self, display: str) -> str:
        made = displays.make_code(self.store, display)
        answer = self.post(ENROL, {"display": display, "code": made.code})
        assert answer.status_code == 201
        DisplayToken.model_validate(answer.get_json())
        return str(answer.get_json()["token"])

    def post(self, path: str, document: object, token: str = "") -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.client.post(path, json=document, headers=headers)

    def report(self, display: str, token: str, **changes: object) -> TestResponse:
        now = self.client.get(f"/api/v1/displays/{display}/now").get_json()
        said = {
            "release": now["release"]["hash"],
            "conditions": now["version"],
            "program": "1.0",
            "uptime_s": 60,
            "errors": 0,
        }
        return self.post(f"/api/v1/displays/{display}/report", {**said, **changes}, token)

    def list(self, token: str, query: str = "") -> TestResponse:
        return self.client.get(LIST + query, headers={"Authorization": f"Bearer {token}"})

    def make_token(self, venue: str | None = None, *scopes: str) -> str:
        wanted = scopes or (tokens.DISPLAYS,)
        return tokens.make_token(self.store, f"watch {next(NAMES)}", venue=venue, scopes=wanted)


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "store.sqlite3"
    path.write_bytes(template.read_bytes())
    made = Desk(path)
    yield made
    made.follower.stop()
    made.store.close()


def test_a_token_is_told_though_the_store_goes_away_just_then(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code is used up: whoever typed it would need another one."""

    def fail() -> None:
        raise UnavailableError("unreachable", problem="gone")

    kiosk = desk.find_id()
    monkeypatch.setattr(desk.follower, "catch_up", fail)
    token = desk.enrol(kiosk)
    assert desk.report(kiosk, token).status_code == 200


def test_a_display_enrols_reports_and_is_seen_green(desk: Desk) -> None:
    kiosk = desk.find_id()
    token = desk.enrol(kiosk)
    notice = conditions.add(desk.store, "clinic", ConditionDraft("notice", (), {"en": "Hello"}))
    desk.follower.refresh()
    taken = desk.report(kiosk, token, plays={str(notice.id): 4}, remarks=["low-letters"])
    assert taken.status_code == 200
    assert taken.headers["Cache-Control"] == "no-store"
    assert Reported.model_validate(taken.get_json()).again_s == 20
    answer = desk.list(desk.make_token(), "?venue=clinic&lang=en")
    assert answer.status_code == 200
    DisplayList.model_validate(answer.get_json())
    board, seen = sorted(answer.get_json()["displays"], key=lambda one: one["kind"])
    assert (seen["id"], seen["state"], seen["reasons"]) == (kiosk, "green", [])
    assert seen["page"] == f"/kiosk/{kiosk}"
    assert (seen["ref"], seen["place"], seen["floor"]) == ("K-01", "Lobby", "1F")
    assert [one["count"] for one in seen["plays"]] == [4]
    assert "too low" in seen["remarks"][0]["text"]
    assert board["state"] == "red"
    assert board["reasons"][0] == {
        "code": "not-enrolled",
        "text": "it has never enrolled: nobody knows what it shows",
    }


def test_tokens_see_their_venue_and_need_their_scope(desk: Desk) -> None:
    every = desk.list(desk.make_token()).get_json()["displays"]
    assert {one["venue"] for one in every} == {"clinic", "annex"}
    own = desk.make_token("annex")
    assert {one["venue"] for one in desk.list(own).get_json()["displays"]} == {"annex"}
    assert desk.list(own, "?venue=annex").status_code == 200
    foreign, unknown = desk.list(own, "?venue=clinic"), desk.list(own, "?venue=nowhere")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.get_json() == unknown.get_json()
    display = desk.enrol(desk.find_id())
    for token in (desk.make_token(None, tokens.CONDITIONS), "", "wf_no", display):
        answer = desk.list(token, "?venue=clinic")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_is_good_for_its_display_alone(desk: Desk) -> None:
    kiosk, board = desk.find_id(), desk.find_id("board")
    token = desk.enrol(kiosk)
    assert desk.report(kiosk, token).status_code == 200
    assert desk.report(kiosk.lower(), token).status_code == 200
    assert desk.report(board, token).status_code == 401
    assert desk.report(desk.find_id(venue="annex"), token).status_code == 401
    for wrong in ("", token[:-1], token + "x", "Bearer", desk.make_token()):
        assert desk.report(kiosk, wrong).status_code == 401
    displays.revoke_display(desk.store, kiosk)
    desk.follower.refresh()
    assert desk.report(kiosk, token).status_code == 401


def test_of_a_display_that_is_gone_nothing_is_taken(desk: Desk) -> None:
    kiosk = desk.find_id()
    token = desk.enrol(kiosk)
    displays.remove_display(desk.store, kiosk)
    desk.follower.refresh()
    path = f"/api/v1/displays/{kiosk}/report"
    assert desk.post(path, {}, token).status_code == 410
    unknown = f"/api/v1/displays/{make_display_id(99)}/report"
    assert desk.post(unknown, {}, token).status_code == 404


def test_codes_that_are_not_good_are_refused_without_a_word_why(desk: Desk) -> None:
    kiosk, board = desk.find_id(), desk.find_id("board")
    made = displays.make_code(desk.store, kiosk)
    answers = [
        desk.post(ENROL, {"display": display, "code": code})
        for display, code in (
            (board, made.code),
            (kiosk, "7777-7777"),
            (make_display_id(99), made.code),
            ("VQAFYHP", made.code),
        )
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.data for answer in answers}) == 1
    assert desk.post(ENROL, {"display": kiosk, "code": made.code}).status_code == 201
    assert desk.post(ENROL, {"display": kiosk, "code": made.code}).status_code == 403


def test_guessing_is_slow(desk: Desk) -> None:
    kiosk = desk.find_id()
    guess = {"display": kiosk, "code": "7777-7777"}
    statuses = [desk.post(ENROL, guess).status_code for _ in range(45)]
    # twenty a minute, and one may have turned in between
    assert statuses.count(429) >= 5
    assert set(statuses) == {403, 429}
    other = displays.make_code(desk.store, desk.find_id("board"))
    answer = desk.post(ENROL, {"display": other.display, "code": other.code})
    assert answer.status_code == 201


NO_REPORTS: tuple[dict[str, object], ...] = (
    {"errors": -1},
    {"errors": "1"},
    {"uptime_s": 2**31},
    {"uptime_s": 0.5},
    {"release": "\0"},
    {"release": 7},
    {"conditions": None},
    {"program": "x" * 81},
    {"remarks": ["Loud!"]},
    {"remarks": ["a"] * 11},
    {"plays": {"1": -1}},
    {"plays": {"": 1}},
    {"plays": {str(number): 1 for number in range(101)}},
    {"searched": "cardiology"},
)


def test_reports_that_are_none_change_nothing(desk: Desk) -> None:
    kiosk = desk.find_id()
    token = desk.enrol(kiosk)
    for changes in NO_REPORTS:
        answer = desk.report(kiosk, token, **changes)
        assert answer.status_code == 400, changes
        assert answer.get_json()["error"]["code"] == "bad-body", changes
    (seen,) = (
        one for one in desk.list(desk.make_token()).get_json()["displays"] if one["id"] == kiosk
    )
    assert seen["report"] is None


def test_bodies_of_another_sort(desk: Desk) -> None:
    kiosk = desk.find_id()
    token = desk.enrol(kiosk)
    path, headers = f"/api/v1/displays/{kiosk}/report", {"Authorization": f"Bearer {token}"}
    assert desk.client.post(path, data="{}", headers=headers).status_code == 415
    for body in (
        "",
        "[]",
        "null",
        '{"release": NaN}',
        '{"a": 1, "a": 2}',
        b"\xff\xfe\x00\xd8",
    ):
        answer = desk.client.post(path, data=body, headers=headers, content_type="application/json")
        assert answer.status_code == 400
    assert desk.client.post(ENROL, json={"display": kiosk}).status_code == 400


def test_without_a_store_nothing_is_written(app: Flask) -> None:
    client = make_client(app)
    kiosk = make_display_id(0)
    assert client.get(f"/api/v1/displays/{kiosk}/now").status_code == 200
    assert client.post(ENROL, json={"display": kiosk, "code": "x"}).status_code == 503
    assert client.post(f"/api/v1/displays/{kiosk}/report", json={}).status_code == 503
    assert client.get(LIST).status_code == 503


def test_while_the_database_is_away_displays_go_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = desk.find_id()
    token = desk.enrol(kiosk)
    reports = desk.app.extensions["wayfinder"].reports

    def fail() -> None:
        raise UnavailableError("unreachable", problem="gone")

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "read", fail)
        patched.setattr(desk.store, "write", fail)
        reports.start()
        assert desk.client.get(f"/api/v1/displays/{kiosk}/now").status_code == 200
        assert desk.report(kiosk, token).status_code == 200
        assert desk.report(kiosk, "wfd_other").status_code == 503
        assert desk.list("wf_x").status_code == 503
        assert desk.post(ENROL, {"display": kiosk, "code": "x"}).status_code == 503
    reports.stop()
    seen = {one["id"]: one for one in desk.list(desk.make_token()).get_json()["displays"]}
    assert seen[kiosk]["state"] == "green"
