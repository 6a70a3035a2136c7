"""Something is wrong here: told without a script, without who one is, answered at the place."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import make_client
from tests.web.pages import KIOSK, LEVEL, SIGN
from wayfinder.formats import read_plan
from wayfinder.model import Closure, Conditions
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.services.feedback.answers import Answer
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import Store, open_store
from wayfinder.store.feedback import ReportRecord, list_reports
from wayfinder.store.hearing_tables import feedback
from wayfinder.store.venues import get_venue
from wayfinder.web.app import create_app
from wayfinder.web.site import KEY, Site

PATH = "/v/clinic/report"
ENGLISH = {"Accept-Language": "en"}
NAVIGATES = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "none"}


@pytest.fixture(scope="module")
def site(
    served_clinic: Served, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Return an application with a store, made once: that takes a second."""
    opened = open_store(str(tmp_path_factory.mktemp("heard") / "store.sqlite3"))
    releases.import_plan(opened, "clinic", read_plan(floorplans_dir() / "clinic").plan)
    yield create_app(Venues([served_clinic]), settings, store=opened)
    opened.close()


@pytest.fixture
def heard(site: Flask, store: Store) -> Flask:
    """Return the application; nobody has said anything yet."""
    with store.write() as connection:
        connection.execute(sa.delete(feedback))
    found = get_site(site)
    assert found.counts is not None
    for counted in (found.counts, found.throttle, found.flags):
        counted._counts.clear()
    found.venues.put_answers({})
    return site


@pytest.fixture
def store(site: Flask) -> Store:
    found = get_site(site).store
    assert found is not None
    return found


@pytest.fixture
def phone(heard: Flask) -> FlaskClient:
    return make_client(heard)


def get_site(app: Flask) -> Site:
    site = app.extensions[KEY]
    assert isinstance(site, Site)
    return site


def read_form(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in fields}


def list_kept(store: Store) -> list[ReportRecord]:
    with store.read() as connection:
        return list_reports(connection, get_venue(connection, "clinic"))


def find_link(page: str) -> str:
    found = re.search(r'class="report-link" href="([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize(
    "address",
    [f"/S/{SIGN}", "/v/clinic/place/PED", f"/v/clinic/go/{SIGN}/PED", "/v/clinic"],
)
def test_every_page_leads_to_a_form_that_is_taken(
    phone: FlaskClient, store: Store, address: str
) -> None:
    link = find_link(phone.get(address, headers=ENGLISH).text)
    form = phone.get(link, headers=ENGLISH)
    assert form.status_code == 200
    fields = read_form(form.text)
    sent = phone.post(
        PATH, data={**fields, "kind": "blocked", "text": "call 138 0013 8000"}, headers=ENGLISH
    )
    assert sent.status_code == 303
    thanks = phone.get(sent.headers["Location"], headers=ENGLISH)
    assert "Thank you" in thanks.text
    assert not any("Set-Cookie" in one.headers for one in (form, sent, thanks))
    (kept,) = list_kept(store)
    assert (kept.report.kind, kept.report.text) == ("blocked", "call ×××")
    assert (kept.report.place is None) == (address == "/v/clinic")


def test_a_step_tells_where_it_is(phone: FlaskClient, store: Store) -> None:
    page = phone.get(f"/v/clinic/go/{SIGN}/PED").text
    links = [unescape(one) for one in re.findall(r'class="step-report" href="([^"]+)"', page)]
    assert len(links) == len(re.findall(r"<li data-level", page)) > 2
    form = phone.get(links[-1])
    phone.post(PATH, data={**read_form(form.text), "kind": "moved"})
    (kept,) = list_kept(store)
    assert kept.report.sign == SIGN
    assert kept.report.place is not None
    assert kept.report.place.level != LEVEL
    # the room where the step begins, not the sign where the way does
    assert kept.report.feature == kept.report.place.unit


def test_a_way_that_is_none_leads_there_too(phone: FlaskClient) -> None:
    page = phone.get(f"/v/clinic/go/{SIGN}/PED?profile=bed")
    assert 'data-page="no-route"' in page.text
    assert f"about={SIGN}" in find_link(page.text)


def test_what_is_missing_is_said_and_the_rest_kept(phone: FlaskClient, store: Store) -> None:
    fields = read_form(phone.get(f"{PATH}?about={SIGN}").text)
    again = phone.post(PATH, data={**fields, "text": "the <door>"}, headers=ENGLISH)
    assert again.status_code == 422
    assert "Please choose what is wrong" in again.text
    assert "the &lt;door&gt;" in again.text
    assert read_form(again.text)["about"] == SIGN
    assert list_kept(store) == []


