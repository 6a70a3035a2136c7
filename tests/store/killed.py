"""A process that forks workers, which write to a store and say what is done, until they are killed.

To fork one takes milliseconds: all is imported already. What a worker does
follows from a number, so that a second store, on which nobody is killed, knows what must be there
after so many doings.
"""

import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType, SimpleNamespace
from typing import Any

from sqlalchemy.engine import Connection

from tests.displayed import KIOSK, make_screen
from tests.drafted import ANN, Hand, rename
from tests.signed import make_plan
from wayfinder.services import conditions, displays, releases, tokens
from wayfinder.services.drafts import (
    Desk,
    Side,
    cancel_schedule,
    list_planned,
    merge,
    open_draft,
    publish_draft,
    schedule_draft,
)
from wayfinder.services.releases import importing
from wayfinder.services.timetable import publish_due
from wayfinder.store import ConflictError, Store, UnknownError, audit, open_store
from wayfinder.store.audit import Actor
from wayfinder.store.conditions import ConditionDraft, list_conditions, list_sets
from wayfinder.store.displays import list_displays
from wayfinder.store.drafts import DraftRecord, list_drafts, list_entries
from wayfinder.store.releases import list_publications, list_releases, read_release
from wayfinder.store.schedules import list_schedules
from wayfinder.store.signs import list_codes
from wayfinder.store.tokens import list_tokens
from wayfinder.store.venues import get_venue, list_venues

SLUG = "house"
_UNJUDGED = SimpleNamespace(issues=(), errors=(), warnings=())


def _import(store: Store, number: int) -> None:
    signs: dict[str, dict[str, str]] = {f"sign-{n}": {} for n in range(3 + number % 5)}
    plan = make_plan(signs, tag=1 + number)
    screens = (make_screen(plan, f"screen-{n}", KIOSK) for n in range(1 + number % 3))
    releases.import_plan(store, SLUG, plan.with_features(*screens), note=str(number))


def _publish(store: Store, number: int) -> None:
    releases.publish(store, SLUG, who=Actor(str(number)))


def _close(store: Store, number: int) -> None:
    draft = ConditionDraft("closure", ("A", "B"), {"en": str(number)})
    conditions.add(store, SLUG, draft, plan=make_plan(), set_name="night" if number % 2 else None)


def _switch(store: Store, number: int) -> None:
    conditions.switch(store, SLUG, on=["night"][: number % 2], off=["night"][number % 2 :])


def _reopen(store: Store, number: int) -> None:
    conditions.reopen(store, SLUG, ["A"] if number % 3 else ["A", "B"])


def _roll_back(store: Store, number: int) -> None:
    releases.roll_back(store, SLUG, 1, who=Actor(str(number)))


def _give_token(store: Store, number: int) -> None:
    tokens.make_token(store, f"token {number}")


def _name_display(store: Store, number: int) -> None:
    displays.rename_display(store, "screen-0", str(number))


def _take_display_down(store: Store, number: int) -> None:
    if number % 2:
        displays.remove_display(store, "screen-0")
    else:
        displays.add_display(store, SLUG, "screen-0", name=str(number))


def _open_draft(store: Store, number: int) -> None:
    open_draft(Desk(store), SLUG, str(number), who=ANN)


def _draw(store: Store, number: int) -> None:
    hand = _take_up(store, "bob" if number % 2 else "ann", number)
    hand.do(rename("AB"[number % 2], str(number)))


def _undo(store: Store, number: int) -> None:
    _take_up(store, "ann", number).undo()


def _redo(store: Store, number: int) -> None:
    _take_up(store, "ann", number).redo()


def _publish_draft(store: Store, number: int) -> None:
    draft = _find_draft(store)
    publish_draft(Desk(store), SLUG, draft.id, draft.head, who=Actor(str(number)))


def _schedule_draft(store: Store, number: int) -> None:
    draft = _find_draft(store)
    at = datetime.now(UTC) + timedelta(hours=1)
    schedule_draft(Desk(store), SLUG, draft.id, draft.head, at, who=Actor(str(number)))


def _call_off(store: Store, number: int) -> None:
    planned = [one for one in list_planned(Desk(store), SLUG) if one.done_at is None]
    if planned:
        cancel_schedule(Desk(store), SLUG, planned[-1].id, who=Actor(str(number)))


def _merge(store: Store, number: int) -> None:
    hand = _take_up(store, "ann", number)
    choices = dict.fromkeys("AB", Side.MINE if number % 2 else Side.THEIRS)
    with store.read() as connection:
        shown = get_venue(connection, SLUG).published
    merge(hand.desk, SLUG, hand.draft, hand.send(), choices=choices, shown=shown)


