"""What the pages offer in a hospital with many entrances, car parks and closing hours."""

import gzip
import re

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import make_client
from tests.web.phone.test_home import read
from tests.web.phone.test_weight import FIRST_BYTES, FIRST_REQUESTS
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app

BASEMENT_SIGN = "RREY46K"
NIGHT = "2026-11-23T23:30%2B08:00"


@pytest.fixture(scope="module")
def hospital(served_hospital: Served) -> FlaskClient:
    """Return a client of the sample hospital."""
    settings = Settings(base_url="https://way.example.org", access_log=False)
    return make_client(create_app(Venues([served_hospital]), settings))


def list_starts(client: FlaskClient, goal: str) -> tuple[list[str], list[str]]:
    """Return the names of the entrances and of the car parks that a page offers."""
    lists = read(client, f"/v/qinghe/go/{goal}").list("ul", class_="rows")
    entrances, parks = ([one.text for one in rows.list("a")] for rows in lists)
    return entrances, parks


@pytest.mark.parametrize(
    ("goal", "entrance"),
    [
        ("心血管内科", "Main Entrance"),
        ("发热门诊", "Fever Clinic Entrance"),
        ("急诊科", "Emergency Entrance"),
        ("探视登记", "Inpatient Tower South Entrance"),
    ],
)
def test_who_has_no_sign_is_offered_the_entrances_that_serve_the_goal(
    hospital: FlaskClient, goal: str, entrance: str
) -> None:
    entrances, parks = list_starts(hospital, goal)
    assert entrances[0].startswith(entrance)
    assert any(name.startswith("South Gate") for name in entrances)
    assert not [name for name in entrances if "Exit" in name or "Revolving" in name]
    assert parks
    assert not [name for name in parks if "Payment" in name]


def test_nobody_is_sent_the_way_of_the_staff(hospital: FlaskClient) -> None:
    page = read(hospital, f"/v/qinghe/go/南门/PAED?at={NIGHT}")
    assert page.get("body").attributes["data-page"] == "no-route"
    links = page.get("main").list("a")
    assert not any("profile=staff" in link.attributes["href"] for link in links)
    assert any("Go later" in link.text for link in links)


def test_at_night_a_clinic_says_when_it_opens_itself_and_where_one_is_helped_now(
    hospital: FlaskClient,
) -> None:
    page = read(hospital, "/v/qinghe/go/南门/PAED?at=2030-11-23T23:30%2B08:00&lang=en")
    assert page.get("body").attributes["data-page"] == "no-route"
    main = page.get("main")
    assert main.get("h1").text == "Paediatrics is closed at this time"
    notice = main.get("div", class_="notice").text
    assert "It opens on 24 Nov 2030 at 8:00." in notice
    assert "Revolving Door" not in notice
    later, emergency, *_ = main.get("ul", class_="links").list("a")
    assert "24 Nov 2030, 8:00" in later.text
    assert read(hospital, later.attributes["href"]).list("ol", data_steps="")
    assert emergency.text.startswith("The emergency department is open")
    way = read(hospital, emergency.attributes["href"])
    assert way.get("h1").text.startswith("Emergency")


def test_a_shop_at_night_sends_nobody_to_the_emergency_department(hospital: FlaskClient) -> None:
    page = read(hospital, "/v/qinghe/go/南门/便民超市?at=2030-11-23T23:30%2B08:00&lang=zh-Hans")
    main = page.get("main")
    assert main.get("h1").text == "便民超市这个时间不开放"
    assert not [a for a in main.get("ul", class_="links").list("a") if "急诊" in a.text]


def test_who_wants_to_pay_is_not_sent_to_a_machine_for_car_parks(hospital: FlaskClient) -> None:
    page = read(hospital, f"/v/qinghe/category/cashier?here={BASEMENT_SIGN}")
    first, *_ = page.get("ul", class_="rows").list("li")
    assert "Cashier" in first.text  # which one depends on the hour
    assert "Payment" not in page.get("ul", class_="rows").text


def test_a_list_is_headed_by_the_word_of_its_button(hospital: FlaskClient) -> None:
    home = read(hospital, f"/s/{BASEMENT_SIGN}")
    (button,) = [a for a in home.list("a", class_="wish") if a.text == "Exit"]
    assert read(hospital, button.attributes["href"]).get("h1").text == "Exit"


def test_the_lifts_of_the_staff_are_not_among_those_to_choose_from(hospital: FlaskClient) -> None:
    rows = read(hospital, f"/v/qinghe/category/elevator?here={BASEMENT_SIGN}").get(
        "ul", class_="rows"
    )
    assert "Lift A-1" in rows.text
    assert "Waste" not in rows.text
    assert "Not open to everybody" not in rows.text


def test_the_first_view_of_any_sign_of_a_hospital_is_small(
    hospital: FlaskClient, served_hospital: Served
) -> None:
    packed = {"Accept-Encoding": "gzip"}
    for code in sorted(served_hospital.sign_of_code)[::60]:
        answer = hospital.get(f"/s/{code}", headers=packed)
        text = gzip.decompress(answer.data).decode()
        fetched = set(re.findall(r"""(?:src|href)="(/static/[^"]+)""", text))
        sizes = [len(hospital.get(one, headers=packed).data) for one in fetched]
        assert len(answer.data) + sum(sizes) < FIRST_BYTES
        assert len(sizes) < FIRST_REQUESTS


def test_a_sign_is_no_room(hospital: FlaskClient) -> None:
    page = read(hospital, f"/v/qinghe/go/C-117/{BASEMENT_SIGN}")
    *_, arrival = page.get("ol", data_steps="").list("li")
    assert "sign AB1-01" in arrival.text
    assert "room" not in arrival.text.casefold()
