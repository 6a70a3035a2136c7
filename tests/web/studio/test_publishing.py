"""A draft is looked at before it is published: what bars it, what it changes, whom it concerns."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.drafted import put
from tests.services.people.conftest import SHELL
from tests.web.studio.conftest import Someone, find_room, hire, let_in
from wayfinder.edit import Action, parse_offered
from wayfinder.edit.doorways import find_sides
from wayfinder.model import Occupant, Opening, Plan, Unit
from wayfinder.services import releases
from wayfinder.services.background import run_waiting
from wayfinder.services.drafts import Desk as Drafts
from wayfinder.services.drafts import (
    Sent,
    append,
    list_drafts,
    open_draft,
    publish_draft,
    read_plan,
)
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.timetable import publish_due
from wayfinder.store import Store
from wayfinder.store.jobs import claim_job, end_job
from wayfinder.web.studio.publishing import find_monday

ZONE = ZoneInfo("Asia/Shanghai")
IMG = re.compile(r'<img[^>]* src="([^"]+)"')


@dataclass
class Drawing:
    """A draft of the clinic, somebody who draws in it, and a publisher in front of its page."""

    app: Flask
    draft: int
    browser: Someone | None = None
    head: int = 0
    keys: Iterator[int] = field(default_factory=count)

    @property
    def who(self) -> Someone:
        """Who looks."""
        assert self.browser is not None
        return self.browser

    @property
    def store(self) -> Store:
        """The store."""
        return find_room(self.app).desk.store

    @property
    def path(self) -> str:
        """Address of the draft."""
        return f"/studio/v/clinic/drafts/{self.draft}"

    def read(self) -> Plan:
        """Return the draft's plan."""
        return read_plan(find_room(self.app).drafts, "clinic", self.draft).plan

    def do(self, action: Action) -> None:
        """Draw something."""
        sent = Sent("person:1", f"key-{self.draft}-{next(self.keys)}", self.head)
        drafts = find_room(self.app).drafts
        self.head = append(drafts, "clinic", self.draft, action, sent).draft.head

    def rename(self, feature: str, name: str) -> None:
        """Call something else."""
        self.do(parse_offered({"kind": "rename", "feature": feature, "names": {"en": name}}))

    def drop(self, *features: str) -> None:
        """Take something away."""
        action = {"kind": "delete", "features": list(features), "contents": True}
        self.do(parse_offered(action))

    def open(self, query: str = "?lang=en") -> TestResponse:
        """Open the page before publishing."""
        return self.who.get(f"{self.path}/publish{query}")

    def publish(self, **fields: str) -> TestResponse:
        """Send its form."""
        given = {"number": str(self.head), "note": "X-ray has moved", "when": "now", **fields}
        return self.who.send(f"{self.path}/publish?lang=en", **given)

    def publish_beside(self, feature: str, name: str) -> None:
        """Let a colleague publish something else meanwhile."""
        other = open_drawing(self.app, self.who)
        other.rename(feature, name)
        publish_draft(find_room(self.app).drafts, "clinic", other.draft, 1, who=SHELL)


def open_drawing(app: Flask, browser: Someone | None = None) -> Drawing:
    made = open_draft(find_room(app).drafts, "clinic", "Summer works", who=SHELL)
    return Drawing(app, made.id, browser)


@pytest.fixture
def drawing(app: Flask, desk: Desk) -> Drawing:
    return open_drawing(app, let_in(app, desk, hire(desk, "Pat", Role.PUBLISHER)))


def find_unit(plan: Plan, name: str) -> Unit:
    return next(unit for unit in plan.units if unit.name.get("en") == name)


def list_doors_of(plan: Plan, place: str) -> list[str]:
    """List the doors of the room of a department."""
    occupant = next(one for one in plan.list_of(Occupant) if one.name.get("en") == place)
    unit = plan[plan[occupant.anchor_id or ""].properties["unit_id"]]
    doors = plan.list_of(Opening)
    return [one.id for one in doors if unit.id in find_sides(plan, one.id).units]


