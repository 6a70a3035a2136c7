"""Releases are opened, compared, handed out and gone back to, each with its pictures."""

import io
import re
import zipfile
from datetime import datetime
from html import unescape

import pytest

from tests.services.people.conftest import SHELL
from tests.web.studio.conftest import find_room, hire, let_in
from tests.web.studio.drawing import (
    IMG,
    ZONE,
    Drawing,
    find_published,
    find_unit,
    list_doors_of,
    open_drawing,
    read_text,
)
from tests.web.studio.drawing import drawing as drawing  # noqa: PLC0414 - a fixture
from wayfinder.services.background import run_waiting
from wayfinder.services.drafts import open_draft
from wayfinder.services.people.roles import Role
from wayfinder.services.timetable import publish_due


@pytest.fixture
def two(drawing: Drawing) -> Drawing:
    """Return a draft that was published as release 2."""
    drawing.rename(find_unit(drawing.read(), "Drug Store").id, "Pharmacy Store")
    drawing.drop(list_doors_of(drawing.read(), "Dentistry")[0])
    assert drawing.publish().status_code == 303
    drawing.who.get("/studio/")  # what was said is read
    return drawing


def test_releases_are_listed_with_what_was_in_force(two: Drawing) -> None:
    page = two.who.get("/studio/v/clinic/releases?lang=en")
    said = read_text(page)
    assert re.search(r"Release 2 In force.*X-ray has moved.*Pat.*“Summer works”", said)
    assert re.search(r"Release 1 .*imported", said)
    assert "/studio/v/clinic/releases/1/restore" in page.text
    assert "/studio/v/clinic/releases/2/restore" not in page.text
    viewer = let_in(
        two.app, find_room(two.app).desk, hire(find_room(two.app).desk, "Vi", Role.VIEWER)
    )
    seen = viewer.get("/studio/v/clinic/releases?lang=en")
    assert "/restore" not in seen.text
    assert viewer.get("/studio/v/clinic/releases/1/restore").status_code == 403


def test_a_release_is_opened(two: Drawing) -> None:
    page = two.who.get("/studio/v/clinic/releases/1?lang=en")
    said = read_text(page)
    assert "Drug Store" in said
    assert "Paediatrics" in said
    assert 'data-background="waiting"' in page.text
    pictures = [unescape(one) for one in IMG.findall(page.text)]
    assert len(pictures) == 2
    for picture in pictures:
        drawn = two.who.get(picture)
        assert drawn.status_code == 200
        assert 'class="d-b' not in drawn.text
    run_waiting(two.store)
    done = read_text(two.who.get("/studio/v/clinic/releases/1?lang=en"))
    assert "What to look at in the plan" in done
    assert "being worked out" not in done
    newest = two.who.get("/studio/v/clinic/releases/2?lang=en")
    assert "Go back to release 1" in read_text(newest)
    assert two.who.get("/studio/v/clinic/releases/3").status_code == 404


def test_any_two_releases_are_compared(two: Drawing) -> None:
    back = two.who.get("/studio/v/clinic/compare?from=2&to=1&lang=en")
    assert "Pharmacy Store → Drug Store" in read_text(back)
    assert "new: Door" in read_text(back)
    same = two.who.get("/studio/v/clinic/compare?from=1&to=1&lang=en")
    assert "Nothing differs" in read_text(same)
    usual = two.who.get("/studio/v/clinic/compare?lang=en")
    assert "Nothing differs" in read_text(usual)  # the newest is in force
    waiting = two.who.get("/studio/v/clinic/compare?from=1&to=2&impact=1&lang=en")
    assert 'data-background="waiting"' in waiting.text
    for number in ("9", "-1", "9" * 30):
        path = f"/studio/v/clinic/compare?from=1&to={number}"
        assert two.who.get(path).status_code == 404


def test_a_release_is_handed_out_as_imdf(two: Drawing) -> None:
    first, again = (two.who.get("/studio/v/clinic/releases/1/imdf.zip") for _ in range(2))
    assert first.mimetype == "application/zip"
    assert 'filename="clinic-release-1.imdf.zip"' in first.headers["Content-Disposition"]
    names = zipfile.ZipFile(io.BytesIO(first.data)).namelist()
    assert {"manifest.json", "unit.geojson", "opening.geojson"} <= set(names)
    assert first.data == again.data


def test_going_back_shows_the_difference_and_is_one_click(two: Drawing) -> None:
    path = "/studio/v/clinic/releases/1/restore"
    page = two.who.get(f"{path}?lang=en")
    said = read_text(page)
    assert "Pharmacy Store → Drug Store" in said
    assert "It takes the place of release 2" in said
    stale = two.who.send(f"{path}?lang=en", published="1", when="now")
    assert stale.status_code == 409
    assert "release 2 of “clinic” came into force meanwhile" in read_text(stale).replace("R", "r")
    assert find_published(two.store) == 2
    done = two.who.send(f"{path}?lang=en", published="2", when="now")
    assert done.status_code == 303
    assert find_published(two.store) == 1
    assert "This release is in force" in read_text(two.who.get(f"{path}?lang=en"))
    # what was gone back from is not to come
    home = read_text(two.who.get("/studio/v/clinic?lang=en"))
    assert "release 1" in home
    assert "waits" not in home


def test_going_back_at_a_time(two: Drawing) -> None:
    path = "/studio/v/clinic/releases/1/restore"
    assert two.who.send(path, published="2", when="at", at="").status_code == 422
    assert two.who.send(path, published="2", when="at", at="2001-01-01T06:00").status_code == 422
    done = two.who.send(path, published="2", when="at", at="2040-01-02T06:00")
    assert done.status_code == 303
    publish_due(two.store, datetime(2040, 1, 2, 6, tzinfo=ZONE))
    assert find_published(two.store) == 1