def test_a_place_that_is_typed_is_found_or_kept_as_words(phone: FlaskClient, store: Store) -> None:
    fields = read_form(phone.get(PATH).text)
    phone.post(PATH, data={**fields, "kind": "moved", "where": "PED"})
    fields = read_form(phone.get(PATH).text)
    phone.post(PATH, data={**fields, "kind": "moved", "where": "behind the tree"}, headers=ENGLISH)
    unknown, known = list_kept(store)
    assert known.report.place is not None
    assert unknown.report.place is None
    assert unknown.report.text == "[behind the tree]"


def test_what_is_sent_twice_is_kept_once(phone: FlaskClient, store: Store) -> None:
    fields = {**read_form(phone.get(f"{PATH}?about={KIOSK}").text), "kind": "lift-out"}
    assert {phone.post(PATH, data=fields).status_code for _ in range(2)} == {303}
    assert len(list_kept(store)) == 1


def test_who_reports_too_often_is_asked_to_tell_the_desk(phone: FlaskClient, store: Store) -> None:
    for number in range(5):
        fields = read_form(phone.get(f"{PATH}?about={SIGN}").text)
        answer = phone.post(PATH, data={**fields, "kind": "other"}, headers=ENGLISH)
        assert answer.status_code == (303 if number < 3 else 429)
    assert "information desk" in answer.text
    assert len(list_kept(store)) == 3