def read_text(response: TestResponse) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text)))


def find_published(store: Store) -> int | None:
    return releases.get_history(store, "clinic").published


def test_what_changes_is_told_by_floor_and_kind(drawing: Drawing) -> None:
    plan = drawing.read()
    store_room = find_unit(plan, "Drug Store")
    door = list_doors_of(plan, "Dentistry")[0]
    drawing.rename(store_room.id, "Pharmacy Store")
    drawing.drop(door)
    page = drawing.open()
    assert page.status_code == 200
    said = read_text(page)
    assert "Drug Store → Pharmacy Store name" in said
    assert "Rooms and corridors: 1" in said
    assert "Doors and passages: 1" in said
    assert re.search(r"gone: Door \(Dental Surgery and", said)
    assert "2 changes" in said
    # what is drawn beside each other is the same part of the same floors
    pictures = [unescape(one) for one in IMG.findall(page.text)]
    assert [("side=before" in one, "side=after" in one) for one in pictures] == 2 * [
        (True, False),
        (False, True),
    ]
    drawn = [drawing.who.get(one) for one in pictures]
    assert {one.status_code for one in drawn} == {200}
    assert {one.mimetype for one in drawn} == {"image/svg+xml"}
    marks = [re.findall(r'class="d-b d-(\w+)"', one.text) for one in drawn]
    first, second = sorted(
        (set(before), set(after)) for before, after in zip(marks[::2], marks[1::2], strict=True)
    )
    assert (first, second) == (({"changed"}, {"changed"}), ({"removed"}, set()))
    views = [re.search(r'data-metres="([^"]+)"', one.text) for one in drawn]
    assert [one[1] if one else "" for one in views[::2]] == [
        one[1] if one else "" for one in views[1::2]
    ]


def test_what_it_does_to_everybody_comes_after_a_while(drawing: Drawing) -> None:
    drawing.drop(*list_doors_of(drawing.read(), "Dentistry"))
    page = drawing.open()
    assert 'data-background="waiting"' in page.text
    assert "<progress" in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text
    headers = {**drawing.who.headers, "X-Wayfinder-Part": "1"}
    path = f"{drawing.path}/publish?lang=en"
    part = drawing.who.client.get(path, headers=headers).text
    assert 'id="impact"' in part
    assert "<h1" not in part  # the rest of the page is there already
    assert run_waiting(drawing.store) == 2
    assert "Dentistry" in drawing.who.client.get(path, headers=headers).text
    done = drawing.open()
    assert 'data-background="waiting"' not in done.text
    assert "refresh" not in done.text
    said = read_text(done)
    assert "1 place can no longer be reached from any entrance Dentistry" in said
    assert run_waiting(drawing.store) == 0
    # another entry is another question
    drawing.rename(find_unit(drawing.read(), "Drug Store").id, "Pharmacy Store")
    assert 'data-background="waiting"' in drawing.open().text


def test_errors_bar_it_and_lead_into_the_editor(drawing: Drawing) -> None:
    plan = drawing.read()
    unit = find_unit(plan, "Drug Store")
    drawing.do(put(unit.with_properties(level_id="nowhere")))
    assert "The plan is being checked" in drawing.open().text
    run_waiting(drawing.store)
    page = drawing.open()
    said = read_text(page)
    assert "bars publishing" in said or "bar publishing" in said
    assert f"{drawing.path}/edit?" in page.text
    assert f"feature={unit.id}" in page.text
    assert 'name="note"' not in page.text
    refused = drawing.publish()
    assert refused.status_code == 409
    assert find_published(drawing.store) == 1


