"""Broken files go through the pages that take them: read or refused, and nothing of them stays."""

import re
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.services.people.conftest import SHELL
from tests.services.uploads.files import SAMPLES, make_house
from tests.services.uploads.mutants import list_mutants
from tests.web.studio.bringing import follow, post
from tests.web.studio.bringing import no_files as no_files  # noqa: PLC0414 - a fixture
from tests.web.studio.conftest import Someone, find_room, find_token
from wayfinder.languages import LANGUAGES
from wayfinder.services import releases
from wayfinder.services.background import run_waiting
from wayfinder.services.drafts import discard_draft, list_drafts, open_draft, read_plan
from wayfinder.services.import_work import DRAFT, LOOK
from wayfinder.services.plan_images import list_images
from wayfinder.services.uploads import Kind
from wayfinder.store.draft_tables import draft_actions
from wayfinder.store.job_tables import jobs
from wayfinder.store.jobs import DONE, FAILED, WAITING
from wayfinder.store.venues import find_venue
from wayfinder.web.studio.room import Room

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="a system that can fork"),
    pytest.mark.unmeasured,
]

VENUE = "/studio/v/annex"
NEW = "/studio/o/default/new"
SITE = {"name-en": "East Campus", "lat": "30.27, 120.15", "zone": "Asia/Shanghai"}
_NEW = 60
"""Venues that are asked for with broken files of a kind, about."""
_LEFT = frozenset({"about.json", "state.json"})
"""What a page needs that says why a file was refused."""
_MOMENT_S = 10.0


@pytest.mark.parametrize(
    "kind",
    [one if one is Kind.PLAN else pytest.param(one, marks=pytest.mark.long) for one in Kind],
)
def test_a_broken_file_is_taken_whole_or_refused_and_nothing_of_it_stays(
    app: Flask, admin: Someone, kind: Kind, *, run_all: bool
) -> None:
    room = find_room(app)
    releases.import_plan(room.desk.store, "annex", make_house())
    releases.publish(room.desk.store, "annex")
    own = open_draft(room.drafts, "annex", "Ours", who=SHELL)
    paths = {Kind.PLAN: "import", Kind.SHEET: "directory", Kind.PICTURE: f"drafts/{own.id}/images"}
    samples = {name: sample for name, sample in SAMPLES.items() if sample.kind is kind}
    found: Counter[str] = Counter()
    run_waiting(room.desk.store)  # what the tests before have asked for
    for place, (name, (_, file, make)) in enumerate(samples.items()):
        mutants = list_mutants(f"{name} in a page", make(), 300 if run_all else 1)
        for number, mutant in enumerate(mutants):
            language = LANGUAGES[(place + number) % len(LANGUAGES)]
            found[bring(admin, room, paths[kind], (mutant, file), language)] += 1
            assert list(room.uploads._folder.iterdir()) == []
            check_rows(admin, room, own.id)
    assert found["refused"]
    assert found["taken"]
    assert found["taken"] + found["refused"] == sum(found.values())


def bring(who: Someone, room: Room, path: str, sent: tuple[bytes, str], language: str) -> str:
    """Bring a file, take over all that it says, and return how that went."""
    images = len(list_images(room.desk.store, "annex"))
    answer = post(who, f"{VENUE}/{path}?lang={language}", sent)
    page = follow(who, answer) if answer.status_code == 303 else answer
    check(page, language)
    if page.status_code == 422:
        for folder in room.uploads._folder.iterdir():
            wait_until_left(folder)
            post(who, f"{VENUE}/uploads/{folder.name}/cancel")
        assert len(list_images(room.desk.store, "annex")) == images
        return "refused"
    assert page.status_code == 200
    if "images" in path:
        assert len(list_images(room.desk.store, "annex")) == images + 1
        return "taken"
    take_over(who, room, page, language)
    return "taken"


