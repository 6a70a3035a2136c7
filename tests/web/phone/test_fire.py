"""Phones on the day of a fire: who is in the building reads what to do, everybody else goes on."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.services.fire.people import make_zone
from tests.services.fire.test_ways import find_id, pick_place
from tests.web.fires import House, make_house
from wayfinder.services.served import Served
from wayfinder.settings import Settings

LINES = "Follow the staff to the nearest exit."


@pytest.fixture(scope="module")
def hospital(
    tmp_path_factory: pytest.TempPathFactory, served_hospital: Served, settings: Settings
) -> House:
    """Return a hospital whose diagnostics building is on fire."""
    zones = [make_zone("B", buildings=["B"]), make_zone("A", buildings=["A"])]
    folder: Path = tmp_path_factory.mktemp("fire")
    house = make_house(folder, served_hospital, settings, zones=zones)
    house.burn("B")
    return house


@pytest.fixture
def client(hospital: House) -> FlaskClient:
    return hospital.client


def get(client: FlaskClient, address: str) -> tuple[int, str]:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}lang=en")
    if answer.status_code == 302:
        answer = client.get(answer.headers["Location"])
    return answer.status_code, answer.get_data(as_text=True)


def list_codes(served: Served, *, inside: bool) -> list[str]:
    key = find_id(served.plan, "B")
    levels = {level.id for level in served.plan.levels if key in level.building_ids}
    return sorted(
        code for code, sign in served.sign_of_code.items() if (sign.level_id in levels) == inside
    )


def test_every_page_of_who_is_there_shows_the_texts_and_no_route(
    client: FlaskClient, served_hospital: Served
) -> None:
    code = list_codes(served_hospital, inside=True)[0]
    goal = pick_place(served_hospital, "A")
    for address in (
        f"/s/{code}",
        f"/S/{code}",
        f"/v/qinghe?here={code}",
        f"/v/qinghe/emergency?here={code}",
        f"/v/qinghe/search?q=toilet&here={code}",
        f"/v/qinghe/category/restroom?here={code}",
        f"/v/qinghe/floors?here={code}",
        f"/v/qinghe/parking?here={code}",
        f"/v/qinghe/place/{goal}?here={code}",
        f"/v/qinghe/go/{code}/{goal}",
        f"/v/qinghe/go/{code}/nearest:restroom",
        f"/v/qinghe/go/{code}/nearest:emergency?profile=wheelchair",
        f"/v/qinghe/go/{goal}?here={code}",
        f"/v/qinghe/go/{code}/{goal}?at=2026-11-23T09:30",
    ):
        status, text = get(client, address)
        assert status == 409, address
        assert LINES in text, address
        assert "<title>Fire alarm in Building B" in text
        assert "data-steps" not in text, address
        assert "data-map-" not in text.replace("data-map-time", ""), address
        assert "<svg" not in text.partition("<main")[2].partition("</main")[0].replace(
            '<svg class="icon"', ""
        ), address
        assert "tel:119" in text
        assert "tel:120" in text
        # whoever has gone elsewhere since is not locked out
        assert re.search(r'href="/v/qinghe\?lang=en(&amp;profile=wheelchair)?"', text), address


def test_who_is_there_can_say_where(client: FlaskClient, served_hospital: Served) -> None:
    code = list_codes(served_hospital, inside=True)[0]
    sign = served_hospital.sign_of_code[code]
    _, text = get(client, f"/s/{code}")
    assert "On the telephone, say that you are at" in text
    assert sign.ref in text


def test_nobody_keeps_such_a_page(client: FlaskClient, served_hospital: Served) -> None:
    code = list_codes(served_hospital, inside=True)[0]
    answer = client.get(f"/s/{code}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert client.get("/v/qinghe").headers["Cache-Control"] == "no-store"


def test_who_would_go_there_is_told_not_to_and_not_that_they_burn(
    client: FlaskClient, served_hospital: Served
) -> None:
    code = list_codes(served_hospital, inside=False)[0]
    goal = pick_place(served_hospital, "B")
    level = served_hospital.plan[goal].level_id
    for address in (
        f"/v/qinghe/go/{code}/{goal}",
        f"/v/qinghe/place/{goal}?here={code}",
        f"/v/qinghe/floor/{level}",
    ):
        status, text = get(client, address)
        assert status == 409
        assert "Please do not go there" in text
        main = text.partition("<main")[2]
        assert main.index("If you are in Building B") < main.index(LINES)
        assert "data-steps" not in text


def test_everybody_else_goes_on_under_a_banner(
    client: FlaskClient, served_hospital: Served
) -> None:
    code = list_codes(served_hospital, inside=False)[0]
    goal = pick_place(served_hospital, "A")
    for address in ("/v/qinghe", f"/s/{code}", f"/v/qinghe/place/{goal}", "/v/qinghe/emergency"):
        status, text = get(client, address)
        assert status == 200, address
        assert "There is a fire alarm in Building B. Please do not go there." in text
        assert "zone=B" in text
        assert LINES not in text


def test_a_way_between_two_other_buildings_is_still_found(
    client: FlaskClient, served_hospital: Served
) -> None:
    origin, goal = pick_place(served_hospital, "D"), pick_place(served_hospital, "A")
    status, text = get(client, f"/v/qinghe/go/{origin}/{goal}?at=2026-11-23T09:30%2B08:00")
    assert status == 200
    assert "data-steps" in text
    assert "Diagnostics" not in text.partition("data-steps")[2].partition("</ol>")[0]


def test_the_page_of_the_fire_itself(client: FlaskClient) -> None:
    status, text = get(client, "/v/qinghe/fire")
    assert status == 409
    assert "If you are in Building B" in text
    status, text = get(client, "/v/qinghe/fire?zone=B")
    assert status == 409
    assert "If you are in Building B" not in text
    assert LINES in text
    status, text = get(client, "/v/qinghe/fire?zone=nothing")
    assert "If you are in Building B" in text


def test_in_chinese(client: FlaskClient, served_hospital: Served) -> None:
    code = list_codes(served_hospital, inside=True)[0]
    text = client.get(f"/s/{code}?lang=zh-Hans").get_data(as_text=True)
    assert "B 楼火警" in text
    assert "不要乘电梯。" in text
    assert "拨打火警电话" in text


def test_pictures_of_ways_are_gone_with_the_ways(
    client: FlaskClient, served_hospital: Served
) -> None:
    code = list_codes(served_hospital, inside=True)[0]
    goal = pick_place(served_hospital, "A")
    sign = served_hospital.sign_of_code[code]
    answer = client.get(f"/v/qinghe/map/{sign.level_id}/go/{code}/{goal}")
    assert answer.status_code == 404


def test_without_a_fire_the_page_says_so(
    tmp_path: Path, served_clinic: Served, settings: Settings
) -> None:
    house = make_house(tmp_path / "fire", served_clinic, settings)
    status, text = get(house.client, "/v/clinic/fire")
    assert status == 200
    assert "There is no fire alarm now" in text


def test_pages_are_as_before_when_it_is_over(
    tmp_path: Path, served_clinic: Served, settings: Settings
) -> None:
    house = make_house(tmp_path / "fire", served_clinic, settings)
    address = "/v/clinic/go/VQAFYHP/PED?lang=en&at=2026-11-23T09:30%2B08:00"
    before = house.client.get(address)
    assert before.status_code == 200
    first = house.burn()
    assert house.client.get(address).status_code == 409
    house.put_out(first)
    after = house.client.get(address)
    assert after.status_code == 200
    assert after.headers["ETag"] == before.headers["ETag"]
