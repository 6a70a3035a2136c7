"""Ways over the API: the same document as the command line's, honest errors, validators."""

import json

import pytest
from flask.testing import FlaskClient

from wayfinder.cli import main
from wayfinder.resources import floorplans_dir

ROUTE = "/api/v1/venues/clinic/route"


def ask(client: FlaskClient, query: str, **headers: str) -> tuple[int, dict[str, object]]:
    response = client.get(f"{ROUTE}?{query}", headers=headers)
    document = response.get_json()
    assert isinstance(document, dict)
    return response.status_code, document


def test_it_is_what_the_command_prints(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    at, plan = "2026-11-23T09:30:00+08:00", str(floorplans_dir() / "clinic")
    question = ["--from", "REG", "--to", "PED", "--at", at, "--language", "en", "--json"]
    assert main(["route", plan, *question]) == 0
    _, document = ask(client, f"from=REG&to=PED&at={at.replace('+', '%2B')}&lang=en")
    assert document == json.loads(capsys.readouterr().out)


def test_several_stops_and_the_nearest(client: FlaskClient) -> None:
    status, document = ask(client, "from=VQAFYHP&to=REG&to=nearest:restroom&to=PED&best_order=true")
    assert status == 200
    assert isinstance(document["stops"], list)
    assert len(document["stops"]) == 3


def test_the_sign_says_where_one_looks(client: FlaskClient) -> None:
    _, at_sign = ask(client, "from=VQAFYHP&to=PED&lang=en")
    _, facing = ask(client, "from=VQAFYHP&to=PED&lang=en&facing=90")
    _, turned = ask(client, "from=VQAFYHP&to=PED&lang=en&facing=270")
    assert at_sign["steps"] == facing["steps"] != turned["steps"]


def test_words_are_in_the_language_asked_for(client: FlaskClient) -> None:
    _, english = ask(client, "from=REG&to=PED&lang=en")
    _, chinese = ask(client, "from=REG&to=PED", **{"Accept-Language": "zh-TW,en;q=0.5"})
    assert json.dumps(english["to"]).count("Paediatrics") == 1
    assert "儿科" in json.dumps(chinese["to"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("to=PED", "missing-parameter", "from"),
        ("from=REG", "missing-parameter", "to"),
        ("from=REG&to=PED&via=ECG", "unknown-parameter", "via"),
        ("from=REG&from=ECG&to=PED", "repeated-parameter", "from"),
        ("from=REG&to=PED&profile=flying", "bad-parameter", "profile"),
        ("from=REG&to=PED&lang=tlh", "bad-parameter", "lang"),
        ("from=REG&to=PED&at=tomorrow", "bad-parameter", "at"),
        ("from=REG&to=PED&at=2026-11-23T09:30", "bad-parameter", "at"),
        ("from=REG&to=PED&at=2026-02-31T09:30:00Z", "bad-parameter", "at"),
        ("from=REG&to=PED&at=9999-12-31T23:59:59-12:00", "bad-parameter", "at"),
        ("from=REG&to=PED&at=0001-01-01T00:00:00%2B12:00", "bad-parameter", "at"),
        ("from=REG&to=PED&facing=nan", "bad-parameter", "facing"),
        ("from=REG&to=PED&facing=1e999", "bad-parameter", "facing"),
        ("from=REG&to=PED&facing=361", "bad-parameter", "facing"),
        ("from=REG&to=PED&best_order=1", "bad-parameter", "best_order"),
        ("from=&to=PED", "bad-parameter", "from"),
        ("from=REG&to=" + "&to=".join(["PED"] * 10), "bad-parameter", "to"),
        ("from=REG&to=%00", "bad-parameter", "to"),
        ("from=REG&to=" + "x" * 201, "bad-parameter", "to"),
    ],
)
def test_what_cannot_be_asked_is_named(
    client: FlaskClient, query: str, code: str, parameter: str
) -> None:
    status, document = ask(client, query)
    error = document["error"]
    assert isinstance(error, dict)
    assert (status, error["code"], error["parameter"]) == (400, code, parameter)
    assert error["reason"]


def test_errors_speak_both_languages(client: FlaskClient) -> None:
    _, english = ask(client, "from=REG", **{"Accept-Language": "en"})
    _, chinese = ask(client, "from=REG", **{"Accept-Language": "zh-CN"})
    assert "is missing" in str(english)
    assert "缺少" in str(chinese)


def test_an_unknown_place_comes_with_what_may_have_been_meant(client: FlaskClient) -> None:
    status, document = ask(client, "from=REG&to=Paediatrisc&lang=en")
    error = document["error"]
    assert isinstance(error, dict)
    assert (status, error["code"], error["parameter"]) == (404, "unknown-place", "to")
    assert [one["name"] for one in error["candidates"]] == ["Paediatrics"]


def test_an_equal_name_comes_with_the_places_that_have_it(client: FlaskClient) -> None:
    status, document = ask(client, "from=Toilet&to=PED&lang=en")
    error = document["error"]
    assert isinstance(error, dict)
    assert status in {404, 409}
    assert len(error["candidates"]) > 1
    ids = {one["id"] for one in error["candidates"]}
    assert len(ids) == len(error["candidates"])


def test_no_way_says_what_would_work(client: FlaskClient) -> None:
    status, document = ask(client, "from=REG&to=nearest:helipad&lang=en")
    error = document["error"]
    assert isinstance(error, dict)
    assert (status, error["code"], error["cause"]) == (404, "no-route", "unknown-category")


def test_an_unknown_venue_names_the_known_ones(client: FlaskClient) -> None:
    response = client.get("/api/v1/venues/nowhere/route?from=REG&to=PED")
    assert response.status_code == 404
    assert response.get_json()["error"]["known"] == ["clinic"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/venues",
        "/api/v1/venues/clinic",
        f"{ROUTE}?from=REG&to=PED&at=2026-11-23T09:30:00Z",
        "/api/v1/venues/clinic/steps?to=PED",
        "/api/v1/venues/clinic/now",
        "/api/v1/venues/clinic/levels",
        "/api/v1/venues/clinic/places?q=ecg",
        "/api/v1/openapi.json",
    ],
)
def test_what_one_has_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    other = client.get(address, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200


def test_answers_are_compressed_where_the_client_can(client: FlaskClient) -> None:
    plain = client.get("/api/v1/venues/clinic/steps?to=PED")
    packed = client.get("/api/v1/venues/clinic/steps?to=PED", headers={"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_the_package_has_a_way_from_every_sign(client: FlaskClient) -> None:
    document = client.get(
        "/api/v1/venues/clinic/steps?to=PED&lang=en&profile=wheelchair"
    ).get_json()
    assert document["to"]["name"] == "Paediatrics"
    assert len(document["signs"]) == 5
    assert all("way" in sign or "refusal" in sign for sign in document["signs"].values())
