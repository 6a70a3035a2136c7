"""In another language a page is the same page: where one was, with what one had chosen."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.heard import make_report
from tests.services.people.conftest import SHELL
from tests.web.studio.conftest import Someone, find_room, find_token
from wayfinder.services import conditions
from wayfinder.services.drafts import open_draft
from wayfinder.services.people.desk import Desk
from wayfinder.services.served import Served
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.displays import list_displays
from wayfinder.store.feedback import add_report, list_reports
from wayfinder.store.signs import list_codes
from wayfinder.store.venues import get_venue
from wayfinder.web.studio.access import API, NEEDS
from wayfinder.web.studio.addresses import PAGES

V, ORG = "/studio/v/clinic", "/studio/o/default"
LOOKS = (
    "/studio/",
    "/studio/account",
    f"{ORG}/people",
    f"{ORG}/log?who=Li+An&before=900",
    f"{ORG}/tokens",
    f"{ORG}/new",
    V,
    f"{V}/conditions",
    f"{V}/conditions/{{condition}}",
    f"{V}/conditions/choose?q=lift&set=Night",
    f"{V}/conditions/map?level={{level}}&zoom=2",
    f"{V}/conditions/close?feature={{lift}}&feature={{room}}&set=Night&sign=ABC",
    f"{V}/conditions/hours?feature={{room}}",
    f"{V}/conditions/hours?q=room",
    f"{V}/conditions/notice?set=Night",
    f"{V}/conditions/sets",
    f"{V}/conditions/sets/{{set}}",
    f"{V}/directory?draft={{draft}}",
    f"{V}/drafts",
    f"{V}/drafts?level={{level}}&feature={{room}}",
    f"{V}/drafts/{{draft}}",
    f"{V}/drafts/{{draft}}/images?level={{level}}",
    f"{V}/drafts/{{draft}}/publish?now=1",
    f"{V}/import",
    f"{V}/signs?state=planned&q=a",
    f"{V}/signs/{{sign}}",
    f"{V}/signs/batches",
    f"{V}/signs/audit",
    f"{V}/signs/wrong?against=1",
    f"{V}/signs/detours?closed={{lift}}",
    f"{V}/signs/plan?draft={{draft}}",
    f"{V}/displays",
    f"{V}/displays/{{display}}",
    f"{V}/fire",
    f"{V}/fire/texts?more=3",
    f"{V}/feedback?state=all",
    f"{V}/feedback/{{report}}",
    f"{V}/figures?months=6",
    f"{V}/releases",
    f"{V}/releases/1",
    f"{V}/releases/1/restore",
    f"{V}/compare?from=1&to=1",
)
"""Pages with what an address of each may say."""
REFUSED: tuple[tuple[str, dict[str, str | list[str]], str], ...] = (
    ("/studio/account/password", {}, "/studio/account"),
    (f"{ORG}/people/add", {}, f"{ORG}/people"),
    (f"{ORG}/tokens/make", {}, f"{ORG}/tokens"),
    (f"{ORG}/new", {}, f"{ORG}/new"),
    (f"{V}/conditions/{{condition}}/change", {"until": "at"}, f"{V}/conditions/{{condition}}"),
    (
        f"{V}/conditions/close",
        {"feature": ["{lift}", "{room}"], "until": "at", "sign": "ABC"},
        f"{V}/conditions/close?feature={{lift}}&feature={{room}}&sign=ABC",
    ),
    (
        f"{V}/conditions/hours",
        {"feature": "{room}", "kind": "osm"},
        f"{V}/conditions/hours?feature={{room}}",
    ),
    (f"{V}/conditions/notice", {}, f"{V}/conditions/notice"),
    (f"{V}/conditions/sets/prepare", {}, f"{V}/conditions/sets"),
    (f"{V}/conditions/sets/{{set}}/hours", {"hours": "?"}, f"{V}/conditions/sets/{{set}}"),
    (f"{V}/directory", {"draft": "{draft}"}, f"{V}/directory?draft={{draft}}"),
    (f"{V}/drafts/open", {}, f"{V}/drafts"),
    (f"{V}/drafts/{{draft}}/rename", {}, f"{V}/drafts/{{draft}}"),
    (f"{V}/drafts/{{draft}}/images", {}, f"{V}/drafts/{{draft}}/images"),
    (f"{V}/drafts/{{draft}}/publish", {}, f"{V}/drafts/{{draft}}/publish"),
    (f"{V}/import", {}, f"{V}/import"),
    (f"{V}/signs/state", {"become": "printed", "q": "a"}, f"{V}/signs?q=a"),
    (
        f"{V}/signs/state",
        {"become": "printed", "sign": "{sign}", "back": "sign", "on": "?"},
        f"{V}/signs/{{sign}}",
    ),
    (f"{V}/displays/add", {}, f"{V}/displays"),
    (f"{V}/displays/{{display}}/name", {"name": "x" * 900}, f"{V}/displays/{{display}}"),
    (f"{V}/feedback/{{report}}/answer", {}, f"{V}/feedback/{{report}}"),
    (f"{V}/releases/1/restore", {"when": "at"}, f"{V}/releases/1/restore"),
)
"""Forms that are refused, and the address at which a look shows the page that says so."""
ONCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}\.[0-9a-f]{64}")
"""A form's key, and its token: others each time."""


