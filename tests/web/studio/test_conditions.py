"""Closing and reopening, hours, notices and sets, as forms without a script do it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.studio.conftest import Form, Someone, find_room, find_token, hire, let_in
from wayfinder.model import Opening, Unit
from wayfinder.services import conditions
from wayfinder.services.background import run_waiting
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.served import Served
from wayfinder.store.conditions import ConditionDraft, ConditionRecord, read_conditions
from wayfinder.store.jobs import claim_job, end_job
from wayfinder.store.venues import get_venue

PATH = "/studio/v/clinic/conditions"
DEPARTMENT = "PED"


@pytest.fixture
def publisher(app: Flask, desk: Desk) -> Someone:
    return let_in(app, desk, hire(desk, "Bo", Role.PUBLISHER, venue="clinic"))


@pytest.fixture
def lift(served_clinic: Served) -> str:
    return next(unit.id for unit in served_clinic.plan.units if unit.lift)


@pytest.fixture
def department(served_clinic: Served) -> str:
    (found,) = served_clinic.directory.find_exact(DEPARTMENT)
    return found


def list_held(desk: Desk) -> list[ConditionRecord]:
    return conditions.list_all(desk.store, "clinic")


def close(who: Someone, *features: str, **fields: str) -> str:
    """Close something, and return the address of the page that follows."""
    answer = send(who, f"{PATH}/close?lang=en", {"feature": list(features), **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def send(who: Someone, path: str, fields: dict[str, object]) -> TestResponse:
    """Send a form in which a field may come several times."""
    data = {"csrf": find_token(who.open()), **fields}
    return who.client.post(path, data=data, headers=who.headers)


def test_two_forms_close_a_lift_on_all_its_floors(
    publisher: Someone, desk: Desk, lift: str, served_clinic: Served
) -> None:
    page = publisher.get(f"{PATH}/close?feature={lift}&lang=en")
    assert page.status_code == 200
    assert "Take Lift 1 out of service" in page.text
    form = Form()
    form.feed(page.text)
    fields = form.forms[f"{PATH}/close?lang=en"]
    assert fields["feature"] == lift
    # the likeliest reason is chosen already, and that it lasts until somebody opens it
    assert '<option value="broken" selected>Out of order</option>' in page.text
    assert '<option value="" selected>further notice</option>' in page.text
    after = close(publisher, lift, phrase="broken")
    (record,) = list_held(desk)
    shaft = served_clinic.router.search.shafts.of_unit[lift]
    assert set(record.draft.features) == shaft
    assert record.draft.text == {"zh-Hans": "设备故障", "en": "Out of order"}
    assert (record.made_by, record.draft.start, record.draft.end) == ("Bo", None, None)
    page = publisher.get(after)
    assert "Lift 1 is out of service. Everybody sees it within seconds." in page.text
    assert "Lift 1 works again" in page.text
    assert f"{PATH}/undo/" in page.text
    assert 'href="/studio/v/clinic/signs/detours' in page.text


def test_what_was_done_is_undone_from_there_once(publisher: Someone, desk: Desk, lift: str) -> None:
    page = publisher.get(close(publisher, lift))
    form = Form()
    form.feed(page.text)
    (undo,) = [action for action in form.forms if "/undo/" in action]
    assert publisher.send(undo).headers["Location"].partition("?")[0] == PATH
    assert list_held(desk) == []
    publisher.send(undo)
    assert "cannot be taken back" in publisher.get(f"{PATH}?lang=en").text
    assert list_held(desk) == []


def test_a_lift_is_opened_again_from_its_page(publisher: Someone, desk: Desk, lift: str) -> None:
    close(publisher, lift)
    answer = publisher.send(f"{PATH}/reopen?lang=en", feature=lift)
    assert list_held(desk) == []
    page = publisher.get(answer.headers["Location"]).text
    assert "Lift 1 is open again." in page
    assert publisher.send(f"{PATH}/reopen", feature=lift).status_code == 303
    page = publisher.get(f"{PATH}/close?feature={lift}&lang=en").text
    assert "was not closed" in page


def test_own_words_come_before_ready_ones(publisher: Someone, desk: Desk, lift: str) -> None:
    fields = {"reason.zh-Hans": "正在更换钢索", "reason.en": "", "phrase": "maintenance"}
    close(publisher, lift, **fields)
    assert list_held(desk)[0].draft.text == {"zh-Hans": "正在更换钢索", "en": "Maintenance"}


def test_own_words_alone_leave_no_reader_with_a_language_they_do_not_know(
    publisher: Someone, desk: Desk, lift: str
) -> None:
    close(publisher, lift, **{"reason.zh-Hans": "门坏了"})
    text = list_held(desk)[0].draft.text
    assert text == {"zh-Hans": "门坏了", "en": "For operational reasons"}


def test_it_ends_by_itself_at_a_time_of_the_house(
    publisher: Someone, desk: Desk, lift: str, served_clinic: Served
) -> None:
    zone = served_clinic.router.schedule.zone
    tomorrow = (datetime.now(zone) + timedelta(days=1)).replace(second=0, microsecond=0)
    close(publisher, lift, until="at", end=f"{tomorrow:%Y-%m-%dT%H:%M}")
    close(publisher, lift, until="4h", phrase="works")
    first, second = (record.draft.end for record in list_held(desk))
    assert first == tomorrow
    assert second is not None
    left = second - datetime.now(UTC)
    assert timedelta(hours=3, minutes=59) < left <= timedelta(hours=4)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"until": "at"}, "Say until which day and time."),
        ({"until": "at", "end": "never"}, "“never” is no day and time."),
        ({"until": "at", "end": "2001-01-01T10:00"}, "over"),
        ({"phrase": "whim"}, "Choose one of the reasons."),
        ({"reason.en": "x" * 2001}, "2000"),
        ({"set": "x" * 81}, "set"),
    ],
)
def test_what_makes_no_sense_is_said_and_what_was_typed_stays(
    publisher: Someone, desk: Desk, lift: str, fields: dict[str, str], said: str
) -> None:
    answer = send(
        publisher, f"{PATH}/close?lang=en", {"feature": lift, "reason.zh-Hans": "门坏了", **fields}
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="门坏了"' in answer.text
    assert list_held(desk) == []


def test_what_is_not_there_cannot_be_closed(publisher: Someone, lift: str) -> None:
    for query in ("", "?feature=nothing", f"?feature={lift}&feature=nothing"):
        assert publisher.get(f"{PATH}/close{query}").status_code == 404
    assert publisher.send(f"{PATH}/close", feature="nothing").status_code == 404


def test_the_impact_comes_at_once_in_part_and_whole_later(
    publisher: Someone, app: Flask, desk: Desk, lift: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_room(app).background, "_poke", lambda: None)
    path = f"{PATH}/close?feature={lift}&lang=en"
    page = publisher.get(path).text
    assert "lose step-free access" in page
    assert 'data-background="waiting"' in page
    assert "Being worked out. You need not wait for it." in page
    assert run_waiting(desk.store) == 1
    page = publisher.get(path).text
    assert 'data-background="done"' in page
    assert "lose step-free access" in page
    assert "change by itself" in page or "changes by itself" in page or "is-displays" not in page
    assert "18 journeys are no longer possible in a wheelchair" in page
    assert "From 2 entrances, signs and screens to 9 places" in page
    # who asks again, or for another floor of it, is told from what was found
    assert run_waiting(desk.store) == 0


def test_what_failed_is_tried_again_by_a_form_and_never_by_a_look(
    publisher: Someone, app: Flask, desk: Desk, lift: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_room(app).background, "_poke", lambda: None)
    path = f"{PATH}/close?feature={lift}&lang=en"
    publisher.get(path)
    with desk.store.write() as connection:
        job = claim_job(connection, "runner", datetime.now(UTC))
        assert job is not None
        problem = {"code": "store.job-failed", "values": {}}
        end_job(connection, job.id, "runner", problem=problem, now=datetime.now(UTC))
    for address in (path, f"{path}&again=1"):
        page = publisher.get(address).text
        assert "Try once more" in page
        assert 'data-background="done"' in page
        # and it is known all the same who is cut off
        assert "lose step-free access" in page
    form = Form()
    form.feed(page)
    (again,) = [action for action in form.forms if "/work/" in action]
    answer = publisher.send(again, next=form.forms[again]["next"])
    page = publisher.get(answer.headers["Location"]).text
    assert "Take Lift 1 out of service" in page
    assert 'data-background="waiting"' in page
    assert publisher.send(f"/studio/v/clinic/work/{job.id + 1}/again").status_code == 404
    assert publisher.send(f"/studio/v/annex/work/{job.id}/again").status_code == 404


def test_a_viewer_sees_and_changes_nothing(app: Flask, desk: Desk, lift: str) -> None:
    viewer = let_in(app, desk, hire(desk, "Vi", Role.VIEWER, venue="clinic"))
    page = viewer.get(f"{PATH}/close?feature={lift}")
    assert page.status_code == 200
    assert "closing-form" not in page.text
    for path in (PATH, f"{PATH}/choose?q=lift", f"{PATH}/map", f"{PATH}/sets"):
        page = viewer.get(path)
        assert page.status_code == 200
        assert 'method="post" action="/studio/v/' not in page.text


def test_a_door_and_a_room_are_found_by_search_and_on_the_map(
    publisher: Someone, served_clinic: Served
) -> None:
    assert "Lift 1" in publisher.get(f"{PATH}/choose?lang=en").text
    assert "Paediatrics" in publisher.get(f"{PATH}/choose?q=paediatr&lang=en").text
    assert "Nothing has that name." in publisher.get(f"{PATH}/choose?q=@@@@&lang=en").text
    room = next(u for u in served_clinic.plan.list_of(Unit) if u.category == "walkway")
    page = publisher.get(f"{PATH}/map?level={room.level_id}&lang=en").text
    assert f"{PATH}/close?feature={room.id}" in page
    assert publisher.get(f"{PATH}/map?level=none&zoom=99").status_code == 200
    page = publisher.get(f"{PATH}/close?feature={room.id}&lang=en").text
    assert "Or one of its doors alone" in page
    door = next(
        one.id
        for one in served_clinic.plan.list_of(Opening)
        if not one.name and f"feature={one.id}" in page
    )
    page = publisher.get(f"{PATH}/close?feature={door}&lang=en").text
    assert "Corridor 1F" in page
    # why a door is closed is not guessed at: patients read it
    assert '<option value="other" selected>For operational reasons</option>' in page


def test_all_that_holds_and_will_is_on_one_page(publisher: Someone, desk: Desk, lift: str) -> None:
    close(publisher, lift, phrase="maintenance")
    close(publisher, lift, **{"from": "2090-01-01T10:00", "phrase": "works"})
    page = publisher.get(f"{PATH}?lang=en").text
    now, _, coming = page.partition('id="coming"')
    assert "Maintenance" in now
    assert "Building works" in coming
    (held, _) = list_held(desk)
    publisher.send(f"{PATH}/{held.id}/end")
    page = publisher.get(f"{PATH}?lang=en").text
    assert "Nothing is closed" in page
    over = page.partition('id="over"')[2]
    assert "Maintenance" in over
    assert "Ended" in over


def test_a_closure_is_made_longer_and_told_otherwise(
    publisher: Someone, desk: Desk, lift: str
) -> None:
    close(publisher, lift, until="1h", phrase="broken")
    (record,) = list_held(desk)
    path = f"{PATH}/{record.id}"
    assert publisher.get(path).status_code == 200
    publisher.send(f"{path}/change", until="", **{"text.en": "Parts are on their way"})
    (record,) = list_held(desk)
    assert (record.draft.end, record.draft.text) == (None, {"en": "Parts are on their way"})
    answer = publisher.send(f"{path}/change?lang=en", until="at", end="2001-01-01T00:00")
    assert answer.status_code == 422
    assert publisher.get(f"{PATH}/9999").status_code == 404


def test_hours_of_a_holiday(
    publisher: Someone, desk: Desk, department: str, served_clinic: Served
) -> None:
    path = f"{PATH}/hours"
    assert "Paediatrics" in publisher.get(f"{path}?q=paed&lang=en").text
    with_hours = next(one.id for one in served_clinic.plan if one.properties.get("hours"))
    assert "Usual hours" in publisher.get(f"{path}?feature={with_hours}&lang=en").text
    days = {"feature": department, "first": "2090-10-01", "last": "2090-10-03"}
    publisher.send(path, **days, kind="off", **{"text.en": "National Day"})
    open_then = {"open.1": "9:00", "shut.1": "12:00", "open.2": "14:00", "shut.2": "16:30"}
    publisher.send(path, **days, kind="open", **open_then)
    publisher.send(path, **days, kind="osm", hours="Mo-Fr 08:00-10:00")
    drafts = [record.draft for record in list_held(desk)]
    assert [one.hours for one in drafts] == [
        "off",
        "09:00-12:00,14:00-16:30",
        "Mo-Fr 08:00-10:00",
    ]
    zone = served_clinic.router.schedule.zone
    assert drafts[0].start == datetime(2090, 10, 1, tzinfo=zone)
    assert drafts[0].end == datetime(2090, 10, 4, tzinfo=zone)
    for wrong in (
        {"kind": "osm", "hours": "whenever"},
        {"kind": "osm", "hours": ""},
        {"kind": "open", "open.1": "9:00"},
        {"kind": "open", "open.1": "25:00", "shut.1": "26:00"},
        {"first": ""},
        {"first": "2090-10-05"},
    ):
        assert publisher.send(path, **{**days, **wrong}).status_code == 422, wrong
    assert publisher.get(f"{path}?feature=none").status_code == 404


def test_a_notice_is_shown_where_it_is_meant_to_be(
    publisher: Someone, desk: Desk, served_clinic: Served
) -> None:
    level = served_clinic.plan.levels[0].id
    fields = {"text.zh-Hans": "请戴口罩", "text.en": "Masks, please", "about": level}
    send(publisher, f"{PATH}/notice", {**fields, "on": ["kiosk", "board"], "until": "1h"})
    (record,) = list_held(desk)
    assert record.draft.shown_on == ("kiosk", "board")
    with desk.store.read() as connection:
        found = read_conditions(connection, get_venue(connection, "clinic"), datetime.now(UTC))
    now = datetime.now(UTC)
    assert [len(found.notices_at(now, on)) for on in ("phone", "kiosk", "board", None)] == [
        *(0, 1, 1, 1)
    ]
    send(publisher, f"{PATH}/notice", {**fields, "on": ["phone", "kiosk", "board"]})
    assert list_held(desk)[1].draft.shown_on == ()
    refused = send(publisher, f"{PATH}/notice?lang=en", {"text.en": " "})
    assert refused.status_code == 422
    page = publisher.get(f"{PATH}?lang=en").text
    assert "Masks, please" in page
    assert "kiosks, direction boards" in page


def test_a_notice_in_one_language_alone_is_asked_about_first(
    publisher: Someone, desk: Desk
) -> None:
    fields: dict[str, object] = {"text.zh-Hans": "请戴口罩", "on": ["phone"]}
    asked = send(publisher, f"{PATH}/notice?lang=en", fields)
    assert asked.status_code == 422
    assert "Nothing is written in English" in asked.text
    assert "请戴口罩" in asked.text
    assert list_held(desk) == []
    send(publisher, f"{PATH}/notice", {**fields, "sure": "1"})
    (record,) = list_held(desk)
    assert record.draft.text == {"zh-Hans": "请戴口罩"}


def test_a_set_is_prepared_looked_at_and_switched(
    publisher: Someone, app: Flask, desk: Desk, lift: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_room(app).background, "_poke", lambda: None)
    path = f"{PATH}/sets"
    answer = publisher.send(f"{path}/prepare", name="Night")
    page = answer.headers["Location"].partition("?")[0]
    # what is to join it is asked for from its own page, and joins it
    assert f"{PATH}/choose?set=Night" in publisher.get(page).text
    assert f"feature={lift}&amp;set=Night" in publisher.get(f"{PATH}/choose?set=Night").text
    for asked in (f"close?feature={lift}", f"hours?feature={lift}", "notice?lang=en"):
        assert "Add to “Night”" in publisher.get(f"{PATH}/{asked}&lang=en&set=Night").text
    assert close(publisher, lift, set="Night").partition("?")[0] == page
    department = conditions.get_plan(desk.store, "clinic").units[0].id
    draft = ConditionDraft("hours", (department,), {}, hours="off")
    conditions.add(desk.store, "clinic", draft, set_name="Night")
    text = publisher.get(f"{page}?lang=en").text
    assert "Switch “Night” on" in text
    assert "lose step-free access" in text
    publisher.send(f"{page}/switch", to="on")
    assert all(one.active for one in list_held(desk))
    assert 'href="/studio/v/clinic/signs/detours' in publisher.get(page).text
    text = publisher.get(f"{PATH}/close?feature={lift}&lang=en").text
    assert "A set that is on keeps it closed" in text
    answer = publisher.send(f"{PATH}/reopen?lang=en", feature=lift)
    page_after = publisher.get(answer.headers["Location"]).text
    assert "still closed by a set that is on: Night" in page_after
    conditions.add(desk.store, "clinic", draft, set_name="Day")
    (day,) = [one for one in conditions.list_all_sets(desk.store, "clinic") if one.name == "Day"]
    publisher.send(f"{path}/{day.id}/switch", to="on", off="Night")
    states = {one.name: one.active for one in conditions.list_all_sets(desk.store, "clinic")}
    assert states == {"Day": True, "Night": False}
    publisher.send(f"{page}/hours", hours="20:00-06:00")
    assert "20:00-06:00" in publisher.get(path).text
    assert publisher.send(f"{page}/hours?lang=en", hours="24/7").status_code == 422
    publisher.send(f"{page}/remove")
    assert publisher.get(page).status_code == 404
    assert publisher.send(f"{path}/prepare?lang=en", name=" ").status_code == 422


def test_everything_is_in_the_log_in_words(admin: Someone, publisher: Someone, lift: str) -> None:
    close(publisher, lift, phrase="broken")
    publisher.send(f"{PATH}/reopen", feature=lift)
    send(publisher, f"{PATH}/notice", {"text.en": "Masks, please", "sure": "1"})
    page = admin.get("/studio/o/default/log?lang=en").text
    for said in ("closed Lift 1", "reopened Lift 1", "showed the notice “Masks, please”"):
        assert said in page
    assert "Out of order" in page
