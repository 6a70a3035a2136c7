"""The page of a kiosk before any script, and what its script fetches."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import make_client
from tests.web.pages import LEVEL
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app


@pytest.fixture(scope="module")
def venues(served_clinic: Served) -> Venues:
    return Venues([served_clinic])


@pytest.fixture(scope="module")
def kiosk_app(venues: Venues, settings: Settings) -> Flask:
    return create_app(venues, settings)


@pytest.fixture
def client(kiosk_app: Flask) -> FlaskClient:
    return make_client(kiosk_app)


def find_code(venues: Venues, kind: str) -> str:
    return next(one.id for one in venues.list_displays("clinic") if one.kind == kind)


@pytest.fixture
def path(venues: Venues) -> str:
    return f"/kiosk/{find_code(venues, 'kiosk')}"


def test_it_is_whole_without_a_script(client: FlaskClient, path: str) -> None:
    page = client.get(path).get_data(as_text=True)
    assert "您在此处" in page  # the map, with where one is
    for text in ("厕所", "缴费", "儿科", "急救电话 120", "门诊大厅"):
        assert text in page
    ids = set(re.findall(r' id="([^"]+)"', page))
    targets = re.findall(r'href="#([^"]+)"', page)
    assert targets
    assert set(targets) <= ids


@pytest.mark.parametrize(("language", "word"), [("zh-Hans", "您要去哪里？"), ("en", "Where would")])
def test_it_speaks_both_languages(client: FlaskClient, path: str, language: str, word: str) -> None:
    answer = client.get(f"{path}?lang={language}")
    assert word in answer.get_data(as_text=True)
    assert f'<html lang="{language}"' in answer.get_data(as_text=True)


def test_its_language_is_its_own_and_not_the_browsers(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert '<html lang="zh-Hans"' in answer.get_data(as_text=True)


def test_a_code_is_known_in_any_case(client: FlaskClient, path: str) -> None:
    assert client.get(path.lower()).status_code == 200


def test_others_are_not_found(client: FlaskClient, venues: Venues) -> None:
    for code in ("nonsense", "VQAFYHP", find_code(venues, "board")):
        assert client.get(f"/kiosk/{code}").status_code == 404
        assert client.get(f"/kiosk/{code}/places").status_code == 404


def test_nothing_is_kept_of_anybody(client: FlaskClient, path: str) -> None:
    for part in ("", "/places", "/details", f"/map/{LEVEL}"):
        answer = client.get(path + part)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("part", ["", "/places", "/details", f"/map/{LEVEL}?lang=en"])
def test_what_one_has_is_not_sent_again(client: FlaskClient, path: str, part: str) -> None:
    first = client.get(path + part)
    again = client.get(path + part, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_maps_speak_the_language_that_is_asked_for(client: FlaskClient, path: str) -> None:
    chinese, english = (
        client.get(f"{path}/map/{LEVEL}?lang={language}").get_data(as_text=True)
        for language in ("zh-Hans", "en")
    )
    assert 'lang="zh-Hans"' in chinese
    assert 'lang="en"' in english


@pytest.mark.parametrize("level", ["nowhere", "VQAFYHP", "%00", "a" * 300])
def test_an_unknown_level_is_not_found(client: FlaskClient, path: str, level: str) -> None:
    assert client.get(f"{path}/map/{level}").status_code == 404


def test_what_is_kept_names_the_places_and_all_maps(
    client: FlaskClient, path: str, served_clinic: Served
) -> None:
    kept = client.get(f"{path}/kept").get_json()
    assert f"{path}/places" in kept["files"]
    assert f"{path}/details" in kept["later"]
    for level in served_clinic.plan.levels:
        for language in ("zh-Hans", "en"):
            assert f"{path}/map/{level.id}?lang={language}" in kept["files"]
