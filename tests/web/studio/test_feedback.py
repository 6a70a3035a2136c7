"""The inbox as staff see it: who may what, badge, map, answers that patients read."""

import re
from html import unescape
from itertools import count

import pytest
from flask import Flask

from tests.web.pages import SIGN
from tests.web.studio.conftest import Someone, hire, let_in
from wayfinder.model import Closure, Conditions
from wayfinder.services.feedback.about import find_about
from wayfinder.services.feedback.take import Told, take_report
from wayfinder.services.feedback.throttle import Throttle
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.store.feedback import ReportRecord, get_report, list_reports
from wayfinder.store.venues import get_venue
from wayfinder.web.site import KEY

PATH = "/studio/v/clinic/feedback"
KEYS = count()


@pytest.fixture
def reports(desk: Desk, served_clinic: Served) -> list[int]:
    """Let three people report something, two of them about the same sign; the oldest first."""
    venues = Venues([served_clinic])
    for at, kind, text in (
        (SIGN, "blocked", "the <b>door</b> is shut"),
        (SIGN, "blocked", ""),
        ("", "other", "somewhere"),
    ):
        about = find_about(venues, served_clinic, at)
        told = Told(kind, text, "en", f"{next(KEYS):032x}")
        take_report(desk.store, Throttle(), served_clinic, about, told, address="192.0.2.7")
    with desk.store.read() as connection:
        found = list_reports(connection, get_venue(connection, "clinic"))
    return [one.id for one in reversed(found)]


def sign_in(app: Flask, desk: Desk, role: Role) -> Someone:
    return let_in(app, desk, hire(desk, f"Some {role}", role, venue="clinic"))


def read(who: Someone, path: str) -> str:
    answer = who.get(f"{path}{'&' if '?' in path else '?'}lang=en")
    assert answer.status_code == 200, path
    return answer.text


def test_the_inbox_says_what_where_and_how_much_is_new(admin: Someone, reports: list[int]) -> None:
    page = read(admin, PATH)
    assert re.search(r'nav-badge"><span aria-hidden="true">3<', page)
    assert "the &lt;b&gt;door&lt;/b&gt; is shut" in page
    assert page.count('class="row"') == 3
    # on the map each leads to itself; what is nowhere is on no map
    assert page.count('class="mark mark-report-new"') == 2
    for number in reports:
        assert f"{PATH}/{number}?lang=en" in unescape(page)
    assert "nav-badge" in read(admin, "/studio/v/clinic")


def test_who_may_what(app: Flask, desk: Desk, reports: list[int]) -> None:
    path = f"{PATH}/{reports[0]}"
    forms: dict[Role, set[str]] = {}
    for role in (Role.VIEWER, Role.EDITOR, Role.PUBLISHER):
        page = read(sign_in(app, desk, role), path)
        forms[role] = set(re.findall(rf'action="[^"]*/{reports[0]}/([^"?]+)', page))
    assert forms == {
        Role.VIEWER: set(),
        Role.EDITOR: {"state", "merge"},
        Role.PUBLISHER: {"state", "merge", "answer"},
    }


def test_a_report_is_seen_worked_on_and_done(admin: Someone, reports: list[int]) -> None:
    path = f"{PATH}/{reports[0]}"
    done = admin.send(f"{path}/state", state="in-work", assigned="lift team")
    assert done.status_code == 303
    page = read(admin, path)
    assert "Noted." in page
    assert 'value="lift team"' in page
    assert 'name="state" value="in-work" checked' in page
    assert re.search(r'nav-badge"><span aria-hidden="true">2<', page)
    assert "lift team" in read(admin, f"{PATH}?state=in-work")
    assert "lift team" not in read(admin, f"{PATH}?state=new")
    log = read(admin, "/studio/o/default/log")
    assert f"noted how far report {reports[0]} is" in log


def test_what_is_wrong_with_a_form_is_said_and_the_rest_kept(
    admin: Someone, reports: list[int]
) -> None:
    path = f"{PATH}/{reports[0]}"
    answer = admin.send(f"{path}/answer?lang=en", days="4", **{"text-en": "Mended <at last>"})
    assert answer.status_code == 422
    assert "Choose for how long it is shown" in answer.text
    assert "Mended &lt;at last&gt;" in answer.text
    for other in ("\u0663", "000000000001" + "9" * 20):
        none = admin.send(f"{path}/merge?lang=en", other=other)
        assert (none.status_code, "Tick at least one" in none.text) == (422, True)


def test_reports_about_the_same_are_put_together_and_apart(
    admin: Someone, desk: Desk, reports: list[int]
) -> None:
    first, second, _ = reports
    assert f'name="other" value="{first}"' in read(admin, f"{PATH}/{second}")
    done = admin.send(f"{PATH}/{second}/merge", other=str(first))
    assert done.headers["Location"].endswith(f"{PATH}/{first}")
    page = read(admin, PATH)
    assert "2 reports" in page
    assert page.count('class="row"') == 2
    assert read(admin, f"{PATH}/{second}").count("<q ") == 1
    admin.send(f"{PATH}/{second}/part")
    with desk.store.read() as connection:
        record = get_report(connection, get_venue(connection, "clinic"), second)
    assert record.merged_into is None


