"""Every page of the studio opens, and those wait on which somebody waits."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from itertools import chain

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.heard import make_report
from tests.services.people.conftest import SHELL
from tests.services.uploads.files import make_imdf, make_picture, share_nursery
from tests.web.pages import LIFT
from tests.web.studio.conftest import find_room
from tests.web.studio.drawing import find_unit, open_drawing
from tests.web.studio.test_screens import MODES, Site, look
from tests.web.studio.test_screens import site as site  # noqa: PLC0414 - a fixture
from tests.web.studio.work import Waiting
from wayfinder.model import Plan
from wayfinder.services import conditions, signage, tokens
from wayfinder.services.batch_lock import hold_folder
from wayfinder.services.display_registry import read_displays
from wayfinder.services.plan_images import bring_pictures
from wayfinder.services.publish_work import ask_publish
from wayfinder.services.sign_work.batches import Batches, BatchOrder
from wayfinder.services.uploads import Kind, Uploads
from wayfinder.services.uploads.pictures import load
from wayfinder.store import Store
from wayfinder.store.conditions import CLOSURE, ConditionDraft
from wayfinder.store.drafts import get_draft
from wayfinder.store.feedback import add_report, list_reports
from wayfinder.store.venues import get_venue
from wayfinder.web.site import KEY
from wayfinder.web.studio.access import API

V, US = "/studio/v/clinic", "/studio/o/default"
WAITS: Mapping[str, tuple[str, ...]] = {
    "show_upload": (f"{V}/uploads/{{reading}}",),
    "show_import": (f"{V}/import/{{compared}}",),
    "show_sheet_publish": (f"{V}/directory/publish/{{publishing}}",),
    "show_publish": (f"{V}/drafts/{{draft}}/publish",),
    "show_closing": (f"{V}/conditions/close?feature={LIFT}",),
    "show_new_venue": (f"{US}/new/{{begun}}",),
}
"""Pages on which somebody waits for what is read or worked out; view to addresses."""
PAGES: Mapping[str, tuple[str, ...]] = {
    **WAITS,
    "sign_in": (),  # looked at in `test_screens`, as are the two after it
    "use_invitation": (),
    "set_factor": (),
    "show_home": ("/studio/",),
    "show_account": ("/studio/account",),
    "list_people": (f"{US}/people",),
    "show_person": (f"{US}/people/{{person}}",),
    "list_audit": (f"{US}/log",),
    "list_tokens": (f"{US}/tokens",),
    "new_venue": (f"{US}/new",),
    "show_venue": (V,),
    "list_conditions": (f"{V}/conditions",),
    "show_condition": (f"{V}/conditions/{{condition}}",),
    "choose_closing": (f"{V}/conditions/choose",),
    "show_closing_map": (f"{V}/conditions/map",),
    "add_notice": (f"{V}/conditions/notice",),
    "add_hours": (f"{V}/conditions/hours",),
    "list_sets": (f"{V}/conditions/sets",),
    "show_set": (f"{V}/conditions/sets/{{set}}",),
    "list_drafts": (f"{V}/drafts",),
    "show_draft": (f"{V}/drafts/{{draft}}", f"{V}/drafts/{{draft}}?check=1"),
    "edit_draft": (f"{V}/drafts/{{draft}}/edit",),
    "show_images": (f"{V}/drafts/{{draft}}/images",),
    "list_releases": (f"{V}/releases",),
    "show_release": (f"{V}/releases/1",),
    "confirm_restore": (f"{V}/releases/1/restore",),
    "compare_releases": (f"{V}/compare",),
    "bring_plan": (f"{V}/import",),
    "show_directory": (f"{V}/directory",),
    "show_sheet": (f"{V}/directory/{{sheet}}",),
    "list_signs": (f"{V}/signs",),
    "show_sign": (f"{V}/signs/{{sign}}",),
    "list_batches": (f"{V}/signs/batches",),
    "show_batch": (f"{V}/signs/batches/{{batch}}",),
    "show_sign_audit": (f"{V}/signs/audit",),
    "show_wrong_signs": (f"{V}/signs/wrong",),
    "show_detours": (f"{V}/signs/detours",),
    "show_sign_plan": (f"{V}/signs/plan",),
    "list_displays": (f"{V}/displays",),
    "show_display": (f"{V}/displays/{{board}}",),
    "show_fire": (f"{V}/fire",),
    "edit_fire_texts": (f"{V}/fire/texts",),
    "list_feedback": (f"{V}/feedback",),
    "show_report": (f"{V}/feedback/{{report}}",),
    "show_figures": (f"{V}/figures",),
}
"""View to addresses; a view that is new needs one, or a reason below."""
NO_PAGES = {
    "give_code": "half a sign-in: looked at by `test_screens` as it comes in",
    "start_new": "leads on, where there is one organisation",
    "start_single": "leads to the organisation's own sign-in",
    "end_single": "leads from it",
    "get_picture": "a picture",
    "draw_state": "a picture",
    "draw_sign_picture": "a picture",
    "export_release": "a file",
    "get_directory_csv": "a file",
    "get_directory_xlsx": "a file",
    "fetch_batch": "a file",
    "fetch_batch_file": "a file",
    "fetch_fire_texts": "a file",
    "export_figures": "a file",
}

UNREACHED = """() => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && !e.dataset.reached)
  .filter(e => e.type !== 'radio' || !document.querySelector(
    `input[type=radio][name="${e.name}"][data-reached]`))
  .map(e => e.outerHTML.slice(0, 100))"""
REACH = """most => {
  const on = document.activeElement;
  // fields of a date are several in one
  window.again = on === window.before ? window.again + 1 : 0;
  const goesOn = on !== document.body && (!on.dataset.reached || on === window.before);
  on.dataset.reached = 'yes';
  window.before = on;
  if (goesOn && window.again >= most)
    throw new Error(`no way on from ${on.outerHTML.slice(0, 100)}`);
  return goesOn;
}"""
MOST_PARTS = 8
"""A field of a date and a time has no more parts, which the tab key comes to one by one."""


@dataclass(frozen=True)
class Full:
    """The studio of a venue in which there is one of everything, and what is asked for waits."""

    site: Site
    ids: Mapping[str, str | int]

    def fill(self, pages: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Return addresses with ids."""
        return [path.format_map(self.ids) for path in chain.from_iterable(pages.values())]


