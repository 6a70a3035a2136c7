"""The editor over a port, with a draft, and browsers of people who are signed in."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from tests.services.people.conftest import HERE
from tests.web.contexts import PATIENCE_MS
from tests.web.phone.conftest import Silent
from tests.web.studio.conftest import find_room, hire
from wayfinder.model import Plan
from wayfinder.services import releases
from wayfinder.services.drafts import open_draft
from wayfinder.services.people.desk import Desk, Policy
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Role
from wayfinder.services.people.sign_in import complete
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.store.audit import Actor
from wayfinder.store.people import find_by_key, find_person
from wayfinder.web.app import create_app

READY = "html[data-editor=ready]"


@dataclass
class EditorSite:
    """The studio over a port, with a draft of a house that is in force."""

    browser: Browser
    url: str
    desk: Desk
    app: Flask
    draft_id: int = 0

    @property
    def path(self) -> str:
        """Address of the draft's page."""
        return f"{self.url}/studio/v/house/drafts/{self.draft_id}"

    def open_draft(self, plan: Plan | None = None) -> None:
        """Work on another draft from now on, upon another release if there is a plan."""
        if plan is not None:
            releases.import_plan(self.desk.store, "house", plan)
            releases.publish(self.desk.store, "house")
        drafts = find_room(self.app).drafts
        self.draft_id = open_draft(drafts, "house", "New wing", who=Actor("Li An")).id

    def let_in(
        self,
        name: str,
        role: Role = Role.EDITOR,
        **options: Any,  # noqa: ANN401 - Playwright's
    ) -> BrowserContext:
        """Open a browser in which somebody is signed in, hired now if need be."""
        with self.desk.store.read() as connection:
            known = find_by_key(connection, name.casefold())
        staff_id = hire(self.desk, name, role).id if known is None else known.id
        context = self.browser.new_context(
            **{
                "viewport": {"width": 1280, "height": 800},
                "reduced_motion": "reduce",
                "locale": "en-GB",
                **options,
            }
        )
        context.set_default_timeout(PATIENCE_MS)
        self.sign_in(context, staff_id)
        return context

    def sign_in(self, context: BrowserContext, staff_id: int) -> None:
        """Give a browser another session."""
        with self.desk.store.write() as connection:
            person = find_person(connection, staff_id)
            assert person is not None
            entered = complete(connection, self.desk, person, HERE)
        cookie = {"name": "wayfinder", "value": entered.secret, "url": self.url}
        context.add_cookies([cookie])  # type: ignore[list-item]

    def edit(self, context: BrowserContext, query: str = "") -> Page:
        """Open the editor of the draft."""
        page = context.new_page()
        page.goto(f"{self.path}/edit{query}")
        page.wait_for_selector(READY, state="attached")
        return page


@contextmanager
def open_site(
    browser: Browser, template: Path, folder: Path, passwords: Passwords, plan: Plan
) -> Iterator[EditorSite]:
    """Serve the studio with a house and a draft of it.

    Parameters
    ----------
    browser
        The browser.
    template
        A store with organisations, as the fixture ``studio_template`` has it.
    folder
        Where its copy goes.
    passwords
        What makes hashes that cost nothing.
    plan
        The plan of the house.
    """
    path = folder / "store.sqlite3"
    shutil.copyfile(template, path)
    store = open_store(str(path))
    app = create_app(Venues(), Settings(access_log=False), store=store)
    room = find_room(app)
    room.desk = Desk(store, Policy(second_factor=True), passwords)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site = EditorSite(browser, f"http://127.0.0.1:{server.server_port}", room.desk, app)
    site.open_draft(plan)
    yield site
    server.shutdown()
    thread.join()
    server.server_close()
    store.close()
