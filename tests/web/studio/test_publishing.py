"""A draft is looked at before it is published: what bars it, what it changes, whom it concerns."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa

from tests.drafted import put
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
from wayfinder.services import conditions, releases
from wayfinder.services.background import run_waiting
from wayfinder.services.drafts import Desk as Drafts
from wayfinder.services.drafts import (
    list_drafts,
    publish_draft,
)
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.release_issues import DRAFT
from wayfinder.services.timetable import publish_due
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.job_tables import jobs
from wayfinder.store.jobs import claim_job, end_job
from wayfinder.web.studio.publishing import find_monday


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
    assert "1 department or service can no longer be reached from any entrance Dentistry" in said
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


def test_what_another_version_found_is_told_and_no_error(drawing: Drawing) -> None:
    drawing.open()
    run_waiting(drawing.store)
    told: dict[str, Any] = {"severity": "warning", "features": [], "level": None, "place": None}
    values = {"reached": 0, "places": 9, "missing": ["how wide 5 doors are"]}
    kept = [
        {**told, "code": "wheelchair-widths-unknown", "values": values},
        {**told, "code": "gone-for-good", "values": {}},
    ]
    with drawing.store.write() as connection:
        ours = jobs.c.kind == DRAFT
        assert connection.execute(sa.update(jobs).where(ours).values(result=kept)).rowcount == 1
    for language, words in (("en", "give each its own clear width"), ("zh-Hans", "各处的净宽")):
        said = read_text(drawing.open(f"?lang={language}"))
        assert words in said
        assert "gone-for-good" in said


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


def test_nobody_waits_in_the_server_for_a_check(
    drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing.rename(find_unit(drawing.read(), "Drug Store").id, "Pharmacy Store")
    with monkeypatch.context() as patch:
        patch.setattr(Drafts, "look", lambda *_: pytest.fail("it was checked in the server"))
        sent = drawing.publish_unchecked(when="at", at="2040-01-02T06:00")
    assert sent.headers["Location"].startswith(f"{drawing.path}/publish")
    page = drawing.open()
    assert "If there are no errors it comes into force then, or at its time." in read_text(page)
    assert "没有错误就随即启用，或到所定时间启用" in read_text(drawing.open("?lang=zh-Hans"))
    assert 'data-background="waiting"' in page.text
    assert drawing.publish_unchecked(number="0").status_code == 409
    run_waiting(drawing.store)
    assert "is to come into force as release 2 at 2040-01-02 06:00" in read_text(drawing.open())
    listed = drawing.who.get("/studio/v/clinic/releases?lang=en")
    (action,) = set(re.findall(r'action="([^"]+/call-off[^"]*)"', listed.text))
    drawing.who.send(unescape(action))
    # what was called off is asked for once more, and is not done already
    drawing.publish_unchecked()
    run_waiting(drawing.store)
    assert find_published(drawing.store) == 2


@pytest.mark.parametrize("query", ["", "&now=1"])
def test_now_is_when_it_is_checked(drawing: Drawing, query: str) -> None:
    drawing.rename(find_unit(drawing.read(), "Drug Store").id, "Pharmacy Store")
    said = {
        "en": ("Now: once the check has found no errors", "Now: every phone"),
        "zh-Hans": ("立即：检查无误后启用", "立即：两秒内"),
    }
    for language, (unchecked, _) in said.items():
        page = drawing.open(f"?lang={language}{query}").text
        # the page's style shows the other once a script has brought the check
        assert (
            f'<span class="while-unchecked">{unchecked}</span><span class="once-checked">' in page
        )
        assert (
            'id="check" aria-labelledby="check-title" data-background="waiting" data-uncheck'
            in page
        )
    run_waiting(drawing.store)
    for language, (unchecked, checked) in said.items():
        page = drawing.open(f"?lang={language}{query}").text
        assert unchecked not in page
        assert f"<span>{checked}" in page
        assert "data-unchecked" not in page


def test_what_is_published_beside_the_server_says_what_else_it_did(drawing: Drawing) -> None:
    unit, door = find_unit(drawing.read(), "Drug Store").id, list_doors_of(drawing.read(), "ECG")[0]
    drawing.rename(unit, "Pharmacy Store")
    drawing.publish(when="at", at="2040-01-02T06:00")
    conditions.add(drawing.store, "clinic", ConditionDraft("closure", (door,), {}))
    other = open_drawing(drawing.app, drawing.who)
    other.drop(door)
    other.publish_unchecked()
    run_waiting(drawing.store)
    number = find_published(drawing.store)
    said = read_text(other.open())
    assert f"was published as release {number}. This release is in force." in said
    # as it was then: the plan may be called off by now
    assert "When it was published, one closure or notice was about something that was gone" in said
    assert "When it was published, one planned release lacked what it brought" in said
    assert "no longer there" not in said
    assert "发布时，有 1 条关闭或通知所涉及的地点已不存在" in read_text(other.open("?lang=zh-Hans"))
    # what is no longer in force has nothing without effect
    releases.publish(drawing.store, "clinic", 1)
    said = read_text(other.open())
    assert f"was published as release {number}." in said
    for untrue in ("in force", "was gone", "planned release"):
        assert untrue not in said


def test_what_is_in_force_and_has_not_said_so_yet_is_waited_for(drawing: Drawing) -> None:
    drawing.rename(find_unit(drawing.read(), "Drug Store").id, "Pharmacy Store")
    drawing.publish_unchecked()
    publish_draft(find_room(drawing.app).drafts, "clinic", drawing.draft, 1, who=SHELL)
    assert 'data-background="waiting"' in drawing.open().text
    run_waiting(drawing.store)
    assert "This release is in force." in read_text(drawing.open())


def test_what_is_refused_beside_the_server_says_so_and_keeps_the_note(drawing: Drawing) -> None:
    unit = find_unit(drawing.read(), "Drug Store")
    drawing.rename(unit.id, "Pharmacy Store")
    drawing.publish_unchecked()
    drawing.publish_beside(unit.id, "Depot")
    run_waiting(drawing.store)
    headers = {**drawing.who.headers, "X-Wayfinder-Part": "1"}
    part = drawing.who.client.get(f"{drawing.path}/publish?lang=en", headers=headers)
    assert 'id="publishing"' in part.text
    for page in (part, drawing.open()):
        assert "It was not published: release 2 came into force" in read_text(page)
    drawing.who.send(f"{drawing.path}/merge?lang=en", key="m", number="1", published="2")
    assert find_published(drawing.store) == 2


def test_errors_found_beside_the_server_are_told_in_words(drawing: Drawing) -> None:
    drawing.do(put(find_unit(drawing.read(), "Drug Store").with_properties(level_id="nowhere")))
    drawing.publish_unchecked()
    run_waiting(drawing.store)
    headers = {**drawing.who.headers, "X-Wayfinder-Part": "1"}
    for language, not_published, where, there in (
        ("en", "It was not published: the check has found errors.", "below", "Look at it again"),
        ("zh-Hans", "没有发布：检查发现了错误", "见下方", "再看一下即可看到"),
    ):
        query = f"?lang={language}"
        part = drawing.who.client.get(f"{drawing.path}/publish{query}", headers=headers)
        for page, told in ((drawing.open(query), where), (part, there)):
            assert not_published in read_text(page)
            assert told in read_text(page)
            assert "(1)" not in read_text(page)


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
    # a form starts it anew, a look does not
    assert 'data-background="waiting"' not in drawing.open("?lang=en&again=1").text
    for action in re.findall(r'action="([^"]+/again[^"]*)"', page.text):
        again = drawing.who.send(unescape(action), next=f"{drawing.path}/publish?lang=en")
        assert again.headers["Location"] == f"{drawing.path}/publish?lang=en"
    assert drawing.open().text.count('data-background="waiting"') == 2


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
    fields = {"key": "n", "number": "1", "published": "2", f"choice-{unit}": "theirs"}
    assert 'name="published" value="2"' in asked.text
    drawing.publish_beside(unit, "Magazine")
    again = drawing.who.send(f"{drawing.path}/merge?lang=en", **fields)
    assert again.status_code == 409
    assert "The release's: now called “Magazine”: name" in read_text(again)
    assert 'name="published" value="3"' in again.text
    fields = {**fields, "key": "o", "published": "3"}
    assert drawing.who.send(f"{drawing.path}/merge?lang=en", **fields).status_code == 303
    assert drawing.read()[unit].name["en"] == "Magazine"


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
    assert "Planned" in read_text(listed)
    assert "Never in force" not in read_text(listed)
    assert "is to come into force as release 2" in read_text(drawing.open())
    (action,) = set(re.findall(r'action="([^"]+/call-off[^"]*)"', listed.text))
    assert drawing.who.send(unescape(action)).status_code == 303
    (draft,) = list_drafts(find_room(drawing.app).drafts, "clinic")
    assert draft.is_open
    left = read_text(drawing.who.get("/studio/v/clinic/releases?lang=en"))
    assert "The draft “Summer works”" in left
    assert left.count("imported") == 1  # what was in force before
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
