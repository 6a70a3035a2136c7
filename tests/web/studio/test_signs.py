"""Signs in the studio: found, looked at, noted; printed in batches; audited and planned."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from tests.web.studio.conftest import Someone, find_room, hire, let_in
from tests.web.studio.work import prepare, read, work
from wayfinder.edit import parse_offered
from wayfinder.formats import read_plan
from wayfinder.model import Occupant, pick_label
from wayfinder.model.sign_records import SignState
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases, signage
from wayfinder.services.background import run_waiting
from wayfinder.services.drafts import open_draft, read_log
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.settings import Settings
from wayfinder.store.audit import Actor, list_entries

SIGNS = "/studio/v/clinic/signs"


@pytest.fixture
def studio(app: Flask, settings: Settings, tmp_path: Path) -> Flask:
    return prepare(app, settings, tmp_path)


@pytest.fixture
def editor(studio: Flask, desk: Desk) -> Someone:
    """Return a browser in which an editor is signed in."""
    return let_in(studio, desk, hire(desk, "Bo", Role.EDITOR))


def list_states(desk: Desk) -> list[tuple[str, str]]:
    return [(one.ref, str(one.state)) for one in signage.list_entries(desk.store, "clinic")]


def list_codes(desk: Desk) -> list[str]:
    return [one.code for one in signage.list_entries(desk.store, "clinic")]


def test_signs_are_found_by_what_they_are_called_their_floor_and_their_state(
    editor: Someone, desk: Desk
) -> None:
    page = read(editor, SIGNS)
    assert "5 signs" in page
    level, name = re.findall(r'<option value="([0-9a-f-]{36})">([^<]+)', page)[-1]
    on_floor = read(editor, f"{SIGNS}?level={level}")
    marks = on_floor.count('class="mark mark-planned" transform')
    assert name in on_floor
    assert 0 < marks < 5
    assert f"{marks} sign" in on_floor
    code = list_codes(desk)[0]
    typed = f"{code[:3].lower()}-{code[3:].lower()}"
    assert "1 sign" in read(editor, f"{SIGNS}?q={typed}")
    signage.set_states(desk.store, "clinic", SignState.PRINTED, [code])
    assert "1 sign" in read(editor, f"{SIGNS}?state=printed")
    assert "1 sign" in read(editor, f"{SIGNS}?state=to-hang")
    assert "No sign fits" in read(editor, f"{SIGNS}?state=mounted&q=nothing")


def test_a_sign_is_shown_as_it_is_printed_where_it_is_and_what_it_says(
    editor: Someone, desk: Desk
) -> None:
    code = list_codes(desk)[0]
    page = read(editor, f"{SIGNS}/{code}")
    assert f"{code[:3]}-{code[3:]}" in page
    assert 'class="mark mark-here"' in page
    assert page.count('class="mark mark-other"') >= 1
    assert re.search(r"What it says: \d+ lines", page)
    picture = editor.get(f"{SIGNS}/{code}/picture.svg")
    assert picture.mimetype == "image/svg+xml"
    assert f"WAY.EXAMPLE.ORG/S/{code}".lower() in picture.text.lower()
    assert editor.get(f"{SIGNS}/3333333").status_code == 404


def test_a_sign_is_noted_from_its_own_page_by_one_tap(editor: Someone, desk: Desk) -> None:
    code = list_codes(desk)[0]
    for state in ("printed", "mounted"):
        assert f'name="become" value="{state}"' in read(editor, f"{SIGNS}/{code}")
        done = editor.send(f"{SIGNS}/state", sign=code, become=state, back="sign")
        assert done.headers["Location"] == f"{SIGNS}/{code}"
    page = read(editor, f"{SIGNS}/{code}")
    assert "1 sign noted as mounted." in page
    # what one says first who stands before it
    offered = re.findall(r'name="become" value="(\w+)">([^<]+)<', page)
    assert offered[0] == ("damaged", "It is damaged")
    assert ("printed", "A new one is printed") in offered
    assert "noted by Bo" in page
    with desk.store.read() as connection:
        said = [one.action for one in list_entries(connection, "default")]
    assert said[:2] == ["signs-mounted", "signs-printed"]
    refused = editor.send(f"{SIGNS}/state", sign=code, become="planned", back="sign")
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert dict(list_states(desk))  # and it is as it was
    assert signage.list_entries(desk.store, "clinic")[0].state is SignState.MOUNTED


def test_a_sign_that_no_plan_has_any_more_is_to_come_down(editor: Someone, desk: Desk) -> None:
    code, planned = list_codes(desk)[:2]
    for state in (SignState.PRINTED, SignState.MOUNTED):
        signage.set_states(desk.store, "clinic", state, [code])
    plan = read_plan(floorplans_dir() / "clinic").plan
    gone = [one.feature for one in signage.list_entries(desk.store, "clinic")[:2]]
    releases.import_plan(desk.store, "clinic", plan.without(*gone))
    releases.publish(desk.store, "clinic")
    page = read(editor, f"{SIGNS}?state=to-take-down")
    assert "1 sign" in page
    assert "take it down" in page
    page = read(editor, f"{SIGNS}/{code}")
    assert "Take it down and note that here" in page
    assert re.findall(r'name="become" value="(\w+)"', page)[0] == "removed"
    assert "nothing to do" in read(editor, f"{SIGNS}/{planned}")
    signage.set_states(desk.store, "clinic", SignState.REMOVED, [code])
    assert "nothing more to do" in read(editor, f"{SIGNS}/{code}")
    assert "No sign fits" in read(editor, f"{SIGNS}?state=to-take-down")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"become": "printed"}, 422),
        ({"become": "worn", "sign": "{code}"}, 422),
        ({"become": "printed", "sign": "{code}", "on": "yesterday"}, 422),
        ({"become": "printed", "sign": "{code}", "on": "2999-01-01"}, 422),
        ({"become": "mounted", "sign": "{code}"}, 422),
        ({"become": "printed", "sign": "3333333"}, 404),
    ],
)
def test_what_cannot_be_noted_is_refused_and_changes_nothing(
    editor: Someone, desk: Desk, fields: dict[str, str], status: int
) -> None:
    code = list_codes(desk)[0]
    before = list_states(desk)
    given = {key: value.format(code=code) for key, value in fields.items()}
    assert editor.send(f"{SIGNS}/state", **given).status_code == status
    assert list_states(desk) == before


def make(editor: Someone, desk: Desk, **fields: str) -> str:
    answer = editor.send(f"{SIGNS}/batches/make", **fields)
    assert answer.status_code == 303, answer.text
    work(desk)
    return answer.headers["Location"]


def test_a_batch_is_made_fetched_noted_as_printed_and_as_mounted(
    editor: Someone, desk: Desk
) -> None:
    answer = editor.send(f"{SIGNS}/batches/make", what="all", size="A5")
    batch = answer.headers["Location"]
    assert 'data-background="waiting"' in read(editor, batch)
    assert "under way" in read(editor, f"{SIGNS}/batches")
    work(desk)
    page = read(editor, batch)
    assert 'data-background="done"' in page
    assert "Are they up?" not in page  # not before they are printed
    fetched = editor.get(f"{batch}/signs.zip")
    with zipfile.ZipFile(io.BytesIO(fetched.data)) as archive:
        assert archive.testzip() is None
        names = {name.partition("/")[2] for name in archive.namelist()}
        record = json.loads(archive.read(next(n for n in archive.namelist() if "batch.json" in n)))
    assert {"contents.pdf", "schedule.csv", "schedule.xlsx", "mounting-1F.pdf"} <= names
    assert len(record["signs"]) == 5
    with editor.get(f"{batch}/files/schedule.csv") as schedule:
        assert schedule.data.startswith(b"\xef\xbb\xbf")
    assert editor.get(f"{batch}/files/../order.json").status_code == 404
    assert editor.get(f"{batch}/files/nothing.pdf").status_code == 404
    editor.send(f"{batch}/note", become="printed")
    assert {state for _, state in list_states(desk)} == {"printed"}
    assert "5 signs noted as printed" in read(editor, batch)
    editor.send(f"{batch}/note", become="mounted", on="")
    assert {state for _, state in list_states(desk)} == {"mounted"}
    # the next one knows that nothing has changed since
    unchanged = make(editor, desk, what="changed", size="A5")
    assert "no sign has changed since it was printed" in read(editor, unchanged).lower()


@pytest.mark.long
def test_what_was_taken_down_is_not_put_up_by_a_batch(editor: Someone, desk: Desk) -> None:
    batch = make(editor, desk, what="all", size="A5")
    editor.send(f"{batch}/note", become="printed")
    gone = list_codes(desk)[0]
    signage.set_states(desk.store, "clinic", SignState.REMOVED, [gone])
    editor.send(f"{batch}/note", become="mounted")
    states = {one.code: one.state for one in signage.list_entries(desk.store, "clinic")}
    assert states.pop(gone) is SignState.REMOVED
    assert set(states.values()) == {SignState.MOUNTED}


def test_without_an_address_there_are_specimens_and_it_says_why(
    editor: Someone, studio: Flask, desk: Desk
) -> None:
    room = find_room(studio)
    room.settings = room.settings.model_copy(update={"base_url": "http://192.168.0.7:8000"})
    page = read(editor, f"{SIGNS}/batches")
    assert "specimens without codes" in page
    assert "https" in page
    batch = make(editor, desk, what="all", size="A5")
    assert "are specimens" in read(editor, batch)
    refused = editor.send(f"{batch}/note", become="printed")
    assert refused.status_code == 422
    assert {state for _, state in list_states(desk)} == {"planned"}


@pytest.mark.parametrize(
    "fields",
    [
        {"what": "levels"},
        {"what": "states", "wanted": "removed"},
        {"what": "everything"},
        {"what": "all", "kind": "exe"},
        {"what": "all", "size": "A9"},
        {"what": "all", "language": "xx"},
    ],
)
def test_what_cannot_be_printed_is_refused_before_it_begins(
    editor: Someone, desk: Desk, studio: Flask, fields: dict[str, str]
) -> None:
    answer = editor.send(f"{SIGNS}/batches/make", **fields)
    assert answer.status_code == 422
    assert run_waiting(desk.store) == 0
    folder = find_room(studio).settings.work_folder
    assert not folder.exists()


@pytest.mark.long
def test_a_batch_is_stopped_goes_on_and_is_removed(
    editor: Someone, desk: Desk, studio: Flask
) -> None:
    batch = editor.send(f"{SIGNS}/batches/make", what="all", size="A5").headers["Location"]
    editor.send(f"{batch}/call-off")
    assert run_waiting(desk.store) == 0
    page = read(editor, batch)
    assert "It was stopped" in page
    assert editor.get(f"{batch}/signs.zip").status_code == 404
    assert editor.send(f"{batch}/note", become="printed").status_code == 422
    editor.send(f"{batch}/again")
    work(desk)
    assert editor.get(f"{batch}/signs.zip").status_code == 200
    editor.send(f"{batch}/remove")
    assert editor.get(batch).status_code == 404
    folder = find_room(studio).settings.work_folder / "batches" / "clinic"
    assert list(folder.iterdir()) == []


@pytest.mark.long
def test_batches_of_another_venue_are_not_there(studio: Flask, editor: Someone, desk: Desk) -> None:
    batch = make(editor, desk, what="all", size="A5")
    other = batch.replace("clinic", "annex")
    assert editor.get(other).status_code == 404
    assert editor.get(f"{other}/signs.zip").status_code == 404
    stranger = let_in(studio, desk, hire(desk, "Stranger", Role.ADMIN, "other"))
    assert stranger.get(f"{batch}/signs.zip").status_code == 404


def test_an_audit_says_who_arrives_and_where_the_others_are_lost(
    editor: Someone, desk: Desk
) -> None:
    page = read(editor, f"{SIGNS}/audit")
    assert "Start the audit" in page
    editor.send(f"{SIGNS}/audit", profile="walk", at="2026-11-23T10:00")
    assert 'data-background="waiting"' in read(editor, f"{SIGNS}/audit")
    work(desk)
    page = read(editor, f"{SIGNS}/audit")
    percent = re.search(r"<strong>([\d.]+) %</strong>", page)
    assert percent is not None
    assert 0 < float(percent[1]) < 100
    breaks = re.findall(r'<li id="break-(\d+)"', page)
    assert breaks
    assert f'href="#break-{breaks[0]}"' in page  # from the map to the list
    assert "obeyed on no journey" in page


def publish_renamed(desk: Desk) -> str:
    """Publish the clinic with a place that is called something else, and return its new name."""
    plan = read_plan(floorplans_dir() / "clinic").plan
    place = next(one for one in plan.list_of(Occupant) if one.name)
    renamed = parse_offered({"kind": "rename", "feature": place.id, "names": {"en": "Röntgen"}})
    releases.import_plan(desk.store, "clinic", renamed.apply(plan).plan)
    releases.publish(desk.store, "clinic")
    return "Röntgen"


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:59", "tomorrow"])
def test_a_time_that_is_none_begins_no_audit(editor: Someone, desk: Desk, at: str) -> None:
    refused = editor.send(f"{SIGNS}/audit?lang=en", at=at, profile="easy", hanging="1")
    assert refused.status_code == 422
    assert "is no day and time." in refused.text
    assert f'value="{at}"' in refused.text
    ticked = re.findall(
        r'type="checkbox" name="(?:profile|hanging)" value="(\w+)" checked', refused.text
    )
    assert ticked == ["easy", "1"]
    assert run_waiting(desk.store) == 0


def test_what_a_publish_made_wrong_is_told_and_printed_anew_with_one_click(
    editor: Someone, desk: Desk
) -> None:
    assert "only one release" in read(editor, f"{SIGNS}/wrong")
    for state in (SignState.PRINTED, SignState.MOUNTED):
        signage.set_states(desk.store, "clinic", state, list_codes(desk))
    name = publish_renamed(desk)
    editor.send(f"{SIGNS}/wrong", against="1")
    work(desk)
    page = read(editor, f"{SIGNS}/wrong")
    assert f"it is called {name} now" in page
    wrong = int(re.findall(r"(\d+) printed signs? (?:is|are) wrong", page)[0])
    assert f"Print {wrong} sign" in page
    assert f"{wrong} sign" in read(editor, f"{SIGNS}?wrong=1")
    fields = dict(re.findall(r'name="(kind|key)" value="([^"]+)"', page))
    batch = editor.send(f"{SIGNS}/batches/order", **fields).headers["Location"]
    work(desk)
    page = read(editor, batch)
    assert "Signs that were wrong" in page
    assert f"Note {wrong} sign" in page
    editor.send(f"{batch}/note", become="printed")
    assert f"<strong>{wrong}</strong> new print to be hung" in read(editor, SIGNS)
    assert editor.send(f"{SIGNS}/batches/order", kind="sign-plan", key="x").status_code == 404
    assert editor.send(f"{SIGNS}/wrong", against="9").status_code == 404


def test_what_leads_round_is_planned_for_what_is_closed_or_asked_for(
    editor: Someone, desk: Desk
) -> None:
    assert "Nothing is closed now" in read(editor, f"{SIGNS}/detours")
    for state in (SignState.PRINTED, SignState.MOUNTED):
        signage.set_states(desk.store, "clinic", state, list_codes(desk))
    plan = read_plan(floorplans_dir() / "clinic").plan
    hall = next(one.id for one in plan.units if pick_label(one.name, "en") == "Corridor 2F")
    page = read(editor, f"{SIGNS}/detours?closed={hall}")
    assert f'value="{hall}" checked' in page
    editor.send(f"{SIGNS}/detours", closed=hall, profile="walk")
    work(desk)
    page = read(editor, f"{SIGNS}/detours")
    assert "Corridor 2F" in page
    assert "no way left" in page
    assert editor.send(f"{SIGNS}/detours", closed=hall, profile="fly").status_code == 400


def test_signs_that_are_planned_are_looked_at_and_taken_into_a_draft_as_one_entry(
    editor: Someone, desk: Desk, studio: Flask
) -> None:
    assert "no open draft" in read(editor, f"{SIGNS}/plan")
    drafts = find_room(studio).drafts
    draft = open_draft(drafts, "clinic", "More signs", who=Actor("Bo"))
    editor.send(f"{SIGNS}/plan", draft=str(draft.id), keep="keep")
    work(desk)
    page = read(editor, f"{SIGNS}/plan")
    assert "100.0 %" in page
    assert 'class="mark mark-new"' in page
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    for _ in range(2):  # who presses twice takes it once
        done = editor.send(f"{SIGNS}/plan/take", key=key[1])
        assert done.headers["Location"] == f"/studio/v/clinic/drafts/{draft.id}"
    (entry,) = read_log(drafts, "clinic", draft.id)
    assert entry.kind == "sign-plan"
    assert "Have signs planned" in read(editor, f"/studio/v/clinic/drafts/{draft.id}")
    assert editor.send(f"{SIGNS}/plan/take", key="nothing").status_code == 404


def test_who_only_looks_is_offered_nothing_to_change(studio: Flask, desk: Desk) -> None:
    viewer = let_in(studio, desk, hire(desk, "Viewer", Role.VIEWER))
    code = list_codes(desk)[0]
    for path in (SIGNS, f"{SIGNS}/{code}", f"{SIGNS}/batches", f"{SIGNS}/audit"):
        page = read(viewer, path)
        assert f'action="{SIGNS}' not in page.replace(f'action="{SIGNS}?', "").replace(
            'method="get" action="', ""
        )
    assert viewer.send(f"{SIGNS}/state", sign=code, become="printed").status_code == 403


def test_problems_of_jobs_are_said(editor: Someone, desk: Desk, studio: Flask) -> None:
    drafts = find_room(studio).drafts
    draft = open_draft(drafts, "clinic", "x", who=Actor("Bo"))
    editor.send(f"{SIGNS}/plan", draft=str(draft.id))
    with desk.store.write() as connection:
        from wayfinder.store.job_tables import jobs

        values = {"arguments": {"draft": 99, "number": 0, "keep": True, "rounds": 1}}
        connection.execute(jobs.update().values(**values))
    work(desk)
    page = read(editor, f"{SIGNS}/plan")
    assert 'data-kind="ended"' in page
