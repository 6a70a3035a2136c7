"""The page of a way: map, steps, time, what to know; and the page where there is none."""

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import make_client
from tests.web.pages import LEVEL, SIGN
from tests.web.phone.html import parse
from tests.web.phone.test_home import read
from wayfinder.model import Closure, Conditions, Plan, Release
from wayfinder.services.limits import MOST_STOPS
from wayfinder.services.served import Served, make_served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app

LIFT = "0ba02f8d-0260-5f78-a8a5-15f65dc8e3c0"
WAY = f"/v/clinic/go/{SIGN}/PED"
AT = "at=2026-11-23T09:30:00%2B08:00"
CHANGED = "This way has changed."
ROUTE = 'class="r v"'
CROSS = "M-5-5L5 5M5-5L-5 5"


def serve(served: Served, conditions: Conditions) -> FlaskClient:
    venues = Venues([served.with_conditions(conditions, 1)])
    return make_client(create_app(venues, Settings(base_url="https://way.example.org")))


def test_a_way_shows_its_time_its_floors_and_its_steps(client: FlaskClient) -> None:
    page = read(client, f"{WAY}?profile=wheelchair")
    main = page.get("main")
    assert main.get("h1").text == "Paediatrics 儿科"
    facts = main.get("p", class_="facts").text
    assert "2 to 3 minutes" in facts
    assert "1 lift up" in facts
    steps = main.get("ol", data_steps="").list("li")
    assert "Lift 1" in steps[1].text
    assert steps[-1].text.endswith("Paediatrics is on your right.")
    assert [step.attributes["data-level"] == LEVEL for step in steps] == [True, True, False]
    for step in steps:
        x, y = map(float, step.attributes["data-from"].split())
        assert abs(x) < 100
        assert abs(y) < 100


def test_a_step_leads_to_the_map_of_its_floor(client: FlaskClient) -> None:
    page = read(client, WAY)
    maps = {figure.attributes["id"] for figure in page.list("figure", data_map="")}
    assert len(maps) == 2
    for step in page.get("ol", data_steps="").list("a"):
        assert step.attributes["href"].removeprefix("#") in maps


def test_the_first_floor_is_in_the_page_and_the_next_is_fetched_when_it_is_near(
    client: FlaskClient,
) -> None:
    first, second = read(client, WAY).list("figure", data_map="")
    assert first.attributes["data-heads-up"] == "90"
    assert "You are here" in first.text
    picture = second.get("img").attributes
    assert picture["loading"] == "lazy"
    assert int(picture["width"]) > 0
    assert int(picture["height"]) > 0
    assert picture["alt"] == "Map of Outpatient Building, 2F"
    drawn = client.get(picture["src"], headers={"Accept-Language": "en"})
    assert drawn.status_code == 200
    assert drawn.content_type.startswith("image/svg+xml")
    assert "Paediatrics" in drawn.text
    assert "Accept-Language" in drawn.headers["Vary"]
    policy = drawn.headers["Content-Security-Policy"]
    assert "style-src 'self' 'sha256-" in policy


def test_who_travels_is_kept_when_one_turns_round(client: FlaskClient) -> None:
    page = read(client, f"{WAY}?profile=wheelchair&lang=en")
    swap = page.get("p", class_="swap").get("a").attributes["href"]
    assert swap.startswith(f"/v/clinic/go/PED/{SIGN}?")
    assert "profile=wheelchair" in swap
    back = read(client, swap)
    assert "Lobby (sign 1-01)" in back.get("h1").text
    (current,) = back.get("nav", class_="profiles").list("a", aria_current="true")
    assert current.text == "Wheelchair"


def test_the_chooser_offers_what_everybody_may_choose(client: FlaskClient) -> None:
    said = [link.text for link in read(client, WAY).get("nav", class_="profiles").list("a")]
    assert said == ["On foot", "Few stairs", "Wheelchair"]
    bed = [
        link.text
        for link in read(client, "/v/clinic/go/ECG/LAB?profile=staff")
        .get("nav", class_="profiles")
        .list("a")
    ]
    assert bed[-1] == "Staff"


def test_a_visit_of_several_stops(client: FlaskClient) -> None:
    page = read(client, f"/v/clinic/go/{SIGN}/REG/ECG/PED")
    assert [via.text.split(" ")[0] for via in page.list("p", class_="via")] == ["1", "2"]
    links = {link.text: link.attributes["href"] for link in page.list("a", class_="button")}
    assert links["Add a stop"].count("stop=") == 4
    search = read(client, f"{links['Add a stop']}&q=pharmacy")
    added = search.get("ul", class_="rows").get("a").attributes["href"]
    assert added.startswith(f"/v/clinic/go/{SIGN}/REG/ECG/PED/")
    best = read(client, links["Put the stops in the quickest order"])
    assert len(best.list("p", class_="via")) == 2


