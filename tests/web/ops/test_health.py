"""Probes: alive, ready, and why not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from tests.web.conftest import BASE_URL, make_client
from wayfinder.services.follow import Follower
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.web.app import create_app


def make(venues: Venues, **settings: object) -> FlaskClient:
    return make_client(create_app(venues, Settings(base_url=BASE_URL, **settings)))  # type: ignore[arg-type]


def test_a_process_that_answers_is_alive() -> None:
    response = make(Venues()).get("/healthz")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})
    assert response.headers["Cache-Control"] == "no-store"


def test_it_is_ready_with_its_venues(served_clinic: Served) -> None:
    response = make(Venues([served_clinic])).get("/readyz")
    assert response.status_code == 200
    assert response.get_json()["venues"] == {"clinic": served_clinic.version}
    assert response.get_json()["reasons"] == []


def test_without_a_venue_it_is_not() -> None:
    response = make(Venues()).get("/readyz")
    assert response.status_code == 503
    assert response.get_json()["reasons"] == ["no venue is published"]


def test_without_the_database_it_is_stale_and_answers_go_on(served_clinic: Served) -> None:
    venues = Venues([served_clinic])
    client = make(venues, stale_after_s=30)
    venues.confirm(datetime.now(UTC) - timedelta(seconds=31))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.get_json()["status"] == "stale"
    assert "database" in response.get_json()["reasons"][0]
    assert client.get("/v/clinic").status_code == 200
    venues.confirm(datetime.now(UTC))
    assert client.get("/readyz").get_json()["status"] == "ready"


def test_while_venues_are_built_it_is_not(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "wayfinder.sqlite3"))
    venues = Venues()
    follower = Follower(store, venues)
    app = create_app(venues, Settings(base_url=BASE_URL), store=store, follower=follower)
    assert make_client(app).get("/readyz").get_json()["reasons"] == ["venues are being built"]
    follower.refresh()
    assert make_client(app).get("/readyz").get_json()["reasons"] == ["no venue is published"]
    follower.stop()
    store.close()


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong-wrong-wrong-wrong", "Basic eDp5"])
def test_metrics_ask_for_their_token(served_clinic: Served, given: str) -> None:
    token = "a-token-of-some-length"  # noqa: S105 - of the test
    client = make(Venues([served_clinic]), metrics_token=SecretStr(token))
    refused = client.get("/metrics", headers={"Authorization": given})
    assert refused.status_code == 401
    assert "wayfinder_requests" not in refused.text
    allowed = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert allowed.status_code == 200
    assert "wayfinder_requests_total" in allowed.text


def test_requests_are_counted_by_the_pattern_of_their_address(served_clinic: Served) -> None:
    client = make(Venues([served_clinic]))
    client.get("/v/clinic/place/PED")
    client.open("/v/clinic", method="EVIL")
    client.get("/nowhere/at/all")
    text = client.get("/metrics").text
    assert 'method="GET",route="/v/<slug>/place/<place_id>",status="200"' in text
    assert 'method="other"' in text
    assert "EVIL" not in text
    assert 'route="(none)",status="404"' in text
    assert "PED" not in text
    assert "nowhere" not in text


def test_nobody_who_reads_the_figures_often_knows_when_somebody_reported(
    served_clinic: Served,
) -> None:
    client = make(Venues([served_clinic]))
    client.get("/v/clinic")
    client.get("/v/clinic/report")
    for path in ("report", "lost"):
        client.post(f"/v/clinic/{path}", data={"kind": "blocked"})
    text = client.get("/metrics").text
    assert 'route="/v/<slug>"' in text
    assert "/v/<slug>/report" not in text
    assert "/v/<slug>/lost" not in text
