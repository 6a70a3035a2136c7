"""Undo takes back what the form has done, and nothing else; what is opened is told as it is."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.web.studio.conftest import Someone
from tests.web.studio.test_conditions import PATH, close, department, lift, list_held, publisher
from wayfinder.services import conditions
from wayfinder.services.people.desk import Desk
from wayfinder.services.served import Served
from wayfinder.store.conditions import ConditionDraft

__all__ = ["department", "lift", "publisher"]

Do = Callable[[Someone], str]
NOTICE = {"text.zh-Hans": "请戴口罩", "text.en": "Masks, please", "on": "phone"}
HOURS = {"first": "2090-10-01", "last": "2090-10-03", "kind": "off"}


def send(path: str, **fields: str) -> Do:
    """Return what sends a form and returns the address of the page that follows."""

    def do(who: Someone) -> str:
        answer = who.send(f"{PATH}/{path}", **fields)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    return do


def offers_undo(who: Someone, address: str) -> bool:
    return "done=" in address or f"{PATH}/undo/" in who.get(address).text


@pytest.fixture
def set_id(desk: Desk, publisher: Someone) -> int:
    """Prepare a set that is off, with hours; return its id."""
    send("sets/prepare", name="Night")(publisher)
    (found,) = conditions.list_all_sets(desk.store, "clinic")
    send(f"sets/{found.id}/hours", hours="20:00-06:00")(publisher)
    return found.id


def test_what_changes_nothing_offers_no_undo_of_something_else(
    publisher: Someone, desk: Desk, lift: str, department: str, set_id: int
) -> None:
    send("notice", **NOTICE)(publisher)
    send("hours", feature=department, **HOURS)(publisher)
    notice, _ = list_held(desk)
    assert offers_undo(publisher, close(publisher, lift))
    told = {**NOTICE, "until": ""}
    for do in (
        send(f"{notice.id}/change", **told),
        send("notice", **NOTICE),
        send("hours", feature=department, **HOURS),
        send("close", feature=lift),
        send("reopen", feature=department),
        send("sets/prepare", name="Night"),
        send(f"sets/{set_id}/hours", hours="20:00-06:00"),
        send(f"sets/{set_id}/switch", to="off"),
    ):
        before = list_held(desk)
        address = do(publisher)
        assert "done=" not in address, address
        assert list_held(desk) == before
    page = publisher.get(send(f"{notice.id}/change", lang="en", **told)(publisher)).text
    assert f"{PATH}/undo/" not in page


def test_undo_is_of_what_the_form_wrote_though_a_colleague_wrote_since(
    publisher: Someone, desk: Desk, lift: str, department: str
) -> None:
    address = close(publisher, lift)
    conditions.add(desk.store, "clinic", ConditionDraft("closure", (department,), {}))
    assert f"{PATH}/undo/" in publisher.get(address).text


def test_a_change_of_nothing_says_so(publisher: Someone, desk: Desk) -> None:
    send("notice", **NOTICE)(publisher)
    (notice,) = list_held(desk)
    page = publisher.get(send(f"{notice.id}/change?lang=en", **NOTICE)(publisher)).text
    assert "Nothing was changed" in page
    page = publisher.get(send(f"{notice.id}/change?lang=en", until="1h", **NOTICE)(publisher)).text
    assert "Changed." in page
    assert f"{PATH}/undo/" in page


@pytest.mark.parametrize("way", ["reopen", "end"])
def test_open_again_is_said_of_what_nothing_keeps_closed(
    publisher: Someone, desk: Desk, department: str, served_clinic: Served, way: str
) -> None:
    places = served_clinic.directory.list_features(department)
    floor = next(one.level_id for one in places if one.level_id)
    drafts = {
        "hours": ConditionDraft("hours", (department,), {}, hours="off"),
        "floor": ConditionDraft("closure", (floor,), {"en": "Works"}),
        "second": ConditionDraft("closure", (department,), {"en": "Works"}),
        "Night": ConditionDraft("closure", (department,), {}),
    }
    for why in ("nothing", *drafts):
        close(publisher, department)
        (record,) = list_held(desk)
        if why in drafts:
            name = "Night" if why == "Night" else None
            conditions.add(desk.store, "clinic", drafts[why], set_name=name)
            conditions.switch(desk.store, "clinic", on=[name] if name else [])
        path = "reopen" if way == "reopen" else f"{record.id}/end"
        page = publisher.get(send(f"{path}?lang=en", feature=department)(publisher)).text
        # one reopens all closures of something, and ends one by one
        is_open = why == "nothing" or (why, way) == ("second", "reopen")
        assert ("is open again" in page) is is_open, why
        still = "closed by a set that is on: Night" if why == "Night" else "is still not open"
        assert (still in page) is not is_open, why
        (look,) = re.findall(r'<p class="notice" data-kind="(\w+)" role="status">', page)
        assert look == ("done" if is_open else "ended"), why
        # what was ended can be taken back all the same
        assert f"{PATH}/undo/" in page, why
        for left in list_held(desk):
            conditions.remove(desk.store, "clinic", left.id)


TO_COME: dict[str, tuple[ConditionDraft | None, str]] = {
    "nothing": (None, "is no longer down to be closed"),
    "closed now": (ConditionDraft("closure", (), {"en": "Works"}), "is still not open"),
    "another": (
        ConditionDraft("closure", (), {}, datetime(2090, 1, 1, tzinfo=UTC)),
        "is still down to be closed at another time",
    ),
}
"""What is called off besides, to what is said of it."""


@pytest.mark.parametrize("besides", TO_COME)
def test_what_was_not_closed_yet_is_not_open_again(
    publisher: Someone, desk: Desk, department: str, besides: str
) -> None:
    other, said = TO_COME[besides]
    if other is not None:
        conditions.add(desk.store, "clinic", replace(other, features=(department,)))
    start = datetime.now(UTC) + timedelta(days=1)
    made = conditions.add(desk.store, "clinic", ConditionDraft("closure", (department,), {}, start))
    page = publisher.get(send(f"{made.id}/end?lang=en")(publisher)).text
    assert said in page
    assert ("no longer down" in page) is (other is None)
    assert "open again" not in page


def test_what_is_taken_out_of_a_set_that_is_off_opens_nothing(
    publisher: Someone, desk: Desk, department: str
) -> None:
    close(publisher, department)
    for draft in (
        ConditionDraft("closure", (department,), {}),
        ConditionDraft("hours", (department,), {}, hours="off"),
        ConditionDraft("notice", (), {"en": "Ring the bell"}),
    ):
        made = conditions.add(desk.store, "clinic", draft, set_name="Night")
        page = publisher.get(send(f"{made.id}/end?lang=en")(publisher)).text
        assert "taken out of the set “Night”" in page, draft.kind
        for untrue in ("no longer down", "hold again", "taken down", "open again"):
            assert untrue not in page
