"""The table of who may what holds for every view, those for programs too."""

import pytest
from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

from tests.services.people.conftest import Clock
from tests.web.studio.conftest import find_room, find_token, hire, let_in, open_browser
from wayfinder.services.people.desk import Desk, Policy
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Role
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app
from wayfinder.web.studio import make_blueprint
from wayfinder.web.studio.access import NEEDS, Need, Reach
from wayfinder.web.studio.room import get_visit


def probe(slug: str) -> ResponseReturnValue:
    """Answer with who asks, and where."""
    visit = get_visit()
    return jsonify({"slug": slug, "role": visit.role, "venue": visit.get_venue().slug})


def make_probed(app: Flask, settings: Settings) -> Flask:
    """Make an application with one more view, for programs."""
    blueprint = make_blueprint(find_room(app).desk.store, settings)
    path = "/api/v/<slug>/probe"
    blueprint.add_url_rule(path, "probe", probe, methods=["GET", "POST"])
    probed = create_app(Venues(), settings)
    probed.register_blueprint(blueprint)
    return probed


@pytest.fixture
def probed(
    app: Flask,
    settings: Settings,
    clock: Clock,
    passwords: Passwords,
    monkeypatch: pytest.MonkeyPatch,
) -> Flask:
    monkeypatch.setitem(NEEDS, "probe", Need(Reach.VENUE, Role.EDITOR))
    made = make_probed(app, settings)
    room = find_room(made)
    room.desk = Desk(room.desk.store, Policy(), passwords, clock)
    return made


def test_a_view_that_is_not_in_the_table_stops_the_start(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(NEEDS, "show_venue")
    with pytest.raises(RuntimeError, match=r"studio\.show_venue.*who may use it"):
        create_app(Venues(), settings, store=find_room(app).desk.store)


def test_programs_are_told_by_status_and_document(probed: Flask, desk: Desk) -> None:
    path, elsewhere = "/studio/api/v/clinic/probe", "/studio/api/v/elsewhere/probe"
    editor = let_in(probed, desk, hire(desk, "Editor", Role.EDITOR, venue="clinic"))
    assert editor.get(path).json == {"slug": "clinic", "role": "editor", "venue": "clinic"}
    viewer = let_in(probed, desk, hire(desk, "Viewer", Role.VIEWER))
    nobody = open_browser(probed, desk)
    found = {
        "other venue": editor.get(elsewhere),
        "role": viewer.get(path),
        "nobody": nobody.get(path),
        "no token": editor.client.post(path, headers=editor.headers),
    }
    assert {name: answer.status_code for name, answer in found.items()} == {
        "other venue": 404,
        "role": 403,
        "nobody": 401,
        "no token": 400,
    }
    for answer in found.values():
        assert answer.json is not None
        assert set(answer.json["error"]) >= {"code", "reason"}
        assert answer.headers["Cache-Control"] == "no-store"
    token = find_token(editor.open())
    sent = editor.client.post(path, headers={**editor.headers, "X-Wayfinder-Token": token})
    assert sent.status_code == 200