def test_one_place_alone_asks_where_one_is(client: FlaskClient) -> None:
    page = read(client, "/v/clinic/go/PED")
    assert page.get("h1").text == "Where do you start?"
    starts = [link.attributes["href"] for link in page.get("ul", class_="rows").list("a")]
    assert starts
    for href in starts:
        assert href.endswith("/PED")
        assert client.get(href).status_code == 200
    form = page.get("form", data_from_here="")
    assert form.get("input", name="to").attributes["value"] == "PED"
    told = client.get("/v/clinic/start?start=1-02&to=PED")
    assert told.status_code == 303
    assert told.headers["Location"] == "/v/clinic/go/MEVAMWK/PED"
    known = client.get(f"/v/clinic/go/PED?here={SIGN}&profile=easy")
    assert known.headers["Location"] == f"{WAY}?profile=easy"


def test_an_unclear_place_is_asked_for(client: FlaskClient) -> None:
    page = read(client, f"/v/clinic/go/{SIGN}/restroom", 404)
    assert page.list("form", role="search")
    several = client.get(f"/v/clinic/go/{SIGN}/男卫生间", headers={"Accept-Language": "zh"})
    assert several.status_code == 300
    choices = [a.attributes["href"] for a in parse(several.text).get("ul").list("a")]
    assert any(href.startswith(f"/v/clinic/go/{SIGN}/") for href in choices)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("at=2026-11-23T09:30", "Leaving at"),
        ("at=2026-11-23T09:30%2B08:00", "Leaving at"),
        ("at=tomorrow", "could not be read"),
        ("at=2099-12-31T23:59", "Leaving at"),
        ("at=2100-01-01T00:00", "could not be read"),
        ("at=9999-12-31T23:59", "could not be read"),
        ("at=0001-01-01T00:00%2B14:00", "could not be read"),
    ],
)
def test_a_time_in_the_address(client: FlaskClient, query: str, note: str) -> None:
    page = read(client, f"{WAY}?{query}")
    assert note in page.get("main").text


def test_warnings_are_in_sight(client: FlaskClient) -> None:
    page = read(client, f"/v/clinic/go/{SIGN}/TCM?at=2026-11-22T03:00")
    assert "closed and opens" in page.get("p", role="note").text
    assert "2026" not in page.get("p", role="note").text
    assert not read(client, f"/v/clinic/go/{SIGN}/TCM?at=2026-11-23T09:00").list("p", role="note")


def test_a_closed_lift_says_why_until_when_and_what_works(served_clinic: Served) -> None:
    served = served_clinic
    closures = tuple(
        Closure(unit.id, reason={"en": "yearly check", "zh-Hans": "年检"})
        for unit in served.plan.units
        if unit.category == "elevator"
    )
    client = serve(served, Conditions(closures=closures))
    page = read(client, f"{WAY}?profile=wheelchair")
    assert page.get("body").attributes["data-page"] == "no-route"
    main = page.get("main")
    assert main.get("h1").text == "There is no way right now"
    assert "yearly check" in main.get("div", class_="notice").text
    remedies = main.get("ul", class_="links").list("a")
    assert "On foot" in remedies[0].text
    assert read(client, remedies[0].attributes["href"]).list("ol", data_steps="")
    assert any("nearest:information" in a.attributes["href"] for a in main.list("a"))


def test_a_desk_is_offered_where_there_is_one_and_it_is_not_what_one_asked_for(
    served_clinic: Served,
) -> None:
    plan, step_free = served_clinic.plan, "profile=wheelchair"
    desk = served_clinic.directory.find_desk()
    assert desk is not None
    lifts = tuple(Closure(unit.id) for unit in plan.units if unit.category == "elevator")
    without = Plan.of([one for one in plan if one.id != desk.id], manifest=plan.manifest)
    served = make_served("clinic", Release(without, 2))
    for client, address in (
        (serve(served, Conditions(closures=lifts)), WAY),
        (
            serve(served_clinic, Conditions(closures=(Closure(desk.level_id or ""),))),
            f"/v/clinic/go/{SIGN}/nearest:information",
        ),
    ):
        page = read(client, f"{address}?{step_free}")
        assert page.get("body").attributes["data-page"] == "no-route"
        said = page.get("main").text
        assert "information desk" not in said
        assert "Ask any member of staff: somebody will help you." in said