def test_another_site_reports_nothing(phone: FlaskClient, store: Store) -> None:
    fields = {**read_form(phone.get(PATH).text), "kind": "other"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert phone.post(PATH, data=fields, headers=headers).status_code == 400
    assert phone.post("/v/clinic/lost", data={"sign": SIGN}, headers=headers).status_code == 400
    assert list_kept(store) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "other", "about": "\x00" * 900, "spot": "x nan inf"},
        {"kind": "other", "about": "\ud800", "spot": f"{LEVEL} 1e400 2"},
        {"kind": "a" * 9_000, "key": "\n"},
        {"kind": "other", "age_min": "-9", "text": "\x00\ud800" * 99},
    ],
)
def test_nonsense_is_no_crash(phone: FlaskClient, fields: dict[str, str]) -> None:
    own = read_form(phone.get(PATH).text)
    data = {**own, **fields}
    body = "&".join(f"{key}={value}" for key, value in data.items())
    answer = phone.post(
        PATH,
        data=body.encode("utf-8", "surrogatepass"),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code < 500


def test_nobody_keeps_a_form_that_knows_its_place(phone: FlaskClient) -> None:
    assert phone.get(f"{PATH}?about={SIGN}").headers["Cache-Control"] == "no-store"
    # the one that does not is for when there is no network
    assert phone.get(PATH).headers["Cache-Control"] == "no-cache"


def test_without_a_store_nothing_is_offered(client: FlaskClient) -> None:
    for address in (f"/s/{SIGN}", "/v/clinic/place/PED", f"/v/clinic/go/{SIGN}/PED"):
        assert "/report" not in client.get(address).text
    assert client.get(PATH).status_code == 404


def test_answers_are_shown_at_the_sign_and_on_the_place_for_a_time(
    heard: Flask, phone: FlaskClient, served_clinic: Served
) -> None:
    now = datetime.now(UTC)
    shown = Answer({"en": "The lift is repaired", "zh-Hans": "电梯已修好"}, now + timedelta(days=1))
    over = Answer({"en": "Long ago"}, now - timedelta(seconds=1))
    (place,) = served_clinic.directory.find_exact("PED")
    venues = get_site(heard).venues
    venues.put_answers({"clinic": {SIGN: (shown, over), place: (shown,)}})
    for address in (f"/s/{SIGN}", "/v/clinic/place/PED"):
        assert phone.get(address, headers=ENGLISH).text.count("The lift is repaired") == 1
        assert "电梯已修好" in phone.get(address).text
        assert "Long ago" not in phone.get(address, headers=ENGLISH).text
    assert "repaired" not in phone.get("/v/clinic", headers=ENGLISH).text


def test_who_reads_another_language_gets_a_standard_sentence_and_the_words_marked_as_foreign(
    heard: Flask, phone: FlaskClient
) -> None:
    until = datetime.now(UTC) + timedelta(days=1)
    for is_done, standard in ((True, "这里反映的问题已经处理"), (False, "正在处理")):
        own = Answer({"en": "Parts <come> on Monday"}, until, is_done=is_done)
        get_site(heard).venues.put_answers({"clinic": {SIGN: (own,)}})
        page = phone.get(f"/s/{SIGN}").text
        assert standard in page
        assert '<q lang="en">Parts &lt;come&gt; on Monday</q>' in page
        english = phone.get(f"/s/{SIGN}", headers=ENGLISH).text
        assert "Parts &lt;come&gt; on Monday" in english
        assert "<q" not in english


def test_what_is_closed_still_is_said_before_an_answer_that_it_is_mended(
    heard: Flask, phone: FlaskClient, served_clinic: Served
) -> None:
    lift = next(unit.id for unit in served_clinic.plan.units if unit.category == "elevator")
    until, venues = datetime.now(UTC) + timedelta(days=1), get_site(heard).venues
    sign = served_clinic.sign_of_code[SIGN].id
    mended = {"en": "It is repaired"}
    venues.put_answers(
        {
            "clinic": {
                SIGN: (Answer(mended, until, "lift-out", (sign,)),),
                lift: (Answer(mended, until, "blocked", (lift,)),),
            }
        }
    )
    pages = (f"/s/{SIGN}", f"/v/clinic/place/{lift}")
    ticked = [phone.get(page, headers=ENGLISH).text for page in pages]
    venues.put(served_clinic.with_conditions(Conditions((Closure(lift),)), 1))
    shut = [phone.get(page, headers=ENGLISH).text for page in pages]
    venues.put(served_clinic)
    for page in ticked:
        assert 'data-kind="answer"' in page
        assert "service at the moment" not in page
    for page in shut:
        assert 'data-kind="answer"' not in page
        assert "is out of service at the moment.</strong> It is repaired" in page


def read_counts(app: Flask) -> dict[tuple[str, str], int]:
    counts = get_site(app).counts
    assert counts is not None
    return {(key.kind, key.key): count for key, count in counts._counts.items()}


def test_what_somebody_opens_is_counted(heard: Flask, phone: FlaskClient) -> None:
    phone.get(f"/S/{SIGN}", headers=NAVIGATES)
    phone.get(f"/S/{SIGN}?from=wechat", headers={"Accept": "text/html,application/xhtml+xml"})
    phone.get(f"/v/clinic/go/{SIGN}/nearest:restroom", headers=NAVIGATES)
    phone.get(f"/v/clinic/search?q=xyzzy&here={SIGN}", headers=NAVIGATES)
    phone.get("/v/clinic/search?q=xyzzy", headers=NAVIGATES)
    phone.post("/v/clinic/lost", data={"sign": SIGN})
    found = read_counts(heard)
    goals = {key: count for (kind, key), count in found.items() if kind == "goal"}
    assert sum(goals.values()) == 1
    assert all(key.startswith("restroom") for key in goals)
    assert {key: count for key, count in found.items() if key[0] != "goal"} == {
        ("scan", SIGN): 2,
        ("unmatched", SIGN): 1,
        ("unmatched", ""): 1,
        ("lost", SIGN): 1,
    }


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (f"/s/{SIGN}", NAVIGATES),  # a link of ours
        (f"/S/{SIGN}?lang=en", NAVIGATES),  # the same page in another language
        (f"/S/{SIGN}", {"Sec-Fetch-Mode": "cors"}),  # a script looks whether it still holds
        (f"/S/{SIGN}", {"Accept": "*/*"}),
        (f"/S/{SIGN}", {**NAVIGATES, "Sec-Purpose": "prefetch"}),
        ("/S/NOTHING", NAVIGATES),
        ("/v/clinic/search?q=", NAVIGATES),
        ("/v/clinic/search?q=PED", NAVIGATES),
        (f"/v/clinic/go/{SIGN}/PED?profile=bed", NAVIGATES),
    ],
)
def test_what_is_no_scan_is_not_counted(
    heard: Flask, phone: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    phone.get(address, headers=headers)
    assert read_counts(heard) == {}


def test_flags_of_what_is_no_sign_count_nothing(heard: Flask, phone: FlaskClient) -> None:
    for sign in ("", "NOTHING", "\x00", "A" * 5_000):
        assert phone.post("/v/clinic/lost", data={"sign": sign}).status_code == 204
    assert read_counts(heard) == {}
