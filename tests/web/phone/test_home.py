"""Home, and where somebody stands who has scanned a sign."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import make_client
from tests.web.pages import SIGN
from tests.web.phone.html import Element, parse
from wayfinder.model import Closure, Conditions, Notice, Release
from wayfinder.services.served import Served, make_served
from wayfinder.services.venues import SignRecord, Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app


def read(client: FlaskClient, address: str, status: int = 200, language: str = "en") -> Element:
    response = client.get(address, headers={"Accept-Language": language})
    assert response.status_code == status
    return parse(response.text)


@pytest.mark.parametrize("address", [f"/s/{SIGN}", f"/S/{SIGN}", f"/s/{SIGN.lower()}"])
def test_a_sign_says_where_one_is_and_which_way_one_faces(
    client: FlaskClient, address: str
) -> None:
    page = read(client, address)
    here = page.get("section", class_="here")
    assert here.get("h1").text == "Lobby 门诊大厅"
    assert here.get("span", lang="zh-Hans").text == "门诊大厅"
    assert "Outpatient Building 1F" in here.text
    assert "Sign 1-01" in here.text
    assert "Behind you Information" in here.get("ul").text
    drawing = page.get("figure", data_map="")
    # the sign's face looks west, its reader east: east is at the top
    assert drawing.attributes["data-heads-up"] == "90"
    assert "You are here" in drawing.text


def test_links_of_a_sign_s_page_know_where_one_is(client: FlaskClient) -> None:
    page = read(client, f"/s/{SIGN}")
    links = [link.attributes["href"] for link in page.get("main").list("a")]
    assert links
    assert all(f"here={SIGN}" in link for link in links)
    assert page.get("form", role="search").get("input", name="here").attributes["value"] == SIGN
    found = read(client, f"/v/clinic/search?q=paediatrics&here={SIGN}")
    row = found.get("ul", class_="rows").get("a")
    assert row.attributes["href"].startswith(f"/v/clinic/go/{SIGN}/")


def test_without_a_sign_one_is_asked_where_one_is(client: FlaskClient) -> None:
    page = read(client, "/v/clinic")
    assert page.list("input", name="start")
    assert not page.list("figure")
    told = client.get("/v/clinic?start=1-02")
    assert told.status_code == 303
    there = read(client, told.headers["Location"])
    assert "Corridor 1F" in there.get("h1").text


def test_what_nobody_knows_is_asked_again_with_what_is_near(client: FlaskClient) -> None:
    page = read(client, "/v/clinic?start=paediatric")
    assert "Paediatrics" in page.get("div", role="status").text
    assert "here=" in page.get("div", role="status").get("a").attributes["href"]


def test_a_mistyped_code_leads_to_the_sign_that_was_meant(client: FlaskClient) -> None:
    wrong = SIGN[:-1] + "Q"
    page = read(client, f"/s/{wrong}", 404)
    assert any(f"/s/{SIGN}" in link.attributes["href"] for link in page.list("a"))
    nothing = read(client, "/s/%22%3E%3Cimg%20src=x%3E", 404)
    assert nothing.list("a", href="/v/clinic?lang=en") or nothing.list("a", href="/v/clinic")
    assert not nothing.list("img")


def test_a_sign_that_was_taken_down_is_not_a_dead_end(served_clinic: Served) -> None:
    gone = served_clinic.sign_of_code["4P3YRQE"].id
    plan = served_clinic.plan
    left = {key: feature for key, feature in plan.features.items() if key != gone}
    venues = Venues([make_served("clinic", Release(replace(plan, features=left), 4))])
    venues.put_signs([SignRecord("4P3YRQE", "clinic", gone, "1-04")])
    client = make_client(create_app(venues, Settings(base_url="https://way.example.org")))
    page = read(client, "/s/4P3YRQE", 410)
    assert "no longer in use" in page.get("h1").text
    assert "Sign 1-04" in page.get("main").text
    # the signs with the next numbers hang near where it was
    near = page.get("ul", class_="rows").list("a")
    assert "(sign 1-03)" in near[0].text
    assert near[0].attributes["href"] == "/s/D3H69DA"
    assert page.list("form", role="search")
    assert page.list("input", name="start")


def test_big_buttons_are_those_that_lead_somewhere(client: FlaskClient) -> None:
    page = read(client, f"/s/{SIGN}")
    said = [link.text for link in page.list("a", class_="wish")]
    assert said[0] == "Emergency"
    assert {"Toilets", "Pay", "Pharmacy", "Lifts", "Exit", "Parking", "Ask staff"} <= set(said)
    elder = read(client, f"/s/{SIGN}?look=elder")
    assert len(elder.list("a", class_="wish")) < len(said)
    for link in page.list("a", class_="wish"):
        assert client.get(link.attributes["href"]).status_code == 200


def test_notices_stand_on_top_as_long_as_they_hold(served_clinic: Served) -> None:
    notices = (
        Notice("now", {"en": "Masks on <3F>", "zh-Hans": "请戴口罩"}),
        Notice("past", {"en": "Old"}, end=datetime(2020, 1, 1, tzinfo=UTC)),
    )
    served = served_clinic.with_conditions(Conditions(notices=notices), 1)
    client = make_client(create_app(Venues([served]), Settings(base_url="https://way.example.org")))
    notes = read(client, "/v/clinic").list("p", role="note")
    assert [note.text for note in notes] == ["Masks on <3F>"]


def test_a_notice_in_one_language_alone_is_marked_as_foreign(served_clinic: Served) -> None:
    notices = (
        Notice("one", {"en": "No tea today"}),
        Notice("both", {"en": "M", "zh-Hans": "口罩"}),
    )
    client = serve_with(served_clinic, Conditions(notices=notices))
    foreign, own = read(client, "/v/clinic", language="zh-Hans").list("p", role="note")
    assert foreign.get("span", lang="en").text == "No tea today"
    assert not own.list("span", lang="zh-Hans")
    english = read(client, "/v/clinic").list("p", role="note")[0]
    assert english.text == "No tea today"
    assert not english.list("span", lang="en")


def test_several_venues_are_listed_and_one_is_shown_at_once(
    served_clinic: Served, client: FlaskClient
) -> None:
    assert client.get("/").headers["Location"] == "/v/clinic"
    other = Served(
        "other",
        served_clinic.snapshot,
        served_clinic.router,
        served_clinic.directory,
    )
    app: Flask = create_app(
        Venues([served_clinic, other]), Settings(base_url="https://way.example.org")
    )
    page = read(make_client(app), "/")
    assert {link.attributes["href"] for link in page.get("main").list("a")} == {
        "/v/clinic",
        "/v/other",
    }
    assert isinstance(served_clinic.snapshot.release, Release)


@pytest.mark.parametrize("address", ["/v/clinic", f"/s/{SIGN}"])
def test_what_is_out_of_service_is_said_before_anybody_asks(
    served_clinic: Served, address: str
) -> None:
    lift = next(unit for unit in served_clinic.plan.units if unit.category == "elevator")
    calm = serve_with(served_clinic, Conditions())
    assert "out of service" not in read(calm, address).get("main").text
    closed = serve_with(served_clinic, Conditions(closures=(Closure(lift.id),)))
    note = read(closed, address).get("div", class_="notice")
    assert "Lift" in note.text
    assert "is out of service." in note.text
    assert "停用。" in read(closed, address, language="zh-Hans").get("div", class_="notice").text


def serve_with(served: Served, conditions: Conditions) -> FlaskClient:
    changed = served.with_conditions(conditions, 2)
    return make_client(create_app(Venues([changed]), Settings(base_url="https://way.example.org")))
