"""What every worker of the server loads: `make` makes its application.

Workers hold no state of their own: each follows the database by itself, so that they may be many,
and may be killed.
"""

import os
from multiprocessing.util import Finalize
from pathlib import Path

from flask import Flask

from wayfinder.services.describe import make_ready
from wayfinder.services.directory import load_dictionaries
from wayfinder.services.fire.watch import make_watch
from wayfinder.services.follow import Follower
from wayfinder.services.removal import Removal, Terms
from wayfinder.services.timetable import Timetable
from wayfinder.services.venues import Venues
from wayfinder.settings import read_settings
from wayfinder.shelf import share_shelf
from wayfinder.store import open_store
from wayfinder.web.app import create_app
from wayfinder.web.memory import collect_rarely, return_freed_memory, take_short_turns
from wayfinder.web.ops.logs import configure_logs, get_logger
from wayfinder.web.ops.metrics import keep_noting, note_planned
from wayfinder.web.site import KEY
from wayfinder.web.studio.room import KEY as ROOM
from wayfinder.web.workers import METRICS_FOLDER, SHELF

_PATIENCE_S = 60.0
"""How long a worker waits for a database that is away when it starts (ours)."""
_LOAD_S = 60.0
"""How long it waits for its venues before it listens all the same; /readyz says the rest (ours)."""


def prepare() -> None:
    """Load what a worker needs whatever it serves, before it is told apart from the others."""
    load_dictionaries()


def make() -> Flask:
    """Make the application of this worker, from the environment.

    Raises
    ------
    SettingsError
        A setting cannot be used.
    UnavailableError
        The database cannot be reached.
    """
    return_freed_memory()
    collect_rarely()
    take_short_turns()
    settings = read_settings()
    configure_logs(settings)
    if METRICS_FOLDER in os.environ:
        share_shelf(Path(os.environ[METRICS_FOLDER]) / SHELF)
    store = open_store(settings.store_url, patience_s=_PATIENCE_S)
    venues = Venues()
    follower = Follower(store, venues, interval_s=settings.poll_interval_s, warm=make_ready)
    fire = make_watch(settings, venues)
    app = create_app(venues, settings, store=store, follower=follower, fire=fire)
    fire.start()
    follower.start()
    Timetable(store, tell=note_planned).start()
    if not follower.wait_until_loaded(_LOAD_S):
        get_logger("web").warning("listening before every venue is built")
    keep_noting(venues)
    site = app.extensions[KEY]
    site.reports.start()
    site.counts.start()
    # a worker ends as processes of this module do: what came together since is written then
    for writer in (site.reports, site.counts):
        Finalize(None, writer.stop, exitpriority=0)
    terms = Terms(settings.report_text_days, settings.report_months, settings.count_months)
    Removal(store, terms).start()
    app.extensions[ROOM].background.go_on()
    return app