def test_what_was_checked_beside_the_server_is_not_checked_again(
    drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing.rename(find_unit(drawing.read(), "Drug Store").id, "Pharmacy Store")
    drawing.open()
    run_waiting(drawing.store)
    # neither for the page, nor for publishing what it has shown
    monkeypatch.setattr(Drafts, "look", lambda *_: pytest.fail("it was checked again"))
    assert "May it be published?" in read_text(drawing.open())
    assert drawing.publish().status_code == 303
    assert find_published(drawing.store) == 2


def test_what_could_not_be_worked_out_is_tried_again(drawing: Drawing) -> None:
    drawing.open()
    with drawing.store.write() as connection:
        for _ in range(2):
            job = claim_job(connection, "gone", datetime.now(UTC))
            assert job is not None
            problem = {"code": "store.job-failed", "values": {}}
            end_job(connection, job.id, "gone", problem=problem, now=datetime.now(UTC))
    page = drawing.open()
    assert read_text(page).count("This could not be worked out: it was stopped") == 2
    assert 'data-background="waiting"' not in page.text
    again = drawing.open("?lang=en&again=1")
    assert again.status_code == 303
    assert "again" not in again.headers["Location"]
    assert drawing.who.get(again.headers["Location"]).text.count('data-background="waiting"') == 2


def test_a_note_is_needed_and_what_was_typed_stays(drawing: Drawing) -> None:
    drawing.rename(find_unit(drawing.read(), "Drug Store").id, "Pharmacy Store")
    refused = drawing.publish(note="  ", when="at", at="2040-01-02T06:00")
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text
    assert 'value="2040-01-02T06:00"' in refused.text
    assert drawing.publish(note="x" * 501).status_code == 422
    assert find_published(drawing.store) == 1


def test_it_is_published_and_said_where(drawing: Drawing) -> None:
    drawing.rename(find_unit(drawing.read(), "Drug Store").id, "Pharmacy Store")
    done = drawing.publish()
    assert done.status_code == 303
    assert find_published(drawing.store) == 2
    page = drawing.who.get(done.headers["Location"])
    assert "Release 2 is in force. Every phone" in read_text(page)
    history = releases.get_history(drawing.store, "clinic")
    assert history.releases[0].note == "X-ray has moved"
    assert history.publications[0].published_by == "Pat"
    closed = read_text(drawing.open())
    assert "was published as release 2" in closed
    assert drawing.publish().status_code == 409


def test_what_somebody_changed_meanwhile_is_not_published_unseen(drawing: Drawing) -> None:
    unit = find_unit(drawing.read(), "Drug Store").id
    drawing.rename(unit, "Pharmacy Store")
    drawing.rename(unit, "Store of the Pharmacy")
    refused = drawing.publish(number="1")
    assert refused.status_code == 409
    assert "X-ray has moved" in refused.text  # the note stays
    assert find_published(drawing.store) == 1


def test_an_editor_sees_it_and_does_not_publish(drawing: Drawing, desk: Desk) -> None:
    drawing.rename(find_unit(drawing.read(), "Drug Store").id, "Pharmacy Store")
    drawing.browser = let_in(drawing.app, desk, hire(desk, "Ed", Role.EDITOR))
    page = drawing.open()
    assert page.status_code == 200
    assert 'name="note"' not in page.text
    assert drawing.publish().status_code == 403


def test_what_came_meanwhile_is_taken_over_first(drawing: Drawing) -> None:
    plan = drawing.read()
    unit, other = find_unit(plan, "Drug Store").id, find_unit(plan, "Security").id
    drawing.rename(unit, "Pharmacy Store")
    drawing.publish_beside(other, "Guard")
    page = drawing.open()
    assert "Release 2 came into force since" in read_text(page)
    assert 'name="note"' not in page.text
    assert drawing.publish().status_code == 409
    merged = drawing.who.send(f"{drawing.path}/merge?lang=en", key="m", number="1")
    assert merged.status_code == 303
    assert drawing.read()[other].name["en"] == "Guard"
    drawing.head = 2
    assert drawing.publish().status_code == 303
    assert find_published(drawing.store) == 3


def test_what_both_changed_is_chosen_one_by_one(drawing: Drawing) -> None:
    unit = find_unit(drawing.read(), "Drug Store").id
    drawing.rename(unit, "Pharmacy Store")
    drawing.publish_beside(unit, "Depot")
    asked = drawing.who.send(f"{drawing.path}/merge?lang=en", key="m", number="1")
    assert asked.status_code == 409
    said = read_text(asked)
    assert "This draft's: now called “Pharmacy Store”: name" in said
    assert "The release's: now called “Depot”: name" in said
    fields = {"key": "n", "number": "1", f"choice-{unit}": "theirs"}
    assert drawing.who.send(f"{drawing.path}/merge?lang=en", **fields).status_code == 303
    assert drawing.read()[unit].name["en"] == "Depot"


def test_it_comes_at_a_time_of_the_place_or_is_called_off(drawing: Drawing) -> None:
    drawing.rename(find_unit(drawing.read(), "Drug Store").id, "Pharmacy Store")
    page = drawing.open()
    monday = find_monday(datetime.now(UTC), ZONE)
    assert f'value="{monday:%Y-%m-%dT%H:%M}"' in page.text
    assert "(Asia/Shanghai)" in page.text
    for wrong in ("", "soon", "2001-01-01T06:00"):
        assert drawing.publish(when="at", at=wrong).status_code == 422
    done = drawing.publish(when="at", at=f"{monday:%Y-%m-%dT%H:%M}")
    assert done.status_code == 303
    listed = drawing.who.get(done.headers["Location"])
    assert f"Release 2 is to come into force at {monday:%Y-%m-%d %H:%M}" in read_text(listed)
    assert "is to come into force as release 2" in read_text(drawing.open())
    (action,) = set(re.findall(r'action="([^"]+/call-off[^"]*)"', listed.text))
    assert drawing.who.send(unescape(action)).status_code == 303
    (draft,) = list_drafts(find_room(drawing.app).drafts, "clinic")
    assert draft.is_open
    assert publish_due(drawing.store, monday + timedelta(hours=1)) == []
    assert drawing.who.send(unescape(action)).status_code == 303  # too late, and said so
    assert "It is too late to call it off" in read_text(
        drawing.who.get("/studio/v/clinic/releases?lang=en")
    )


def test_who_publishes_is_told_what_will_not_come_then(drawing: Drawing) -> None:
    unit = find_unit(drawing.read(), "Drug Store").id
    drawing.rename(unit, "Pharmacy Store")
    drawing.publish(when="at", at="2040-01-02T06:00")
    other = open_drawing(drawing.app, drawing.who)
    other.rename(unit, "Depot")
    assert "It lacks what you publish now" in read_text(other.open())
    other.publish()
    assert "One planned release lacks" in read_text(other.who.get("/studio/?lang=en"))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=ZONE)),
        (datetime(2026, 11, 22, 21, 59, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=ZONE)),
        (datetime(2026, 11, 22, 22, tzinfo=UTC), datetime(2026, 11, 30, 6, tzinfo=ZONE)),
        (datetime(2026, 11, 25, 12, tzinfo=UTC), datetime(2026, 11, 30, 6, tzinfo=ZONE)),
    ],
)
def test_monday_is_the_next_one_there(now: datetime, expected: datetime) -> None:
    assert find_monday(now, ZONE) == expected


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


def test_what_could_not_come_says_why(two: Drawing) -> None:
    other = open_drawing(two.app, two.who)
    unit = find_unit(other.read(), "Security").id
    other.rename(unit, "Guard")
    other.publish(when="at", at="2040-01-02T06:00")
    two.publish_beside(unit, "Watch")
    publish_due(two.store, datetime(2040, 1, 2, 6, tzinfo=ZONE))
    said = read_text(two.who.get("/studio/v/clinic/releases?lang=en"))
    assert "Release 3, planned for 2040-01-02 06:00, did not come into force" in said


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
