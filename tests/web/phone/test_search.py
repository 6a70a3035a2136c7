"""One box and big buttons: lists of places, the nearest first."""

from flask.testing import FlaskClient

from tests.web.pages import SIGN
from tests.web.phone.test_home import read


def test_what_was_typed_is_found_and_leads_on(client: FlaskClient) -> None:
    page = read(client, f"/v/clinic/search?q=%E6%8A%BD%E8%A1%80&here={SIGN}", language="zh")
    first = page.get("ul", class_="rows").get("li")
    assert "采血处" in first.text
    go, about = [link.attributes["href"] for link in first.list("a")]
    assert go.startswith(f"/v/clinic/go/{SIGN}/")
    assert about.startswith("/v/clinic/place/")
    assert f"here={SIGN}" in about
    assert page.get("input", type="search").attributes["value"] == "抽血"


def test_without_a_place_to_start_from_one_is_asked(client: FlaskClient) -> None:
    row = read(client, "/v/clinic/search?q=paediatrics").get("ul", class_="rows").get("a")
    assert read(client, row.attributes["href"]).get("h1").text == "Where do you start?"


def test_nothing_found_is_no_dead_end(client: FlaskClient) -> None:
    page = read(client, "/v/clinic/search?q=qqqqqqqq")
    assert "Nothing found" in page.get("div", role="status").text
    assert "Information" in page.get("ul", class_="rows").text
    assert page.list("form", role="search")


def test_any_lift_will_do(client: FlaskClient) -> None:
    page = read(client, f"/v/clinic/search?q=toilet&here={SIGN}")
    nearest = page.get("a", class_="primary").attributes["href"]
    assert nearest == f"/v/clinic/go/{SIGN}/nearest:restroom"
    way = read(client, nearest)
    assert "oilet" in way.get("h1").text


def test_an_empty_or_endless_query_is_answered(client: FlaskClient) -> None:
    for query in ("", "q=", "q=%00", "q=" + "%E7%A7%91" * 300, "q=%ED%A0%80"):
        page = read(client, f"/v/clinic/search?{query}")
        assert len(page.get("input", type="search").attributes["value"]) <= 64


def test_a_sort_of_place_is_listed_with_the_time_to_walk_there(client: FlaskClient) -> None:
    page = read(client, f"/v/clinic/category/restroom?here={SIGN}")
    times = [row.get("span", class_="row-time").text for row in page.list("li", class_="row")]
    assert len(times) == 6
    assert all("minute" in time for time in times)
    first = page.get("li", class_="row").text
    assert "1F" in first
    assert client.get("/v/clinic/category/nonsense").status_code == 404


def test_a_sort_of_place_that_is_not_here(client: FlaskClient) -> None:
    page = read(client, "/v/clinic/category/dialysis")
    assert "There is no" in page.get("p", role="status").text
    assert page.list("form", role="search")
