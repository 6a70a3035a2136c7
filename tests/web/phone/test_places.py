"""What a place, a floor and a building show."""

from flask.testing import FlaskClient

from tests.web.pages import LEVEL, SIGN
from tests.web.phone.test_home import read


def test_a_place_says_what_it_is_called_and_where_it_is(client: FlaskClient) -> None:
    page = read(client, "/v/clinic/place/PED")
    assert page.get("h1").text == "Paediatrics儿科"
    assert page.get("h1").get("span", lang="zh-Hans").text == "儿科"
    facts = page.get("dl").text
    assert "208" in facts
    assert "Step-free" in facts
    assert page.list("input", name="start")
    assert page.get("body").attributes["data-to"]


def test_from_a_sign_it_is_one_tap_there(client: FlaskClient) -> None:
    page = read(client, f"/v/clinic/place/PED?here={SIGN}")
    go = page.get("a", class_="primary").attributes["href"]
    assert go.startswith(f"/v/clinic/go/{SIGN}/")
    assert read(client, go).list("ol", data_steps="")


def test_hours_are_said_and_whether_it_is_open(client: FlaskClient) -> None:
    page = read(client, "/v/clinic/place/PHA")
    said = page.get("section", class_="place").text
    assert "Hours" in said
    assert page.list("p", class_="open") or page.list("p", class_="shut")


def test_a_floor_has_its_map_and_what_is_on_it(client: FlaskClient) -> None:
    page = read(client, f"/v/clinic/floor/{LEVEL}")
    picture = page.get("figure", data_map="").get("img").attributes
    assert picture["alt"] == "Map of Outpatient Building, 1F"
    drawn = client.get(picture["src"])
    assert f'width="{picture["width"]}" height="{picture["height"]}"' in drawn.text
    names = [link.text for link in page.get("ul", class_="index").list("a")]
    assert "Pharmacy" in names
    assert names == sorted(set(names), key=str.casefold)
    floors = page.get("ul", class_="floors").list("a")
    assert [floor.text for floor in floors] == ["2F", "1F"]
    assert floors[1].attributes["aria-current"] == "page"


def test_a_floor_and_a_building_are_places_to_go_to(client: FlaskClient) -> None:
    way = read(client, f"/v/clinic/go/{SIGN}/fd9cc04d-bd18-51cb-b44c-cb41deabcfb5")
    assert way.list("ol", data_steps="")
    building = "e70a26ed-e62f-5594-b0f6-91aabda280eb"
    page = read(client, f"/v/clinic/place/{building}")
    assert page.get("h1").text.startswith("Outpatient Building")
    assert [floor.text for floor in page.get("ul", class_="floors").list("a")] == ["2F", "1F"]
    moved = client.get(f"/v/clinic/place/{LEVEL}")
    assert moved.headers["Location"] == f"/v/clinic/floor/{LEVEL}"


def test_all_floors_are_listed(client: FlaskClient) -> None:
    page = read(client, "/v/clinic/floors")
    assert [link.text for link in page.get("ul", class_="floors").list("a")] == ["1F", "2F"]


def test_what_is_not_there_is_404(client: FlaskClient) -> None:
    for address in (
        "place/nowhere-at-all-xyz",
        "floor/none",
        "map/none.svg",
        "map/none/go/PED/LAB",
    ):
        assert client.get(f"/v/clinic/{address}").status_code == 404
    assert client.get(f"/v/clinic/map/{LEVEL}/go/{SIGN}").status_code == 404
