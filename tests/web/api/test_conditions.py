"""Conditions over the API: who may, what is refused, and that everybody sees it at once."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import BASE_URL, make_client
from tests.web.pages import LIFT
from wayfinder.formats import read_plan
from wayfinder.model import DisplayKind
from wayfinder.resources import floorplans_dir
from wayfinder.services import audit, conditions, releases, tokens
from wayfinder.services.condition_notes import noting
from wayfinder.services.display_registry import read_displays
from wayfinder.services.follow import Follower
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import Store, open_store
from wayfinder.store.audit import Actor, list_entries
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.people import MembershipRecord, add_person, find_by_key
from wayfinder.web.app import create_app

CONDITIONS = "/api/v1/venues/clinic/conditions"
ANN = Actor("ann")
ROUTE = "/api/v1/venues/clinic/route?from=REG&to=PED&profile=wheelchair"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(str(tmp_path_factory.mktemp("store") / "wayfinder.sqlite3"))
    releases.import_plan(opened, "clinic", read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(opened, "clinic")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def follower(store: Store) -> Iterator[tuple[Follower, Venues]]:
    venues = Venues()
    one = Follower(store, venues)
    one.refresh()
    yield one, venues
    one.stop()


@pytest.fixture
def client(store: Store, follower: tuple[Follower, Venues]) -> Iterator[FlaskClient]:
    one, venues = follower
    settings = Settings(base_url=BASE_URL, access_log=False)
    yield make_client(create_app(venues, settings, store=store, follower=one))
    for record in conditions.list_all(store, "clinic"):
        conditions.remove(store, "clinic", record.id)
    one.refresh()


@pytest.fixture
def token(store: Store) -> str:
    # a name is taken for good
    name = f"lifts {len(tokens.list_all(store))}"
    return tokens.make_token(store, name)


def take_back(store: Store, entry: int) -> None:
    with store.write() as connection:
        ann = find_by_key(connection, "ann") or add_person(connection, "ann", "ann", who="")
    staff = Staff(ann.id, "ann", (MembershipRecord(1, "default", None, Role.ADMIN),))
    audit.undo(store, staff, "default", entry)


def post(client: FlaskClient, token: str, document: object) -> TestResponse:
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
    body = json.dumps(document)  # everything beyond ASCII escaped, lone surrogates too
    return client.post(CONDITIONS, data=body, content_type="application/json", headers=headers)


def test_a_closure_is_in_force_with_the_answer_and_ends_again(
    client: FlaskClient, token: str
) -> None:
    assert client.get(ROUTE).status_code == 200
    before = client.get("/api/v1/venues/clinic/now")
    closure = {"kind": "closure", "features": [LIFT], "text": {"en": "Repair"}}
    made = post(client, token, closure)
    assert made.status_code == 201
    assert made.get_json()["features"] == [LIFT]
    assert client.get(ROUTE).status_code == 404
    now = client.get("/api/v1/venues/clinic/now?lang=en")
    assert [one["reason"] for one in now.get_json()["closures"]] == ["Repair"]
    assert now.get_json()["version"] != before.get_json()["version"]
    ended = client.delete(
        f"{CONDITIONS}?feature={LIFT}", headers={"Authorization": f"Bearer {token}"}
    )
    assert [one["id"] for one in ended.get_json()["ended"]] == [made.get_json()["id"]]
    assert client.get(ROUTE).status_code == 200


def test_what_holds_already_is_not_added_twice(client: FlaskClient, token: str) -> None:
    closure = {"kind": "closure", "features": ["PED"]}
    assert (
        post(client, token, closure).get_json()["id"]
        == post(client, token, closure).get_json()["id"]
    )


def test_a_lift_that_is_named_is_closed_on_all_floors(client: FlaskClient, token: str) -> None:
    lift = client.get("/api/v1/venues/clinic/places?category=elevator&lang=en").get_json()[
        "places"
    ][0]
    made = post(client, token, {"kind": "closure", "features": [lift["name"]]})
    assert made.status_code == 201
    assert len(made.get_json()["features"]) == 2


def test_a_notice_is_shown(client: FlaskClient, token: str) -> None:
    made = post(client, token, {"kind": "notice", "text": {"en": "Use the east gate"}})
    assert made.status_code == 201
    shown = client.get("/api/v1/venues/clinic/now?lang=en").get_json()["notices"]
    assert [one["text"] for one in shown] == ["Use the east gate"]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Bearer wf_" + "x" * 43, "Basic eDp5"]
)
@pytest.mark.parametrize("address", [CONDITIONS, "/api/v1/venues/nowhere/conditions"])
def test_without_a_good_token_nobody_learns_anything(
    client: FlaskClient, header: str, address: str
) -> None:
    for response in (
        client.post(address, json={}, headers={"Authorization": header}),
        client.delete(f"{address}?feature=PED", headers={"Authorization": header}),
    ):
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert response.get_json()["error"]["code"] == "unauthorized"


def test_a_token_that_was_taken_back_is_none(client: FlaskClient, store: Store) -> None:
    token = tokens.make_token(store, "old")
    assert post(client, token, {}).status_code == 400
    tokens.revoke(store, "old")
    assert post(client, token, {}).status_code == 401


IMPOSSIBLE: tuple[tuple[object, int, str], ...] = (
    ({}, 400, "bad-body"),
    ([], 400, "bad-body"),
    ({"kind": "fire", "features": ["PED"]}, 400, "bad-body"),
    ({"kind": "closure"}, 400, "bad-body"),
    ({"kind": "closure", "features": []}, 400, "bad-body"),
    ({"kind": "closure", "features": "PED"}, 400, "bad-body"),
    ({"kind": "closure", "features": ["PED"], "hours": "off"}, 400, "bad-body"),
    ({"kind": "closure", "features": ["PED"], "from": "2026-11-23T09:30"}, 400, "bad-body"),
    ({"kind": "closure", "features": ["PED"], "from": 1795000000}, 400, "bad-body"),
    ({"kind": "closure", "features": ["PED"], "text": {"en": "a\u0000b"}}, 400, "bad-body"),
    ({"kind": "closure", "features": ["PED"], "text": {"en": "\ud800"}}, 400, "bad-body"),
    ({"kind": "closure", "features": ["PED"], "text": {"": "x"}}, 400, "bad-body"),
    ({"kind": "notice", "text": {}}, 400, "bad-body"),
    ({"kind": "closure", "features": ["nowhere"]}, 404, "unknown-place"),
    ({"kind": "hours", "features": ["PED"], "hours": "some"}, 409, "impossible-condition"),
    (
        {"kind": "closure", "features": ["PED"], "until": "2020-01-01T00:00:00Z"},
        409,
        "impossible-condition",
    ),
    (
        {
            "kind": "closure",
            "features": ["PED"],
            "from": "2099-01-02T00:00:00Z",
            "until": "2099-01-01T00:00:00Z",
        },
        409,
        "impossible-condition",
    ),
)


def test_what_cannot_hold_is_refused_and_nothing_is_stored(client: FlaskClient, token: str) -> None:
    for document, status, code in IMPOSSIBLE:
        response = post(client, token, document)
        found = response.status_code, response.get_json()["error"]["code"]
        assert found == (status, code), document
    now = client.get("/api/v1/venues/clinic/now").get_json()
    assert (now["closures"], now["hours"], now["notices"]) == ([], [], [])


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b'{"kind": 1e999}', "application/json", 400),
        (b"[" * 10_000, "application/json", 400),
        (b"kind=closure", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b'{"kind": "' + b"x" * 70_000 + b'"}', "application/json", 413),
    ],
)
def test_bodies_that_are_none(
    client: FlaskClient, token: str, body: bytes, content_type: str, status: int
) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    response = client.post(CONDITIONS, data=body, content_type=content_type, headers=headers)
    assert response.status_code == status
    assert response.get_json()["error"]["reason"]


def test_a_monitor_opens_what_it_closed_and_nobody_elses(
    client: FlaskClient, store: Store, token: str
) -> None:
    own, other = {"Authorization": f"Bearer {token}"}, tokens.make_token(store, "fire dampers")
    address = f"{CONDITIONS}?feature={LIFT}"
    closure = {"kind": "closure", "features": [LIFT]}
    works = conditions.add(store, "clinic", ConditionDraft("closure", (LIFT,), {}), who=ANN)
    conditions.add(
        store, "clinic", ConditionDraft("closure", (LIFT,), {}), set_name="works", who=ANN
    )
    # word for word what the staff say, and its own all the same
    made = post(client, token, closure).get_json()
    assert made["id"] != works.id
    assert post(client, other, closure).get_json()["id"] not in {made["id"], works.id}
    ended = client.delete(address, headers=own).get_json()
    assert [one["id"] for one in ended["ended"]] == [made["id"]]
    assert [one["by"] for one in ended["still_closed"]] == ["staff", "system"]
    assert client.get(ROUTE).status_code == 404
    conditions.switch(store, "clinic", on=["works"], who=ANN)
    again = client.delete(address, headers=own).get_json()
    assert again["ended"] == []
    assert [one["by"] for one in again["still_closed"]] == ["staff", "set", "system"]
    conditions.switch(store, "clinic", off=["works"], who=ANN)
    # people open all
    assert len(conditions.reopen(store, "clinic", [LIFT], who=ANN).opened) == 2
    assert client.delete(address, headers=own).status_code == 404


def test_what_people_changed_since_is_theirs_until_they_take_that_back(
    client: FlaskClient, store: Store, token: str
) -> None:
    headers, address = {"Authorization": f"Bearer {token}"}, f"{CONDITIONS}?feature={LIFT}"
    made = post(client, token, {"kind": "closure", "features": [LIFT]}).get_json()
    draft = ConditionDraft("closure", (LIFT,), {"en": "New cables"})
    with noting() as noted:
        conditions.change(store, "clinic", made["id"], draft, who=ANN)
    assert client.delete(address, headers=headers).get_json()["ended"] == []
    take_back(store, noted[-1])
    assert len(client.delete(address, headers=headers).get_json()["ended"]) == 1
    # and who opens it by mistake and takes that back leaves it the system's
    post(client, token, {"kind": "closure", "features": [LIFT]})
    with noting() as noted:
        conditions.reopen(store, "clinic", [LIFT], who=ANN)
    take_back(store, noted[-1])
    assert len(client.delete(address, headers=headers).get_json()["ended"]) == 1


def test_what_is_not_closed_cannot_be_opened(client: FlaskClient, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    response = client.delete(f"{CONDITIONS}?feature=PED", headers=headers)
    assert (response.status_code, response.get_json()["error"]["code"]) == (
        404,
        "unknown-condition",
    )


def test_without_a_store_nothing_can_be_written(app: Flask) -> None:
    response = make_client(app).post(CONDITIONS, json={})
    assert (response.status_code, response.get_json()["error"]["code"]) == (
        503,
        "service-unavailable",
    )


def test_what_a_token_does_stands_in_the_log_by_its_name(client: FlaskClient, store: Store) -> None:
    name = f"lift system {len(tokens.list_all(store))}"
    token = tokens.make_token(store, name)
    post(client, token, {"kind": "closure", "features": [LIFT]})
    headers = {"Authorization": f"Bearer {token}"}
    client.delete(CONDITIONS, query_string={"feature": LIFT}, headers=headers)
    with store.read() as connection:
        log = list_entries(connection, "default")[:2]
    assert [(one.action, one.who, one.venue) for one in log] == [
        ("reopened", name, "clinic"),
        ("closed", name, "clinic"),
    ]


def test_a_notice_is_shown_where_it_is_asked_for(
    client: FlaskClient, store: Store, token: str
) -> None:
    with store.read() as connection:
        kiosk = next(one.id for one in read_displays(connection) if one.kind is DisplayKind.KIOSK)
    notice = {"kind": "notice", "text": {"en": "Masks, please"}, "shown_on": ["kiosk"]}
    assert post(client, token, notice).get_json()["shown_on"] == ["kiosk"]
    assert "Masks, please" not in client.get("/v/clinic?lang=en").get_data(as_text=True)
    assert "Masks, please" in client.get(f"/kiosk/{kiosk}?lang=en").get_data(as_text=True)
    everywhere = {"kind": "notice", "text": {"en": "Wash your hands"}}
    assert post(client, token, everywhere).get_json()["shown_on"] == []
    assert "Wash your hands" in client.get("/v/clinic?lang=en").get_data(as_text=True)
    for wrong in (["tv"], "kiosk", ["kiosk"] * 4):
        assert post(client, token, {**notice, "shown_on": wrong}).status_code == 400


def test_closures_say_what_they_close(client: FlaskClient, token: str) -> None:
    post(client, token, {"kind": "closure", "features": [LIFT]})
    now = client.get("/api/v1/venues/clinic/now").get_json()
    assert {one["category"] for one in now["closures"]} == {"elevator"}
