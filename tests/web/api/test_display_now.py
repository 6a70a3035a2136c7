"""What holds for a display: small, the same until something changes, and only what concerns it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.displayed import BOARD, KIOSK, make_house, make_screen
from tests.web.conftest import BASE_URL, make_client
from tests.web.pages import LIFT
from wayfinder.model import Closure, Conditions, Notice, Plan, Release, make_feature
from wayfinder.model.display_ids import make_display_id
from wayfinder.services import releases
from wayfinder.services.display_news import tell_news
from wayfinder.services.follow import Follower
from wayfinder.services.served import Served, make_served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.web.api.display_documents import DisplayNow
from wayfinder.web.app import create_app

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
KIOSK_ID, BOARD_ID = make_display_id(0), make_display_id(1)
SETTINGS = Settings(base_url=BASE_URL, access_log=False)


def ask(client: FlaskClient, display: str = KIOSK_ID, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return client.get(f"/api/v1/displays/{display}/now", headers=named)


def serve(served: Served, **conditions: Iterable[object]) -> FlaskClient:
    held = Conditions(**{name: tuple(those) for name, those in conditions.items()})  # type: ignore[arg-type]
    venues = Venues([served.with_conditions(held, 7)])
    return make_client(create_app(venues, SETTINGS))


def test_a_display_learns_what_holds(served_clinic: Served) -> None:
    notice = Notice("n1", {"en": "Flu jabs today", "zh-Hans": "今日接种流感疫苗"}, NOW - HOUR)
    client = serve(served_clinic, notices=[notice], closures=[Closure(LIFT)])
    answer = ask(client)
    assert answer.status_code == 200
    document = answer.get_json()
    DisplayNow.model_validate(document)
    assert (document["id"], document["kind"], document["venue"]) == (KIOSK_ID, "kiosk", "clinic")
    assert document["release"]["hash"] == served_clinic.snapshot.release.hash
    assert (document["conditions"], document["confirmed"]) == (7, True)
    (shown,) = document["notices"]
    assert (shown["id"], shown["text"]["en"]) == ("n1", "Flu jabs today")
    assert shown["until"] is None
    assert "Lift 1" in document["closures"]["en"][0]
    assert len(document["closures"]["zh-Hans"]) == len(document["closures"]["en"]) == 1
    assert ask(client, BOARD_ID).get_json()["kind"] == "board"


def test_what_is_unchanged_is_not_sent_again(served_clinic: Served) -> None:
    client = serve(served_clinic)
    first = ask(client)
    again = ask(client, KIOSK_ID.lower(), If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    closed = serve(served_clinic, closures=[Closure(LIFT)])
    changed = ask(closed, If_None_Match=first.headers["ETag"])
    assert changed.status_code == 200
    assert changed.get_json()["version"] != first.get_json()["version"]


def test_what_is_not_yet_or_no_more_is_not_shown(served_clinic: Served) -> None:
    notices = [Notice("past", {"en": "a"}, end=NOW), Notice("next", {"en": "b"}, NOW + HOUR)]
    closures = [Closure(LIFT, end=NOW), Closure(LIFT, start=NOW + HOUR)]
    document = ask(serve(served_clinic, notices=notices, closures=closures)).get_json()
    assert document["notices"] == []
    assert document["closures"] == {"zh-Hans": [], "en": []}


def make_two_houses() -> Plan:
    """Make a house with a kiosk, whose other floor and whose neighbour are other buildings."""
    plan = make_house({"k": KIOSK})
    level = plan[str(plan["hall"].level_id)]
    above = make_feature("up", "level", level.geometry, {**level.properties, "ordinal": 1})
    beyond = make_feature("far", "level", level.geometry, dict(level.properties))
    levels = [
        level.with_properties(building_ids=["home"]),
        above.with_properties(building_ids=["home"]),
        beyond.with_properties(building_ids=["there"]),
    ]
    buildings = [
        make_feature(name, "building", None, {"name": {"en": name}}) for name in ("home", "there")
    ]
    rooms = [
        make_feature(
            name, "unit", plan["A"].geometry, {**plan["A"].properties, "level_id": level_id}
        )
        for name, level_id in (("above", "up"), ("beyond", "far"))
    ]
    return plan.with_features(*levels, *buildings, *rooms)


@pytest.fixture(scope="module")
def house() -> Served:
    return make_served("house", Release(make_two_houses(), 1))


@pytest.mark.parametrize(
    ("about", "is_shown"),
    [
        (None, True),
        ("k", True),
        ("hall", True),
        ("A", True),
        ("home", True),
        ("above", True),
        ("up", True),
        ("there", False),
        ("beyond", False),
        ("far", False),
        ("gone", False),
    ],
)
def test_notices_about_elsewhere_are_not_shown(
    house: Served, about: str | None, *, is_shown: bool
) -> None:
    notice = Notice("n", {"en": "x"}, feature=about)
    served = house.with_conditions(Conditions(notices=(notice,)), 1)
    found = Venues([served]).find_display(KIOSK_ID)
    assert found is not None
    told = tell_news(served, found.display, NOW).notices
    assert bool(told) == is_shown


def test_news_are_made_once_for_each_state(served_clinic: Served) -> None:
    served = served_clinic.with_conditions(
        Conditions(closures=(Closure(LIFT, NOW, NOW + HOUR),)), 3
    )
    found = Venues([served]).find_display(KIOSK_ID)
    assert found is not None
    one = tell_news(served, found.display, NOW)
    assert tell_news(served, found.display, NOW + timedelta(seconds=30)) is one
    over = tell_news(served, found.display, NOW + HOUR)
    assert over.closures == {"zh-Hans": (), "en": ()}
    assert over.version != one.version


def test_unknown_and_removed_displays(client: FlaskClient, tmp_path: Path) -> None:
    unknown = ask(client, make_display_id(99))
    assert unknown.status_code == 404
    assert unknown.get_json()["error"]["code"] == "unknown-display"
    assert ask(client, "%00").status_code == 404
    assert client.get(f"/api/v1/displays/{KIOSK_ID}/now?x=1").status_code == 400
    store = open_store(str(tmp_path / "store.sqlite3"))
    for tag, displays in enumerate(({"k": KIOSK, "b": BOARD}, {"b": BOARD})):
        releases.import_plan(store, "house", make_house(displays, tag=tag))
        releases.publish(store, "house")
    venues = Venues()
    Follower(store, venues).refresh()
    (kiosk,) = (one.id for one in venues.list_displays("house") if one.feature == "k")
    client = make_client(create_app(venues, SETTINGS, store=store))
    gone = ask(client, kiosk)
    assert gone.status_code == 200, "it may hang still, and must be told of a fire"
    document = gone.get_json()
    DisplayNow.model_validate(document)
    assert (document["confirmed"], document["fire"], document["kind"]) == (False, None, "kiosk")
    assert ask(client, kiosk, If_None_Match=gone.headers["ETag"]).status_code == 304
    page = client.get(f"/api/v1/displays/{kiosk}/fire-texts")
    assert (page.status_code, page.get_json()["error"]["code"]) == (410, "removed-display")
    venues.drop("house")
    assert ask(client, kiosk).status_code == 410
    store.close()


def test_while_venues_are_being_built_no_display_is_said_to_be_none(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "store.sqlite3"))
    releases.import_plan(store, "house", make_house({"k": KIOSK}))
    releases.publish(store, "house")
    venues = Venues()
    follower = Follower(store, venues)
    client = make_client(create_app(venues, SETTINGS, store=store, follower=follower))
    early = ask(client)
    assert (early.status_code, early.headers["Retry-After"]) == (503, "2")
    follower.refresh()
    assert ask(client).status_code == 200
    assert ask(client, make_display_id(99)).status_code == 404
    store.close()


def test_what_nobody_confirms_is_said_to_be_so(served_clinic: Served) -> None:
    venues = Venues([served_clinic])
    client = make_client(create_app(venues, SETTINGS))
    fresh = ask(client)
    venues.confirm(NOW - HOUR)
    stale = ask(client, If_None_Match=fresh.headers["ETag"])
    assert stale.status_code == 200
    assert stale.get_json()["confirmed"] is False


def test_displays_of_another_venue_are_their_own(served_clinic: Served) -> None:
    plan = served_clinic.plan
    (unit,) = {one.unit_id for one in served_clinic.signs.values() if one.ref == "1-01"}
    more = make_screen(plan, "z", BOARD, unit_id=unit)
    other = make_served("other", Release(plan.with_features(more), 1))
    venues = Venues([served_clinic, other])
    found = {one.slug: len(venues.list_displays(one.slug)) for one in venues.list()}
    assert found == {"clinic": 2, "other": 3}
    every = [one.id for slug in found for one in venues.list_displays(slug)]
    assert len(set(every)) == 5