def test_a_closed_lift_says_so_once_and_in_every_list(served_clinic: Served) -> None:
    lift = next(unit for unit in served_clinic.plan.units if unit.category == "elevator")
    closures = tuple(
        Closure(unit.id, reason={"en": "yearly check"})
        for unit in served_clinic.plan.units
        if unit.category == "elevator"
    )
    client = serve(served_clinic, Conditions(closures=closures))
    place = read(client, f"/v/clinic/place/{lift.id}").get("main").text
    assert place.count("yearly check") == 1
    for address in (f"/v/clinic/category/elevator?here={SIGN}", "/v/clinic/search?q=lift"):
        assert "Closed now" in read(client, address).get("ul", class_="rows").text
    calm = read(serve(served_clinic, Conditions()), f"/v/clinic/category/elevator?here={SIGN}")
    assert "Closed now" not in calm.get("ul", class_="rows").text


def test_a_way_changes_its_digest_when_it_changes_and_only_then(served_clinic: Served) -> None:
    calm = serve(served_clinic, Conditions())
    stairs = next(
        unit.id
        for unit in served_clinic.plan.units
        if unit.category == "stairs" and "Main" in str(dict(unit.name))
    )
    closed = serve(served_clinic, Conditions(closures=(Closure(stairs),)))
    elsewhere = serve(
        served_clinic,
        Conditions(closures=(Closure(served_clinic.directory.find_exact("ECG")[0]),)),
    )
    digests = [
        read(client, WAY).get("main").attributes["data-digest"]
        for client in (calm, closed, elsewhere)
    ]
    assert digests[0] != digests[1]
    assert digests[0] == digests[2]


@pytest.mark.parametrize(("profile", "category"), [("wheelchair", "elevator"), ("walk", "stairs")])
def test_a_map_of_a_way_that_is_no_more_has_what_is_closed_and_no_way(
    served_clinic: Served, profile: str, category: str
) -> None:
    venues = Venues([served_clinic])
    client = make_client(create_app(venues, Settings(base_url="https://way.example.org")))
    page = read(client, f"{WAY}?profile={profile}&{AT}")
    floor = page.list("figure", data_map="")[1]
    addresses = [floor.get("img").attributes["src"], floor.attributes["data-whole"]]
    before = [client.get(address).text for address in addresses]
    shut = [unit for unit in served_clinic.plan.units if unit.category == category]
    closures = Conditions(tuple(Closure(unit.id) for unit in shut))
    venues.put(served_clinic.with_conditions(closures, 1))
    for address, drawn in zip(addresses, before, strict=True):
        answer = client.get(address, headers={"Accept-Language": "en"})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert CHANGED in answer.text
        assert CHANGED not in drawn
        assert (ROUTE in drawn, ROUTE in answer.text) == (True, False)
        on_it = [unit for unit in shut if unit.level_id == floor.attributes["data-level"]]
        assert answer.text.count(CROSS) == len(on_it) > 0
        assert CROSS not in drawn


def test_a_map_is_of_the_time_of_its_page(served_clinic: Served) -> None:
    page = read(serve(served_clinic, Conditions()), f"{WAY}?{AT}")
    address = page.list("figure", data_map="")[1].get("img").attributes["src"]
    assert "at=2026-11-23T09:30:00%2B08:00" in address


def test_steps_that_a_lift_decides_are_marked_for_when_nobody_confirms_them(
    client: FlaskClient,
) -> None:
    steps = read(client, f"{WAY}?profile=wheelchair").get("ol", data_steps="").list("li")
    assert ["data-unsure" in step.attributes for step in steps] == [False, True, False]


def test_a_link_to_share_names_the_public_address(client: FlaskClient) -> None:
    page = read(client, f"{WAY}?profile=easy&look=elder")
    shared = page.get("p", class_="share-link").get("a")
    assert shared.text == f"https://way.example.org{WAY}?profile=easy"


def test_the_same_place_is_no_journey(client: FlaskClient) -> None:
    page = read(client, "/v/clinic/go/PED/PED")
    assert page.get("ol", data_steps="").list("li")


def test_pages_and_api_take_as_many_stops(client: FlaskClient) -> None:
    stops = ["PED", "ECG"] * 5
    most, more = stops[:MOST_STOPS], stops[: MOST_STOPS + 1]
    assert len(more) > len(most)
    query = "&".join(f"to={stop}" for stop in most)
    told = client.get(f"/api/v1/venues/clinic/route?from={SIGN}&{query}&{AT}").get_json()
    assert len(told["stops"]) == MOST_STOPS
    page = read(client, f"/v/clinic/go/{SIGN}/{'/'.join(more)}?{AT}")
    assert len(page.list("p", class_="via")) == MOST_STOPS - 1
    query = "&".join(f"to={stop}" for stop in more)
    assert client.get(f"/api/v1/venues/clinic/route?from={SIGN}&{query}").status_code == 400


def test_the_map_is_told_by_the_place_of_the_sign_not_by_its_kind(client: FlaskClient) -> None:
    figure = read(client, f"{WAY}?{AT}").get("figure", data_map="")
    assert "Way from Lobby to" in figure.text
