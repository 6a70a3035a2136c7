"""A code is for ever: renamed, moved, damaged or taken down, and however it is typed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, expect

from tests.web.conftest import make_client
from tests.web.phone.conftest import serve_pages
from tests.web.phone.test_axe import RULES, TOO_WIDE
from tests.web.phone.test_home import read
from wayfinder.model import Plan, Release
from wayfinder.model.sign_records import SignPlace, SignState
from wayfinder.services import releases, signage
from wayfinder.services.follow import Follower
from wayfinder.services.served import Served, make_served
from wayfinder.services.venues import SignRecord, Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.web.app import create_app

LOBBY, CORRIDOR, EAST = "VQAFYHP", "MEVAMWK", "D3H69DA"
"""Codes of the signs on the ground floor."""
HOME = "/v/clinic"


def make_record(served: Served, code: str, state: SignState = SignState.MOUNTED) -> SignRecord:
    """Make what a registry knows of a sign after a release of the clinic."""
    sign = served.sign_of_code[code]
    lon, lat = served.plan.frame.to_degrees(*sign.point)
    place = SignPlace(
        1,
        sign.level_id,
        sign.unit_id,
        (lon, lat),
        sign.bearing_deg,
        {"zh-Hans": "旧大厅", "en": "Old Lobby"},
        {"und": "1F"},
        {"zh-Hans": "门诊楼", "en": "Outpatient Building"},
    )
    return SignRecord(code, "clinic", sign.id, sign.ref, state, None, place)


def serve(served: Served, plan: Plan, *records: SignRecord) -> Venues:
    venues = Venues([make_served("clinic", Release(plan, 4))])
    known = {
        record.code: record
        for record in (venues.find_sign(c) for c in served.sign_of_code)
        if record
    }
    venues.put_signs((known | {record.code: record for record in records}).values())
    return venues


def open_pages(venues: Venues) -> FlaskClient:
    return make_client(create_app(venues, Settings(base_url="https://way.example.org")))


def without(plan: Plan, *feature_ids: str) -> Plan:
    left = {key: one for key, one in plan.features.items() if key not in feature_ids}
    return replace(plan, features=left)


@pytest.fixture(scope="module")
def taken_down(served_clinic: Served) -> Venues:
    """Return the clinic after the sign in its lobby was taken off the plan."""
    gone = served_clinic.sign_of_code[LOBBY].id
    plan = without(served_clinic.plan, gone)
    venue = plan.venue
    assert venue is not None
    plan = plan.with_features(venue.with_properties(phone="+86 10 5550 0100"))
    return serve(served_clinic, plan, make_record(served_clinic, LOBBY))


def test_a_place_that_was_renamed_is_called_by_its_new_name(served_clinic: Served) -> None:
    sign = served_clinic.sign_of_code[LOBBY]
    unit = served_clinic.plan[sign.unit_id]
    renamed = unit.with_properties(name={"zh-Hans": "新大厅", "en": "New Hall"})
    plan = served_clinic.plan.with_features(renamed)
    client = open_pages(serve(served_clinic, plan, make_record(served_clinic, LOBBY)))
    assert "New Hall" in read(client, f"/s/{LOBBY}").get("h1").text
    assert "新大厅" in read(client, f"/s/{LOBBY}", language="zh-Hans").get("h1").text


def test_a_sign_that_was_moved_answers_with_where_it_is_now(served_clinic: Served) -> None:
    sign = served_clinic.sign_of_code[LOBBY]
    other = served_clinic.plan[served_clinic.sign_of_code[CORRIDOR].id]
    moved = served_clinic.plan[sign.id].with_properties(unit_ids=other.properties["unit_ids"])
    moved = replace(moved, geometry=other.geometry)
    plan = served_clinic.plan.with_features(moved)
    client = open_pages(serve(served_clinic, plan, make_record(served_clinic, LOBBY)))
    assert "Corridor" in read(client, f"/s/{LOBBY}").get("h1").text


@pytest.mark.parametrize("state", [s for s in SignState if s is not SignState.REMOVED])
def test_a_sign_answers_whatever_its_state_until_it_is_removed(
    served_clinic: Served, state: SignState
) -> None:
    record = make_record(served_clinic, LOBBY, state)
    client = open_pages(serve(served_clinic, served_clinic.plan, record))
    assert read(client, f"/s/{LOBBY}").list("figure", data_map="")


def test_who_is_where_a_sign_was_is_told_where_that_is_and_goes_on(taken_down: Venues) -> None:
    client = open_pages(taken_down)
    page = read(client, f"/s/{LOBBY}", 410)
    main = page.get("main")
    assert "no longer in use" in page.get("h1").text
    assert "It used to hang here: Old Lobby Outpatient Building 1F" in main.text
    # what the place is called today, and the way from there
    here = main.get("section", aria_labelledby="from-title").get("a")
    assert here.text.startswith("Lobby")
    assert "You are here" in read(client, here.attributes["href"]).get("main").text
    start = main.get("form", role="search").get("input", name="here").attributes["value"]
    found = read(client, f"/v/clinic/search?q=paediatrics&here={start}")
    way = found.get("ul", class_="rows").get("a").attributes["href"]
    assert f"/go/{start}/" in way
    assert read(client, way).list("ol", data_steps="")
    # the desk, on foot and by telephone
    desk = next(one for one in main.list("a") if one.text.startswith("Information"))
    assert read(client, desk.attributes["href"]).get("h1").text.startswith("Information")
    assert [one for one in main.list("a") if one.attributes["href"].startswith("tel:")]
    near = [one.attributes["href"] for one in main.list("a") if "(sign" in one.text]
    assert f"/s/{CORRIDOR}" in near[0] or f"/s/{EAST}" in near[0]


def test_a_sign_that_was_taken_down_may_still_be_in_the_plan(served_clinic: Served) -> None:
    removed = [make_record(served_clinic, one, SignState.REMOVED) for one in (LOBBY, EAST)]
    client = open_pages(serve(served_clinic, served_clinic.plan, *removed))
    main = read(client, f"/s/{LOBBY}", 410).get("main")
    assert main.get("section", aria_labelledby="from-title").get("a").text.startswith("Lobby")
    # nobody is sent to look for another one that is gone
    links = " ".join(one.attributes["href"] for one in main.list("a"))
    assert f"/s/{CORRIDOR}" in links
    assert f"/s/{EAST}" not in links


def test_a_room_that_is_gone_leaves_the_one_beside_it(served_clinic: Served) -> None:
    sign = served_clinic.sign_of_code[LOBBY]
    plan = without(served_clinic.plan, sign.id, sign.unit_id)
    client = open_pages(serve(served_clinic, plan, make_record(served_clinic, LOBBY)))
    main = read(client, f"/s/{LOBBY}", 410).get("main")
    assert "Old Lobby" in main.text
    beside = main.get("section", aria_labelledby="from-title").get("a")
    assert beside.text
    assert read(client, beside.attributes["href"]).list("form", role="search")


def test_a_floor_that_was_drawn_anew_is_known_by_its_name_or_not_at_all(
    served_clinic: Served,
) -> None:
    plan = without(served_clinic.plan, served_clinic.sign_of_code[LOBBY].id)
    record = make_record(served_clinic, LOBBY)
    assert record.place is not None
    level = served_clinic.plan[record.place.level]
    building = served_clinic.plan[level.properties["building_ids"][0]]
    named = replace(
        record.place,
        level="drawn anew",
        floor=level.properties.get("short_name") or level.properties["name"],
        building=building.properties["name"],
    )
    known = read(
        open_pages(serve(served_clinic, plan, replace(record, place=named))), f"/s/{LOBBY}", 410
    )
    assert known.list("section", aria_labelledby="from-title")
    nowhere = replace(named, floor={"en": "Attic"})
    lost = read(
        open_pages(serve(served_clinic, plan, replace(record, place=nowhere))), f"/s/{LOBBY}", 410
    )
    assert not lost.list("section", aria_labelledby="from-title")
    assert "Attic" in lost.get("main").text
    assert lost.list("input", name="start")
    assert any("(sign 1-02)" in one.text for one in lost.list("a"))


@pytest.mark.parametrize(
    "typed",
    [
        LOBBY.lower(),
        f"{LOBBY[:3]} {LOBBY[3:]}",
        f"{LOBBY[:4].lower()}-{LOBBY[4:]}",
        f"%20{LOBBY}%20",
        f"{LOBBY}/",
        "ＶＱＡＦＹＨＰ",
    ],
)
@pytest.mark.parametrize("path", ["/s/", "/S/"])
def test_a_code_is_typed_as_people_type(client: FlaskClient, path: str, typed: str) -> None:
    assert "Lobby" in read(client, path + typed).get("h1").text
    there = client.get("/s", query_string={"code": typed.replace("%20", " ").rstrip("/")})
    assert there.status_code == 303
    assert "Lobby" in read(client, there.headers["Location"]).get("h1").text


@pytest.mark.parametrize(
    "typed",
    [
        LOBBY[:-1] + "Q",  # wrong check character
        LOBBY.replace("Q", "0"),
        LOBBY.replace("Q", "O").lower(),
        LOBBY.replace("Q", "O").replace("A", "8"),
        LOBBY[1:],
        LOBBY + "3",
        LOBBY[1] + LOBBY[0] + LOBBY[2:],
        "1-01",
    ],
)
def test_what_is_typed_wrong_is_answered_with_what_was_meant(
    client: FlaskClient, typed: str
) -> None:
    for language, title in (("en", "We do not know this sign"), ("zh-Hans", "没有这个标识牌编号")):
        page = read(client, f"/s/{typed}", 404, language)
        assert page.get("h1").text == title
        first = page.get("ul", class_="rows").get("a")
        assert first.attributes["href"].startswith(f"/s/{LOBBY}")
    assert page.get("a", class_="sos").attributes["href"]
    assert page.list("form", role="search")


def test_what_nobody_knows_leads_on(client: FlaskClient) -> None:
    page = read(client, "/s/99999-99999", 404)
    assert [form.attributes["action"] for form in page.list("form")].count("/s") == 1
    asked = read(client, "/s")
    assert asked.get("h1").text == "Which sign are you at?"
    assert asked.list("input", name="code")


def test_with_several_venues_a_code_that_nobody_knows_names_them(served_clinic: Served) -> None:
    venues = Venues([served_clinic, replace(served_clinic, slug="other")])
    page = read(open_pages(venues), "/s/NOBODY9", 404)
    homes = {one.attributes["href"] for one in page.get("main").list("a")}
    assert {HOME, "/v/other"} <= homes


def test_what_is_noted_in_the_store_is_what_the_code_answers(
    served_clinic: Served, tmp_path: Path
) -> None:
    store = open_store(str(tmp_path / "store.sqlite3"))
    sign = served_clinic.sign_of_code[LOBBY]
    venues = Venues()
    follower = Follower(store, venues)
    client = open_pages(venues)

    def ask(plan: Plan | None = None) -> int:
        if plan is not None:
            releases.import_plan(store, "clinic", plan, reading=())
            releases.publish(store, "clinic")
        follower.refresh()
        return client.get(f"/s/{LOBBY}").status_code

    assert ask(served_clinic.plan) == 200
    signage.set_states(store, "clinic", SignState.REMOVED, [LOBBY])
    assert ask() == 410
    signage.set_states(store, "clinic", SignState.MOUNTED, [LOBBY])
    assert ask() == 200
    assert ask(without(served_clinic.plan, sign.id)) == 410
    page = read(client, f"/s/{LOBBY}?lang=zh-Hans", 410)
    assert "它原来挂在： 门诊大厅 门诊楼 1F" in page.get("main").text
    assert page.get("section", aria_labelledby="from-title").get("a").text.startswith("门诊大厅")
    api = client.get(f"/api/v1/venues/clinic/signs/{LOBBY}?lang=en").get_json()
    assert (api["name"], api["state"], api["in_force"]) == ("Lobby", "mounted", False)
    releases.roll_back(store, "clinic", 1)
    assert ask() == 200
    follower.stop()
    store.close()


@pytest.fixture(scope="module")
def gone_url(taken_down: Venues) -> Iterator[str]:
    """Return the address of a server of the clinic without the sign in its lobby."""
    with serve_pages(taken_down) as address:
        yield address


@pytest.fixture
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=bool(request.param)
    )
    yield context
    context.close()


def with_phones(*, scripted: str) -> pytest.MarkDecorator:
    """Ask with a script and without, in both languages; two of them without ``--all``."""
    pairs = [(script, language) for script in (True, False) for language in ("en", "zh-Hans")]
    params = [
        pytest.param(
            *(script, language),
            id=f"{'with a script' if script else 'without'}-{language}",
            marks=() if script is (language == scripted) else pytest.mark.long,
        )
        for script, language in pairs
    ]
    return pytest.mark.parametrize(("phone", "language"), params, indirect=["phone"])


@with_phones(scripted="zh-Hans")
def test_from_the_sign_to_the_first_turn(
    phone: BrowserContext, site_url: str, language: str
) -> None:
    facing, first = {
        "en": ("Face the sign", "Facing the sign, turn left."),
        "zh-Hans": ("面对标识牌站好", "面对标识牌，左转。"),
    }[language]
    page = phone.new_page()
    page.goto(f"{site_url}/s/{LOBBY.lower()}?lang={language}")
    expect(page.locator("main")).to_contain_text(facing)
    page.locator("input[name=q]").fill("PED")
    page.locator("form.search button").click()
    page.locator("ul.rows a.row-main").first.click()
    expect(page.locator("ol[data-steps] .step-text").first).to_have_text(first)
    page.close()


@with_phones(scripted="en")
def test_who_typed_a_code_wrong_gets_to_the_sign(
    phone: BrowserContext, site_url: str, language: str
) -> None:
    page = phone.new_page()
    page.goto(f"{site_url}/s?lang={language}")
    page.locator("input[name=code]").fill(LOBBY.replace("Q", "0").lower())
    page.locator("form.start button").click()
    page.locator("ul.rows a").first.click()
    expect(page.locator("section.here")).to_contain_text("门诊大厅")
    assert page.url.partition("?")[0] == f"{site_url}/s/{LOBBY}"
    page.close()


@with_phones(scripted="en")
def test_who_is_where_a_sign_was_finds_the_way(
    phone: BrowserContext, gone_url: str, language: str
) -> None:
    page = phone.new_page()
    page.goto(f"{gone_url}/s/{LOBBY}?lang={language}")
    page.locator("input[name=q]").fill("PED")
    page.locator("form.search button").click()
    page.locator("ul.rows a.row-main").first.click()
    expect(page.locator("ol[data-steps]")).to_be_visible()
    assert LOBBY not in page.url
    page.close()


LIGHT, ELDER = "lang=zh-Hans&theme=light", "lang=en&theme=dark&look=elder-30"


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        (f"/s/{LOBBY}", ELDER),
        ("/s", LIGHT),
        ("/s/0000000", ELDER),
        pytest.param(f"/s/{LOBBY}", LIGHT, marks=pytest.mark.long),
        pytest.param("/s", ELDER, marks=pytest.mark.long),
        pytest.param("/s/0000000", LIGHT, marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing(browser: Browser, gone_url: str, path: str, mode: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page.goto(f"{gone_url}{path}?{mode}")
    page.wait_for_selector("html[data-script=ready]", state="attached")
    found = Axe().run(page, options=RULES).response["violations"]
    wide = page.evaluate(TOO_WIDE)
    page.close()
    assert ([one["id"] for one in found], wide) == ([], [])