@pytest.mark.parametrize("start", ["plan", pytest.param("picture", marks=pytest.mark.long)])
def test_a_venue_begins_with_a_broken_file_or_not_at_all(
    app: Flask, admin: Someone, start: str, *, run_all: bool
) -> None:
    room = find_room(app)
    samples = [one for one in SAMPLES.items() if one[1].kind == Kind(start)]
    each = _NEW // len(samples) if run_all else 1
    found: Counter[str] = Counter()
    run_waiting(room.desk.store)
    for place, (name, (_, file, make)) in enumerate(samples if run_all else samples[:1]):
        for number, mutant in enumerate(list_mutants(f"{name} of a venue", make(), each)):
            slug, language = f"{name}-{number}", LANGUAGES[(place + number) % len(LANGUAGES)]
            fields = {**SITE, "slug": slug, "start": start}
            answer = post(admin, f"{NEW}?lang={language}", (mutant, file), **fields)
            found[begin(admin, room, answer, slug, language)] += 1
            assert list(room.uploads._folder.iterdir()) == []
            check_rows(admin, room, slug=slug)
    assert found["taken"] + found["refused"] == sum(found.values())
    assert not run_all or min(found["taken"], found["refused"])


def begin(who: Someone, room: Room, answer: TestResponse, slug: str, language: str) -> str:
    """Go on with a venue that a file was brought for, and return how that went."""
    page = follow(who, answer) if answer.status_code == 303 else answer
    check(page, language)
    with room.desk.store.read() as connection:
        made = find_venue(connection, slug)
    if page.request.path.startswith(NEW):
        assert page.status_code == 422
        assert f'value="{slug}"' in page.text
        assert made is None
        return "refused"
    assert page.status_code == 200
    assert made is not None
    if "/images" in page.request.path:
        assert len(list_images(room.desk.store, slug)) == 1
        assert len(list_drafts(room.drafts, slug)) == 1
    else:
        take_over(who, room, page, language)
    return "taken"


def take_over(who: Someone, room: Room, page: TestResponse, language: str) -> None:
    """Take over all that a page shows of a file; what is left of that then is thrown away."""
    taken = take(who, page, language)
    check(taken, language)
    assert taken.status_code in {200, 422}  # there may be nothing new in it
    for folder in room.uploads._folder.iterdir():
        post(who, page.request.path, to="nowhere")
        post(who, f"{page.request.path}/drop")
        assert not folder.exists()


def wait_until_left(folder: Path) -> None:
    """See that only what a page needs stays; who has read it lets go of it a moment later."""
    ends = time.monotonic() + _MOMENT_S
    while (names := {one.name for one in folder.iterdir()}) != _LEFT and time.monotonic() < ends:
        time.sleep(0.01)
    assert names == _LEFT


def take(who: Someone, page: TestResponse, language: str) -> TestResponse:
    """Take over a plan, or all rows of a table."""
    rows = re.findall(r'name="row" value="(\d+-[0-9a-f]+)"', page.text)
    answer = who.client.post(
        f"{page.request.path}?lang={language}",
        data={"csrf": find_token(page), "name": "Broken", "to": "draft", "row": rows},
        headers=who.headers,
    )
    return follow(who, answer) if answer.status_code == 303 else answer


def check(page: TestResponse, language: str) -> None:
    """See that an answer is a page in a language, and says more than the name of a message."""
    assert page.status_code < 500, page.text
    assert f'<html lang="{language}"' in page.text
    assert not re.search(
        r">\s*(?:studio|sheet|upload|unreadable|imdf|osm)\.[a-z.-]+\s*<", page.text
    )


def list_unfinished(room: Room) -> set[tuple[str, str]]:
    """List the kinds of work that is not over, each with its state."""
    with room.desk.store.read() as connection:
        found = connection.execute(sa.select(jobs.c.kind, jobs.c.state))
        return {(kind, state) for kind, state in found if state not in {DONE, FAILED}}


def check_rows(who: Someone, room: Room, own: int | None = None, slug: str = "annex") -> None:
    """See that each draft of a venue is whole and no work stays; put all but one's own away."""
    # a plan is asked to be looked into, or to be taken over, and its file may go away before
    assert list_unfinished(room) <= {(LOOK, WAITING), (DRAFT, WAITING)}
    run_waiting(room.desk.store)
    assert list_unfinished(room) == set()
    with room.desk.store.read() as connection:
        begun = set(connection.scalars(sa.select(draft_actions.c.draft_id)))
        if find_venue(connection, slug) is None:
            return
    for draft in list_drafts(room.drafts, slug):
        if draft.id == own or not draft.is_open:
            continue
        assert draft.id in begun
        assert len(read_plan(room.drafts, slug, draft.id).plan)
        assert who.get(f"/studio/v/{slug}/drafts/{draft.id}").status_code == 200
        discard_draft(room.drafts, slug, draft.id, who=SHELL)