@pytest.fixture
def known(app: Flask, desk: Desk, served_clinic: Served) -> dict[str, object]:
    """Let there be one of everything; return the ids by what they are of."""
    plan = served_clinic.plan
    (room,) = served_clinic.directory.find_exact("PED")
    closure = ConditionDraft("closure", (plan.units[0].id,), {"en": "Paint"})
    conditions.add(desk.store, "clinic", closure, set_name="Night", who=SHELL)
    held = conditions.add(desk.store, "clinic", closure, who=SHELL)
    draft = open_draft(find_room(app).drafts, "clinic", "Wing", who=SHELL)
    (night,) = conditions.list_all_sets(desk.store, "clinic")
    with desk.store.write() as connection:
        venue = get_venue(connection, "clinic")
        add_report(connection, venue, make_report(), key="one")
        return {
            "condition": held.id,
            "set": night.id,
            "draft": draft.id,
            "report": list_reports(connection, venue)[0].id,
            "sign": list_codes(connection, venue)[0].code,
            "display": list_displays(connection, venue)[0].id,
            "lift": next(unit.id for unit in plan.units if unit.lift),
            "level": plan.levels[-1].id,
            "room": room,
        }


def find_link(page: TestResponse, language: str) -> str:
    """Return where the link leads that shows a page in another language."""
    found = re.search(rf'<a href="([^"]*)" lang="{language}" hreflang', page.text)
    assert found is not None, page.text
    return unescape(found[1])


def find_own(page: TestResponse) -> str:
    found = re.search(r'data-address="([^"]*)"', page.text)
    assert found is not None
    return unescape(found[1])


def split(address: str) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(address)
    assert not parts.netloc
    return parts.path, parse_qs(parts.query)


def cut(page: TestResponse) -> str:
    """Return what a page shows, without what is another at each look."""
    return ONCE.sub("", page.text[page.text.index("<main") :])


def test_every_form_belongs_to_a_page(app: Flask) -> None:
    rules = [one for one in app.url_map.iter_rules() if one.endpoint.startswith("studio.")]
    looks = {one.endpoint: one for one in rules if "GET" in (one.methods or ())}
    forms = {one.endpoint: one for one in rules if not str(one).startswith(API)}
    forms = {name: one for name, one in forms.items() if name not in looks}
    assert {name.removeprefix("studio.") for name in forms} == set(PAGES) <= set(NEEDS)
    for name, page in PAGES.items():
        # all that the address of the page says is in that of the form
        assert looks[f"studio.{page}"].arguments <= forms[f"studio.{name}"].arguments, name


def test_a_page_is_the_same_in_another_language(
    admin: Someone, known: dict[str, object], *, run_all: bool
) -> None:
    for address in LOOKS if run_all else LOOKS[::4]:
        path = address.format_map(known)
        path += f"{'&' if '?' in path else '?'}lang=en"
        page = admin.get(path)
        assert page.status_code == 200, path
        other = admin.get(find_link(page, "zh-Hans"))
        assert (other.status_code, '<html lang="zh-Hans">' in other.text) == (200, True), path
        back = find_link(other, "en")
        assert split(back) == split(path) == split(find_own(page))
        again = admin.get(back)
        assert (again.status_code, cut(again)) == (200, cut(page)), path


def test_a_refused_form_is_on_the_same_page_in_another_language(
    admin: Someone, known: dict[str, object]
) -> None:
    token = find_token(admin.open())
    for address, fields, page in REFUSED:
        form = {
            key: [one.format_map(known) for one in ([text] if isinstance(text, str) else text)]
            for key, text in fields.items()
        }
        path = f"{address.format_map(known)}?lang=en"
        data = {"csrf": token, **form}
        said = admin.client.post(path, data=data, headers=admin.headers)
        assert said.status_code == 422, (path, said.status_code)
        link = find_link(said, "zh-Hans")
        other = admin.get(link)
        assert (other.status_code, '<html lang="zh-Hans">' in other.text) == (200, True), path
        path, query = split(page.format_map(known))
        assert split(link) == (path, {**query, "lang": ["zh-Hans"]})
        # there scripts look for what is worked out, too
        assert split(find_own(said)) == (path, {**query, "lang": ["en"]})


def test_what_is_said_once_is_not_carried_on_nor_words_of_the_server(admin: Someone) -> None:
    odd = "_external=1&_scheme=javascript&_anchor=x&endpoint=y&slug=annex&q=%26%C3%A4"
    page = admin.get(f"{V}/conditions?done=7&lang=en&{odd}")
    path, query = split(find_link(page, "zh-Hans"))
    assert path == f"{V}/conditions"
    assert query.pop("lang") == ["zh-Hans"]
    assert query == parse_qs(odd)
    assert admin.get(find_link(page, "zh-Hans")).status_code == 200


def test_sign_in_is_the_same_in_another_language(browser_of: Someone) -> None:
    goal = "/studio/v/clinic/compare?from=1&to=2"
    said = browser_of.send("/studio/sign-in?lang=en", name="nobody", next=goal)
    assert said.status_code == 422
    assert split(find_link(said, "zh-Hans")) == (
        "/studio/sign-in",
        {"next": [goal], "lang": ["zh-Hans"]},
    )
    assert browser_of.get(find_link(said, "zh-Hans")).status_code == 200
    # what another system sends back with is of use only once
    back = browser_of.get("/studio/sign-in/back?code=c&state=s&lang=en")
    assert split(find_link(back, "zh-Hans")) == ("/studio/sign-in", {"lang": ["zh-Hans"]})


def test_what_is_shown_this_once_leads_to_no_other_language(admin: Someone) -> None:
    made = admin.send(f"{ORG}/people/add?lang=en", name="New", role="viewer", venue="")
    assert "/studio/invitation/" in made.text
    assert "hreflang" not in made.text
