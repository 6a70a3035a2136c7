from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.displayed import KIOSK, make_screen
from tests.drafted import fill_drafts
from tests.heard import fill_hearing
from tests.people import fill_people
from tests.signed import FIRST, make_plan
from wayfinder.formats import read_plan
from wayfinder.model import Release
from wayfinder.model.sign_records import SignState
from wayfinder.resources import floorplans_dir
from wayfinder.services import conditions, releases, signage, tokens
from wayfinder.services.display_registry import read_displays
from wayfinder.services.served import Served, make_served
from wayfinder.store import Store, open_store
from wayfinder.store.audit import Actor
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.display_reports import PlayRecord, ReportRecord, put_reports
from wayfinder.store.jobs import put_job
from wayfinder.store.venues import get_venue

NOW = datetime(2030, 1, 1, 12, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture(scope="session")
def clinic() -> Served:
    return make_served("clinic", Release(read_plan(floorplans_dir() / "clinic").plan, 3))


@pytest.fixture
def goal(clinic: Served) -> str:
    """Return a place of the clinic to go to."""
    (found,) = clinic.directory.find_exact("PED")
    return found


@pytest.fixture
def filled(store: Store) -> Store:
    """Return a store with a row of every kind."""
    plan = make_plan({"s": {"sign_code": FIRST}, "t": {}})
    releases.import_plan(store, "house", plan.with_features(make_screen(plan, "k", KIOSK)))
    releases.publish(store, "house", who=Actor("安"))
    releases.import_plan(store, "house", make_plan(tag=1), note="\\ \" ' \u2028 医院")
    shut = ConditionDraft("closure", ("A",), {"zh-Hans": "检修"}, NOW, NOW + timedelta(days=1))
    conditions.add(store, "house", shut, set_name="night")
    conditions.add(store, "house", ConditionDraft("hours", ("A",), {}, hours="off"))
    conditions.switch(store, "house", on=["night"])
    signage.set_states(store, "house", SignState.PRINTED, [FIRST], drawings={FIRST: "a1"})
    signage.set_states(store, "house", SignState.MOUNTED, [FIRST], who=Actor("安"))
    tokens.make_token(store, "lift monitor", venue="house", expires_at=NOW)
    with store.write() as connection:
        (kiosk,) = read_displays(connection)
        said = ReportRecord(kiosk.id, NOW, "sha256:0", 3, "1.0", 60, 0, ("letters-small",))
        put_reports(connection, [said], [PlayRecord(kiosk.id, "7", 2, NOW, NOW)])
        fill_people(connection)
        fill_drafts(connection)
        fill_hearing(connection)
        put_job(connection, get_venue(connection, "house"), "kind", "key", {"说": 1}, who="安")
    return store


@pytest.fixture
def other(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Iterator[Store]:
    """Open an empty store on the other database."""
    server = None
    if backend == "postgresql":
        url = str(tmp_path / "other.sqlite3")
    else:
        server = request.getfixturevalue("postgres")
        name = server.make_database()
        url = server.url(name)
    opened = open_store(url)
    yield opened
    opened.close()
    if server is not None:
        server.drop_database(name)