def _publish_due(store: Store, _number: int) -> None:
    publish_due(store, datetime.now(UTC) + timedelta(hours=2))


def _take_up(store: Store, author: str, number: int) -> Hand:
    """Let somebody go on in the draft opened last: they have seen all, and send it once."""
    draft = _find_draft(store)
    return Hand(Desk(store), draft.id, author, draft.head, iter([number]))


def _find_draft(store: Store) -> DraftRecord:
    with store.read() as connection:
        drafts = list_drafts(connection, get_venue(connection, SLUG))
    if not drafts:
        raise UnknownError("unknown-draft")
    return drafts[0]


_DOINGS: tuple[Callable[[Store, int], None], ...] = (
    *(_import, _publish, _close, _close, _switch, _import),
    *(_publish, _reopen, _give_token, _roll_back, _switch),
    *(_name_display, _take_display_down),
    *(_open_draft, _draw, _draw, _undo, _redo, _draw, _publish_draft),
    *(_open_draft, _draw, _draw, _undo, _schedule_draft, _publish_due),
    *(_open_draft, _draw, _schedule_draft, _call_off, _draw, _schedule_draft, _publish_due),
    *(_open_draft, _draw, _import, _publish, _merge, _publish_draft),
)


def do(store: Store, number: int) -> None:
    """Do what follows from a number; a refusal counts as done, a database that is gone does not."""
    with contextlib.suppress(ConflictError, UnknownError):
        _DOINGS[number % len(_DOINGS)](store, number)


def see(store: Store) -> dict[str, Any]:
    """Return all that a store holds but for times and secrets.

    Ids are left out: PostgreSQL gives none twice, but leaves gaps where somebody was killed. It is
    read where a writer would, so that a killed client's transaction has ended on the server.
    """
    with store.write() as connection:
        found: dict[str, Any] = {"tokens": [token.name for token in list_tokens(connection)]}
        noted = audit.list_entries(connection, "default")
        found["audit"] = [(one.who, one.action, _leave_out(one.details)) for one in noted]
        for venue in list_venues(connection):
            found[venue.slug] = {
                "published": venue.published,
                "version": venue.version,
                "conditions": venue.conditions_number,
                "releases": [(r.number, r.hash, r.note) for r in list_releases(connection, venue)],
                "log": [
                    (p.number, p.previous, p.published_by)
                    for p in list_publications(connection, venue)
                ],
                "codes": [(code.code, code.feature) for code in list_codes(connection, venue)],
                "displays": [
                    (one.id, one.feature, one.name, one.removed_at is None)
                    for one in list_displays(connection, venue)
                ],
                "sets": [(s.name, s.active, s.members) for s in list_sets(connection, venue)],
                "drafts": [_see_draft(connection, one) for one in list_drafts(connection, venue)],
                "planned": [(s.number, s.outcome) for s in list_schedules(connection, venue)],
                "held": [
                    (c.draft.features, c.draft.text, c.set)
                    for c in list_conditions(connection, venue)
                ],
            }
            for release in list_releases(connection, venue)[:2]:
                assert read_release(connection, venue, release.number).hash == release.hash
    return found


def _leave_out(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an entry tells, but for the time and the id of a condition."""
    return {key: told for key, told in details.items() if key not in {"at", "condition"}}


def _see_draft(connection: Connection, draft: DraftRecord) -> list[Any]:
    """Return a draft with its log, but for times and its id."""
    log = [
        (one.number, one.key, one.author, one.seen, one.kind, one.result, one.undoes)
        for one in list_entries(connection, draft)
    ]
    return [draft.name, draft.upon, draft.is_open, draft.release_number, log]


def check_nothing() -> None:
    """Leave the checks out: they write nothing, and without them kills fall on what writes."""
    importing.count_errors = lambda *_: MappingProxyType({})
    Desk.look = lambda *_: _UNJUDGED  # type: ignore[assignment, method-assign]


def work(url: str, first: int, told: int) -> None:
    """Do one thing after the other, and write a line to a pipe for each that is done."""
    store = open_store(url)
    os.write(told, b"open\n")
    for number in range(first, first + 10_000):
        do(store, number)
        os.write(told, b"done\n")


def fork_workers(asked: socket.socket) -> None:
    """Fork a worker for each message that comes with a pipe, and answer with its number."""
    check_nothing()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, pipes, _, _ = socket.recv_fds(asked, 65_536, 1)
        if not message:
            return
        process = os.fork()
        if process == 0:
            try:
                url, first = json.loads(message)
                work(url, first, pipes[0])
            finally:
                os._exit(1)
        os.close(pipes[0])
        asked.send(str(process).encode())


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as end:
        fork_workers(end)
