"""What tests of publishing and releases share: a draft of the clinic, and who draws in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.services.people.conftest import SHELL
from tests.web.studio.conftest import Someone, find_room, hire, let_in
from wayfinder.edit import Action, parse_offered
from wayfinder.edit.doorways import find_sides
from wayfinder.model import Occupant, Opening, Plan, Unit
from wayfinder.services import releases
from wayfinder.services.background import run_waiting
from wayfinder.services.drafts import (
    Sent,
    append,
    open_draft,
    publish_draft,
    read_plan,
)
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.release_issues import ask_draft_issues
from wayfinder.store import Store

ZONE = ZoneInfo("Asia/Shanghai")
IMG = re.compile(r'<img[^>]* src="([^"]+)"')


@dataclass
class Drawing:
    """A draft of the clinic, somebody who draws in it, and a publisher in front of its page."""

    app: Flask
    draft: int
    browser: Someone | None = None
    head: int = 0
    keys: Iterator[int] = field(default_factory=count)

    @property
    def who(self) -> Someone:
        """Who looks."""
        assert self.browser is not None
        return self.browser

    @property
    def store(self) -> Store:
        """The store."""
        return find_room(self.app).desk.store

    @property
    def path(self) -> str:
        """Address of the draft."""
        return f"/studio/v/clinic/drafts/{self.draft}"

    def read(self) -> Plan:
        """Return the draft's plan."""
        return read_plan(find_room(self.app).drafts, "clinic", self.draft).plan

    def do(self, action: Action) -> None:
        """Draw something."""
        sent = Sent("person:1", f"key-{self.draft}-{next(self.keys)}", self.head)
        drafts = find_room(self.app).drafts
        self.head = append(drafts, "clinic", self.draft, action, sent).draft.head

    def rename(self, feature: str, name: str) -> None:
        """Call something else."""
        self.do(parse_offered({"kind": "rename", "feature": feature, "names": {"en": name}}))

    def drop(self, *features: str) -> None:
        """Take something away."""
        action = {"kind": "delete", "features": list(features), "contents": True}
        self.do(parse_offered(action))

    def open(self, query: str = "?lang=en") -> TestResponse:
        """Open the page before publishing."""
        return self.who.get(f"{self.path}/publish{query}")

    def publish(self, **fields: str) -> TestResponse:
        """Send its form, once the check is there."""
        room = find_room(self.app)
        place = room.background, self.store, "clinic", self.draft
        ask_draft_issues(*place, self.head, who="Pat")
        run_waiting(self.store)
        return self.publish_unchecked(**fields)

    def publish_unchecked(self, **fields: str) -> TestResponse:
        """Send its form without having waited for the check."""
        given = {"number": str(self.head), "note": "X-ray has moved", "when": "now", **fields}
        return self.who.send(f"{self.path}/publish?lang=en", **given)

    def publish_beside(self, feature: str, name: str) -> None:
        """Let a colleague publish something else meanwhile."""
        other = open_drawing(self.app, self.who)
        other.rename(feature, name)
        publish_draft(find_room(self.app).drafts, "clinic", other.draft, 1, who=SHELL)


def open_drawing(app: Flask, browser: Someone | None = None) -> Drawing:
    made = open_draft(find_room(app).drafts, "clinic", "Summer works", who=SHELL)
    return Drawing(app, made.id, browser)


@pytest.fixture
def drawing(app: Flask, desk: Desk) -> Drawing:
    return open_drawing(app, let_in(app, desk, hire(desk, "Pat", Role.PUBLISHER)))


def find_unit(plan: Plan, name: str) -> Unit:
    return next(unit for unit in plan.units if unit.name.get("en") == name)


def list_doors_of(plan: Plan, place: str) -> list[str]:
    """List the doors of the room of a department."""
    occupant = next(one for one in plan.list_of(Occupant) if one.name.get("en") == place)
    unit = plan[plan[occupant.anchor_id or ""].properties["unit_id"]]
    doors = plan.list_of(Opening)
    return [one.id for one in doors if unit.id in find_sides(plan, one.id).units]


def read_text(response: TestResponse) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text)))


def find_published(store: Store) -> int | None:
    return releases.get_history(store, "clinic").published
