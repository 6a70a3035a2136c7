"""Fires over the API: the panel's message, what is answered meanwhile, and who is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import TypeAdapter

from tests.web.conftest import make_client
from tests.web.fires import House, make_house
from wayfinder.services.fire.envelope import Signed
from wayfinder.services.fire.messages import sign_confirm, sign_end
from wayfinder.services.served import Served
from wayfinder.settings import Settings
from wayfinder.store.displays import DisplayRecord
from wayfinder.web.api import documents, fire_documents
from wayfinder.web.api.display_documents import DisplayNow

ROUTE = "/api/v1/venues/clinic/route?from=REG&to=PED&lang=en"
NOW = "/api/v1/venues/clinic/now?lang=en"

CALM: dict[str, object] = {"fire": None, "triggers": [], "ends": []}


@pytest.fixture
def house(tmp_path: Path, served_clinic: Served, settings: Settings) -> House:
    return make_house(tmp_path / "fire", served_clinic, settings)


def test_the_panels_message_is_in_force_with_the_answer_and_elsewhere_in_a_second(
    house: House,
) -> None:
    before = house.client.get(NOW).get_json()
    assert before["fire"] is None
    assert house.client.get(ROUTE).status_code == 200
    taken = house.send(house.trigger())
    assert taken.status_code == 200
    document = taken.get_json()
    TypeAdapter(fire_documents.FireTaken).validate_python(document)
    assert document["kind"] == "trigger"
    assert document["fire"]["zones"][0]["texts"]["en"]["title"] == "Fire alarm in Building A"
    assert house.client.get(ROUTE).status_code == 409
    assert house.other.get(ROUTE).status_code == 200
    house.look()
    assert house.other.get(ROUTE).status_code == 409
    now = house.other.get(NOW).get_json()
    TypeAdapter(documents.Now).validate_python(now)
    assert now["fire"] == document["fire"]
    assert now["version"] != before["version"]


def test_a_route_is_refused_with_the_texts(house: House) -> None:
    house.burn()
    answer = house.client.get(ROUTE)
    error = answer.get_json()["error"]
    TypeAdapter(documents.Error).validate_python(answer.get_json())
    assert (error["code"], error["cause"], error["without"]) == ("fire", "fire-here", None)
    assert "Building A" in error["reason"]
    assert error["fire"]["zones"][0]["texts"]["en"]["lines"][0].startswith("Follow the staff")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "steps" not in answer.get_json()
    package = house.client.get("/api/v1/venues/clinic/steps?to=PED&lang=en").get_json()
    assert all("way" not in sign for sign in package["signs"].values())


def test_two_people_end_it_and_everything_is_as_before(house: House) -> None:
    before = house.client.get(NOW).get_json()
    house.put_out(house.burn())
    for client in (house.client, house.other):
        assert client.get(ROUTE).status_code == 200
        assert client.get(NOW).get_json() == before
        assert client.get(house.address).get_json() == CALM


def test_it_runs_out(house: House) -> None:
    assert house.send(house.trigger(lasting=timedelta(minutes=10))).status_code == 200
    house.people.clocks.pass_by(timedelta(minutes=10))
    house.look()
    assert house.client.get(ROUTE).status_code == 200


def test_the_fire_has_a_validator(house: House) -> None:
    house.burn()
    first = house.client.get(house.address)
    TypeAdapter(fire_documents.FireAnswer).validate_python(first.get_json())
    again = house.client.get(house.address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_displays_are_told_and_given_no_way(house: House, served_clinic: Served) -> None:
    display = "DEH4QRNK"
    now = f"/api/v1/displays/{display}/now"
    assert house.client.get(now).get_json()["fire"] is None
    texts = house.client.get(f"/api/v1/displays/{display}/fire-texts").get_json()
    TypeAdapter(fire_documents.DisplayFireTexts).validate_python(texts)
    assert texts["zones"]["A"]["here"]
    house.burn()
    fire = house.client.get(now).get_json()["fire"]
    TypeAdapter(fire_documents.DisplayFire).validate_python(fire)
    assert fire["here"]
    assert fire["zones"][0]["texts"] == texts["zones"]["A"]["texts"]
    (goal,) = served_clinic.directory.find_exact("PED")
    way = house.client.get(f"/kiosk/{display}/way/walk/{goal}").get_json()
    assert way["steps"] == []
    assert way["lines"] == []


def test_the_metrics_tell_of_it(house: House) -> None:
    def read() -> str:
        return house.client.get("/metrics").get_data(as_text=True)

    assert 'wayfinder_venue_fire{venue="clinic"} 0.0' in read()
    house.burn()
    assert 'wayfinder_venue_fire{venue="clinic"} 1.0' in read()


def refused(house: House, message: Signed) -> str:
    answer = house.send(message)
    assert answer.status_code == 403
    error = answer.get_json()["error"]
    assert error["code"] == "fire-refused"
    assert not error["reason"].endswith("fire.")
    house.look()
    return str(error["cause"])


def test_attacks_are_refused_and_start_nothing(house: House) -> None:
    now = house.people.clocks.now
    genuine = house.trigger()
    elsewhere = house.trigger()
    document = json.loads(elsewhere.payload)
    document["venue"] = "elsewhere"
    other = Signed(json.dumps(document), ()).signed(house.people.keys["Panel"])
    cases = {
        "bad-signature": house.trigger(by="Stranger"),
        "not-allowed": house.trigger(by="Zhao"),
        "other-venue": other,
        "too-late": house.trigger(at=now - timedelta(minutes=6)),
        "expired": house.trigger(at=now - timedelta(hours=5)),
        "from-the-future": house.trigger(at=now + timedelta(minutes=6)),
        "unknown-zone": house.trigger("Z"),
        "no-message": Signed("{}", ()).signed(house.people.keys["Panel"]),
        "nothing-to-end": sign_end(house.people.keys["Li"], "clinic", (genuine.digest,), at=now),
        "nothing-to-confirm": sign_confirm(
            house.people.keys["Li"], "clinic", genuine.digest, at=now
        ),
    }
    for cause, message in cases.items():
        assert refused(house, message) == cause
    assert house.client.get(house.address).get_json() == CALM
    forged = Signed(genuine.payload.replace("4h", "5h") + " ", genuine.signatures)
    assert refused(house, forged) == "bad-signature"
    house.burn()
    assert house.other.get(ROUTE).status_code == 409, "the genuine one still shows"


def test_a_message_that_was_ended_is_not_taken_again_by_any_process(house: House) -> None:
    message = house.trigger()
    assert house.send(message).status_code == 200
    house.put_out(message.digest)
    for client in (house.client, house.other):
        answer = house.send(message, client)
        assert answer.get_json()["error"]["cause"] == "replayed"
        assert client.get(house.address).get_json() == CALM


def test_the_second_person_is_another_one(house: House) -> None:
    first, now = house.burn(), house.people.clocks.now
    end = sign_end(house.people.keys["Li"], "clinic", (first,), at=now)
    assert house.send(end).status_code == 200
    assert house.client.get(ROUTE).status_code == 409
    confirm = sign_confirm(house.people.keys["Li"], "clinic", end.digest, at=now)
    assert refused(house, confirm) == "same-person"
    assert house.client.get(ROUTE).status_code == 409


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"payload": "{}", "signatures": []}', "application/json", 400),
        (
            b'{"payload": 1, "signatures": [{"key": "a", "signature": "b"}]}',
            "application/json",
            400,
        ),
        (b'{"payload": "{}"}', "application/json", 400),
        (b"payload=x", "application/x-www-form-urlencoded", 415),
        (b'{"payload": "' + b"x" * 70_000 + b'"}', "application/json", 413),
    ],
)
def test_bodies_that_are_none(house: House, body: bytes, content_type: str, status: int) -> None:
    answer = house.client.post(house.address, data=body, content_type=content_type)
    assert answer.status_code == status
    assert answer.get_json()["error"]["reason"]


def test_half_a_message_is_none_at_any_length(house: House) -> None:
    whole = house.trigger().encode()
    for length in range(0, len(whole) - 2, 7):
        assert house.send(whole[:length]).status_code == 400
    house.look()
    assert house.client.get(house.address).get_json() == CALM


def test_another_venue_is_unknown(house: House) -> None:
    answer = house.client.post("/api/v1/venues/nowhere/fire", json={})
    assert answer.status_code == 404
    assert house.client.get("/api/v1/venues/nowhere/fire").status_code == 404


def test_a_disk_that_is_full_is_an_error_that_asks_to_try_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wayfinder.services.fire.folder.replace_file", fail)
    answer = house.send(house.trigger())
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (503, "fire-not-kept")
    assert "No space left" in answer.get_json()["error"]["reason"]
    assert answer.headers["Retry-After"]


def test_without_a_folder_nothing_can_burn(app: Flask) -> None:
    message = b'{"payload": "{}", "signatures": [{"key": "a", "signature": "YQ=="}]}'
    client = make_client(app)
    answer = client.post(
        "/api/v1/venues/clinic/fire", data=message, content_type="application/json"
    )
    assert answer.status_code == 503
    assert client.get("/api/v1/venues/clinic/fire").get_json() == CALM


def test_displays_that_should_hang_no_more_are_told_of_it_and_of_its_end(
    tmp_path: Path, settings: Settings, served_clinic: Served
) -> None:
    """A release without a screen takes it off no wall."""
    house = make_house(tmp_path / "fire", served_clinic, settings)
    venues = house.venues
    records = venues.list_displays("clinic")
    kiosk, board, *_ = records
    level = next(iter(served_clinic.plan.levels)).id
    dropped = replace(kiosk, feature="nothing of the plan")
    moved = replace(board, feature=level, removed_at=datetime.now(UTC))
    venues.put_displays([dropped, moved])

    def tell(record: DisplayRecord) -> dict[str, Any]:
        answer = house.client.get(f"/api/v1/displays/{record.id}/now")
        assert answer.status_code == 200
        document: dict[str, Any] = answer.get_json()
        DisplayNow.model_validate(document)
        assert document["confirmed"] is False
        return document

    assert tell(kiosk)["fire"] is None
    taken = house.burn()
    fire = tell(kiosk)["fire"]
    assert fire["here"] is None, "the display knows what concerned it"
    assert fire["zones"][0]["texts"]["en"]["title"] == "Fire alarm in Building A"
    assert tell(board)["fire"]["here"] is True
    house.put_out(taken)
    assert tell(kiosk)["fire"] is None
