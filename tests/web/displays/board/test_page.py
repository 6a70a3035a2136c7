"""The page of a board, as it comes without any script."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.displays.board.conftest import find_path, serve_boards
from wayfinder.model import Conditions
from wayfinder.services.fire.state import Alarm, FireText, FireZone
from wayfinder.web.displays.stamp import HEADER, hash_content
from wayfinder.web.site import KEY

FIRE = FireZone(
    "A",
    {"en": "House"},
    ("*",),
    (),
    {
        "en": FireText("Fire alarm", ("Leave the building by the nearest way out.",)),
        "zh-Hans": FireText("火警", ("请从最近的出口离开。",)),
    },
)


@pytest.fixture
def path(board_app: Flask) -> str:
    return find_path(board_app.extensions[KEY].venues)


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_all_is_there_before_any_script(client: FlaskClient, path: str) -> None:
    page = read(client, path)
    assert '<html lang="zh-Hans"' in page
    assert len(re.findall(r'class="page turn of-\d', page)) >= 2
    keys = re.findall(r'data-plays="([^"]+)"', page)
    assert {key for group in keys for key in group.split()} == {"mask", "party", "works"}
    for line in ("急诊科，M：", "骨科", "卫生间", "5号电梯停用（年检）。请改乘3号电梯（向左）。"):
        assert line in page
    assert "请佩戴口罩。" in page
    assert "Please wear a mask." not in page.split('class="hidden"')[-1]


def test_its_arrows_end_after_three_days_without_news(client: FlaskClient, path: str) -> None:
    assert '<div class="b-stage" data-until-ended' in read(client, path)


def test_in_english_all_lines_are(client: FlaskClient, path: str) -> None:
    page = read(client, f"{path}?lang=en")
    assert "<li>Eyes: ahead on the left</li>" in page
    assert "Lift 5 out of service (inspection). Use Lift 3, to the left." in page
    assert '<svg class="board"' in page
    assert 'lang="en" role="img"' in page


def test_any_case_of_its_address_is_the_board_and_a_kiosk_it_is_not(
    client: FlaskClient, path: str
) -> None:
    assert read(client, path.lower()) == read(client, path)
    assert client.get(path.replace("board", "kiosk")).status_code == 404


def test_who_has_it_is_told_so_and_it_is_marked_as_ours(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers[HEADER] == hash_content(answer.get_data())
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_passers_by_are_told_nothing_of_legibility(client: FlaskClient, path: str) -> None:
    page = read(client, f"{path}?lang=en")
    assert "legib" not in page
    assert "larger screen" not in page
    assert 'data-width="1920" data-height="1080" data-remarks=""' in page


def test_what_is_kept_changes_with_the_drawing(board_app: Flask, path: str) -> None:
    client, venues = board_app.test_client(), board_app.extensions[KEY].venues
    boards = venues.find("house")

    def find_version() -> str:
        answer = client.get(f"{path}/kept", base_url="https://way.example.org")
        assert path in answer.get_json()["files"]
        version = answer.get_json()["version"]
        assert isinstance(version, str)
        return version

    before = find_version()
    assert find_version() == before
    try:
        venues.put(serve_boards(Conditions()))
        assert find_version() != before
    finally:
        venues.put(boards)


def test_a_burning_building_shows_text_alone(board_app: Flask, path: str) -> None:
    client, venues = board_app.test_client(), board_app.extensions[KEY].venues
    now = datetime.now(UTC)
    before = client.get(f"{path}/kept", base_url="https://way.example.org").get_json()["version"]
    try:
        assert venues.put_alarm("house", Alarm("1", (FIRE,), now, now + timedelta(hours=1)))
        page = client.get(path, base_url="https://way.example.org").get_data(as_text=True)
        after = client.get(f"{path}/kept", base_url="https://way.example.org").get_json()
    finally:
        venues.put_alarm("house", None)
    assert "<svg" not in page
    assert page.index("火警") < page.index("Fire alarm")
    assert "请从最近的出口离开。" in page
    assert "眼科" not in page
    assert after["version"] != before


def test_where_the_texts_are_lost_it_says_what_is_true_of_any_fire(
    board_app: Flask, path: str
) -> None:
    client, venues = board_app.test_client(), board_app.extensions[KEY].venues
    now = datetime.now(UTC)
    bare = replace(FIRE, texts={})
    try:
        assert venues.put_alarm("house", Alarm("2", (bare,), now, now + timedelta(hours=1)))
        page = client.get(path, base_url="https://way.example.org").get_data(as_text=True)
    finally:
        venues.put_alarm("house", None)
    assert "Fire alarm: House" in page
    assert "Please follow the staff and the announcements." in page
    assert "<svg" not in page