def test_an_answer_that_is_ready_is_there_in_all_languages(
    admin: Someone, desk: Desk, reports: list[int]
) -> None:
    path = f"{PATH}/{reports[0]}"
    sent = admin.send(f"{path}/answer", ready="mended", days="7", **{"text-en": "Lift 2 runs"})
    assert sent.status_code == 303
    page = read(admin, path)
    assert "Lift 2 runs" in page
    assert "已经修好" in page
    assert f"/s/{SIGN}" in page
    with desk.store.read() as connection:
        record = get_report(connection, get_venue(connection, "clinic"), reports[0])
    assert record.state == "done"
    assert admin.send(f"{path}/answer/end").status_code == 303
    assert "Lift 2 runs" not in read(admin, path).split('id="answer"')[1].split("<details")[0]


def test_own_words_in_one_language_are_warned_of_before_they_are_shown(
    admin: Someone, desk: Desk, reports: list[int]
) -> None:
    path = f"{PATH}/{reports[0]}"
    fields = {"days": "7", "text-en": "The door is open"}
    asked = admin.send(f"{path}/answer?lang=en", **fields)
    assert (asked.status_code, "not there in all languages" in asked.text) == (422, True)
    assert "The door is open" in asked.text
    assert not read_record(desk, reports[0]).answer
    assert admin.send(f"{path}/answer?lang=en", sure="1", **fields).status_code == 303
    assert read_record(desk, reports[0]).answer == {"en": "The door is open"}


def test_what_is_closed_is_not_answered_as_mended_unawares(
    admin: Someone, app: Flask, desk: Desk, served_clinic: Served
) -> None:
    lift = next(unit.id for unit in served_clinic.plan.units if unit.category == "elevator")
    venues = app.extensions[KEY].venues
    about = find_about(venues, served_clinic, lift)
    told = Told("lift-out", "", "en", f"{next(KEYS):032x}")
    take_report(desk.store, Throttle(), served_clinic, about, told, address="192.0.2.7")
    path = f"{PATH}/1"
    assert "Open it first" not in read(admin, path)
    venues.put(served_clinic.with_conditions(Conditions((Closure(lift),)), 1))
    page = read(admin, path)
    done = admin.send(f"{path}/answer?lang=en", ready="lift-back", days="7")
    at_it = admin.send(f"{path}/answer?lang=en", ready="at-it", days="7")
    venues.put(served_clinic)
    assert "is out of service at the moment. Open it first" in page
    assert (done.status_code, "and it is still closed" in done.text) == (422, True)
    assert at_it.status_code == 303
    assert read_record(desk, 1).state == "in-work"


def read_record(desk: Desk, number: int) -> ReportRecord:
    with desk.store.read() as connection:
        return get_report(connection, get_venue(connection, "clinic"), number)


def test_what_nobody_located_cannot_be_answered(admin: Someone, reports: list[int]) -> None:
    page = read(admin, f"{PATH}/{reports[2]}")
    assert f"/{reports[2]}/answer" not in page
    sent = admin.send(f"{PATH}/{reports[2]}/answer?lang=en", ready="mended", days="7")
    assert (sent.status_code, "no place at which" in sent.text) == (422, True)


def test_from_a_report_one_goes_to_where_something_can_be_done(
    admin: Someone, desk: Desk, served_clinic: Served, reports: list[int]
) -> None:
    (place,) = served_clinic.directory.find_exact("PED")
    about = find_about(Venues([served_clinic]), served_clinic, place)
    told = Told("blocked", "", "en", f"{next(KEYS):032x}")
    take_report(desk.store, Throttle(), served_clinic, about, told, address="192.0.2.7")
    page = unescape(read(admin, f"{PATH}/{reports[-1] + 1}"))
    level = served_clinic.directory.find_spot(place)
    assert level is not None
    assert f"/studio/v/clinic/conditions/close?feature={place}" in page
    assert f"/studio/v/clinic/drafts?feature={place}&level={level.level_id}" in page
    of_sign = unescape(read(admin, f"{PATH}/{reports[0]}"))
    assert f"/studio/v/clinic/signs/{SIGN}" in of_sign
    assert "/conditions/c" not in of_sign


def test_a_lift_that_was_told_of_at_a_sign_is_a_step_from_being_closed(
    admin: Someone, desk: Desk, served_clinic: Served, reports: list[int]
) -> None:
    about = find_about(Venues([served_clinic]), served_clinic, SIGN)
    told = Told("lift-out", "", "en", f"{next(KEYS):032x}")
    take_report(desk.store, Throttle(), served_clinic, about, told, address="192.0.2.7")
    page = unescape(read(admin, f"{PATH}/{reports[-1] + 1}"))
    assert '"/studio/v/clinic/conditions/choose' in page


def test_an_empty_inbox_says_so(admin: Someone) -> None:
    page = read(admin, PATH)
    assert "Nothing here." in page
    assert "nav-badge" not in page