@pytest.fixture(scope="module")
def full(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    room, folder = find_room(site.app), tmp_path_factory.mktemp("full")
    store = room.desk.store
    room.settings = room.settings.model_copy(update={"work_dir": folder})
    room.background = Waiting(store)
    room.uploads = uploads = Uploads(folder / "uploads", share_nursery())
    with store.read() as connection:
        records = read_displays(connection)
    site.app.extensions[KEY].venues.put_displays(records)
    with ExitStack() as held:
        yield Full(site, {**fill_store(site, store), **bring_files(site, uploads, held)})


def fill_store(site: Site, store: Store) -> dict[str, str | int]:
    """Let there be one of all that the store keeps; return the ids."""
    room = find_room(site.app)
    drawing, other = open_drawing(site.app), open_drawing(site.app)
    for one in (drawing, other):
        one.rename(find_unit(one.read(), "Security").id, "Guard")
    with store.read() as connection:
        rows = get_draft(connection, get_venue(connection, "clinic"), other.draft)
    ask_publish(room.background, "clinic", rows, who=SHELL, note="Names")
    room_id = find_unit(read_published(site), "Security").id
    closure = ConditionDraft(CLOSURE, (room_id,), {"en": "Paint"})
    conditions.add(store, "clinic", closure, set_name="night", who=SHELL)
    held = conditions.add(store, "clinic", closure, who=SHELL)
    tokens.make_token(store, "Lifts", venue="clinic", who=SHELL)
    with store.write() as connection:
        venue = get_venue(connection, "clinic")
        add_report(connection, venue, make_report(), key="a")
        report = list_reports(connection, venue)[0].id
    with store.read() as connection:
        board = next(one for one in read_displays(connection) if one.kind == "board")
    return {
        "person": site.bo.id,
        "draft": drawing.draft,
        "publishing": rows.id,
        "condition": held.id,
        "set": conditions.list_all_sets(store, "clinic")[0].id,
        "report": report,
        "sign": signage.list_entries(store, "clinic")[0].code,
        "board": board.id,
        "batch": Batches(room.settings.work_folder, 5).add("clinic", BatchOrder(), who="Bo").id,
    }


def bring_files(site: Site, uploads: Uploads, held: ExitStack) -> dict[str, str]:
    """Bring files: some are read, some are just being read, and for ever; return their ids."""
    room, about = find_room(site.app), {"slug": "clinic", "person": site.admin.id}
    store, plan = room.desk.store, read_published(site)

    def bring(kind: Kind, name: str, data: bytes) -> str:
        job = uploads.run(uploads.take(kind, name, BytesIO(data), about, {"pages": [1]}))
        assert job.error is None
        return job.id

    picture = uploads.get(bring(Kind.PICTURE, "plan.png", make_picture()))
    level, drawn = plan.levels[0].id, load(picture.made)
    bring_pictures(store, "clinic", drawn, plan=plan, level_id=level, name="plan.png", who=SHELL)
    uploads.drop(picture)
    known = {**about, "organisation": "default", "slug": "east", "name": "East", "given": {}}
    reading = []
    for said in (known, about):
        reading.append(uploads.take(Kind.PLAN, "plan.zip", BytesIO(b"plan"), said))
        held.enter_context(hold_folder(reading[-1].folder, make=False))
    return {
        "begun": reading[0].id,
        "reading": reading[1].id,
        "compared": bring(Kind.PLAN, "house.zip", make_imdf()),
        "sheet": bring(Kind.SHEET, "places.csv", make_table(plan)),
    }


def read_published(site: Site) -> Plan:
    """Return the plan in force."""
    served = site.app.extensions[KEY].venues.find("clinic")
    assert served is not None
    plan: Plan = served.plan
    return plan


def make_table(plan: Plan) -> bytes:
    """Return a table that calls a room something else."""
    return f"id,name:en\n{plan.units[0].id},Another name\n".encode()


def test_every_view_is_looked_at_or_says_why_not(full: Full) -> None:
    rules = [rule for rule in full.site.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    pages = {
        rule.endpoint.removeprefix("studio.")
        for rule in rules
        if rule.endpoint.startswith("studio.") and not rule.rule.startswith(API)
    }
    assert pages == PAGES.keys() | NO_PAGES.keys()
    assert not PAGES.keys() & NO_PAGES.keys()


def test_every_page_opens(full: Full) -> None:
    client = full.site.app.test_client()
    client.set_cookie("wayfinder", full.site.enter())
    found = {path: client.get(path) for path in full.fill(PAGES)}
    opened = {path: (one.status_code, one.mimetype) for path, one in found.items()}
    assert {path: said for path, said in opened.items() if said != (200, "text/html")} == {}
    for path in full.fill(WAITS):
        assert re.search(r'data-wait=|data-background="waiting"', found[path].text), path


@pytest.mark.long
def test_no_page_keeps_anybody_out(browser: Browser, full: Full) -> None:
    """The editor is looked at by tests of its own."""
    pages = {view: paths for view, paths in PAGES.items() if view != "edit_draft"}
    context = full.site.open_context(browser)
    page = context.new_page()
    found: dict[str, object] = {}
    for number, path in enumerate(full.fill(pages)):
        # each page in two modes, all modes on some page
        for mode in (MODES[number % 8], MODES[(number + 5) % 8]):
            found |= look(page, full.site.url, full.site.fill(path), mode)
        if unreached := find_unreached(page):
            found[f"{path}: out of reach of the keyboard"] = unreached
    context.close()
    assert found == {}


@pytest.mark.long
def test_what_holds_the_keyboard_fast_is_named(browser: Browser) -> None:
    keep = "if (event.key === 'Tab') event.preventDefault()"
    page = browser.new_page()
    page.set_content('<input type="datetime-local"><a href="#">On</a>')
    assert find_unreached(page) == []
    page.set_content(f'<a href="#">On</a><input id="trap" onkeydown="{keep}"><button>Off</button>')
    with pytest.raises(Error, match='no way on from <input id="trap"'):
        find_unreached(page)
    page.close()


def find_unreached(page: Page) -> list[str]:
    """Return what a hand can use, and the tab key does not come to."""
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("Tab")
    while page.evaluate(REACH, MOST_PARTS):
        page.keyboard.press("Tab")
    found: list[str] = page.evaluate(UNREACHED)
    return found