def test_a_way_back_that_was_planned_undoes_nothing_unseen(two: Drawing) -> None:
    path, planned = "/studio/v/clinic/releases/1/restore", {"when": "at", "at": "2040-01-02T06:00"}
    assert two.who.send(path, published="1", **planned).status_code == 409
    assert two.who.send(path, published="2", **planned).status_code == 303
    other = open_drawing(two.app, two.who)
    other.rename(find_unit(other.read(), "Security").id, "Guard")
    assert "It lacks what you publish now" in read_text(other.open())
    other.publish()
    listed = read_text(two.who.get("/studio/v/clinic/releases?lang=en"))
    assert "Release 3 came into force since it was planned" in listed
    publish_due(two.store, datetime(2040, 1, 2, 6, tzinfo=ZONE))
    assert find_published(two.store) == 3
    said = read_text(two.who.get("/studio/v/clinic/releases?lang=en"))
    assert "Release 1, planned for 2040-01-02 06:00, did not come into force" in said
    for path in ("/studio/?lang=en", "/studio/v/clinic?lang=en"):
        assert "one planned release did not come into force" in read_text(two.who.get(path))
    first = two.who.get("/studio/v/clinic?lang=en")
    assert "release 3 did meanwhile" in read_text(first)
    assert "/call-off" not in first.text  # it leads to where one can see to it
    page = two.who.get("/studio/v/clinic/releases?lang=en")
    (action,) = set(re.findall(r'action="([^"]+/call-off[^"]*)"', page.text))
    two.who.send(unescape(action))
    for path in ("/studio/v/clinic?lang=en", "/studio/v/clinic/releases?lang=en"):
        assert "did not come into force" not in read_text(two.who.get(path))


def test_who_goes_back_is_told_what_will_not_come_then(two: Drawing) -> None:
    other = open_drawing(two.app, two.who)
    other.rename(find_unit(other.read(), "Security").id, "Guard")
    other.publish(when="at", at="2040-01-02T06:00")
    path = "/studio/v/clinic/releases/1/restore"
    asked = read_text(two.who.get(f"{path}?lang=en"))
    assert "Release 3 is to come into force at 2040-01-02 06:00" in asked
    assert "will not come into force by itself over release 1" in asked
    assert "by itself over" not in read_text(two.who.get("/studio/v/clinic/releases/3/restore"))
    two.who.send(path, published="2", when="now")
    assert "One planned release was planned while another one" in read_text(
        two.who.get("/studio/?lang=en")
    )


def test_what_could_not_come_says_why(two: Drawing) -> None:
    other = open_drawing(two.app, two.who)
    unit = find_unit(other.read(), "Security").id
    other.rename(unit, "Guard")
    other.publish(when="at", at="2040-01-02T06:00")
    two.publish_beside(unit, "Watch")
    publish_due(two.store, datetime(2040, 1, 2, 6, tzinfo=ZONE))
    said = read_text(two.who.get("/studio/v/clinic/releases?lang=en"))
    assert "Release 3, planned for 2040-01-02 06:00, did not come into force" in said
    closed = read_text(other.open())
    assert "did not come into force" in closed
    assert "was published as release" not in closed
    # planned anew, from its own page, it is to come; called off it has not come all the same
    again = {"published": "4", "when": "at", "at": "2040-01-03T06:00"}
    other.who.send("/studio/v/clinic/releases/3/restore", **again)
    page = other.open()
    assert "is to come into force as release 3 at 2040-01-03 06:00" in read_text(page)
    assert "did not come into force" not in read_text(page)
    (action,) = set(re.findall(r'action="([^"]+/call-off[^"]*)"', page.text))
    other.who.send(unescape(action))
    said = read_text(other.who.get("/studio/v/clinic/releases?lang=en"))
    assert "Release 3 does not come into force." in said
    assert "Its draft is open again" not in said
    assert "did not come into force" in read_text(other.open())
    # put into force it did, also once another takes its place
    other.who.send("/studio/v/clinic/releases/3/restore", published="4", when="now")
    in_force = read_text(other.open())
    assert "was published as release 3. This release is in force." in in_force
    other.who.send("/studio/v/clinic/releases/2/restore", published="3", when="now")
    for said in (in_force, read_text(other.open())):
        assert "was published as release 3." in said
        assert "did not come into force" not in said
    # planned once more, and put into force before, it is both
    for when in ("at", "now"):
        given = {**again, "published": "2", "when": when}
        other.who.send("/studio/v/clinic/releases/3/restore", **given)
    both = "as release 3 at 2040-01-03 06:00. This release is in force."
    assert both in read_text(other.open())


@pytest.mark.parametrize(
    "address",
    [
        "r9.svg?level=x",
        "x.svg?level=x",
        "r1.svg?level=nowhere",
        "r1.svg?level=nowhere&other=zz",
        "r1.svg",
        "d999.0.svg?level=x",
        "r1.svg?level=x&other=r9",
    ],
)
def test_pictures_of_what_is_not_there(drawing: Drawing, address: str) -> None:
    assert drawing.who.get(f"/studio/v/clinic/pictures/{address}").status_code == 404


def test_the_first_release_has_nothing_to_be_held_against(drawing: Drawing) -> None:
    room = find_room(drawing.app)
    made = open_draft(room.drafts, "annex", "First", who=SHELL)
    page = drawing.who.get(f"/studio/v/annex/drafts/{made.id}/publish?lang=en")
    assert page.status_code == 200
    assert "this will be the first release" in read_text(page)
    listed = drawing.who.get("/studio/v/annex/releases?lang=en")
    assert "There is no release yet" in read_text(listed)
    compared = drawing.who.get("/studio/v/annex/compare?lang=en")
    assert "There is no release yet" in read_text(compared)
