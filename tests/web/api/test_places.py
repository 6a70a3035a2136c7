"""Places, floors, signs and what holds, over the API."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import BASE_URL, make_client
from tests.web.pages import LEVEL, SIGN
from wayfinder.model import Closure, Conditions
from wayfinder.model.sign_records import SignPlace, SignState
from wayfinder.services.served import Served
from wayfinder.services.venues import SignRecord, Venues
from wayfinder.settings import Settings
from wayfinder.web.api import documents
from wayfinder.web.app import create_app

VENUE = "/api/v1/venues/clinic"


def test_search_finds_what_people_say(client: FlaskClient) -> None:
    found = client.get(f"{VENUE}/places?q=抽血&lang=en").get_json()
    assert found["places"][0]["name"] == "Blood Sampling"
    assert found["count"] >= 1


def test_a_category_comes_nearest_first(client: FlaskClient) -> None:
    found = client.get(f"{VENUE}/places?category=restroom&near=REG").get_json()["places"]
    distances = [one["distance_m"] for one in found]
    assert len(found) > 2
    assert distances == sorted(distances)


def test_both_narrow_each_other(client: FlaskClient) -> None:
    everything = client.get(f"{VENUE}/places?q=toilet&lang=en").get_json()
    some = client.get(f"{VENUE}/places?q=toilet&category=restroom.female&lang=en").get_json()
    assert 0 < some["count"] < everything["count"]


def test_without_a_question_all_that_has_a_name_is_listed_once(client: FlaskClient) -> None:
    found = client.get(f"{VENUE}/places?limit=1000").get_json()
    ids = [one["id"] for one in found["places"]]
    assert len(ids) == len(set(ids)) == found["count"] > 20
    assert len(client.get(f"{VENUE}/places?limit=3").get_json()["places"]) == 3


def test_what_is_not_found_leads_to_the_desk_or_nowhere(client: FlaskClient) -> None:
    found = client.get(f"{VENUE}/places?q=zzzzzz").get_json()
    assert found["places"] == []
    assert found["count"] == 0


@pytest.mark.parametrize("place", ["PED", "儿科", "Paediatrics"])
def test_a_place_is_found_by_any_of_its_names(client: FlaskClient, place: str) -> None:
    found = client.get(f"{VENUE}/places/{place}?lang=en").get_json()
    assert found["place"]["name"] == "Paediatrics"
    assert found["point"]["level"] == found["place"]["level"]
    assert client.get(found["page"]).status_code == 200


def test_levels_come_from_below_with_their_maps(client: FlaskClient) -> None:
    levels = client.get(f"{VENUE}/levels?lang=en").get_json()["levels"]
    assert [one["short_name"] for one in levels] == ["1F", "2F"]
    assert all(client.get(one["map"]).status_code == 200 for one in levels)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_a_map_is_a_drawing_that_its_policy_allows(client: FlaskClient, theme: str) -> None:
    response = client.get(f"{VENUE}/levels/{LEVEL}.svg?theme={theme}&width=360")
    assert response.content_type == "image/svg+xml; charset=utf-8"
    assert response.text.startswith("<svg")
    assert "'sha256-" in response.headers["Content-Security-Policy"]
    again = client.get(
        f"{VENUE}/levels/{LEVEL}.svg?theme={theme}&width=360",
        headers={"If-None-Match": response.headers["ETag"]},
    )
    assert again.status_code == 304
    # browsers take the headers of a 304 for those of what they have
    policies = [one.headers["Content-Security-Policy"] for one in (response, again)]
    assert policies[0] == policies[1]


def test_an_unknown_floor_is_an_error(client: FlaskClient) -> None:
    response = client.get(f"{VENUE}/levels/attic.svg")
    assert (response.status_code, response.get_json()["error"]["code"]) == (404, "unknown-level")


@pytest.mark.parametrize("code", [SIGN, SIGN.lower(), f"{SIGN[:4]}-{SIGN[4:]}"])
def test_a_sign_is_found_however_its_code_is_typed(client: FlaskClient, code: str) -> None:
    found = client.get(f"{VENUE}/signs/{code}?lang=en").get_json()
    assert found["code"] == SIGN
    assert found["facing_deg"] == 90
    assert client.get(found["page"]).status_code == 200


def test_a_sign_says_how_far_it_has_come(served_clinic: Served) -> None:
    venues = Venues([served_clinic])
    sign = served_clinic.sign_of_code[SIGN]
    since = datetime(2026, 6, 1, tzinfo=UTC)
    client = make_client(create_app(venues, Settings(base_url=BASE_URL)))
    before = client.get(f"{VENUE}/signs/{SIGN}").get_json()
    assert (before["state"], before["since"], before["in_force"]) == ("planned", None, True)
    mounted = SignRecord(SIGN, "clinic", sign.id, sign.ref, SignState.MOUNTED, since)
    venues.put_signs([mounted])
    after = client.get(f"{VENUE}/signs/{SIGN}").get_json()
    assert after == {**before, "state": "mounted", "since": since.isoformat()}


def test_a_sign_that_the_plan_has_no_more_says_where_it_was(served_clinic: Served) -> None:
    venues = Venues([served_clinic])
    was = SignPlace(3, "l", "u", (116.4, 39.9), 90.0, {"en": "Hall"}, {"en": "3F"}, {})
    known = SignRecord("AAAAAAA", "clinic", "gone", "9-09", SignState.REMOVED, None, was)
    unknown = SignRecord("CCCCCCC", "clinic", "gone")
    venues.put_signs([known, unknown])
    client = make_client(create_app(venues, Settings(base_url=BASE_URL)))
    found = client.get(f"{VENUE}/signs/AAAAAAA?lang=en").get_json()
    said = {key: found[key] for key in ("ref", "name", "level", "floor", "place", "facing_deg")}
    assert said == {
        "ref": "9-09",
        "name": "Hall",
        "level": "l",
        "floor": "3F",
        "place": [116.4, 39.9],
        "facing_deg": 270.0,
    }
    assert (found["state"], found["in_force"]) == ("removed", False)
    nowhere = client.get(f"{VENUE}/signs/CCCCCCC").get_json()
    for document in (found, nowhere):
        documents.Sign.model_validate(document)
    assert nowhere["place"] is None


def test_a_mistyped_code_comes_with_the_right_one(client: FlaskClient) -> None:
    wrong = SIGN[:-1] + ("3" if SIGN[-1] != "3" else "4")
    response = client.get(f"{VENUE}/signs/{wrong}")
    assert response.status_code == 404
    assert SIGN in response.get_json()["error"]["near"]


def test_a_sign_of_another_venue_says_whose_it_is(served_clinic: Served) -> None:
    venues = Venues([served_clinic])
    venues.put(replace(served_clinic, slug="other"))
    client = make_client(create_app(venues, Settings(base_url=BASE_URL)))
    response = client.get(f"/api/v1/venues/other/signs/{SIGN}")
    assert response.status_code == 404
    assert response.get_json()["error"]["venue"] == "clinic"


def test_a_closure_to_come_changes_the_version_when_its_time_comes(served_clinic: Served) -> None:
    now = datetime.now(UTC)

    def version(start: datetime) -> str:
        closure = Closure(LEVEL, start=start, end=now + timedelta(days=1))
        served = served_clinic.with_conditions(Conditions((closure,)), 7)
        client = make_client(create_app(Venues([served]), Settings(base_url=BASE_URL)))
        return str(client.get(f"{VENUE}/now").get_json()["version"])

    assert version(now + timedelta(hours=1)) != version(now - timedelta(hours=1))
    assert version(now + timedelta(hours=1)) == version(now + timedelta(hours=2))


def test_processes_that_read_at_different_times_say_the_same(served_clinic: Served) -> None:
    now = datetime.now(UTC)
    over = Closure(LEVEL, end=now - timedelta(minutes=1))
    documents = []
    for closures in ((over,), ()):
        served = served_clinic.with_conditions(Conditions(closures), 7)
        client = make_client(create_app(Venues([served]), Settings(base_url=BASE_URL)))
        documents.append(client.get(f"{VENUE}/now").get_json())
    assert documents[0] == documents[1]
    assert documents[0]["closures"] == []


def test_what_nobody_confirms_is_said(served_clinic: Served) -> None:
    venues = Venues([served_clinic])
    client = make_client(create_app(venues, Settings(base_url=BASE_URL)))
    assert client.get(f"{VENUE}/now").get_json()["confirmed"] is True
    venues.confirm(datetime.now(UTC) - timedelta(seconds=91))
    assert client.get(f"{VENUE}/now").get_json()["confirmed"] is False
