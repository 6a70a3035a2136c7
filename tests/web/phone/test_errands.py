"""In a hurry, and much later: emergency, and the way back to the car."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient

from tests.web.conftest import make_client
from tests.web.pages import SIGN
from tests.web.phone.test_home import read
from wayfinder.model import Feature, Occupant, Plan, Release
from wayfinder.services.served import Served, make_served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app
from wayfinder.web.phone.contacts import dial, find_contacts


def change(plan: Plan, feature_id: str, **properties: Any) -> Plan:  # noqa: ANN401 - JSON values
    feature = plan[feature_id]
    changed: Mapping[str, Any] = {**feature.properties, **properties}
    features: list[Feature] = [
        replace(one, properties=changed) if one.id == feature_id else one for one in plan
    ]
    return Plan.of(features, manifest=plan.manifest)


def test_one_calls_says_where_one_is_and_is_shown_the_way(served_clinic: Served) -> None:
    plan = served_clinic.plan
    room = served_clinic.directory.find_exact("PED")[0]
    assert isinstance(plan[room], Occupant)
    plan = change(plan, room, category="emergency", phone="+86 571 8888 9999")
    served = make_served("clinic", Release(plan, 2))
    client = make_client(create_app(Venues([served]), Settings(base_url="https://way.example.org")))
    page = read(client, f"/v/clinic/emergency?here={SIGN}")
    calls = [a.attributes["href"] for a in page.list("a", class_="button")][:2]
    assert calls == ["tel:+8657188889999", "tel:120"]
    assert page.get("section", class_="tell").text.endswith("1-01 Outpatient Building 1F Lobby")
    # step-free although nobody asked for that: by lift
    assert "Lift 1" in page.get("ol", data_steps="").text
    link = page.list("a", class_="danger")[1].attributes["href"]
    assert "profile=wheelchair" in link
    assert read(client, link).list("figure", data_map="")


def test_where_there_is_no_department_one_calls_an_ambulance(client: FlaskClient) -> None:
    page = read(client, "/v/clinic/emergency")
    assert page.get("a", class_="danger").attributes["href"] == "tel:120"
    assert "no emergency department" in page.get("main").text
    told = client.get("/v/clinic/emergency?start=1-02")
    assert told.headers["Location"] == "/v/clinic/emergency?here=MEVAMWK"


def test_emergency_is_one_tap_away_on_every_page(client: FlaskClient) -> None:
    for address in ("/v/clinic", f"/s/{SIGN}", f"/v/clinic/go/{SIGN}/PED", "/v/clinic/floors"):
        link = read(client, address).get("a", class_="sos")
        assert link.attributes["href"].startswith("/v/clinic/emergency")


def test_a_telephone_number_can_be_dialled() -> None:
    assert dial("0571-8888 9999") == "tel:057188889999"
    assert dial("+86 (571) 8888") == "tel:+865718888"


def test_other_countries_have_other_numbers(served_clinic: Served) -> None:
    plan = served_clinic.plan
    venue = plan.venue
    assert venue is not None
    there = change(plan, venue.id, wayfinder={"time_zone": "Europe/Berlin"}, phone="030 1")
    contacts = find_contacts(there)
    assert (contacts.ambulance, contacts.desk, contacts.emergency) == ("112", "030 1", "")


def test_the_car_is_kept_in_the_address_alone(client: FlaskClient) -> None:
    page = read(client, "/v/clinic/parking")
    assert page.list("input", name="car")
    assert page.list("div", data_car="")
    kept = read(client, "/v/clinic/parking?car=1-02")
    assert "Corridor 1F (sign 1-02)" in kept.get("main").text
    assert kept.get("button", data_car_save="1-02").attributes["data-car-name"]
    back = kept.get("form", data_from_here="")
    assert back.get("input", name="to").attributes["value"] == "1-02"
    there = client.get("/v/clinic/start?start=2-01&to=1-02")
    assert there.status_code == 303
    way = read(client, there.headers["Location"])
    assert "Corridor 1F (sign 1-02)" in way.get("h1").text


def test_an_unclear_place_for_the_car_is_asked_again(client: FlaskClient) -> None:
    page = read(client, "/v/clinic/parking?car=corridr")
    assert page.list("div", role="status")
    assert page.list("input", name="car")
