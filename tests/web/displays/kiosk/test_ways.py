"""Ways of a kiosk over HTTP: the one asked for, all that it takes along, one for a phone."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import make_client
from wayfinder.model import Closure, Conditions
from wayfinder.services.display_ways import PROFILES
from wayfinder.services.display_ways_cache import DisplayWaysCache
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app
from wayfinder.web.site import KEY, Site

PATIENCE_S = 60


@pytest.fixture
def venues(served_clinic: Served) -> Venues:
    return Venues([served_clinic])


@pytest.fixture
def app(venues: Venues, settings: Settings) -> Iterator[Flask]:
    app = create_app(venues, settings)
    quick = DisplayWaysCache(share=1, pause_s=(0, 0))
    site: Site = app.extensions[KEY]
    object.__setattr__(site, "display_ways", quick)
    yield app
    assert quick.wait(PATIENCE_S)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return make_client(app)


@pytest.fixture
def path(venues: Venues) -> str:
    (record,) = (one for one in venues.list_displays("clinic") if one.kind == "kiosk")
    return f"/kiosk/{record.id}"


def find_id(served: Served, his: str) -> str:
    return next(feature.id for feature in served.plan if feature.codes.get("his") == his)


def wait_for(app: Flask) -> None:
    site: Site = app.extensions[KEY]
    assert site.display_ways.wait(PATIENCE_S)


def test_a_way_is_the_same_document_as_all_of_them(
    app: Flask, client: FlaskClient, path: str, served_clinic: Served
) -> None:
    goal = find_id(served_clinic, "PED")
    one = client.get(f"{path}/way/easy/{goal}").get_json()
    assert client.get(f"{path}/ways/easy").status_code == 503
    wait_for(app)
    several = client.get(f"{path}/ways/easy").get_json()

    def say(document: dict[str, Any]) -> list[list[str]]:
        way = document["ways"][goal]
        return [document["texts"][document["steps"][step][2]] for step in way["steps"]]

    assert one.keys() == several.keys()
    assert say(one) == say(several)
    assert set(one["ways"]) == {goal} < set(several["ways"])


def test_ways_that_are_being_made_are_asked_for_again(
    app: Flask, client: FlaskClient, path: str
) -> None:
    late = client.get(f"{path}/ways/walk")
    assert late.status_code == 503
    assert int(late.headers["Retry-After"]) > 0
    wait_for(app)
    for profile in PROFILES:
        assert client.get(f"{path}/ways/{profile}").status_code == 200


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_ways_are_whole_however_they_are_sent(
    app: Flask, client: FlaskClient, path: str, accepted: str
) -> None:
    client.get(f"{path}/ways/walk")
    wait_for(app)
    sent = client.get(f"{path}/ways/walk", headers={"Accept-Encoding": accepted})
    plain = client.get(f"{path}/ways/walk", headers={"Accept-Encoding": "identity"})
    assert sent.headers["X-Wayfinder"] == sha256(plain.data).hexdigest()
    assert json.loads(plain.data)["profile"] == "walk"
    assert (sent.headers.get("Content-Encoding") == "br") == (accepted == "br")
    again = client.get(f"{path}/ways/walk", headers={"If-None-Match": sent.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    # another worker's ways may differ by the second in which they were made
    assert "X-Wayfinder" not in again.headers


def test_a_closure_changes_what_the_kiosk_is_to_keep(
    app: Flask, client: FlaskClient, path: str, venues: Venues, served_clinic: Served
) -> None:
    before = client.get(f"{path}/kept").get_json()
    client.get(f"{path}/ways/walk")
    wait_for(app)
    tag = client.get(f"{path}/ways/walk").headers["ETag"]
    lifts = [unit.id for unit in served_clinic.plan.units if unit.category == "elevator"]
    venues.put(served_clinic.with_conditions(Conditions(tuple(map(Closure, lifts))), 7))
    after = client.get(f"{path}/kept").get_json()
    address = f"{path}/ways/walk"
    assert before["later"][address] != after["later"][address]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 503
    goal = find_id(served_clinic, "PED")
    refused = client.get(f"{path}/way/wheelchair/{goal}").get_json()
    assert "refusal" in refused["ways"][goal]


@pytest.mark.parametrize(
    "address",
    ["/way/walk/nothing", "/way/bed/nearest:restroom", "/ways/staff", "/way/walk/", "/ways/"],
)
def test_what_there_is_not_is_not_found(client: FlaskClient, path: str, address: str) -> None:
    assert client.get(path + address).status_code == 404


def test_boards_have_no_ways(client: FlaskClient, venues: Venues) -> None:
    (board,) = (one for one in venues.list_displays("clinic") if one.kind == "board")
    assert client.get(f"/kiosk/{board.id}/ways/walk").status_code == 404


def test_a_phone_takes_the_way_from_the_screen(
    client: FlaskClient, path: str, served_clinic: Served
) -> None:
    page = client.get(path, query_string={"lang": "en"}).get_data(as_text=True)
    found = re.search('data-go="https://way.example.org([^"]+)"', page)
    assert found is not None
    goal = find_id(served_clinic, "PED")
    way = client.get(f"{found[1]}/{goal}", query_string={"lang": "en"}).get_data(as_text=True)
    assert "Facing the screen, turn" in way
    assert "(screen K-" in way
    small = client.get(f"{found[1].lower()}/{goal}", query_string={"lang": "zh-Hans"})
    assert "面对屏幕，" in small.get_data(as_text=True)
