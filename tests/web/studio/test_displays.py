"""Screens in the studio: watched, seen as they are, enrolled, named, taken down and put up."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.web.studio.conftest import Someone, find_room, hire, let_in
from tests.web.studio.work import prepare, read
from wayfinder.services import displays
from wayfinder.services.display_registry import read_displays
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.settings import Settings
from wayfinder.store.audit import list_entries
from wayfinder.store.display_reports import ReportRecord, put_reports
from wayfinder.store.displays import DisplayRecord
from wayfinder.store.releases import get_release
from wayfinder.store.venues import get_venue
from wayfinder.web.site import KEY

SCREENS = "/studio/v/clinic/displays"


@pytest.fixture
def studio(app: Flask, settings: Settings, tmp_path: Path) -> Flask:
    """Return the studio; the pages of the screens are served too."""
    prepare(app, settings, tmp_path)
    app.extensions[KEY].venues.put_displays(list_records(find_room(app).desk))
    return app


@pytest.fixture
def keeper(studio: Flask, desk: Desk) -> Someone:
    """Return a browser in which somebody is signed in who keeps the screens."""
    return let_in(studio, desk, hire(desk, "Pu", Role.PUBLISHER))


def list_records(desk: Desk) -> list[DisplayRecord]:
    with desk.store.read() as connection:
        return read_displays(connection)


def find(desk: Desk, kind: str) -> DisplayRecord:
    return next(one for one in list_records(desk) if one.kind == kind)


def report_well(desk: Desk, record: DisplayRecord) -> None:
    """Let a screen enrol and say that it shows what it should."""
    made = displays.make_code(desk.store, record.id)
    displays.enrol(desk.store, made.display, made.code)
    with desk.store.write() as connection:
        venue = get_venue(connection, "clinic")
        assert venue.published is not None
        release = get_release(connection, venue, venue.published).hash
        said = ReportRecord(
            record.id, datetime.now(UTC), release, venue.conditions_number, "1.0", 7200, 0
        )
        put_reports(connection, [said])


def test_screens_are_red_until_they_say_themselves_that_they_are_well(
    keeper: Someone, desk: Desk
) -> None:
    page = read(keeper, SCREENS)
    count = len(list_records(desk))
    assert f"{count} of {count} do not show what they should" in page
    assert page.count("It has never enrolled") == count
    report_well(desk, find(desk, "kiosk"))
    page = read(keeper, SCREENS)
    assert f"{count - 1} of {count}" in page
    assert page.count("It shows what it should") == 1
    assert "2 hours" in read(keeper, f"{SCREENS}/{find(desk, 'kiosk').id}")


@pytest.mark.parametrize("kind", ["kiosk", "board"])
def test_what_a_screen_shows_is_seen_in_a_frame_without_a_script(
    keeper: Someone, desk: Desk, kind: str
) -> None:
    record = find(desk, kind)
    answer = keeper.get(f"{SCREENS}/{record.id}?lang=en")
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"  # the studio itself is in no frame
    frame = re.search(r'<iframe[^>]* src="([^"]+)"[^>]*>', answer.text)
    assert frame is not None
    assert 'sandbox="allow-same-origin"' in frame[0]
    framed = keeper.get(frame[1].replace("&amp;", "&"))
    assert framed.status_code == 200
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    # and only there: a screen's own page is in no frame of anybody
    plain = keeper.get(f"/{kind}/{record.id}")
    assert plain.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in plain.headers["Content-Security-Policy"]


def test_a_code_is_shown_once_and_lets_the_screen_enrol(keeper: Someone, desk: Desk) -> None:
    record = find(desk, "board")
    path = f"{SCREENS}/{record.id}"
    answer = keeper.send(f"{path}/enrol")
    code = re.search(r'class="enrol-code mono">([^<]+)<', answer.text)
    assert code is not None
    assert f"/board/{record.id}#enrol" in answer.text
    assert code[1] not in read(keeper, path)
    assert displays.enrol(desk.store, record.id, code[1])
    keeper.send(f"{path}/revoke")
    assert "its token was taken back" in read(keeper, path).lower()
    assert keeper.send(f"{path}/revoke").status_code == 422


def test_a_screen_is_named_taken_down_and_put_up_again(keeper: Someone, desk: Desk) -> None:
    record = find(desk, "kiosk")
    path = f"{SCREENS}/{record.id}"
    keeper.send(f"{path}/name", name=" Lobby  left ")
    assert "<h1>Lobby left</h1>" in read(keeper, path)
    assert keeper.send(f"{path}/name", name="x" * 81).status_code == 422
    assert keeper.send(f"{path}/remove").headers["Location"] == SCREENS
    page = read(keeper, SCREENS)
    assert path not in page
    assert f'<option value="{record.id}">Lobby left</option>' in page
    put_up = keeper.send(f"{SCREENS}/add", feature=record.id)
    assert put_up.headers["Location"] == path
    assert keeper.send(f"{SCREENS}/add", feature=record.id).status_code == 422
    with desk.store.read() as connection:
        said = [(one.action, one.who) for one in list_entries(connection, "default")][:3]
    assert said == [
        ("display-added", "Pu"),
        ("display-removed", "Pu"),
        ("display-renamed", "Pu"),
    ]


def test_who_only_looks_changes_nothing(studio: Flask, desk: Desk) -> None:
    editor = let_in(studio, desk, hire(desk, "Bo", Role.EDITOR))
    record = find(desk, "kiosk")
    assert 'method="post" action="/studio/v/' not in read(editor, f"{SCREENS}/{record.id}")
    for action in ("enrol", "name", "revoke", "remove"):
        assert editor.send(f"{SCREENS}/{record.id}/{action}").status_code == 403
    assert editor.get(f"/studio/v/annex/displays/{record.id}").status_code == 404


def test_a_screen_that_went_silent_is_told_with_when_it_was_last_seen(
    keeper: Someone, desk: Desk
) -> None:
    record = find(desk, "kiosk")
    old = datetime.now(UTC) - timedelta(minutes=5)
    with desk.store.write() as connection:
        put_reports(connection, [ReportRecord(record.id, old, None, None, "1.0", 60, 3)])
    page = read(keeper, f"{SCREENS}/{record.id}")
    assert "it has not reported for a minute" in page.lower()
    assert f'datetime="{old.isoformat(timespec="seconds")}"' in page
