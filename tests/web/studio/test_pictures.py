"""The pictures of the studio: taken here, written into ``docs/images`` with ``--pictures``."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.services.people.conftest import HERE
from tests.web.contexts import PATIENCE_MS
from tests.web.phone.conftest import Silent
from tests.web.phone.test_pictures import IMAGES, SEEN
from tests.web.studio.conftest import find_room, hire
from wayfinder.edit import find_sides, parse_offered
from wayfinder.model import Opening, Plan, Unit
from wayfinder.services import releases
from wayfinder.services.background import run_waiting
from wayfinder.services.drafts import Sent, append, open_draft
from wayfinder.services.follow import Follower
from wayfinder.services.people.desk import Desk, Policy
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Role
from wayfinder.services.people.sign_in import complete
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import Store, open_store
from wayfinder.store.audit import Actor
from wayfinder.store.people import find_person
from wayfinder.web.app import create_app

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5}
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "studio-editor": ("drafts/{draft}/edit?lang=zh-Hans&feature={room}", DESK),
    "studio-publish": ("drafts/{draft}/publish?lang=en", DESK),
    "studio-closing": ("conditions/close?lang=zh-Hans&feature={lift}", PHONE),
    "studio-signs": ("signs?lang=zh-Hans", DESK),
}


@dataclass(frozen=True)
class Hospital:
    """The studio of the sample hospital over a port, with a draft; its own ids by name."""

    url: str
    store: Store
    cookie: str
    names: dict[str, str]

    def open(self, browser: Browser, address: str, options: dict[str, Any]) -> Page:
        """Open a page of the studio for somebody who is signed in."""
        context = browser.new_context(**options, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        cookie = {"name": "wayfinder", "value": self.cookie, "url": self.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.goto(f"{self.url}/studio/v/qinghe/{address.format(**self.names)}")
        return page


def find_unit(plan: Plan, name: str) -> Unit:
    return next(unit for unit in plan.units if unit.name.get("en") == name)


def list_edits(plan: Plan, room: Unit) -> Iterator[dict[str, Any]]:
    """List what is done in the draft: a room gets another name, and loses its doors."""
    names = {"zh-Hans": "动态心电图室", "en": "Holter Room"}
    yield {"kind": "rename", "feature": room.id, "names": names}
    doors = [one.id for one in plan.list_of(Opening) if one.level_id == room.level_id]
    sides = {door: find_sides(plan, door) for door in doors}
    own = [door for door, of in sides.items() if room.id in {of.left, of.right}]
    yield {"kind": "delete", "features": own}


@pytest.fixture(scope="module")
def hospital(
    studio_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    passwords: Passwords,
    served_hospital: Served,
) -> Iterator[Hospital]:
    path = tmp_path_factory.mktemp("pictures") / "store.sqlite3"
    shutil.copyfile(studio_template, path)
    store, venues, plan = open_store(str(path)), Venues(), served_hospital.plan
    releases.import_plan(store, "qinghe", plan)
    releases.publish(store, "qinghe")
    follower = Follower(store, venues)
    follower.start()
    assert follower.wait_until_loaded(120)
    app = create_app(venues, Settings(access_log=False), store=store, follower=follower)
    studio = find_room(app)
    studio.desk = Desk(store, Policy(second_factor=True), passwords)
    studio.background._poke = lambda: None  # type: ignore[method-assign]
    staff = hire(studio.desk, "Li An", Role.ADMIN)
    with store.write() as connection:
        person = find_person(connection, staff.id)
        assert person is not None
        cookie = complete(connection, studio.desk, person, HERE).secret
    room = find_unit(plan, "ECG Room 1")
    draft = open_draft(studio.drafts, "qinghe", "Cardiology moves", who=Actor("Li An"))
    for number, edit in enumerate(list_edits(plan, room)):
        sent = Sent("Li An", f"edit {number}", seen=number)
        append(studio.drafts, "qinghe", draft.id, parse_offered(edit), sent)
    lift = find_unit(plan, "Lift A-2")
    names = {"draft": str(draft.id), "room": room.id, "lift": lift.id}
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    yield Hospital(url, store, cookie, names)
    server.shutdown()
    thread.join()
    server.server_close()
    follower.stop()
    store.close()


@pytest.mark.long
@pytest.mark.parametrize("name", PICTURES)
def test_the_studios_page_has_this_picture(
    browser: Browser, hospital: Hospital, name: str, pytestconfig: pytest.Config
) -> None:
    address, options = PICTURES[name]
    page = hospital.open(browser, address, options)
    if "edit" in address:
        page.wait_for_selector("html[data-editor=ready]", state="attached")
        page.wait_for_timeout(1500)  # the view has moved to what was asked for
    elif run_waiting(hospital.store):  # what it asked to have worked out
        page.reload()
    page.wait_for_function(SEEN)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    page.context.close()
    file = IMAGES / f"{name}.png"
    if pytestconfig.getoption("--pictures"):
        shot.quantize(96, dither=Image.Dither.NONE).save(file, optimize=True)
    assert len(shot.getcolors(1 << 24) or ()) > 200
    with Image.open(file) as kept:
        assert kept.size == shot.size, f"{file} is old: run with --pictures"
